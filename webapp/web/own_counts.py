"""Numbers of a person's own that stand at the top of every page. Features say how each is counted.

Every page asks them in one query, with who is signed in: `accounts.sign_in` puts them into it.
"""

from collections.abc import Callable

from sqlalchemy import ColumnElement, ScalarSelect

Count = Callable[[ColumnElement[int]], ScalarSelect[int]]
COUNTS: dict[str, Count] = {}


def add(name: str, count: Count) -> None:
    """Let `Person.counts[name]` be what `count` selects for whoever has the id it is given."""
    COUNTS[name] = count
