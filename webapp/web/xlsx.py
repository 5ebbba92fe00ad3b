"""An Excel file of one table: texts stay texts, dates are dates, and a head that filters.

Import it where a file is asked for: openpyxl is large, and no page needs it.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import IO, Any, NamedTuple

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from webapp.library.characters import writable
from webapp.web.csv import FORMULA_STARTS

# In a workbook `_x0041_` says A (ECMA-376, part 1, 22.4.2.4), so whoever typed it must not be taken at their word.
CODED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
UNDERSCORE = "_x005F_"

Cell = str | int | float | date


class ColumnHead(NamedTuple):
    """One column: what stands over it, and its width in characters."""

    words: str
    width: int


def write(file: IO[bytes], title: str, heads: Sequence[ColumnHead], rows: Iterable[Sequence[Cell]]) -> None:
    """Write `rows` under `heads` to `file`, on one sheet called `title`; the head and the first column stay in sight.

    Rows are written as they come, so that no number of them fills the memory.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "B2"
    for number, head in enumerate(heads, 1):
        sheet.column_dimensions[get_column_letter(number)].width = head.width
    bold = [WriteOnlyCell(sheet, value=head.words) for head in heads]
    for cell in bold:
        cell.font = Font(bold=True)
    sheet.append(bold)
    last = 1
    for row in rows:
        sheet.append([_typed(sheet, cell) for cell in row])
        last += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{last}"
    book.save(file)


def _typed(sheet: Any, cell: Cell) -> Any:
    """openpyxl takes a text that begins with = for a formula and #N/A for an error: those are said to be texts."""
    if not isinstance(cell, str):
        return cell
    text = CODED.sub(UNDERSCORE, writable(cell))
    if not text.startswith(("#", *FORMULA_STARTS)):
        return text
    made = WriteOnlyCell(sheet, value=text)
    made.data_type = "s"
    return made
