"""What is due for review, told once a week: all of it to editors, and to owners what is theirs. Nothing of nothing.

The week begins on Monday at seven. It is told as it stood then, until Wednesday should the worker have been away.
The number of the week is in the key, so nobody is told twice.
"""

import textwrap
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.config.settings import Settings
from webapp.db.engine import db, now
from webapp.db.upsert import insert
from webapp.editor import health
from webapp.editor.owners import reach
from webapp.english.dates import HERE, as_date, local, short_date
from webapp.library.generation.reader import Generation
from webapp.library.generation.survey import SurveyedFile
from webapp.machines import library_sync
from webapp.mail import outbox
from webapp.mail.carrier import Carrier, Fate
from webapp.mail.letters import Letter, Letterhead
from webapp.mail.setup import carrier, letterhead
from webapp.upkeep import organisations
from webapp.upkeep.models import OrganisationAsk

FROM = time(7)
DAYS = 3  # of the week on which it is told
MOST_NAMED = 3
MOST_LISTED = 50  # in a mail
LONGEST = 480  # characters that a message may have
PATH = "/reviews"  # the page of what is theirs; in the place of a listing's where a mailbox was written to


def job(settings: Settings, gen: Generation | None) -> str:
    """Tell the week where that was not done. Commits; what the worker should say, or nothing."""
    lines = [notify_of_week(gen)]
    way = carrier(settings, now)
    if gen and way:
        mailboxes = write_to_mailboxes(way, letterhead(settings, gen.site), gen)
        lines.append(f"{mailboxes} mailboxes written to" if mailboxes else "")
    return ", ".join(filter(None, lines))


def notify_of_week(gen: Generation | None) -> str:
    """A message to every editor, and to every person who owns something of what is due, once. Commits."""
    at = now()
    monday = monday_of(at)
    if gen is None or monday is None:
        return ""
    week = f"{monday:%G-W%V}"
    pages, listings = health.due(gen, monday)
    notified = 0
    if pages or listings:
        words = summary(pages, listings)
        notified += _notify(at, library_sync.editors(db.session), "reviews-weekly", week, words, "/editor")
    for person, theirs in reach(db.session, gen, [*pages, *listings]).people.items():
        notified += _notify(at, [person], "reviews-mine", week, summary_for_owner(theirs), PATH)
    db.session.commit()
    return f"{notified} told what is due" if notified else ""


def monday_of(at: datetime) -> date | None:
    """The Monday of the week whose reminders are sent at `at`; None before 07:00 on Monday and after Wednesday."""
    today = local(at).date()
    monday = today - timedelta(days=today.weekday())
    begun = local(at) >= datetime.combine(monday, FROM, HERE)
    return monday if begun and today.weekday() < DAYS else None


def summary(pages: Sequence[SurveyedFile], listings: Sequence[SurveyedFile]) -> str:
    """`4 pages and 12 listings are due for review. They are looked after by …`."""
    parts = [part for part in (_count(len(pages), "page"), _count(len(listings), "listing")) if part]
    verb = "is" if len(pages) + len(listings) == 1 else "are"
    names = list(health.owners([*pages, *listings]))
    by = ", ".join(names[:MOST_NAMED]) + (" and others" if len(names) > MOST_NAMED else "")
    words = f"{' and '.join(parts)} {verb} due for review." + (f" They are looked after by {by}." if by else "")
    return textwrap.shorten(words, LONGEST, placeholder=" …")


def summary_for_owner(theirs: Sequence[SurveyedFile]) -> str:
    """`2 pages that your team looks after are due for review: Key safes, Falls. 3 listings … are due for a check.`"""
    pages = [one for one in theirs if one.kind != "asset"]
    sentences = []
    if pages:
        verb = "is" if len(pages) == 1 else "are"
        titles = ", ".join(one.title for one in pages[:MOST_NAMED]) + (" and more" if len(pages) > MOST_NAMED else "")
        sentences.append(f"{_count(len(pages), 'page')} that your team looks after {verb} due for review: {titles}.")
    if count := len(theirs) - len(pages):
        verb = "is" if count == 1 else "are"
        sentences.append(f"{_count(count, 'listing')} that your team verified {verb} due for a check.")
    return textwrap.shorten(" ".join(sentences), LONGEST, placeholder=" …")


def write_to_mailboxes(way: Carrier, letterhead: Letterhead, gen: Generation) -> int:
    """Write to each owner that is an address without an account, once a week; how many were. Commits. Raises Busy."""
    at = now()
    monday = monday_of(at)
    if monday is None:
        return 0
    week = f"{monday:%G-W%V}"
    pages, listings = health.due(gen, monday)
    boxes = reach(db.session, gen, [*pages, *listings]).mailboxes
    todo = [box for box in boxes if not organisations.NOBODYS.search(box) and _may(db.session, letterhead, box, week)]
    db.session.rollback()
    if not todo:
        return 0
    with way:
        return sum(_write(db.session, way, letterhead, box, boxes[box], week, at) for box in todo)


def _may(session: Session, letterhead: Letterhead, box: str, week: str) -> bool:
    """Whether this mailbox was not written to this week, and never asked us to stop."""
    rows = select(OrganisationAsk.period, OrganisationAsk.stopped)
    known = session.execute(
        rows.where(OrganisationAsk.mark == organisations.address_hash(letterhead.secret_key, box))
    ).all()
    return not any(row.stopped or row.period == week for row in known)


def _write(
    session: Session,
    way: Carrier,
    letterhead: Letterhead,
    box: str,
    theirs: Sequence[SurveyedFile],
    week: str,
    at: datetime,
) -> bool:
    """Commits before anything leaves: a crash never writes to anybody twice."""
    session.connection(execution_options={"writes": True})
    row = {
        "path": PATH,
        "mark": organisations.address_hash(letterhead.secret_key, box),
        "period": week,
        "asked_at": at,
        "stopped": False,
    }
    claim = insert(session, OrganisationAsk).values(**row).on_conflict_do_nothing().returning(OrganisationAsk.id)
    claimed = session.scalar(claim)
    session.commit()
    if claimed is None:
        return False
    outcome = way.carry(letter(box, letterhead, theirs, f"{claimed}.{week}"))
    if outcome.fate in {Fate.LATER, Fate.NEVER_LEFT}:  # it surely was not taken: in an hour
        session.connection(execution_options={"writes": True})
        session.delete(session.get_one(OrganisationAsk, claimed))
        session.commit()
    return outcome.fate is Fate.SENT


def letter(box: str, letterhead: Letterhead, theirs: Sequence[SurveyedFile], reference: str) -> Letter:
    """The mail itself: what is due, and where each is."""
    stop = f"{letterhead.base_url}/still-right/{organisations.token(letterhead.secret_key, PATH, box)}/stop"
    lines = [
        f"- {one.title} (was due {short_date(as_date(one.next_review))})\n  {letterhead.base_url}{one.path}"
        for one in theirs[:MOST_LISTED]
    ]
    if len(theirs) > MOST_LISTED:
        lines.append(f"- and {len(theirs) - MOST_LISTED:,} more")
    body = "\n\n".join(
        [
            "Hello,",
            f"{letterhead.name} has pages that your team looks after. It is time to review these:",
            "\n".join(lines),
            "Read each one. If it is right, its new date of review goes into its file. If not, say what should change.",
            f"Questions, or changes? Ask {letterhead.ask}. Nobody reads answers to this e-mail.",
            f"You get this because the content names this address as an owner. To get no more:\n{stop}",
        ]
    )
    return Letter(reference, box, "Pages to review", f"{body}\n", stop)


def _notify(at: datetime, people: Sequence[int], topic: str, week: str, words: str, path: str) -> int:
    return outbox.enqueue(
        db.session,
        now=at,
        to=people,
        topic=topic,
        subject=("reviews", week),
        text=words,
        path=path,
        key=f"{'reviews' if topic == 'reviews-weekly' else topic}:{week}",
    )


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}" if number else ""
