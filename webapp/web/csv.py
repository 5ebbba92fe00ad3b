"""Lines of a CSV file that a spreadsheet opens as text, whatever people wrote in it."""

import csv
import io
from collections.abc import Iterable

from webapp.library.characters import writable

BOM = "\ufeff"  # first in the file: without it Excel takes UTF-8 for something else
# A cell that begins with one of these is a formula to a spreadsheet, full-width ones included.
# https://owasp.org/www-community/attacks/CSV_Injection
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe(cell: str) -> str:
    """`cell` in characters that a file can hold, with an apostrophe before it where a spreadsheet would run it."""
    cell = writable(cell)
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


def line(cells: Iterable[object]) -> str:
    """One line of the file, its end included; each cell as text that no spreadsheet runs."""
    made = io.StringIO()
    csv.writer(made).writerow([safe(str(cell)) for cell in cells])
    return made.getvalue()
