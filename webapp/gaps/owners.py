"""Who looks after a gap. It has no owner after its owner has left, until somebody takes it."""

from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from webapp.gaps.models import Gap
from webapp.gaps.statuses import OPEN
from webapp.people.models import User, UserRole
from webapp.web import handover
from webapp.web.handover import LEFT, Work

ROLE = "commissioner"


def is_looked_after() -> ColumnElement[bool]:
    """Whether a gap has an owner who can still do something about it."""
    able = exists().where(UserRole.user_id == Gap.owner_id, UserRole.role == ROLE)
    return able & exists().where(User.id == Gap.owner_id, User.disabled.is_(False))


def has_left(owner: User) -> bool:
    """Whether this owner of a gap can do nothing about it any more."""
    return owner.disabled or not owner.has(ROLE)


def name_of(owner: User | None, nobody: str = "Nobody yet") -> str:
    """What stands where the owner's name belongs."""
    if owner is None:
        return nobody
    return LEFT if has_left(owner) else owner.name


def commissioners(session: Session) -> list[tuple[int, str]]:
    """Those who can look after a gap: (id, name), by name."""
    can = select(UserRole.user_id).where(UserRole.role == ROLE)
    query = select(User.id, User.name).where(User.id.in_(can), User.disabled.is_(False)).order_by(User.name, User.id)
    return [(number, name) for number, name in session.execute(query.limit(200))]


def left_behind(session: Session) -> int:
    """How many open gaps have an owner who has left."""
    lost = select(func.count()).select_from(Gap).where(*_open(), Gap.owner_id.is_not(None), ~is_looked_after())
    return session.scalar(lost) or 0


def _open() -> tuple[ColumnElement[bool], ...]:
    return Gap.status.in_(OPEN), Gap.merged_into_id.is_(None)


def _held(session: Session, user_id: int) -> int:
    return session.scalar(select(func.count()).select_from(Gap).where(*_open(), Gap.owner_id == user_id)) or 0


def _give(session: Session, from_id: int, to_id: int, by: int | None, now: datetime) -> int:
    """Each gap's own trail says so. That nobody worked on it stays as it is: it may have gone quiet."""
    theirs = select(Gap).where(*_open(), Gap.owner_id == from_id).order_by(Gap.id).with_for_update()
    gaps = session.scalars(theirs.execution_options(populate_existing=True)).all()
    return handover.give(session, gaps, "gap", "owner", to_id, by, now)


handover.add(Work("gaps", "open gap", "open gaps", "/commissioning/gaps?mine=1", _held, commissioners, _give))
