"""How long a gap has waited, in words and a tone: what waits too long stands out."""

from dataclasses import dataclass
from datetime import datetime

from webapp.gaps.models import Gap
from webapp.gaps.queries import QUIET

LATE, VERY_LATE = 30, 90  # days without an answer


@dataclass(frozen=True)
class GapAge:
    """`words` such as "12 days"; `label` says what is wrong, if anything, in the `tone` of a label.

    A closed gap waits for nothing: all are empty.
    """

    words: str = ""
    label: str = ""
    tone: str = ""


def of(gap: Gap, now: datetime) -> GapAge:
    """How long `gap` has been open since its report, and what is late about it."""
    if not gap.status.is_open:
        return GapAge()
    days = max(0, (now - gap.created_at).days)
    words = duration(days)
    if gap.answered_at is None and days >= LATE:
        return GapAge(words, "No answer", "bad" if days >= VERY_LATE else "care")
    quiet = now - (gap.touched_at or gap.created_at)
    if quiet > QUIET:
        return GapAge(words, f"Quiet {duration(quiet.days)}", "care")
    return GapAge(words)


def duration(days: int) -> str:
    """5 days, 3 weeks, 4 months, 2 years."""
    if days < 1:
        return "Today"
    for size, name in ((730, 365), (61, 30), (14, 7)):
        if days >= size:
            return _count(
                round(days / name) if name == 30 else days // name, {365: "year", 30: "month", 7: "week"}[name]
            )
    return _count(days, "day")


def _count(number: int, name: str) -> str:
    return f"1 {name}" if number == 1 else f"{number} {name}s"
