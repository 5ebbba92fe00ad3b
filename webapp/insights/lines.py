"""A measure drawn as two lines: what it was, and what was planned. Coordinates of an SVG; the style is in a file."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from webapp.english.dates import month as month_name
from webapp.insights.sections import formatted

WIDTH, HEIGHT = 640, 240
LEFT, RIGHT, TOP, BOTTOM = 84, 12, 14, 34
STEPS = 4  # lines across, at the most


@dataclass(frozen=True)
class Tick:
    """A line across, and what stands beside it."""

    y: float
    words: str


@dataclass(frozen=True)
class Mark:
    """One figure."""

    x: float
    y: float
    words: str  # "May 2026: 61%"


@dataclass(frozen=True)
class Lines:
    """`figure` and `planned` are the `points` of a polyline. `says` tells the drawing in a sentence."""

    figure: str
    planned: str
    marks: Sequence[Mark]
    ticks: Sequence[Tick]
    first: str
    last: str
    says: str

    width, height, left, right, bottom = WIDTH, HEIGHT, LEFT, WIDTH - RIGHT, HEIGHT - BOTTOM


def draw(months: Sequence[tuple[date, float | None, float | None]], unit: str) -> Lines | None:
    """From each month's figure and plan, the oldest first; None where there is no figure to draw."""
    values = [value for _, figure, planned in months for value in (figure, planned) if value is not None]
    figures = [(n, month, figure) for n, (month, figure, _) in enumerate(months) if figure is not None]
    if not figures:
        return None
    ticks = _ticks(min(values), max(values))
    low, high = ticks[0], ticks[-1]

    def x(n: int) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * (n / (len(months) - 1) if len(months) > 1 else 0.5), 1)

    def y(value: float) -> float:
        return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (value - low) / (high - low), 1)

    marks = [Mark(x(n), y(v), f"{month_name(month)}: {formatted(float(v), unit)}") for n, month, v in figures]
    plan = [f"{x(n)},{y(planned)}" for n, (_, _, planned) in enumerate(months) if planned is not None]
    ends = [marks[0].words] if len(marks) == 1 else [marks[0].words, marks[-1].words]
    return Lines(
        figure=" ".join(f"{mark.x},{mark.y}" for mark in marks),
        planned=" ".join(plan),
        marks=marks,
        ticks=[Tick(y(value), formatted(float(value), unit if unit in ("%", "£") else "")) for value in ticks],
        first=month_name(months[0][0]),
        last=month_name(months[-1][0]),
        says=f"{' to '.join(ends)}." + ("" if low == 0 else " The scale does not begin at nothing."),
    )


def _ticks(least: float, most: float) -> list[float]:
    """Round values, the first not above `least` and the last not below `most`."""
    span = (most - least) or abs(most) or 1.0
    size = 10 ** math.floor(math.log10(span / STEPS))
    step = next(size * n for n in (1, 2, 5, 10) if span / (size * n) <= STEPS)
    first, last = math.floor(least / step), math.ceil(most / step)
    return [round(n * step, 6) for n in range(first, max(last, first + 1) + 1)]
