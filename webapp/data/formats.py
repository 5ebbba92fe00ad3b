"""A table as the lines and bytes of a file, as they can be sent: CSV, JSON or an Excel workbook."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime

from webapp.data.table import Cell, Row
from webapp.english import dates
from webapp.library.characters import writable
from webapp.web import csv, xlsx

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json", "xlsx": EXCEL}


def csv_lines(heads: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """The lines of a CSV file, its heads first; no cell is a formula."""
    yield csv.BOM + csv.line(heads)
    for row in rows:
        yield csv.line(_in_csv(cell) for cell in row)


def json_lines(about: Mapping[str, Cell], called: str, names: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """One object: what `about` says, then the rows as a list of objects under the name `called`.

    What is not known is null.
    """
    said = ", ".join(f"{json.dumps(name)}: {json.dumps(_in_json(value))}" for name, value in about.items())
    yield f"{{{said}, {json.dumps(called)}: ["
    before = "\n"
    for row in rows:
        yield before + json.dumps({name: _in_json(cell) for name, cell in zip(names, row, strict=True)})
        before = ",\n"
    yield "\n]}\n"


def workbook(title: str, heads: Sequence[tuple[str, int]], rows: Iterable[Row]) -> Iterator[bytes]:
    """The bytes of a workbook; a head is its words and the width of its column."""
    return xlsx.pieces(title, [xlsx.ColumnHead(*head) for head in heads], rows)


def _in_csv(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime):
        return _moment(cell)
    return "" if cell is None else str(cell)


def _in_json(cell: Cell) -> str | int | None:
    if isinstance(cell, datetime):
        return _moment(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    return (writable(cell) or None) if isinstance(cell, str) else cell


def _moment(value: datetime) -> str:
    """2026-03-02T09:00:00Z: the short way to say UTC, which needs no escaping in an address."""
    return dates.iso(value).replace("+00:00", "Z")
