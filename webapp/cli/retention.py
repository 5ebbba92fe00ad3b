"""`signpost retention run`: what has been kept for as long as it may be is removed, as the worker does each hour."""

import click
from flask.cli import AppGroup

from webapp import machines
from webapp.accounts import one_time_links, sign_in
from webapp.community import invitations, rota
from webapp.config import Settings
from webapp.db.engine import db, now
from webapp.editing import edits
from webapp.learning_logs import retention as learning_logs
from webapp.offline import devices
from webapp.packs import keeping as packs
from webapp.packs import links
from webapp.searches import counting
from webapp.single_sign_on import flow as single_sign_on
from webapp.upkeep import signposting
from webapp.web import current, submissions

retention = AppGroup("retention", help="What is kept for a time, and then removed.")


@retention.command()
def run() -> None:
    """Remove what is past its time, and say how much that was. docs/privacy.md says how long each is kept."""
    click.echo(tidy(current.settings()) or "Nothing was past its time.")


def tidy(settings: Settings) -> str:
    """Remove what is past its time, in one commit. What to say of it, or nothing."""
    db.session.connection(execution_options={"writes": True})
    moment = now()
    forms = submissions.forget(db.session, moment)
    sign_in.forget(db.session, sign_in.SignInLimits.of(settings), moment)
    one_time_links.forget(db.session, moment)
    single_sign_on.forget(db.session, moment)
    counting.forget(db.session, moment)
    rota.forget(db.session, moment)
    invitations.forget(db.session, moment)
    signposting.forget(db.session, moment)
    logs = learning_logs.forget(db.session, moment)
    packs_gone = packs.forget(db.session, moment)
    links.forget(db.session, moment)
    devices.forget(db.session, moment)
    edits.forget(db.session, moment)
    machines.forget(db.session, moment)
    db.session.commit()
    removed = [f"{forms} used forms forgotten"] if forms else []
    removed += [f"{logs} learning logs removed, their figures kept"] if logs else []
    removed += [f"{packs_gone} packs removed that nobody used"] if packs_gone else []
    return "; ".join(removed)
