"""`signpost retention run`: what has been kept for as long as it may be is removed, as the worker does each hour."""

import click
from flask.cli import AppGroup

from webapp.accounts import one_time_links, sign_in
from webapp.community import invitations, rota
from webapp.config.settings import Settings
from webapp.db import clock
from webapp.db.engine import db, now
from webapp.editor import edits
from webapp.learning_logs import retention as learning_logs
from webapp.machines import machine_clock, registry
from webapp.machines.machine_clock import ClockInDoubt
from webapp.offline import devices
from webapp.packs import keeping as packs
from webapp.packs import links
from webapp.searches import counting
from webapp.sign_in.single_sign_on import once
from webapp.upkeep import signposting
from webapp.web import current, submissions

retention = AppGroup("retention", help="What is kept for a time, and then removed.")


@retention.command()
@click.option("--clock-is-right", is_flag=True, help="Also where the clock has just moved far.")
def run(clock_is_right: bool) -> None:
    """Remove what is past its time, and say how much that was. docs/privacy.md says how long each is kept."""
    try:
        said = tidy(current.settings(), clock_is_right=clock_is_right)
    except ClockInDoubt as doubt:
        raise click.ClickException(f"{doubt} If the clock is right, add --clock-is-right.") from doubt
    click.echo(said or "Nothing was past its time.")


def tidy(settings: Settings, *, clock_is_right: bool = False) -> str:
    """Remove what is past its time, in one commit. What to say of it, or nothing.

    Raises ClockInDoubt, and removes nothing, where the clock has just moved far.
    """
    moment = now()
    if not clock_is_right:
        machine_clock.look(settings.state_dir, moment)
    db.session.connection(execution_options={"writes": True})
    forms = submissions.forget(db.session, moment)
    sign_in.forget(db.session, sign_in.SignInLimits.of(settings), moment)
    one_time_links.forget(db.session, moment)
    once.forget(db.session, moment)
    counting.forget(db.session, moment)
    rota.forget(db.session, moment)
    invitations.forget(db.session, moment)
    signposting.forget(db.session, moment)
    logs = learning_logs.forget(db.session, moment)
    packs_gone = packs.forget(db.session, moment)
    links.forget(db.session, moment)
    devices.forget(db.session, moment)
    edits.forget(db.session, moment)
    registry.forget(db.session, clock.shared(db.session))
    db.session.commit()
    removed = [f"used forms forgotten: {forms}"] if forms else []
    removed += [f"learning logs removed, their figures kept: {logs}"] if logs else []
    removed += [f"packs removed that nobody used: {packs_gone}"] if packs_gone else []
    return "; ".join(removed)
