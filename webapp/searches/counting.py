"""Counting finished searches: once each, without names, and not for ever. See docs/decisions/counting-searches.md."""

import hashlib
import hmac
from datetime import datetime, timedelta

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from webapp.db.upsert import insert
from webapp.library.search.places import OUTWARD
from webapp.searches import saved
from webapp.searches.finished import FinishedSearch
from webapp.searches.models import CountedSearch, LatelyCounted, RecentSearch, SavedSearch
from webapp.telemetry import counted

AGAIN = timedelta(minutes=30)  # the same search by the same person within this is the same one
MOST_AN_HOUR = 60  # of one person: more are a script's
KEPT = timedelta(days=396)  # 13 months, so that a month can be set beside the same month of last year
RECENT_KEPT = timedelta(days=30)
REMOVED_KEPT = timedelta(days=1)  # a removed search can be brought back within this


def count(session: Session, asked: FinishedSearch, user_id: int, secret_key: str, now: datetime) -> bool:
    """Count a finished search, and keep it among the person's own. False where it adds nothing. Commit afterwards."""
    if not asked.says_something:
        return False
    saved.remember(session, asked, user_id, now)
    person = person_of(user_id, secret_key, now)
    hour = now.replace(minute=0, second=0, microsecond=0)
    of_person = select(func.count()).where(CountedSearch.person == person, CountedSearch.at == hour)
    if (session.scalar(of_person) or 0) >= MOST_AN_HOUR or not _is_new(session, asked, user_id, secret_key, now):
        return False
    words = asked.clean_words()
    if asked.missing and words:
        words = asked.missing  # the rest of the words may be there: what is not must not vanish among it
    counted.searches.labels(asked.kind, "some" if asked.found and not asked.missing else "nothing").inc()
    session.add(
        CountedSearch(
            at=hour,
            person=person,
            kind=asked.kind,
            words=words,
            phrase=asked.phrase if words else "",
            words_dropped=bool(asked.words and not words),
            near=asked.near if OUTWARD.fullmatch(asked.near) else "",
            filters=asked.filters,
            places=asked.places,
            outcomes=asked.outcomes,
            activities=asked.activities,
            found=0 if asked.missing else asked.found,
        )
    )
    return True


def person_of(user_id: int, secret_key: str, now: datetime) -> str:
    """Who searched, so that different people can be counted: another hash every month, and nothing without the key."""
    return _keyed(secret_key, f"person {now:%Y-%m} {user_id}")


def forget(session: Session, now: datetime) -> int:
    """Remove what has been kept for long enough, and say how many rows that was. Commit afterwards."""
    old = (
        delete(CountedSearch).where(CountedSearch.at < now - KEPT).returning(CountedSearch.id),
        delete(RecentSearch).where(RecentSearch.at < now - RECENT_KEPT).returning(RecentSearch.id),
        delete(SavedSearch).where(SavedSearch.removed_at < now - REMOVED_KEPT).returning(SavedSearch.id),
    )
    session.execute(delete(LatelyCounted).where(LatelyCounted.at < now - AGAIN))
    return sum(len(session.scalars(statement).all()) for statement in old)


def _is_new(session: Session, asked: FinishedSearch, user_id: int, secret_key: str, now: datetime) -> bool:
    """Whether this person has not just made this search. Of two requests at once, the second waits and hears no."""
    what = asked.phrase or asked.words.casefold()
    key = _keyed(secret_key, f"search {user_id} {asked.kind} {what} {asked.near} {asked.within} {asked.filters}")
    statement = insert(session, LatelyCounted).values(mark=key, at=now)
    taken = session.execute(
        statement.on_conflict_do_update(
            index_elements=[LatelyCounted.mark],
            set_={"at": now},
            where=or_(LatelyCounted.at < now - AGAIN, LatelyCounted.at > now),
        ).returning(LatelyCounted.mark)
    )
    return taken.scalar_one_or_none() is not None


def _keyed(secret_key: str, text: str) -> str:
    return hmac.new(secret_key.encode(), f"signpost searches: {text}".encode(), hashlib.sha256).hexdigest()
