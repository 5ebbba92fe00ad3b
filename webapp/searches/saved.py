"""Searches that one person made or saved, for that person alone. The view commits."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from webapp.db.upsert import insert
from webapp.library.vocabulary import Vocabulary
from webapp.pii.guard import CleanText
from webapp.searches.finished import FinishedSearch, in_words
from webapp.searches.models import LONGEST_ADDRESS, LONGEST_NAME, RecentSearch, SavedSearch
from webapp.web.refusals import Refused

RECENT = 8
MOST_SAVED = 50


def remember(session: Session, asked: FinishedSearch, user_id: int, now: datetime) -> None:
    """Put a search first among the person's last ones. Words that could identify somebody are left out."""
    address = asked.address()
    if len(address) > LONGEST_ADDRESS or address.endswith("?"):
        return
    row = insert(session, RecentSearch).values(user_id=user_id, address=address, at=now)
    session.execute(row.on_conflict_do_update(index_elements=["user_id", "address"], set_={"at": now}))
    kept = select(RecentSearch.id).where(RecentSearch.user_id == user_id).order_by(*LATEST).limit(RECENT)
    others = RecentSearch.id.not_in(session.scalars(kept).all())
    session.execute(delete(RecentSearch).where(RecentSearch.user_id == user_id, others))


LATEST = (RecentSearch.at.desc(), RecentSearch.id.desc())


def recent(session: Session, user_id: int, limit: int = RECENT) -> Sequence[RecentSearch]:
    """The person's last searches, the latest first."""
    wanted = select(RecentSearch).where(RecentSearch.user_id == user_id).order_by(*LATEST).limit(limit)
    return session.scalars(wanted).all()


def links(session: Session, user_id: int, vocabulary: Vocabulary) -> dict[str, list[tuple[str, str]]]:
    """The person's `recent` and `saved` searches as words and addresses, for parts/my_searches.html.

    A saved search is not among the recent ones.
    """
    kept = [(search.name, search.address) for search in saved(session, user_id)]
    known = {address for _, address in kept}
    last = [s.address for s in recent(session, user_id) if s.address not in known]
    return {"recent": [(in_words(address, vocabulary), address) for address in last], "saved": kept}


def forget_recent(session: Session, user_id: int) -> None:
    """Forget the person's last searches."""
    session.execute(delete(RecentSearch).where(RecentSearch.user_id == user_id))


def saved(session: Session, user_id: int) -> Sequence[SavedSearch]:
    """The person's saved searches by name."""
    wanted = select(SavedSearch).where(SavedSearch.user_id == user_id, SavedSearch.removed_at.is_(None))
    return session.scalars(wanted.order_by(SavedSearch.name, SavedSearch.id)).all()


def one(session: Session, user_id: int, number: int) -> SavedSearch | None:
    """One saved search of this person, removed or not; None where they have no such one."""
    return session.scalar(select(SavedSearch).where(SavedSearch.id == number, SavedSearch.user_id == user_id))


def save(session: Session, asked: FinishedSearch, user_id: int, name: CleanText, now: datetime) -> SavedSearch:
    """Save a search under `name`; one that is saved already stays as it is.

    Raises Refused where its words could identify somebody, where there are too many, or where it is too long.
    """
    if asked.words and not asked.clean_words():
        raise Refused("Not saved: its words look as if they could identify a person. Search without them, then save.")
    address = asked.address()
    if len(address) > LONGEST_ADDRESS:
        raise Refused("Not saved: it has too many filters. Take some away, then save.")
    here = session.scalar(select(SavedSearch).where(SavedSearch.user_id == user_id, SavedSearch.address == address))
    if here is None:
        if len(saved(session, user_id)) >= MOST_SAVED:
            raise Refused(f"Not saved: you have {MOST_SAVED} saved searches already. Remove one first.")
        here = SavedSearch(user_id=user_id, address=address, name=str(name)[:LONGEST_NAME], created_at=now)
        session.add(here)
    elif here.removed_at is not None:
        here.name, here.removed_at = str(name)[:LONGEST_NAME], None
    session.flush()
    return here
