"""Closed at once: what an editor marks is shown everywhere before the file is changed, so that nobody goes in vain.

Each function changes rows and adds to the audit trail; the view commits.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, NamedTuple, cast, get_args

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from webapp.english import dates
from webapp.library.generation.reader import Generation
from webapp.library.listings.proposals import Closed
from webapp.library.search.query import Hit
from webapp.people import audit
from webapp.people.models import User
from webapp.upkeep.models import Closure

KIND = "listing"
STATUSES: tuple[str, ...] = get_args(Closed)


class ClosedState(NamedTuple):
    """What an editor marked: a listing's status since a day."""

    status: str
    since: date


Closures = Mapping[str, ClosedState]  # by the listing's path


def close(session: Session, path: str, status: str, since: date, by: User, now: datetime) -> None:
    """ClosedState the listing at `path` as closed, in place of what was marked before. Commit afterwards.

    Raises ValueError for a status that is none of STATUSES.
    """
    if status not in STATUSES:
        raise ValueError(status)
    held = _locked(session, path)
    before = {"status": held.status, "since": held.since.isoformat()} if held else None
    if held is None:
        held = Closure(path=path)
        session.add(held)
    held.status, held.since, held.by_id, held.created_at = status, since, by.id, now
    session.flush()
    after = {"status": status, "since": since.isoformat()}
    audit.append(
        session, now=now, actor=by.id, action="listing.closed", subject=(KIND, path[-200:]), before=before, after=after
    )


def undo(session: Session, path: str, by: User | None, now: datetime) -> bool:
    """Take the mark away; whether there was one. Commit afterwards. `by` is None where the file says it now."""
    held = _locked(session, path)
    if held is None:
        return False
    before = {"status": held.status, "since": held.since.isoformat()}
    session.delete(held)
    session.flush()
    audit.append(
        session,
        now=now,
        actor=by.id if by else None,
        action="listing.closure-ended",
        subject=(KIND, path[-200:]),
        before=before,
    )
    return True


def recorded(session: Session) -> dict[str, ClosedState]:
    """Every mark by the listing's path, the newest first."""
    table = cast(Table, Closure.__table__).c
    query = select(table.path, table.status, table.since).order_by(table.created_at.desc(), table.path)
    return {path: ClosedState(status, since) for path, status, since in session.connection().execute(query)}


def of(closures: Closures, path: str, status: str) -> ClosedState | None:
    """The mark on the listing at `path`, whose file says `status`; None where the file says the same."""
    found = closures.get(path)
    return found if found and found.status != status else None


def drop_published(session: Session, gen: Generation, now: datetime) -> int:
    """Drop the marks whose files say the same now; how many that were. Commit afterwards."""
    today = dates.day_of(now)
    done = [
        path
        for path, closure in recorded(session).items()
        if (page := gen.page(path, today)) and getattr(page.front, "status", "") == closure.status
    ]
    return sum(undo(session, path, None, now) for path in done)


def overlaid(hits: Iterable[Hit], closures: Closures) -> list[Hit]:
    """`hits` as they are known to be: with the status that was marked, those of a series that a row stands for too."""
    return [_overlaid(hit, closures) for hit in hits] if closures else list(hits)


def _overlaid(hit: Hit, closures: Closures) -> Hit:
    if hit.others:
        hit = replace(hit, others=tuple(_overlaid(other, closures) for other in hit.others))
    return replace(hit, card=card_with(hit.card, closures)) if hit.card["path"] in closures else hit


def card_with(card: Mapping[str, Any], closures: Closures) -> dict[str, Any]:
    """A card of a list with its mark: another `status`, and in `reported` since when (a date)."""
    closure = closures.get(card["path"])
    if closure is None or card.get("status") == closure.status:
        return dict(card)
    return {**card, "status": closure.status, "reported": closure.since}


def words(closure: ClosedState) -> str:
    """`Closed for now: reported on 3 November 2026, being checked`."""
    closed = "Closed for now" if closure.status == "temporarily closed" else "Closed"
    return f"{closed}: reported on {dates.short_date(closure.since)}, being checked"


def _locked(session: Session, path: str) -> Closure | None:
    wanted = select(Closure).where(Closure.path == path).with_for_update()
    return session.scalars(wanted.execution_options(populate_existing=True)).one_or_none()
