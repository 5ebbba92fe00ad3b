"""The orders in which a list of gaps can stand, as addresses name them. A minus before a name turns it round."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, case, func, select

from webapp.gaps.models import WHOLE_CITY, Gap
from webapp.gaps.statuses import CLOSED, Status
from webapp.people.models import User

Order = tuple[ColumnElement[Any], ...]

# An index of the database holds these.
HELD: dict[str, Order] = {
    "newest": (Gap.created_at.desc(), Gap.id.desc()),
    "oldest": (Gap.created_at.asc(), Gap.id.asc()),
    "people": (Gap.people.desc(), Gap.id.desc()),
    "-people": (Gap.people.asc(), Gap.id.desc()),
}
SORTED = ("place", "residents", "status", "waiting", "owner", "target")
EVERY = frozenset(HELD) | {f"{turn}{name}" for name in SORTED for turn in ("", "-")}


def of(sort: str, places: Sequence[str]) -> Order:
    """What `sort`, one of EVERY, stands for. What is not known comes last, whichever way round.

    `places` are the slugs in the order of their names: the database knows only the slugs.
    """
    if sort in HELD:
        return HELD[sort]
    there, by = _sorted_by(sort.removeprefix("-"), places)
    return there.desc(), by.desc() if sort.startswith("-") else by.asc(), Gap.id.desc()


def _sorted_by(name: str, places: Sequence[str]) -> tuple[ColumnElement[bool], ColumnElement[Any]]:
    """Which gaps come first whichever way round, and what is sorted by."""
    if name == "place":
        return Gap.id.is_not(None), _standing(Gap.place, [WHOLE_CITY, *places])
    if name == "status":
        return Gap.id.is_not(None), _standing(Gap.status, list(Status))
    if name == "residents":
        return Gap.residents_low > 0, -Gap.residents_low
    if name == "waiting":
        return Gap.status.not_in(CLOSED), Gap.created_at.expression
    if name == "owner":
        owner = select(func.lower(User.name)).where(User.id == Gap.owner_id).scalar_subquery()
        return Gap.owner_id.is_not(None), owner
    return Gap.target_on.is_not(None), Gap.target_on.expression


def _standing(column: Any, values: Sequence[Any]) -> ColumnElement[int]:
    """Where the value of `column` stands among `values`; behind all of them where it is none of them."""
    return case({value: place for place, value in enumerate(values)}, value=column, else_=len(values))
