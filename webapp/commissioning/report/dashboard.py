"""What a commissioner sees first: six figures, where and for whom, what waits longest, and how it has been going."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from webapp.commissioning.report import charts, cross_tab, figures
from webapp.commissioning.report.charts import MonthBars
from webapp.commissioning.report.cross_tab import CrossQuestion, CrossTable
from webapp.commissioning.report.links import GapLinks
from webapp.commissioning.report.scope import Scope
from webapp.gaps.models import Gap
from webapp.library.vocabulary import Vocabulary

WAITS = 4
MONTHS = 12
COLUMNS = 6  # audiences of the heat map: those with most gaps


@dataclass(frozen=True)
class Figure:
    """One figure in words, what it counts, a line about it, and where that is listed."""

    label: str
    value: str
    about: str
    href: str


@dataclass(frozen=True)
class Dashboard:
    """All that one screen shows. `left_out` is how many audiences the heat map has no room for."""

    scope: Scope
    six: Sequence[Figure]
    new: int
    heat: CrossTable
    left_out: int
    waits: Sequence[Gap]
    months: Sequence[MonthBars]


def make(session: Session, scope: Scope, words: Vocabulary, now: datetime) -> Dashboard:
    """Count it all as it is now."""
    counted, links = figures.gather(session, scope, now, MONTHS), GapLinks(scope)
    heat = cross_tab.table(session, scope, CrossQuestion(), words)
    return Dashboard(
        scope=scope,
        six=six_of(counted, links),
        new=counted.by_status[figures.Status.NEW].gaps,
        heat=heat.narrowed(COLUMNS),
        left_out=max(0, len(heat.heads) - COLUMNS),
        waits=figures.oldest(session, scope, WAITS),
        months=charts.months(counted.months, links),
    )


def six_of(counted: figures.Figures, links: GapLinks) -> list[Figure]:
    """The six figures; the report begins with the same."""
    whole, said = counted.open, counted.open.residents
    return [
        Figure("Open gaps", f"{whole.gaps:,}", "as they are now", links.open()),
        Figure("Staff asked for them", f"{whole.staff:,}", "times, in all", links.open(sort="people")),
        Figure(
            "Residents they would help",
            said.words.capitalize(),
            f"said of {whole.known:,} of {whole.gaps:,}",
            links.open(residents="said") if whole.known else links.open(),
        ),
        Figure("No answer for 30 days", f"{counted.unanswered_long:,}", "open now", links.waiting()),
        Figure("Reported", f"{counted.reported.gaps:,}", "within the days", links.within("reported")),
        Figure(
            "First answered",
            f"{counted.to_answer.of:,}",
            f"half within: {counted.to_answer.words.lower()}",
            links.within("answered"),
        ),
    ]
