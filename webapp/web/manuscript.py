"""A document as its parts in their order, before it is a Word file (`manuscript_word`) or a PDF (`manuscript_pdf`).

Both say the same, as both are made of this. All words are plain: nothing in them is markup.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Link:
    """Words that open `href`, a whole URL."""

    words: str
    href: str


Run = str | Link
Cell = int | Run | tuple[Run, ...]  # a number stands to the right


@dataclass(frozen=True)
class Heading:
    """A chapter (level 1) or a part of one (2). The contents lead to those that have a `name`."""

    runs: Sequence[Run]
    level: int = 2
    name: str = ""


@dataclass(frozen=True)
class Paragraph:
    """One paragraph for each line of `words`."""

    words: str
    small: bool = False


@dataclass(frozen=True)
class Bullets:
    """A list in small letters."""

    lines: Sequence[str]


@dataclass(frozen=True)
class Table:
    """`widths` are in millimetres, 174 in all. One that is to stay `together` begins on a new page where it has to."""

    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[int]
    together: bool = False


@dataclass(frozen=True)
class BarSeries:
    """Figures of a chart, and the whole URL that each leads to. Hollow bars are told apart on grey paper too."""

    name: str
    figures: Sequence[int]
    hrefs: Sequence[str]
    hollow: bool = False


@dataclass(frozen=True)
class Bars:
    """A chart called `title`: for each of `labels`, which say `what`, a bar of each series, `upright` in Word."""

    title: str
    what: str
    labels: Sequence[str]
    series: Sequence[BarSeries]
    upright: bool = False


Part = Heading | Paragraph | Bullets | Table | Bars


@dataclass(frozen=True)
class Manuscript:
    """A whole document. `over` stands at the top of each page beside `title`, and `about` under the title."""

    title: str
    author: str
    over: str
    about: str
    made: datetime
    parts: Sequence[Part]

    @property
    def chapters(self) -> list[tuple[str, str]]:
        """The name and the words of each heading that the contents lead to."""
        return [(p.name, words_of(p.runs)) for p in self.parts if isinstance(p, Heading) and p.name]


def runs_of(cell: Cell) -> Sequence[Run]:
    """What stands in a cell, as a line."""
    if isinstance(cell, tuple):
        return cell
    return (f"{cell:,}" if isinstance(cell, int) else cell,)


def joined(parts: Iterable[Run], between: str = ", ") -> tuple[Run, ...]:
    """`parts` in one line with `between` between each two."""
    return tuple(run for number, part in enumerate(parts) for run in ((between, part) if number else (part,)))


def words_of(runs: Sequence[Run]) -> str:
    """The same without its links."""
    return "".join(run if isinstance(run, str) else run.words for run in runs)
