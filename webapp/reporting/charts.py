"""What a chart shows: bars with their words and figures, which keep room after the longest bar on a phone too."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from webapp.dates import month
from webapp.library.vocabulary import Vocabulary
from webapp.reporting.figures import Count, Figures, MonthFigures

LONGEST, LONGEST_OF_PAIR = 80.0, 64.0  # per cent; the figure, and in a pair a word, stand after the bar


@dataclass(frozen=True)
class ChartBar:
    """One bar. `width` is in per cent of the room."""

    label: str
    gaps: int
    people: int
    width: float
    href: str = ""


@dataclass(frozen=True)
class Pair:
    """Two bars for one month: reported and closed."""

    label: str
    first: date
    reported: int
    answered: int
    closed: int
    reported_width: float
    closed_width: float


def bars(counts: Iterable[tuple[str, Count, str]]) -> Sequence[ChartBar]:
    """From the words, count and address of each."""
    lines = list(counts)
    most = max((count.gaps for _, count, _ in lines), default=0)
    return [ChartBar(label, c.gaps, c.people, _width(c.gaps, most), href) for label, c, href in lines]


def pairs(months: Sequence[MonthFigures]) -> Sequence[Pair]:
    """From what happened in each month."""
    most = max((max(m.reported, m.closed) for m in months), default=0)
    return [
        Pair(
            month(m.first),
            m.first,
            m.reported,
            m.answered,
            m.closed,
            _width(m.reported, most, LONGEST_OF_PAIR),
            _width(m.closed, most, LONGEST_OF_PAIR),
        )
        for m in months
    ]


def place_name(slug: str, words: Vocabulary) -> str:
    return words.label("places", slug) if slug else "Whole city"


def theme_name(slug: str, words: Vocabulary) -> str:
    return words.label("themes", slug) if slug else "No theme given yet"


def statuses(figures: Figures, href: str = "") -> Sequence[ChartBar]:
    """All statuses, in their order, those without gaps too. `href` is where a status is put at the end."""
    return bars(
        (status.label, count, f"{href}{status.value}" if href else "") for status, count in figures.by_status.items()
    )


def _width(count: int, most: int, longest: float = LONGEST) -> float:
    return round(longest * count / most, 1) if most else 0.0
