"""The gap log as a file: CSV, JSON or Excel. Who reported is not in it: their team is.

Gaps are read a few hundred at a time, and no transaction is open while somebody's slow line takes them.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime

from sqlalchemy import Engine, Select, select
from sqlalchemy.orm import Session, selectinload

from webapp import dates
from webapp.gaps import owners
from webapp.gaps.models import Gap
from webapp.library.characters import writable
from webapp.library.vocabulary import Vocabulary
from webapp.web import csv

AT_ONCE = 500
WIDE = 50  # characters; the columns that people write sentences in
Row = tuple[str | int | date, ...]

# What programs call each column, its heading for people, and its width in a workbook.
TABLE = (
    ("ref", "Reference", 12),
    ("needed", "What was needed", WIDE),
    ("place", "Place", 28),
    ("locality", "Locality", 12),
    ("audience", "Who for", 28),
    ("outcome", "Outcome", 28),
    ("activity", "Kind", 20),
    ("words", "Searched for", 20),
    ("about", "Reported from", 24),
    ("evidence", "What was tried", WIDE),
    ("reported", "Reported", 12),
    ("reporter_team", "Reporter's team", 28),
    ("people", "Staff who asked", 8),
    ("residents", "Residents it would help", 14),
    ("status", "Status", 22),
    ("status_reason", "Status reason", WIDE),
    ("closed", "Closed", 12),
    ("answer", "Answer", WIDE),
    ("answered", "Answered", 12),
    ("answer_corrected", "Answer corrected", 17),
    ("answered_by", "Answered by", 28),
    ("theme", "Theme", 22),
    ("workstream", "Workstream", 24),
    ("owner", "Owner", 20),
)
KEYS, COLUMNS = tuple(key for key, _, _ in TABLE), tuple(heading for _, heading, _ in TABLE)


def rows(engine: Engine, query: Select[Gap], words: Vocabulary) -> Iterator[Row]:
    """The cells of each gap that `query` finds, in its order. One that is removed meanwhile is left out."""
    with Session(engine) as session:
        ids = session.scalars(query.with_only_columns(Gap.id, maintain_column_froms=True)).all()
    cells = _speller(words)
    for start in range(0, len(ids), AT_ONCE):
        batch = ids[start : start + AT_ONCE]
        with Session(engine) as session:
            wanted = select(Gap).where(Gap.id.in_(batch)).options(selectinload(Gap.owner))
            found = {gap.id: cells(gap) for gap in session.scalars(wanted)}
        yield from (found[number] for number in batch if number in found)


def csv_lines(found: Iterable[Row]) -> Iterator[str]:
    """The lines of a CSV file, the names of the columns first; no cell is a formula."""
    yield csv.BOM + csv.line(COLUMNS)
    for row in found:
        yield csv.line(row)


def json_lines(found: Iterable[Row], made: datetime) -> Iterator[str]:
    """One object: when it was made, and the gaps as a list of objects. What is not known is null."""
    yield f'{{"made": {json.dumps(dates.iso(made))}, "gaps": ['
    before = "\n"
    for row in found:
        yield before + json.dumps({key: _in_json(cell) for key, cell in zip(KEYS, row, strict=True)})
        before = ",\n"
    yield "\n]}\n"


def _in_json(cell: str | int | date) -> str | int | None:
    if isinstance(cell, date):
        return cell.isoformat()
    return (writable(cell) or None) if isinstance(cell, str) else cell


def _speller(words: Vocabulary) -> Callable[[Gap], Row]:
    places = words.terms("places")
    localities = {group.slug: group.label for group in words.localities}

    def label(name: str, slug: str) -> str:
        return words.label(name, slug) if slug else ""

    def cells(gap: Gap) -> Row:
        place = places.get(gap.place)
        return (
            gap.ref,
            gap.needed,
            words.label("places", gap.place) if gap.place else "Whole city",
            localities.get(place.locality, "") if place else "",
            "; ".join(label("audiences", slug) for slug in gap.audiences),
            label("outcomes", gap.outcome),
            label("activities", gap.activity),
            gap.words,
            gap.about,
            gap.evidence,
            _day(gap.created_at),
            label("teams", gap.reporter_team),
            gap.people,
            gap.helps.words,
            gap.status.label,
            gap.status_reason,
            _day(gap.closed_at),
            gap.answer,
            _day(gap.answered_at),
            _day(gap.answer_changed_at),
            label("teams", gap.answered_team),
            label("themes", gap.theme),
            label("workstreams", gap.workstream),
            owners.name_of(gap.owner, nobody=""),
        )

    return cells


def _day(value: datetime | None) -> date | str:
    return dates.day_of(value) if value else ""
