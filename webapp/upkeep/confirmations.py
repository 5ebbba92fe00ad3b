"""Who checked that a listing is right since its file says so, and what that makes of the file's `verified`.

Each function changes rows and adds to the audit trail; the view commits.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from webapp.db.upsert import insert
from webapp.library.front_matter.listing import Verified
from webapp.library.front_matter.model import Asset
from webapp.library.generation.reader import Generation
from webapp.library.listings.proposals import Proposal
from webapp.people import audit
from webapp.people.models import User
from webapp.upkeep.closures import KIND
from webapp.upkeep.models import Confirmation


@dataclass(frozen=True)
class Checks:
    """Confirmations after the day that the file was verified. `mine` says that this person confirmed it today."""

    count: int
    last: date | None
    mine: bool


def confirm(session: Session, path: str, by: User | None, today: date, now: datetime) -> bool:
    """Note that the listing at `path` was checked today: by a person, or with None by its organisation.

    Returns False where they said so today already. Commit afterwards.
    """
    row = {
        "path": path, "day": today, "created_at": now, "by_organisation": by is None,
        "person_id": by.id if by else None, "team": by.team if by else "",
    }  # fmt: skip
    added = insert(session, Confirmation).values(row).on_conflict_do_nothing().returning(Confirmation.id)
    if session.scalar(added) is None:
        return False
    after = {"day": today.isoformat(), "by_organisation": by is None}
    actor = by.id if by else None
    audit.append(session, now=now, actor=actor, action="listing.confirmed", subject=(KIND, path[-200:]), after=after)
    return True


def undo(session: Session, path: str, by: User, today: date, now: datetime) -> bool:
    """Take back what this person confirmed today; whether there was anything. Commit afterwards."""
    mine = (Confirmation.path == path, Confirmation.person_id == by.id, Confirmation.day == today)
    gone = session.scalars(delete(Confirmation).where(*mine).returning(Confirmation.id)).all()
    if gone:
        subject = (KIND, path[-200:])
        audit.append(session, now=now, actor=by.id, action="listing.confirmation-undone", subject=subject)
    return bool(gone)


def checks(confirmed: Iterable[tuple[date, int | None]], verified: date | None, user_id: int, today: date) -> Checks:
    """What was `confirmed` of a listing (see `marks.Confirmed`) since it was `verified`."""
    known = list(confirmed)
    since = [day for day, _ in known if verified is None or day > verified]
    return Checks(len(since), max(since, default=None), (today, user_id) in known)


def latest(
    session: Session, paths: Iterable[str], verified: dict[str, date | None]
) -> dict[str, tuple[int, date | None]]:
    """Path → how many confirmations since its day of `verified`, and the last; only where there are any."""
    rows = session.execute(
        select(Confirmation.path, Confirmation.day, func.count())
        .where(Confirmation.path.in_(list(paths)))
        .group_by(Confirmation.path, Confirmation.day)
    )
    found: dict[str, tuple[int, date | None]] = {}
    for path, day, number in rows:
        since = verified.get(path)
        if since is None or day > since:
            count, last = found.get(path, (0, None))
            found[path] = count + number, max(last or day, day)
    return found


def of_today(session: Session, user_id: int, today: date) -> set[str]:
    """The paths of what this person confirmed today."""
    mine = select(Confirmation.path).where(Confirmation.person_id == user_id, Confirmation.day == today)
    return set(session.scalars(mine))


def confirmed(session: Session) -> list[str]:
    """The paths of all listings that were ever confirmed, the latest first."""
    last = func.max(Confirmation.day)
    query = select(Confirmation.path).group_by(Confirmation.path).order_by(last.desc(), Confirmation.path)
    return list(session.scalars(query))


def last_days(session: Session, most: int) -> dict[str, date]:
    """Path → the last day that somebody confirmed the listing there; the `most` newest of them."""
    last = func.max(Confirmation.day)
    query = select(Confirmation.path, last).group_by(Confirmation.path).order_by(last.desc(), Confirmation.path)
    return {path: day for path, day in session.execute(query.limit(most))}  # noqa: C416 - rows, not pairs


def verification(session: Session, path: str, asset: Asset, gen: Generation) -> Proposal | None:
    """The file's `verified` as the last confirmation makes it: its day, and a team. None where none is newer.

    A colleague's team goes before the organisation's own word of the same listing; who has no team is of the house.
    """
    rows = select(Confirmation).where(Confirmation.path == path)
    if asset.verified:
        rows = rows.where(Confirmation.day > asset.verified.date)
    found = session.scalars(
        rows.order_by(Confirmation.by_organisation, Confirmation.day.desc(), (Confirmation.team == ""), Confirmation.id)
    ).first()
    if found is None:
        return None
    if found.by_organisation:
        by = f"{asset.organisation} (by e-mail)"
    else:
        by = gen.vocabulary.label("teams", found.team) if found.team else gen.site.organisation
    return Proposal(verified=Verified(date=found.day, by=by))
