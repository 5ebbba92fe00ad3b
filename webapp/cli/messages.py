"""`signpost messages send`, and the worker's part in sending."""

import sys
from datetime import datetime

import click
from flask import g
from flask.cli import with_appcontext

from webapp.config.settings import Settings
from webapp.db import clock
from webapp.db.engine import db, now
from webapp.directory import saved_news
from webapp.gaps import overdue
from webapp.library.generation.reader import Generation, NoContent
from webapp.machines import machine_clock
from webapp.mail import delivery
from webapp.mail.setup import carrier, letterhead
from webapp.news import digest as news
from webapp.notices import digests
from webapp.sign_in import reset_letters
from webapp.upkeep import closures
from webapp.web import current


@click.group()
def messages() -> None:
    """Messages to people by e-mail."""


@messages.command()
@with_appcontext
def send() -> None:
    """Send what is due, once, and say how many. Ends with status 1 where something was not sent."""
    settings = current.settings()
    if settings.mail is None:
        click.echo("No mail is set up, so messages stay in the product. See docs/deploying.md.")
        return
    send_reset_letters(settings)
    tally = send_due(settings, seconds=3600, most=100_000)
    click.echo(f"{tally.sent} sent.")
    if not_sent := tally.failed + tally.later + tally.unsure + tally.pending:
        click.echo(f"{not_sent} not sent: {tally}", err=True)
        sys.exit(1)


def job(settings: Settings) -> str:
    """What the worker does every few seconds; what to say of it, or nothing."""
    return str(send_due(settings))


def send_reset_letters(settings: Settings) -> str:
    """The mails by which people choose a new password; what to say of them, or nothing."""
    way = carrier(settings, now)
    if way is None:
        return ""
    gen = _content()
    sent = reset_letters.send_due(db.session, way, letterhead(settings, gen.site if gen else None), now)
    return f"{sent} link{'s' if sent > 1 else ''} for a new password sent" if sent else ""


def _shared_now() -> datetime:
    """By the clock of all workers: by one that is ahead, a letter that another sends just now would seem abandoned."""
    return clock.shared(db.session)


def send_due(
    settings: Settings, *, seconds: float = delivery.ROUND_SECONDS, most: int = delivery.MOST
) -> delivery.Tally:
    """One round, or where no mail is set up the dropping of what waits. Commits."""
    way = carrier(settings, now)
    if way is None:
        delivery.drop_all(db.session, now())
        return delivery.Tally()
    gen = _content()
    site = gen.site if gen else None
    # A clock that has just jumped would call everything too old to be sent.
    late = bool(machine_clock.doubt(settings.state_dir, now()))
    head = letterhead(settings, site)
    return delivery.send_due(db.session, way, head, _shared_now, seconds=seconds, most=most, however_late=late)


def enqueue_week() -> str:
    """The weekly mails, that of the month, and asking after what is late, where it is time for them."""
    gen = _content()
    notified = digests.enqueue(db.session, now(), gen.section("update") if gen else ())
    notified += overdue.enqueue(db.session, now())
    notified += news.enqueue(db.session, now(), gen) if gen else 0
    notified += saved_news.enqueue(db.session, gen, now(), closures.recorded(db.session)) if gen else 0
    db.session.commit()
    return f"{notified} people are told of the week or the month" if notified else ""


def _content() -> Generation | None:
    """The newest content: the worker lives for days in one context, which would remember the first it saw."""
    g.pop("content", None)
    try:
        return current.content()
    except NoContent:
        return None
