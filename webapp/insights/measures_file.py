"""Measures from a CSV file, a line a month: read whole, every fault named by its line, and nothing half taken.

docs/insights.md says what the columns are.
"""

import csv
import io
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.insights import measures
from webapp.insights.measures import MOST_POINTS, UNITS, MeasureFields, Point
from webapp.insights.models import PROGRAMME, Better, Measure
from webapp.library.problems import Problem, did_you_mean
from webapp.library.vocabulary import Vocabulary
from webapp.people.models import User
from webapp.pii import guard
from webapp.web.text import tidy

COLUMNS = ("measure", "scope", "unit", "better", "source", "target", "month", "figure", "trajectory")
NEEDED = ("measure", "better", "month")
MOST_LINES, MOST_BYTES = 5_000, 200_000
MOST_FAULTS = 50
LONGEST_TITLE, LONGEST_SOURCE = 200, 300
LARGEST = 1e12
MONTH = re.compile(r"(20\d\d|2100)-(0[1-9]|1[0-2])")


class Faults(Exception):
    """What must be mended first; `problems` names each by its line."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(f"{len(problems)} faults")
        self.problems = list(problems)[:MOST_FAULTS]


@dataclass
class MeasureEntry:
    """One measure of the file, the line on which it began, and its months."""

    fields: MeasureFields
    line: int
    points: list[Point] = field(default_factory=list)


def parse(data: bytes, name: str, words: Vocabulary) -> list[MeasureEntry]:
    """The measures of a file called `name`. Raises Faults."""
    problems: list[Problem] = []
    entries: dict[tuple[str, str], MeasureEntry] = {}
    for line, row in _rows(data, name):
        faults: list[str] = []
        fields, point = _fields(row, words, faults), _point(row, faults)
        problems += [Problem(name, line, fault) for fault in faults]
        if fields is None or point is None or faults:
            continue
        entry = entries.setdefault((measures.slug_of(fields.title), fields.scope), MeasureEntry(fields, line))
        if entry.fields != fields:
            problems.append(Problem(name, line, f"this says something else of the measure than line {entry.line}"))
        if any(point.month == other.month for other in entry.points):
            problems.append(Problem(name, line, f"{point.month:%Y-%m} of this measure is there twice"))
        entry.points.append(point)
    problems += [
        Problem(name, entry.line, f"use {MOST_POINTS} months of one measure or fewer")
        for entry in entries.values()
        if len(entry.points) > MOST_POINTS
    ]
    if len(entries) > measures.MOST:
        problems.append(Problem(name, 1, f"use {measures.MOST} measures or fewer"))
    if problems or not entries:
        raise Faults(sorted(problems) or [Problem(name, 1, "there are no lines under the head")])
    return list(entries.values())


def take(session: Session, entries: Sequence[MeasureEntry], by: User | None, now: datetime) -> tuple[int, int]:
    """Keep all of them: how many measures and months. A measure that is there already is changed; months that the file
    does not name stay. Commit afterwards."""
    for entry in entries:
        slug = measures.slug_of(entry.fields.title)
        known = session.scalar(select(Measure).where(Measure.slug == slug, Measure.scope == entry.fields.scope))
        measure = measures.keep(session, known, entry.fields, by, now)
        measures.set_points(session, measure, entry.points, by, now)
    return len(entries), sum(len(entry.points) for entry in entries)


def figure(raw: str) -> float | None:
    """The number that was typed: `1,234.5`, `61%` or nothing. Raises ValueError."""
    text = raw.replace(",", "").removesuffix("%").removeprefix("£").strip()
    if not text:
        return None
    if not re.fullmatch(r"-?\d+(\.\d+)?", text, re.ASCII):
        raise ValueError(raw)
    value = float(text)
    if not math.isfinite(value) or abs(value) > LARGEST:
        raise ValueError(raw)
    return value


def month_of(text: str) -> date | None:
    """The first day of `2026-04`, or None."""
    match = MONTH.fullmatch(text)
    return date(int(match[1]), int(match[2]), 1) if match else None


def _rows(data: bytes, name: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Each line and its number. Raises Faults where the file cannot be read."""
    if len(data) > MOST_BYTES:
        raise Faults([Problem(name, 1, f"the file is larger than {MOST_BYTES // 1000} kB")])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Faults([Problem(name, 1, "save the file as “CSV UTF-8”")]) from None
    head = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count))
    try:
        rows = [(reader.line_num, row) for row in reader]
    except csv.Error as fault:
        raise Faults([Problem(name, reader.line_num, f"this is no CSV: {fault}")]) from None
    names = [tidy(cell).lower() for cell in rows[0][1]] if rows else []
    faults = [f"no column is called `{n}`{did_you_mean(n, COLUMNS)}" for n in names if n and n not in COLUMNS]
    faults += [f"the column `{n}` is missing" for n in NEEDED if n not in names]
    faults += ["a column is there twice"] if len(set(filter(None, names))) < len(list(filter(None, names))) else []
    if faults or len(rows) > MOST_LINES:
        faults = faults or [f"use {MOST_LINES:,} lines or fewer"]
        raise Faults([Problem(name, 1, fault) for fault in faults])
    for line, row in rows[1:]:
        if any(cell.strip() for cell in row):
            yield line, {n: tidy(cell) for n, cell in zip(names, row, strict=False) if n}


def _fields(row: dict[str, str], words: Vocabulary, faults: list[str]) -> MeasureFields | None:
    title, source = (
        _text(row, n, most, faults) for n, most in (("measure", LONGEST_TITLE), ("source", LONGEST_SOURCE))
    )
    if not title:
        faults.append("say what is measured, in the column `measure`")
    unit, scope = row.get("unit", ""), row.get("scope", "") or PROGRAMME
    if unit not in UNITS:
        faults.append(f"`{unit}` is no unit of ours{did_you_mean(unit, filter(None, UNITS))}")
    known = scopes(words)
    if scope not in known:
        faults.append(f"`{scope}` is no team or locality{did_you_mean(scope, known)}")
    better = row.get("better", "").lower()
    if better not in set(Better):
        faults.append("say in the column `better` whether `higher` or `lower` is better")
    target = _figure(row, "target", faults)
    return None if faults else MeasureFields(title, unit, source, Better(better), scope, target)


def _point(row: dict[str, str], faults: list[str]) -> Point | None:
    month = month_of(row.get("month", ""))
    if month is None:
        faults.append("write the month like 2026-04")
    value, trajectory = _figure(row, "figure", faults), _figure(row, "trajectory", faults)
    return None if month is None else Point(month, value, trajectory)


def _text(row: dict[str, str], name: str, most: int, faults: list[str]) -> str:
    text = row.get(name, "")
    if len(text) > most:
        faults.append(f"`{name}`: use {most} characters or fewer")
    elif guard.find(text):
        faults.append(f"`{name}`: take out what could identify a person")
    return text


def _figure(row: dict[str, str], name: str, faults: list[str]) -> float | None:
    try:
        return figure(row.get(name, ""))
    except ValueError:
        faults.append(f"`{name}` is no number: write it like 61.5")
        return None


def scopes(words: Vocabulary) -> dict[str, str]:
    """What a measure may be of: the programme, a locality or a team, with its name."""
    localities = {group.slug: group.label for group in words.localities}
    return {PROGRAMME: "The programme", **localities, **{slug: team.label for slug, team in words.teams.items()}}
