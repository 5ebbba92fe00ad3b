"""`signpost users …` and `signpost audit verify`."""

import json
import sys
from typing import NoReturn

import click
from flask.cli import AppGroup
from sqlalchemy import select

from webapp.accounts import administration, breached, noted, one_time_links, second_factor
from webapp.accounts.handover import give
from webapp.db.engine import db, now
from webapp.people import audit
from webapp.people.models import ROLES, User
from webapp.web import current, handover

users = AppGroup("users", help="People who may sign in, and what they may do.")
trail = AppGroup("audit", help="The audit trail.")

Email = click.option("--email", required=True, help="Their e-mail address.")
Roles = click.option(
    "--role",
    "roles",
    required=True,
    multiple=True,
    type=click.Choice(ROLES),
    help="What they may do. Repeat it for more than one.",
)
Reason = click.option("--reason", default="", help="Why; kept in the history of the account.")


@users.command()
@Email
@click.option("--name", required=True, help="Their name, as others see it.")
@Roles
@click.option("--team", default="", help="A slug of content/vocabulary/teams.yml.")
@click.option("--password-stdin", is_flag=True, required=True, help="Read the first password from standard input.")
def add(email: str, name: str, roles: tuple[str, ...], team: str, password_stdin: bool) -> None:
    """Add a person. The first line of standard input is their password."""
    password = sys.stdin.readline().rstrip("\r\n")
    if fault := breached.fault(current.settings().breached_passwords, password):
        _fail(fault)
    try:
        user = administration.add(
            db.session,
            email=email,
            name=name,
            roles=frozenset(roles),
            team=team,
            password=password,
            by=None,
            now=now(),
        )
    except administration.Refused as why:
        _fail(str(why))
    db.session.commit()
    click.echo(f"Added {user.email}: {', '.join(sorted(roles))}.")


@users.command("list")
@click.option("--format", "shape", type=click.Choice(["text", "json"]), default="text", show_default=True)
def list_people(shape: str) -> None:
    """List everyone, with their roles."""
    for user in db.session.scalars(select(User).where(User.removed_at.is_(None)).order_by(User.email)).unique():
        row = {
            "email": user.email,
            "name": user.name,
            "team": user.team,
            "roles": sorted(user.roles),
            "disabled": user.disabled,
        }
        line = f"{user.email}\t{user.name}\t{','.join(sorted(user.roles))}\t{'disabled' if user.disabled else 'active'}"
        click.echo(json.dumps(row, ensure_ascii=False) if shape == "json" else line)


@users.command()
@Email
@Reason
@click.option("--hand-over-to", help="The e-mail address of who takes their open gaps and barriers.")
def disable(email: str, reason: str, hand_over_to: str | None) -> None:
    """Stop a person from signing in, and sign them out everywhere."""
    user = _person(email)
    try:
        changed = administration.disable(db.session, user, reason=reason, by=None, now=now())
    except administration.Refused as why:
        _fail(str(why))
    gave = _hand_over(user, hand_over_to) if hand_over_to else ""
    left = handover.in_words(handover.held_by(db.session, user.id))
    db.session.commit()
    click.echo(f"{user.email} can no longer sign in." if changed else f"{user.email} could not sign in already.")
    if gave:
        click.echo(gave)
    if left:
        click.echo(f"Until somebody takes {left}, nobody looks after them: see signpost users hand-over.")


@users.command("hand-over")
@Email
@click.option("--to", "to", required=True, help="The e-mail address of who takes them.")
def hand_over(email: str, to: str) -> None:
    """Give a person's open gaps and barriers to somebody else."""
    user = _person(email)
    summary = _hand_over(user, to)
    db.session.commit()
    click.echo(summary or f"{user.email} looks after nothing that is open.")


@users.command()
@Email
@Reason
def enable(email: str, reason: str) -> None:
    """Let a person sign in again."""
    user = _person(email)
    changed = administration.enable(db.session, user, reason=reason, by=None, now=now())
    db.session.commit()
    click.echo(f"{user.email} can sign in again." if changed else f"{user.email} could sign in already.")


@users.command("sign-in-link")
@Email
def sign_in_link(email: str) -> None:
    """Print a link that lets an administrator in once, within 15 minutes, whatever else is switched off."""
    user, base_url = _person(email), current.settings().base_url
    if not user.has("admin") or user.disabled:
        _fail(f"{user.email} is no administrator who may sign in: see signpost users set-role and enable")
    token = one_time_links.make(db.session, user, one_time_links.SIGN_IN, now())
    audit.append(db.session, now=now(), actor=None, action="person.link-made", subject=("person", str(user.id)))
    db.session.commit()
    click.echo(f"{base_url}/sign-in/link/{token}")
    if not base_url:
        click.echo("Put the address of this site before it: SIGNPOST_BASE_URL is not set.", err=True)


@users.command("second-factor-off")
@Email
def second_factor_off(email: str) -> None:
    """Let a person in by their password alone, once their phone is lost."""
    user = _person(email)
    changed = second_factor.remove(db.session, user, by=None, now=now())
    db.session.commit()
    click.echo(f"{user.email} is no longer asked for a code." if changed else f"{user.email} was not asked for a code.")


@users.command("log-code")
@Email
def log_code(email: str) -> None:
    """Say by which code the log calls an account where somebody tried to sign in to it."""
    click.echo(noted.code_of(email))


@users.command("set-role")
@Email
@Roles
def set_role(email: str, roles: tuple[str, ...]) -> None:
    """Give a person exactly these roles."""
    user = _person(email)
    try:
        administration.set_roles(db.session, user, frozenset(roles), by=None, now=now())
    except administration.Refused as why:
        _fail(str(why))
    db.session.commit()
    click.echo(f"{user.email}: {', '.join(sorted(user.roles))}.")


@trail.command()
def verify() -> None:
    """Check that no entry was changed, dropped or put in."""
    fault = audit.verify(db.session)
    if fault is None:
        click.echo(f"The audit trail is whole: {audit.count(db.session)} entries.")
    elif fault.entry is None:
        _fail(f"audit: {fault.reason}")
    else:
        _fail(f"audit:{fault.entry}: {fault.reason}")


def _hand_over(user: User, to: str) -> str:
    """Hand over all that `to` may have; what that was, in words. Stops where they may not have some of it."""
    taker, moment = _person(to), now()
    held = handover.held_by(db.session, user.id)
    try:
        gave = [give(db.session, key, user, taker.id, by=None, now=moment) for key in held]
    except ValueError as why:
        _fail(f"{taker.email} is {why}")
    return f"{taker.email} takes {' and '.join(gave)}." if gave else ""


def _person(email: str) -> User:
    user = db.session.scalars(select(User).where(User.email == email.strip().lower())).unique().one_or_none()
    if user is None or user.removed_at is not None:
        _fail(f"Nobody here has the e-mail address {email}")
    return user


def _fail(why: str) -> NoReturn:
    """Say what is wrong and stop with status 1; click itself stops with 2 for wrong usage."""
    db.session.rollback()
    click.echo(why, err=True)
    sys.exit(1)
