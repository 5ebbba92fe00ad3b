"""The gap log as an Excel file."""

from collections.abc import Iterable
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from webapp.commissioning.export import COLUMNS, TABLE, Row
from webapp.web import csv


def write(found: Iterable[Row], file: IO[bytes]) -> None:
    """One sheet, the names of the columns kept in sight. Every text stays a text, whatever it begins with."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Gaps")
    sheet.freeze_panes = "B2"
    for number, (_, _, width) in enumerate(TABLE):
        sheet.column_dimensions[_letter(number)].width = width
    heads = [WriteOnlyCell(sheet, value=heading) for heading in COLUMNS]
    for head in heads:
        head.font = Font(bold=True)
    sheet.append(heads)
    for row in found:
        sheet.append([_typed(sheet, cell) for cell in row])
    book.save(file)


def _typed(sheet: Any, cell: str | int) -> Any:
    """openpyxl takes a text that begins with = for a formula and #N/A for an error: those are said to be texts."""
    if not isinstance(cell, str):
        return cell
    text = ILLEGAL_CHARACTERS_RE.sub("", cell)
    if not text.startswith(("#", *csv.FORMULA_STARTS)):
        return text
    made = WriteOnlyCell(sheet, value=text)
    made.data_type = "s"
    return made


def _letter(number: int) -> str:
    assert number < 26  # one letter is enough for the columns there are
    return chr(ord("A") + number)
