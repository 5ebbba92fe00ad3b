"""Listings to a spreadsheet, and a changed spreadsheet back to exactly the lines that changed. Layout: docs/csv.md."""

import csv
import io
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from webapp.library.authoring.scaffold import slugify
from webapp.library.confidential import listings as confidential
from webapp.library.confidential.redaction import WITHHELD
from webapp.library.front_matter.edit import CannotEdit, edited, file_text
from webapp.library.front_matter.source import Fault, Source, parse_page
from webapp.library.listings import cells
from webapp.library.listings.columns import BODY, FILE, MOST, PREFIXES, SEVERAL, SINGLE, Column, names
from webapp.library.problems import Problem, did_you_mean

BOM = "\ufeff"  # first in the file: without it Excel takes UTF-8 for something else
# As docs/writing-content.md has them; a new key stands after the nearest of these before it.
ORDER = (
    "title", "alternate_name", "summary", "sample", "organisation", "status", "alert", "places", "citywide",
    "service_areas", "locations", "activities", "outcomes", "audiences", "listed_as", "age", "cost", "prices",
    "sessions", "referral", "required_documents", "first_time", "languages", "other_languages", "interpretation",
    "capacity", "wait_time", "contacts", "url", "links", "image", "accreditations", "programme", "funding",
    "organisation_details", "verified", "last_modified", "review_every", "id", "aliases", "publish_from", "expires",
    "draft", "publish", "imported",
)  # fmt: skip
LARGEST = 64 * 1024 * 1024  # bytes of a spreadsheet
HELD_BACK = "the file tells a secret address here, which no spreadsheet is given: change it in the file"
NOTHING = Source("", {}, "", 1, "", 1)  # what a new listing is changed from
BY_NAME = {column.name: column for column in SINGLE}


class UnreadableTable(Exception):
    """The spreadsheet cannot be used at all. The message says why."""


@dataclass
class TablePlan:
    """What an import would do. `write` is file → its new bytes; `rows` file → its row in the spreadsheet, from 1."""

    write: dict[str, bytes] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    new: list[str] = field(default_factory=list)
    changes: dict[str, list[str]] = field(default_factory=dict)  # file → names of the columns that change it
    hidden: dict[str, str] = field(default_factory=dict)  # file → why it looks like a refuge; nobody has decided
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)


def export(sources: Iterable[Source]) -> str:
    """The spreadsheet of the listings read from `sources`, a line each under a header."""
    listed = list(sources)
    most = {key: max([1, *(len(_dicts(s.front.get(key))) for s in listed)]) for key in SEVERAL}
    header = names(most)
    made = io.StringIO()
    writer = csv.writer(made)
    writer.writerow(header)
    for source in listed:
        row = _cells(source)
        writer.writerow([cells.guarded(row.get(name, "")) for name in header])
    return made.getvalue()


def plan(table: bytes, name: str, files: Mapping[str, Path]) -> TablePlan:
    """What bringing the spreadsheet `table` in would change. `name` is what problems call it; `files` are all listings.

    Raises UnreadableTable.
    """
    made = TablePlan()
    header, rows = _read(table)
    _check_header(header, name, made)
    if made.problems:
        return made
    for line, row in rows:
        if len(row) > len(header) and any(cell.strip() for cell in row[len(header) :]):
            message = f"this row has {len(row)} cells and the header {len(header)}: put quotes round cells with commas"
            made.problems.append(Problem(name, line, message))
            continue
        given = {key: cells.plain(cell) for key, cell in zip(header, row, strict=False)}
        if any(given.values()):
            _plan_row(made, given, name, line, files)
    return made


def _cells(source: Source) -> dict[str, str]:
    # A spreadsheet is mailed about, so it never holds a secret address.
    front, body = confidential.publishable(source.front, source.body)
    row = {FILE: source.file.partition("/")[2], BODY: body.strip()}
    row |= {column.name: column.cell(front) for column in SINGLE}
    for key, (prefix, columns) in SEVERAL.items():
        for number, item in enumerate(_dicts(front.get(key)), 1):
            row |= {f"{prefix}_{number}_{c.name}": c.cell(item) for c in columns}
    return row


def _read(table: bytes) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The header, and every row with the number that a spreadsheet gives it: a cell may hold many lines."""
    if len(table) > LARGEST:
        raise UnreadableTable(f"it is over {LARGEST >> 20} MB")
    if table.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise UnreadableTable("it is a workbook: save it as “CSV UTF-8” first")
    try:
        text = table.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = table.count(b"\n", 0, error.start) + 1
        raise UnreadableTable(f"line {line} is not UTF-8 text: save it as “CSV UTF-8”") from None
    if "\0" in text:
        raise UnreadableTable("it is not text: save it as “CSV UTF-8”")
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[int, list[str]]] = []
    try:
        begins = 1
        for row in reader:
            rows.append((len(rows) + 1, row))
            begins = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableTable(f"the row that begins on line {begins} cannot be read ({error})") from None
    if not rows:
        raise UnreadableTable("it is empty")
    header = [cell.strip().lower() for cell in rows[0][1]]
    while header and not header[-1]:
        header.pop()
    return header, rows[1:]


def _check_header(header: list[str], name: str, made: TablePlan) -> None:
    known = set(names({}))
    for at, column in enumerate(header):
        if column in header[:at]:
            made.problems.append(Problem(name, 1, f"there are two columns `{column}`: remove one"))
        elif column not in known and not _numbered(column):
            near = did_you_mean(column, known)
            made.problems.append(Problem(name, 1, f"unknown column `{column}`{near or ': see docs/csv.md'}"))
    if FILE not in header:
        message = f"there is no column `{FILE}`: begin with what `signpost content export csv` writes"
        made.problems.append(Problem(name, 1, message))


def _numbered(name: str) -> tuple[str, int, Column] | None:
    """`contact_2_phone` → the key `contacts`, 2, the column `phone`."""
    prefix, _, rest = name.partition("_")
    number, _, inner = rest.partition("_")
    if prefix not in PREFIXES or not number.isdecimal() or not 1 <= int(number) <= MOST:
        return None
    key, columns = PREFIXES[prefix]
    found = next((column for column in columns if column.name == inner), None)
    return (key, int(number), found) if found else None


def _plan_row(made: TablePlan, given: dict[str, str], name: str, line: int, files: Mapping[str, Path]) -> None:
    wanted = given[FILE].replace("\\", "/").removeprefix("content/")
    try:
        if not wanted:
            _plan_new(made, given, name, line, files)
            return
        if wanted not in files:
            near = did_you_mean(wanted, files)
            near = near if "did you mean" in near else ": leave the cell empty for a new listing"
            raise cells.Unclear(f"there is no listing `{wanted}`{near}")
        if wanted in made.rows:
            raise cells.Unclear(f"`{wanted}` is also in row {made.rows[wanted]}: keep one row")
        made.rows[wanted] = line
        data = files[wanted].read_bytes()
        source = parse_page(data, wanted)
    except cells.Unclear as unclear:
        made.problems.append(Problem(name, line, f"column `{FILE}`: {unclear}"))
        return
    except (Fault, OSError) as fault:
        made.problems.append(Problem(name, line, f"{wanted} cannot be changed until it is mended: {fault}"))
        return
    front, changed = _changed(source, given, made, name, line)
    try:
        body = _changed_body(source, given)
    except cells.Unclear as unclear:
        made.problems.append(Problem(name, line, f"column `{BODY}`: {unclear}"))
        return
    if body is not None:
        changed.append(BODY)
    if not changed:
        made.unchanged += 1
        return
    try:
        made.write[wanted] = edited(data, front, ORDER, body)
        made.changes[wanted] = changed
        _report_secret(made, wanted, front, source.body if body is None else body)
    except CannotEdit as why:
        made.problems.append(Problem(name, line, f"{wanted} must be changed by hand: {why}"))


def _plan_new(made: TablePlan, given: dict[str, str], name: str, line: int, files: Mapping[str, Path]) -> None:
    front, _ = _changed(NOTHING, given, made, name, line)
    body = given.get(BODY, "")
    kept_back = confidential.verdict(front, body)
    if kept_back and kept_back.guess:
        front = confidential.marked(front)
    title = given.get("title", "")
    slug = slugify(kept_back.secrets.hide(title) if kept_back else title)
    if not slug:
        made.problems.append(Problem(name, line, "column `title`: a new listing needs one, with letters in it"))
        return
    places = front.get("places", [])
    folder = slugify(str(places[0])) if len(places) == 1 else "citywide"
    file = f"assets/{folder or 'citywide'}/{slug}.md"
    taken = next((f for f in (*files, *made.write) if PurePosixPath(f).stem == slug), None)
    if taken:
        message = f"column `title`: {taken} has this name: fill in the column `{FILE}`, or choose another title"
        made.problems.append(Problem(name, line, message))
        return
    ordered = {key: front[key] for key in ORDER if key in front}
    made.write[file] = file_text(ordered, f"{body}\n").encode()
    made.rows[file] = line
    made.new.append(file)
    if kept_back and kept_back.guess:
        made.hidden[file] = kept_back.guess


def _report_secret(made: TablePlan, file: str, front: Mapping[str, Any], body: str) -> None:
    found = confidential.verdict(front, body)
    if found and found.guess:
        made.hidden[file] = found.guess


def _changed(
    source: Source, given: Mapping[str, str], made: TablePlan, name: str, line: int
) -> tuple[dict[str, Any], list[str]]:
    """What the front matter would say, and the names of the columns that changed it.

    A cell that says what the export said changes nothing, also where the export left out what must stay secret.
    """
    old, public = source.front, confidential.publishable(source.front, source.body)[0]
    front = deepcopy(dict(old))
    changed: list[str] = []
    items: dict[str, dict[int, dict[str, Any]]] = {}
    for column_name, cell in given.items():
        numbered = _numbered(column_name)
        if numbered:
            key, number, column = numbered
            listed, shown_of = _dicts(old.get(key)), _dicts(public.get(key))
            items.setdefault(key, {n: dict(item) for n, item in enumerate(listed, 1)})
            target = items[key].setdefault(number, {})
            seen: Mapping[str, Any] = shown_of[number - 1] if number <= len(shown_of) else {}
        elif column_name in BY_NAME:
            column, target, seen = BY_NAME[column_name], front, public
        else:
            continue
        try:
            if column.cell(seen).strip() != cell and _put(column, target, seen, cell):
                changed.append(column_name)
        except cells.Unclear as unclear:
            made.problems.append(Problem(name, line, f"column `{column_name}`: {unclear}"))
    for key, numbers in items.items():
        if any(column.startswith(f"{SEVERAL[key][0]}_") for column in changed):
            _set_items(front, key, [item for _, item in sorted(numbers.items()) if item])
    return front, changed


def _put(column: Column, target: dict[str, Any], seen: Mapping[str, Any], cell: str) -> bool:
    """Put a cell's value into `target`; whether that changes it. `seen` is what the spreadsheet showed."""
    now = column.value(target)
    if not cell and column.read is cells.decision and seen.get("confidential"):
        raise cells.Unclear("it is secret: type yes so that it stays so, or no where everybody may know the address")
    if WITHHELD in cell and column.cell(seen) != column.cell(target):
        raise cells.Unclear(HELD_BACK)
    if column.cell(target).strip() == cell:
        return False
    value = column.read(cell, now)
    if value == now or (value is None and not now):
        return False
    column.put(target, value)
    return True


def _set_items(front: dict[str, Any], key: str, items: list[dict[str, Any]]) -> None:
    if items:
        front[key] = items
    else:
        front.pop(key, None)


def _changed_body(source: Source, given: Mapping[str, str]) -> str | None:
    """The text with what the cell says; None where it says what was exported, or where there is no such column."""
    body, public = source.body, confidential.publishable(source.front, source.body)[1]
    if BODY not in given or given[BODY].strip() in (public.strip(), body.strip()):
        return None
    if public != body and WITHHELD in given[BODY]:
        raise cells.Unclear(HELD_BACK)
    opens = body[: len(body) - len(body.lstrip())] if body.strip() else ""
    return f"{opens}{given[BODY].strip()}\n"


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
