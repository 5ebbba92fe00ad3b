"""What a table of data is: its columns, each with what it means and how it is worked out.

The files, the page of the dictionary and the data package are all made of these, so that they cannot disagree.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Engine, Select

from webapp.db.engine import Stamped
from webapp.english import dates
from webapp.gaps.models import WHOLE_CITY
from webapp.library.generation.reader import Generation
from webapp.library.vocabulary import Vocabulary

Cell = str | int | bool | date | datetime | None
Row = tuple[Cell, ...]


class Kind(StrEnum):
    """What a column holds. The value is the type as a Table Schema calls it (datapackage.org/standard/table-schema)."""

    TEXT = "string"
    NUMBER = "integer"
    YES_NO = "boolean"
    DAY = "date"
    MOMENT = "datetime"

    @property
    def words(self) -> str:
        """To readers of the dictionary."""
        return _WORDS[self]


_WORDS = {
    Kind.TEXT: "text",
    Kind.NUMBER: "whole number",
    Kind.YES_NO: "true or false",
    Kind.DAY: "day",
    Kind.MOMENT: "day and time, in UTC",
}


class Words:
    """A vocabulary as cells say it, on the day of the file."""

    def __init__(self, vocabulary: Vocabulary, today: date) -> None:
        self.vocabulary, self.today = vocabulary, today
        self._places = vocabulary.terms("places")
        self._localities = {group.slug: group.label for group in vocabulary.localities}

    def label(self, name: str, slug: str) -> str | None:
        """What the term is called; None for no term."""
        return self.vocabulary.label(name, slug) if slug else None

    def place(self, slug: str) -> str:
        """What the place is called: no place is the whole city."""
        return self.vocabulary.label("places", slug) if slug != WHOLE_CITY else "Whole city"

    def locality(self, slug: str) -> str | None:
        """The locality of a place."""
        place = self._places.get(slug)
        return self._localities.get(place.locality) if place else None


@dataclass(frozen=True)
class Column:
    """One column of a table. `value` makes a cell of what a row is made from.

    `codes` names where the values come from: `table.column`, or a vocabulary. `to` is the column of another table that
    it leads to. `heading` and `width` are for the spreadsheet of the screen; a column without a heading is not in it.
    """

    name: str
    kind: Kind
    meaning: str
    value: Callable[[Any, Words], Cell]
    to: str = ""
    codes: str = ""
    heading: str = ""
    width: int = 20


@dataclass(frozen=True)
class Asked:
    """What the rows of a table are read from, and since when they must have changed (None: all)."""

    engine: Engine
    content: Generation
    now: datetime
    since: datetime | None = None


@dataclass(frozen=True)
class Table:
    """A table: what one row is, what tells rows apart, and where they come from.

    `notes` are what one must know before counting. `rows` gives what `Column.value` makes the cells from; where
    `tells_changes` is set, it heeds `Asked.since`.
    """

    name: str
    title: str
    row: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: Callable[[Asked], Iterable[Any]]
    tells_changes: bool = False
    notes: tuple[str, ...] = ()

    def cells(self, asked: Asked) -> Iterator[Row]:
        """The rows that are asked for, cell by cell."""
        return cells(self.columns, self.rows(asked), asked)


def cells(columns: Iterable[Column], found: Iterable[Any], asked: Asked) -> Iterator[Row]:
    """A row of `columns` for each thing that was found."""
    words = Words(asked.content.vocabulary, dates.day_of(asked.now))
    values = [column.value for column in columns]
    return (tuple([value(thing, words) for value in values]) for thing in found)


def day(value: datetime | None) -> date | None:
    """The day, in Great Britain, of a moment that may not have come."""
    return dates.day_of(value) if value else None


def changed() -> Column:
    """When the row last changed: what `modified_after` looks at."""
    return plain("modified_at", Kind.MOMENT, "When the row last changed. Ask for later ones with modified_after.")


def changed_since(query: Select[Any], stamped: type[Stamped], asked: Asked) -> Select[Any]:
    """`query` of what changed at or after the moment that is asked for."""
    return query.where(stamped.modified_at >= asked.since) if asked.since else query


def plain(name: str, kind: Kind, meaning: str, *, of: str = "", **more: Any) -> Column:
    """A column with what is kept in the attribute `of`, or else `name`."""
    attribute = of or name
    return Column(name, kind, meaning, lambda thing, words: getattr(thing, attribute), **more)


def coded(
    name: str, meaning: str, vocabulary: str, *, heading: str = "", width: int = 20, of: str = ""
) -> tuple[Column, Column]:
    """A column with the label of a term and one with its code, both from the attribute `of`, or else `name`."""
    attribute = of or name
    return (
        Column(
            name, Kind.TEXT, f"{meaning}, in words.",
            lambda thing, words: words.label(vocabulary, getattr(thing, attribute)), heading=heading, width=width,
        ),
        Column(
            f"{name}_code", Kind.TEXT, f"{meaning}, as a code that stays when the words change.",
            lambda thing, words: getattr(thing, attribute) or None, codes=vocabulary,
        ),
    )  # fmt: skip


def placed(of: str = "place") -> tuple[Column, Column, Column]:
    """The place of something, its code and its locality."""
    return (
        Column(
            "place", Kind.TEXT, "Where, in words. “Whole city” where it is about no one place.",
            lambda thing, words: words.place(getattr(thing, of)), heading="Place", width=28,
        ),
        Column(
            "locality", Kind.TEXT, "The locality of the place. Empty for the whole city.",
            lambda thing, words: words.locality(getattr(thing, of)), heading="Locality", width=12,
        ),
        Column(
            "place_code", Kind.TEXT, "Where, as a code. Empty for the whole city.",
            lambda thing, words: getattr(thing, of) or None, codes="places",
        ),
    )  # fmt: skip
