"""The columns of the list of gaps: which there are, which everybody begins with, and what each is sorted by."""

from collections.abc import Iterable
from dataclasses import dataclass

KINDS = {"outcome": "word", "theme": "word", "workstream": "word", "reported": "day", "target": "day"}


@dataclass(frozen=True)
class Column:
    """One column. `sort` is the order that its heading leads to, and `turned` the other way round; empty for none.

    `rises` says whether the first of them goes up: A to Z, the soonest first.
    """

    key: str
    heading: str
    sort: str = ""
    turned: str = ""
    rises: bool = True

    @property
    def kind(self) -> str:
        """What style sheets know it by."""
        return KINDS.get(self.key, self.key)

    def pressed(self, order: str) -> str:
        """The order that a press leads to where the list is in `order`."""
        return self.turned if order == self.sort else self.sort

    def direction(self, order: str) -> str:
        """How the list is sorted by this, as ARIA says it; empty where it is not."""
        if not self.sort or order not in (self.sort, self.turned):
            return ""
        return "ascending" if (order == self.sort) is self.rises else "descending"


def _both(key: str, heading: str, *, rises: bool = True) -> Column:
    return Column(key, heading, key, f"-{key}", rises)


NUMBER = Column("ref", "Number", "newest", "oldest", rises=False)  # always there, as what was needed is
COLUMNS = {
    column.key: column
    for column in (
        _both("place", "Place"),
        Column("audience", "Who for"),
        _both("people", "Staff", rises=False),
        _both("residents", "Residents", rises=False),
        _both("status", "Status"),
        _both("waiting", "Waiting", rises=False),
        _both("owner", "Owner"),
        Column("outcome", "Outcome"),
        Column("theme", "Theme"),
        Column("workstream", "Workstream"),
        Column("reported", "Reported", "newest", "oldest", rises=False),
        _both("target", "Planned by"),
    )
}
USUAL = ("place", "audience", "people", "status", "waiting", "owner")


def chosen(keys: Iterable[str] | None) -> list[Column]:
    """The columns of these `keys` in the order in which they stand; the usual ones for None or for none at all."""
    wanted = set(keys or ()) & COLUMNS.keys() or set(USUAL)
    return [column for key, column in COLUMNS.items() if key in wanted]
