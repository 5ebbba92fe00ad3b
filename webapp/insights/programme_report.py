"""The figures of the programme: by month, by locality and team, and what workstreams and the council did."""

from datetime import date

from sqlalchemy.orm import Session

from webapp.insights import dataset, searches
from webapp.insights.dataset import Gathered, first_of, left_out, month_label, share_of, total_of, tree_rows
from webapp.insights.models import PROGRAMME
from webapp.insights.sections import NO_FIGURE, Head, Row, Section, Value, share
from webapp.searches.patterns import FEW
from webapp.spotlights.models import EVERY_TEAM


def sections(session: Session, got: Gathered) -> list[Section]:
    """In the order of the page."""
    return [
        _answers(got),
        _answers_by_team(got),
        _logs(got),
        _tries(got),
        _barriers(got),
        _became(got),
        _turnaround(got),
        _sessions(got),
        _searches(session, got),
        *_measures(session, got),
    ]


def _answers(got: Gathered) -> Section:
    rows = [Row(month_label(month, got.period), _month(got, month)) for month in got.period.whole_months]
    return Section(
        "helped",
        "It helped, or partly helped, by month",
        "Month",
        (Head("Helped or partly", "%"), Head("Logs"), Head("Helped"), Head("Partly helped"), Head("Not yet")),
        rows,
        lead="How many logs say that a community helped, or partly helped, to work in a strengths-based way.",
        drawn=(0,),
    )


def _month(got: Gathered, month: date) -> tuple[Value, ...]:
    whole, given = got.logs.counts[month].programme, got.logs.programme(month)
    if given is None:
        return None, total_of(whole), None, None, None
    if not given.total:
        return NO_FIGURE, 0, 0, 0, 0
    not_yet = given.numbers[-1]
    parts: tuple[Value, ...] = given.numbers[:2] if len(given.numbers) == 3 else (None, None)
    return share(given.total - not_yet, given.total), total_of(whole), *parts, not_yet


def _answers_by_team(got: Gathered) -> Section:
    figures = got.logs.answers
    rows = tree_rows(got.words, lambda look: tuple(share_of(look(figures[quarter])) for quarter in figures))
    return Section(
        "helped-by-team",
        "It helped, or partly helped, by locality and team",
        "Team",
        [Head(quarter.short, "%") for quarter in figures],
        rows,
        lead="In per cent of the logs of each quarter.",
        notes=left_out(got.words, rows),
    )


def _logs(got: Gathered) -> Section:
    figures = got.logs.counts
    rows = tree_rows(got.words, lambda look: tuple(total_of(look(figures[month])) for month in figures))
    heads = [Head(f"{month:%b %Y}{', so far' if month == got.period.current else ''}") for month in figures]
    return Section(
        "logs",
        "Learning logs by locality and team",
        "Team",
        heads,
        rows,
        lead="Logs of each month.",
        notes=left_out(got.words, rows),
    )


def _tries(got: Gathered) -> Section:
    figures = got.logs.tries
    rows = tree_rows(got.words, lambda look: tuple(first_of(look(figures[quarter])) for quarter in figures))
    heads = [Head(quarter.short) for quarter in figures]
    lead = "Logs that say what their writer will try next."
    notes = left_out(got.words, rows)
    return Section("tried", "Things people said they would try", "Team", heads, rows, lead=lead, notes=notes)


def _barriers(got: Gathered) -> Section:
    figures = got.barriers.raised
    rows = tree_rows(got.words, lambda look: tuple(total_of(look(figures[quarter])) for quarter in figures))
    heads = [Head(quarter.short) for quarter in figures]
    notes = ("There were more barriers than can be counted at once: the oldest are missing.",)
    return Section(
        "barriers",
        "Barriers raised",
        "Team",
        heads,
        rows,
        notes=(*left_out(got.words, rows), *(notes if got.barriers.is_cut else ())),
        lead="Barriers of each quarter.",
    )


def _became(got: Gathered) -> Section:
    figures = got.barriers.became
    rows = tree_rows(got.words, lambda look: tuple(share_of(look(figures[quarter])) for quarter in figures))
    heads = [Head(quarter.short, "%") for quarter in figures]
    lead = "Barriers of each quarter that are closed with an answer today, in per cent of those raised."
    notes = left_out(got.words, rows)
    return Section("became", "What became of barriers", "Team", heads, rows, lead=lead, notes=notes)


def _turnaround(got: Gathered) -> Section:
    rows = []
    for slug, stream in got.words.terms("workstreams").items():
        for quarter in got.period.quarters:
            if found := got.barriers.workstreams.get((quarter, slug)):
                rows.append(Row(f"{stream.label}, {quarter.short}", (found.days, found.raised, found.answered)))
    return Section(
        "turnaround",
        "How soon workstreams answer",
        "Workstream and quarter",
        (Head("Days to an answer", "days"), Head("Raised"), Head("Answered")),
        rows,
        lead="Half of the barriers that were answered had their first answer within these days.",
        notes=("Quarters in which fewer than five people had an answer are left out.",),
        drawn=(0,),
    )


def _sessions(got: Gathered) -> Section:
    rows = []
    names = {EVERY_TEAM: "For all teams", **{slug: team.label for slug, team in got.words.teams.items()}}
    for slug, name in names.items():
        held = [got.sessions.get((quarter, slug)) for quarter in got.period.quarters]
        values: list[Value] = []
        for one in held:
            values += [one.sessions, one.came] if one else [0, 0]
        if any(held):
            rows.append(Row(name, tuple(values)))
    heads = [
        head
        for quarter in got.period.quarters
        for head in (Head(f"{quarter.short}: sessions"), Head(f"{quarter.short}: came"))
    ]
    lead = "Somebody who came to two sessions counts twice. A session with fewer than five people is in no sum."
    return Section("sessions", "Spotlight sessions, and how many came", "Team", heads, rows, lead=lead)


def _searches(session: Session, got: Gathered) -> Section:
    rows = []
    for month, found in searches.read(session, got.period).items():
        values = (found.searches, found.few, found.reported, found.answered, found.closed)
        rows.append(Row(month_label(month, got.period), values))
    heads = (
        Head("Searches"),
        Head(f"Found {FEW} listings or fewer"),
        Head("Gaps reported"),
        Head("Gaps first answered"),
        Head("Gaps closed"),
    )
    lead = f"The bars are searches that found {FEW} listings or fewer. The gap log is in the figures."
    return Section("searches", "Searches and gaps by month", "Month", heads, rows, lead=lead, drawn=(1,))


def _measures(session: Session, got: Gathered) -> list[Section]:
    return dataset.measure_sections(session, got, PROGRAMME, *(group.slug for group in got.words.localities))
