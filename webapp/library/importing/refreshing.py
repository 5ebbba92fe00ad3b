"""The file of a listing that was edited here, when its feed changes: merged, or marked as inactive when it is gone."""

import re
from dataclasses import dataclass
from typing import Any

from webapp.library.confidential.listings import verdict
from webapp.library.front_matter.edit import edited
from webapp.library.front_matter.source import parse_page
from webapp.library.importing.changes import HIDDEN, shown
from webapp.library.importing.merging import FieldConflict, merge
from webapp.library.listings.table import ORDER

LONGEST = 200  # letters of a value
OVER = {"inactive", "defunct", "temporarily closed"}  # statuses that already say that nobody can go


@dataclass(frozen=True)
class Refreshed:
    """The text of the file, merged; `conflicts` are the fields that both changed, each in a line for people."""

    text: str
    conflicts: tuple[str, ...] = ()


def refreshed(page: str, base: str, theirs: str) -> Refreshed:
    """The file `page` with what changed from `base`, as the last import wrote it, to `theirs`, as this one would.

    Raises CannotEdit where it must be done by hand, Fault where a file cannot be read.
    """
    was, our, their = (parse_page(text.encode(), "file") for text in (base, page, theirs))
    made = merge(was.front, our.front, their.front, (was.body, our.body, their.body))
    told = bool(made.conflicts) and not any(verdict(side.front, side.body) for side in (our, their))
    lines = tuple(_line(conflict, told) for conflict in made.conflicts)
    front = made.front | {"imported": their.front["imported"]}
    body = made.body if made.body != our.body else None
    if front == our.front and body is None:
        return Refreshed(page, lines)
    return Refreshed(edited(page.encode(), front, ORDER, body).decode(), lines)


def retired(page: str) -> str:
    """The file `page` with the status `inactive`. Raises as `refreshed` does."""
    front = parse_page(page.encode(), "file").front
    return edited(page.encode(), front | {"status": "inactive"}, ORDER).decode()


def is_over(page: str) -> bool:
    """Whether its status says already that nobody can go. Raises Fault."""
    return parse_page(page.encode(), "file").front.get("status") in OVER


def _line(conflict: FieldConflict, told: bool) -> str:
    """The field, and what both sides say in it, unless any of it may tell a secret address."""
    if not told:
        return f"{conflict.path}: {HIDDEN}"
    return f"{conflict.path}: yours {_short(conflict.ours)}, the feed’s {_short(conflict.theirs)}"


def _short(value: Any) -> str:
    words = re.sub(r"\s+", " ", shown(value))
    words = words if len(words) <= LONGEST else f"{words[:LONGEST]}…"
    return f"“{words}”" if value is not None else words
