"""Reads the national lists of postcodes: Code-Point Open (Ordnance Survey) and the ONS Postcode Directory, as CSV.

Code-Point Open has no header: postcode, quality, easting, northing and more, in a file for each postcode area. The ONS
directory has a header with `pcds`, `lat` and `long`. Any other list with such column names can be read too.
"""

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from webapp.library.search.grid import EAST, NORTH, to_degrees
from webapp.library.search.postcodes import TABLE

_CODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})")
_LATITUDES, _LONGITUDES = (49.0, 61.5), (-9.0, 2.5)  # the United Kingdom and its islands, degrees
_NAMED = 20  # bad rows listed one by one; beyond these only their number is given
_EVERY = 50_000  # rows between two words of progress
_COLUMNS = {
    "postcode": ("pcds", "postcode", "pcd2", "pcd", "pc"),
    "latitude": ("lat", "latitude"),
    "longitude": ("long", "lon", "longitude"),
    "easting": ("eastings", "easting", "oseast1m", "ea"),
    "northing": ("northings", "northing", "osnrth1m", "no"),
}


class NoPostcodes(Exception):
    """The source holds nothing that could be loaded. The message says why."""


class Columns(NamedTuple):
    """Where a row holds its postcode and its two numbers, and whether these are metres of the National Grid."""

    postcode: int
    first: int
    second: int
    grid: bool


_CODE_POINT = Columns(0, 2, 3, grid=True)


@dataclass
class Read:
    """What was read: the table, how many rows were bad, and the first of them by file, line and reason."""

    table: NDArray[np.void] = field(default_factory=lambda: np.zeros(0, TABLE))
    files: int = 0
    bad: int = 0
    named: list[str] = field(default_factory=list)

    def reject(self, where: str, why: str) -> None:
        self.bad += 1
        if len(self.named) < _NAMED:
            self.named.append(f"{where}: {why}")


def read(source: Path, progress: Callable[[int], None] | None = None) -> Read:
    """Read one CSV file, or every CSV file below a folder. `progress` is called with the number of rows read so far.

    Raises NoPostcodes where there is no usable row, OSError where a file cannot be read.
    """
    files = sorted(p for p in source.rglob("*") if p.suffix.lower() == ".csv") if source.is_dir() else [source]
    if not files:
        raise NoPostcodes(f"There is no CSV file in {source}.")
    found = Read(files=len(files))
    tables = []
    rows = 0
    for file in files:
        codes: list[bytes] = []
        numbers: list[tuple[float, float]] = []
        columns: Columns | None = None
        for line, row in _rows(file, found):
            rows += 1
            if progress and rows % _EVERY == 0:
                progress(rows)
            code, point, fault = _row(row, columns or _CODE_POINT)
            if fault and (header := _header(row)):
                columns = header
                continue
            if fault:
                found.reject(f"{file.name}, line {line}", fault)
            else:
                codes.append(code)
                numbers.append(point)
        if codes:
            tables.append(_table(codes, np.array(numbers), grid=columns is None or columns.grid))
    if progress:
        progress(rows)
    if not tables:
        raise NoPostcodes(_nothing(found))
    found.table = np.concatenate(tables)
    return found


def _rows(file: Path, found: Read) -> Iterator[tuple[int, list[str]]]:
    """Line and cells of each row that is not empty. A row that is no CSV is counted as bad."""
    with file.open(encoding="utf-8-sig", errors="replace", newline="") as text:
        reader = csv.reader(text)
        while True:
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                found.reject(f"{file.name}, line {reader.line_num}", f"it is not CSV ({error})")
                continue
            if any(row):
                yield reader.line_num, row


def _header(row: Sequence[str]) -> Columns | None:
    names = [cell.strip().lower() for cell in row]
    at = {what: next((names.index(n) for n in known if n in names), None) for what, known in _COLUMNS.items()}
    if at["postcode"] is None:
        return None
    for first, second, grid in (("latitude", "longitude", False), ("easting", "northing", True)):
        one, other = at[first], at[second]
        if one is not None and other is not None:
            return Columns(at["postcode"], one, other, grid)
    return None


_Row = tuple[bytes, tuple[float, float], str]


def _row(row: Sequence[str], columns: Columns) -> _Row:
    """Postcode, its two numbers, and what is wrong with the row; empty where nothing is."""
    if len(row) <= max(columns[:3]):
        return b"", (0, 0), "it has too few columns"
    joined = "".join(row[columns.postcode].split()).upper()
    parts = _CODE.fullmatch(joined)
    if parts is None:
        return b"", (0, 0), f"“{row[columns.postcode][:20]}” is not a postcode"
    try:
        first, second = float(row[columns.first]), float(row[columns.second])
    except ValueError:
        return b"", (0, 0), f"{parts[1]} {parts[2]} has no position"
    code = f"{parts[1]} {parts[2]}"
    if columns.grid and first == second == 0:
        return b"", (0, 0), f"{code} has no position"
    (low, high), (lower, higher) = (EAST, NORTH) if columns.grid else (_LATITUDES, _LONGITUDES)
    if not (low <= first <= high and lower <= second <= higher):
        return b"", (0, 0), f"{code} is not in the United Kingdom"
    return code.encode(), (first, second), ""


def _table(codes: list[bytes], numbers: NDArray[np.float64], *, grid: bool) -> NDArray[np.void]:
    table = np.empty(len(codes), TABLE)
    table["code"] = codes
    table["latitude"], table["longitude"] = (
        to_degrees(numbers[:, 0], numbers[:, 1]) if grid else (numbers[:, 0], numbers[:, 1])
    )
    return table


def _nothing(found: Read) -> str:
    if not found.bad:
        return "The file holds no postcodes."
    return f"No row could be used ({found.bad:,} bad). The first: {found.named[0]}."
