"""The list of people: found by name, role and whether they come, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from webapp.people.models import ROLES, User, UserRole
from webapp.web.text import number, tidy

PAGE_SIZE = 50
AWAY = timedelta(days=90)
STATES = {
    "active": "Can sign in",
    "away": "Can sign in, and did not for 90 days",
    "never": "Never signed in",
    "stopped": "Sign-in stopped",
}
SORTS = {"name": "Name", "longest": "Longest away first"}


@dataclass(frozen=True)
class PeopleFilters:
    """What the list shows; what an address says that cannot be is left out."""

    q: str = ""
    role: str = ""  # of ROLES
    state: str = ""  # of STATES
    sort: str = "name"  # of SORTS
    page: int = 1

    @classmethod
    def from_args(cls, args: Any) -> "PeopleFilters":
        """From an address."""
        role, state, sort = (args.get(name, "") for name in ("role", "state", "sort"))
        return cls(
            tidy(args.get("q"))[:200],
            role if role in ROLES else "",
            state if state in STATES else "",
            sort if sort in SORTS else "name",
            min(number(args.get("page")) or 1, 10_000),
        )

    @property
    def any(self) -> bool:
        """Whether anything is filtered at all."""
        return bool(self.q or self.role or self.state)


@dataclass(frozen=True)
class PeoplePage:
    """One page of people, and how many there are on all pages."""

    people: Sequence[User]
    total: int
    number: int
    pages: int


def page_of(session: Session, filters: PeopleFilters, now: datetime) -> PeoplePage:
    """The page that is asked for; the last one where there are fewer."""
    tests = _tests(filters, now)
    total = session.scalar(select(func.count()).select_from(User).where(*tests)) or 0
    pages = max(1, -(-total // PAGE_SIZE))
    at = min(filters.page, pages)
    ids = select(User.id).where(*tests).order_by(*_order(filters)).offset((at - 1) * PAGE_SIZE).limit(PAGE_SIZE)
    wanted = select(User).where(User.id.in_(session.scalars(ids).all())).order_by(*_order(filters))
    return PeoplePage(session.scalars(wanted).unique().all(), total, at, pages)


def _tests(filters: PeopleFilters, now: datetime) -> list[ColumnElement[bool]]:
    tests: list[ColumnElement[bool]] = [User.removed_at.is_(None)]
    if filters.q:
        tests.append(or_(*(column.icontains(filters.q, autoescape=True) for column in (User.name, User.email))))
    if filters.role:
        tests.append(User.id.in_(select(UserRole.user_id).where(UserRole.role == filters.role)))
    if filters.state == "stopped":
        tests.append(User.disabled.is_(True))
    elif filters.state:
        tests.append(~User.disabled)
    if filters.state == "never":
        tests.append(User.last_sign_in_at.is_(None))
    elif filters.state == "away":
        tests.append(func.coalesce(User.last_sign_in_at, User.created_at) < now - AWAY)
    return tests


def _order(filters: PeopleFilters) -> tuple[Any, ...]:
    first = func.coalesce(User.last_sign_in_at, User.created_at) if filters.sort == "longest" else User.name
    return User.disabled, first, User.id
