"""The figures of one team: whether its community helps, what people try, what gets in the way, and its sessions."""

from sqlalchemy.orm import Session

from webapp.insights import dataset
from webapp.insights.dataset import Gathered, first_of, month_label, share_of, total_of
from webapp.insights.sections import Head, Row, Section


def sections(session: Session, got: Gathered, team: str) -> list[Section]:
    """What anybody may be shown of `team`, in the order of the page."""
    return [
        _logs(got, team),
        _answers(got, team),
        _tries(got, team),
        _barriers(got, team),
        _sessions(got, team),
        *dataset.measure_sections(session, got, team),
    ]


def _logs(got: Gathered, team: str) -> Section:
    rows = [
        Row(month_label(month, got.period), (total_of(got.logs.counts[month].team(team)),))
        for month in got.period.months
    ]
    lead = "One log is one person’s week. This month is counted so far."
    return Section("logs", "Learning logs by month", "Month", (Head("Logs"),), rows, lead=lead, drawn=(0,))


def _answers(got: Gathered, team: str) -> Section:
    rows = []
    for quarter in got.period.quarters:
        figures = got.logs.answers[quarter]
        rows.append(Row(quarter.label, (share_of(figures.team(team)), share_of(figures.programme))))
    return Section(
        "helped",
        "It helped, or partly helped",
        "Quarter",
        (Head("This team", "%"), Head("The programme", "%")),
        rows,
        lead="How many logs say that the community helped, or partly helped, to work in a strengths-based way.",
        notes=("A team’s answers are told by quarter: in one month they could point to a person.",),
        drawn=(0, 1),
        after=("here", "in all"),
    )


def _tries(got: Gathered, team: str) -> Section:
    rows = [Row(quarter.label, (first_of(figures.team(team)),)) for quarter, figures in got.logs.tries.items()]
    lead = "Logs that say what their writer will try next."
    return Section(
        "tried", "Things people said they would try", "Quarter", (Head("Logs"),), rows, lead=lead, drawn=(0,)
    )


def _barriers(got: Gathered, team: str) -> Section:
    rows = []
    for quarter in got.period.quarters:
        became = got.barriers.became[quarter].team(team)
        parts = (None, None) if became is None else became.numbers
        rows.append(Row(quarter.label, (total_of(got.barriers.raised[quarter].team(team)), *parts)))
    return Section(
        "barriers",
        "What got in the way, and what became of it",
        "Quarter",
        (Head("Raised"), Head("Closed with an answer"), Head("Still open")),
        rows,
        lead="Barriers that people of this team raised in each quarter, as they stand today.",
        drawn=(0,),
    )


def _sessions(got: Gathered, team: str) -> Section:
    rows = []
    for quarter in got.period.quarters:
        held = got.sessions.get((quarter, team))
        rows.append(Row(quarter.label, (held.sessions, held.came, held.counted) if held else (0, 0, 0)))
    return Section(
        "sessions",
        "Spotlight sessions, and how many came",
        "Quarter",
        (Head("Sessions"), Head("People who came"), Head("Sessions they are counted in")),
        rows,
        lead="Somebody who came to two sessions counts twice. A session with fewer than five people is in no sum.",
        drawn=(1,),
        after=("came",),
    )
