"""Did it work? What became of pointing somebody to a listing, told with one press and never about whom.

Each function changes rows and adds to the audit trail; the view commits.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from webapp.db.upsert import insert
from webapp.people import audit
from webapp.people.models import User
from webapp.upkeep.closures import KIND
from webapp.upkeep.models import SignpostingOutcome

COUNTED_FOR = timedelta(days=365)  # a group that was full two years ago says nothing of today
KEPT_FOR = timedelta(days=2 * 365)


class Became(StrEnum):
    """What became of it. The value is what the database and the form hold."""

    WENT = "went"
    FULL = "full"
    TURNED_AWAY = "turned-away"
    NOT_RIGHT = "not-right"

    @property
    def button(self) -> str:
        return WORDS[self][0]

    @property
    def counted(self) -> str:
        return WORDS[self][1]


WORDS = {
    Became.WENT: ("They went", "went"),
    Became.FULL: ("It was full", "found it full"),
    Became.TURNED_AWAY: ("They were turned away", "were turned away"),
    Became.NOT_RIGHT: ("It was not right for them", "found it not right"),
}
Outcomes = tuple[tuple[str, date, int | None], ...]  # what became, the day, and the person who said so


@dataclass(frozen=True)
class Told:
    """What a reader sees: what they said `today` themselves, and for those who may see them the `counts` of a year."""

    today: tuple[Became, ...] = ()
    counts: tuple[tuple[Became, int], ...] = ()


@dataclass(frozen=True)
class ListingOutcomes:
    """One listing with what became of pointing people to it, and the last day on which somebody said so."""

    path: str
    counts: Mapping[Became, int]
    last: date

    @property
    def troubles(self) -> int:
        """How often it did not work."""
        return sum(number for became, number in self.counts.items() if became is not Became.WENT)


def record(session: Session, path: str, became: Became, by: User, today: date, now: datetime) -> bool:
    """Note what became of it; whether this person had not said the same today. Commit afterwards."""
    row = {
        "path": path, "became": became.value, "day": today, "person_id": by.id, "team": by.team, "created_at": now,
    }  # fmt: skip
    added = insert(session, SignpostingOutcome).values(row).on_conflict_do_nothing().returning(SignpostingOutcome.id)
    if session.scalar(added) is None:
        return False
    subject = (KIND, path[-200:])
    audit.append(session, now=now, actor=by.id, action="listing.outcome", subject=subject, after={"became": became})
    return True


def undo(session: Session, path: str, by: User, today: date, now: datetime) -> bool:
    """Take back what this person said today; whether there was anything. Commit afterwards."""
    row = SignpostingOutcome
    mine = (row.path == path, row.person_id == by.id, row.day == today)
    gone = session.scalars(delete(row).where(*mine).returning(row.id)).all()
    if gone:
        audit.append(session, now=now, actor=by.id, action="listing.outcome-undone", subject=(KIND, path[-200:]))
    return bool(gone)


def told(outcomes: Outcomes, user_id: int, today: date, *, with_counts: bool) -> Told:
    """What of the `outcomes` of a listing (see `overlay.Overlay.outcomes`) is shown to a person."""
    mine = tuple(Became(became) for became, day, person in outcomes if (day, person) == (today, user_id))
    if not with_counts:
        return Told(mine)
    since = today - COUNTED_FOR
    counted = Counter(Became(became) for became, day, _ in outcomes if day >= since)
    return Told(mine, tuple((became, counted[became]) for became in Became if counted[became]))


def by_listing(session: Session, today: date) -> list[ListingOutcomes]:
    """Every listing that somebody said something of in a year, those that failed people most often first."""
    row = SignpostingOutcome
    query = select(row.path, row.became, func.count(), func.max(row.day)).where(row.day >= today - COUNTED_FOR)
    counts: dict[str, dict[Became, int]] = {}
    last: dict[str, date] = {}
    for path, became, number, day in session.execute(query.group_by(row.path, row.became)):
        counts.setdefault(path, {})[Became(became)] = number
        last[path] = max(day, last.get(path, day))
    found = [ListingOutcomes(path, held, last[path]) for path, held in counts.items()]
    return sorted(found, key=lambda listing: (-listing.troubles, -listing.last.toordinal(), listing.path))


def totals(listings: Iterable[ListingOutcomes]) -> list[tuple[Became, int]]:
    """How often each thing became of it, over all of `listings`."""
    summed: Counter[Became] = Counter()
    for listing in listings:
        summed.update(listing.counts)
    return [(became, summed[became]) for became in Became]


def forget(session: Session, now: datetime) -> None:
    """Remove what is older than `KEPT_FOR`. Commit afterwards."""
    session.execute(delete(SignpostingOutcome).where(SignpostingOutcome.created_at < now - KEPT_FOR))
