"""What is due for review, told to editors once a week. Where nothing is due, nothing is told."""

from datetime import datetime

from webapp import following, outbox
from webapp.dates import local
from webapp.db import db, now
from webapp.editor import health
from webapp.library.generation import Generation

MONDAY, MORNING = 0, 7
MOST_NAMED = 3


def tell_the_week(gen: Generation | None) -> str:
    """On Mondays from seven, a message to every editor, once. Commits; says what the worker should say, or nothing."""
    at = now()
    here = local(at)
    if gen is None or here.weekday() != MONDAY or here.hour < MORNING:
        return ""
    words = said(gen, at)
    if not words:
        return ""
    told = outbox.tell(
        db.session,
        now=at,
        to=following.editors(db.session),
        topic="reviews-weekly",
        subject=("reviews", f"{here:%G-W%V}"),
        text=words,
        path="/editor",
        key=f"reviews:{here:%G-W%V}",
    )
    db.session.commit()
    return f"{told} told what is due" if told else ""


def said(gen: Generation, at: datetime) -> str:
    """`4 pages and 12 listings are due for review. Most are looked after by …`; empty where nothing is due."""
    pages, listings = health.due(gen, local(at).date())
    parts = [_count(len(pages), "page"), _count(len(listings), "listing")]
    parts = [part for part in parts if part]
    if not parts:
        return ""
    verb = "is" if len(pages) + len(listings) == 1 else "are"
    names = list(health.owners([*pages, *listings]))
    by = ", ".join(names[:MOST_NAMED]) + (" and others" if len(names) > MOST_NAMED else "")
    return f"{' and '.join(parts)} {verb} due for review." + (f" They are looked after by {by}." if by else "")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}" if number else ""
