"""What a page of figures and each of its files show: sections, each a table and mostly a chart of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

HIDDEN = "Not shown"
NO_FIGURE = "–"
LONGEST, LONGEST_OF_PAIR = (
    80.0,
    60.0,
)  # per cent of the room for a bar; its figure, and in a pair a word, stand after it
Value = int | float | str | None  # None is what may not be shown


@dataclass(frozen=True)
class Head:
    """A column: its words, and the unit that stands after each figure."""

    words: str
    unit: str = ""


@dataclass(frozen=True)
class Row:
    """`depth` is 0 for the programme, 1 for a locality and 2 for a team."""

    label: str
    values: tuple[Value, ...]
    depth: int = 0


@dataclass(frozen=True)
class Bar:
    """`width` is in per cent of the room; `hollow` for what was meant to be."""

    words: str
    width: float
    hollow: bool = False


@dataclass(frozen=True)
class Section:
    """`what` is the head of the first column. `drawn` are the columns of the chart: none, one, or one and its aim."""

    id: str
    title: str
    what: str
    heads: Sequence[Head]
    rows: Sequence[Row]
    lead: str = ""
    notes: Sequence[str] = ()
    drawn: Sequence[int] = ()
    after: Sequence[str] = ()  # words after the figure of each bar
    lines: Any = None  # a drawing of lines.Lines, in place of bars

    @property
    def bars(self) -> list[tuple[str, list[Bar]]]:
        """The label and the bars of each row."""
        figures = [v for row in self.rows for n in self.drawn if isinstance(v := row.values[n], int | float)]
        most = 100 if figures and all(self.heads[n].unit == "%" for n in self.drawn) else max(figures, default=0)
        longest = LONGEST if len(self.drawn) == 1 else LONGEST_OF_PAIR
        return [
            (row.label, [self._bar(row, place, number, most, longest) for place, number in enumerate(self.drawn)])
            for row in self.rows
        ]

    def _bar(self, row: Row, place: int, number: int, most: float, longest: float) -> Bar:
        value = row.values[number]
        words = formatted(value, self.heads[number].unit)
        if self.after and isinstance(value, int | float):
            words = f"{words} {self.after[place]}".strip()
        width = round(longest * value / most, 1) if isinstance(value, int | float) and most and value > 0 else 0.0
        return Bar(words, width, hollow=place > 0)

    @property
    def hides(self) -> bool:
        return any(value is None for row in self.rows for value in row.values)


def formatted(value: Value, unit: str = "") -> str:
    """A figure as a reader sees it."""
    if value is None:
        return HIDDEN
    if isinstance(value, str):
        return value
    number = f"{value:,.1f}".rstrip("0").rstrip(".") if isinstance(value, float) else f"{value:,}"
    if unit in ("", "%"):
        return f"{number}{unit}"
    return f"£{number}" if unit == "£" else f"{number} {unit}"


def share(part: int, whole: int) -> int:
    """In whole per cent."""
    return round(100 * part / whole)
