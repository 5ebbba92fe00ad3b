"""What waits for a person, told on the home page. Features say what; the home page asks.

@tasks.source("commissioner")
def new_gaps(user):
    yield tasks.Item("gaps nobody has looked at", "/commissioning/gaps?status=new", count=3)
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from webapp.people.models import User


@dataclass(frozen=True)
class Item:
    """One line of work: `3 gaps nobody has looked at`, and where to do it. A `count` of None shows no number."""

    text: str
    href: str
    count: int | None = None


Source = Callable[[User], Iterable[Item]]
_sources: list[tuple[frozenset[str], Source]] = []


def source(*roles: str) -> Callable[[Source], Source]:
    """Ask this function for people with one of `roles`, or for everyone where none is named."""

    def add(function: Source) -> Source:
        _sources.append((frozenset(roles), function))
        return function

    return add


def pending_for(user: User) -> list[Item]:
    """What waits for `user`, in the order in which the features were added. Nothing with a count of 0."""
    asked = [ask for roles, ask in _sources if not roles or roles & user.roles]
    return [item for ask in asked for item in ask(user) if item.count != 0]
