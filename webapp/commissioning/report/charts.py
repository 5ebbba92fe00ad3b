"""What a chart shows: bars with their words and figures, which keep room after the longest bar on a phone too."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from webapp.commissioning.report.cross_tab import name
from webapp.commissioning.report.figures import Count, Figures, MonthFigures
from webapp.commissioning.report.links import GapLinks, coded
from webapp.commissioning.report.scope import after
from webapp.english.dates import month
from webapp.library.vocabulary import Vocabulary

LONGEST = 80.0  # per cent; the figure stands after the bar
HIGHEST = 100.0


@dataclass(frozen=True)
class ChartBar:
    """One bar. `width` is in per cent of the room."""

    label: str
    gaps: int
    staff: int
    width: float
    href: str = ""


@dataclass(frozen=True)
class MonthBars:
    """One month: what was reported, first answered and closed, how high its two bars are in per cent, and its lists."""

    label: str
    short: str
    reported: int
    answered: int
    closed: int
    reported_height: float
    closed_height: float
    hrefs: dict[str, str]


def bars(counts: Iterable[tuple[str, Count, str]]) -> Sequence[ChartBar]:
    """From the words, count and address of each."""
    lines = list(counts)
    most = max((count.gaps for _, count, _ in lines), default=0)
    return [ChartBar(label, c.gaps, c.staff, _share(c.gaps, most, LONGEST), href) for label, c, href in lines]


def months(counted: Sequence[MonthFigures], links: GapLinks) -> Sequence[MonthBars]:
    """From what happened in each month."""
    most = max((max(m.reported, m.closed) for m in counted), default=0)
    return [
        MonthBars(
            label=month(m.first),
            short=f"{m.first:%b}",
            reported=m.reported,
            answered=m.answered,
            closed=m.closed,
            reported_height=_share(m.reported, most, HIGHEST),
            closed_height=_share(m.closed, most, HIGHEST),
            hrefs={
                what: links.within(what, (m.first, after(m.first) - timedelta(days=1)))
                for what in ("reported", "answered", "closed")
            },
        )
        for m in counted
    ]


def statuses(figures: Figures, links: GapLinks) -> Sequence[ChartBar]:
    """All statuses, in their order, those without gaps too: what is open now, and what closed within the days."""
    return bars(
        (
            status.label if status.is_open else f"{status.label}, within the days",
            count,
            links.to(status=status.value) if status.is_open else links.within("closed", status=status.value),
        )
        for status, count in figures.by_status.items()
    )


def open_by(dimension: str, counts: dict[str, Count], links: GapLinks, words: Vocabulary) -> Sequence[ChartBar]:
    """Open gaps by a dimension of the cross-tab."""
    return bars(
        (name(dimension, slug, words), count, links.open(**{dimension: coded(dimension, slug)}))
        for slug, count in counts.items()
    )


def _share(count: int, most: int, longest: float) -> float:
    return round(longest * count / most, 1) if most else 0.0
