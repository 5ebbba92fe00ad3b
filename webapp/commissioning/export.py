"""The gap log as a file for a spreadsheet. Who reported is not in it: their team is."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Select
from sqlalchemy.orm import Session, selectinload

from webapp import dates, spreadsheet
from webapp.gap_log.models import Gap
from webapp.library.vocabulary import Vocabulary

AT_ONCE = 500
COLUMNS = (
    "Reference", "What was needed", "Place", "Locality", "Who for", "Outcome", "Kind", "Searched for",
    "Reported from", "What was tried", "Reported", "Reporter's team", "People", "Status", "Status reason",
    "Closed", "Answer", "Answered", "Answer corrected", "Answered by", "Theme", "Workstream", "Owner",
)  # fmt: skip


def rows(session: Session, query: Select[Gap], words: Vocabulary) -> Iterator[str]:
    """The lines of the file, the names of the columns first; reads a few hundred gaps at a time."""
    yield spreadsheet.BOM + spreadsheet.line(COLUMNS)
    wanted = query.options(selectinload(Gap.owner)).execution_options(yield_per=AT_ONCE)
    for gap in session.scalars(wanted):
        yield spreadsheet.line(_cells(gap, words))


def _cells(gap: Gap, words: Vocabulary) -> tuple[str, ...]:
    place = words.terms("places").get(gap.place)
    localities = {group.slug: group.label for group in words.localities}
    return (
        gap.ref,
        gap.needed,
        words.label("places", gap.place) if gap.place else "Whole city",
        localities.get(place.locality, "") if place else "",
        _label(words, "audiences", gap.audience),
        _label(words, "outcomes", gap.outcome),
        _label(words, "activities", gap.activity),
        gap.words,
        gap.about,
        gap.evidence,
        _day(gap.created_at),
        _label(words, "teams", gap.reporter_team),
        str(gap.people),
        gap.status.label,
        gap.status_reason,
        _day(gap.closed_at),
        gap.answer,
        _day(gap.answered_at),
        _day(gap.answer_changed_at),
        _label(words, "teams", gap.answered_team),
        _label(words, "themes", gap.theme),
        _label(words, "workstreams", gap.workstream),
        gap.owner.name if gap.owner else "",
    )


def _label(words: Vocabulary, name: str, slug: str) -> str:
    return words.label(name, slug) if slug else ""


def _day(value: datetime | None) -> str:
    return dates.day_of(value).isoformat() if value else ""
