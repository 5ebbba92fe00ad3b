"""What a cell of a spreadsheet says, in spite of what spreadsheets do to cells.

Each reader is given the cell and what the file says now, and returns the new value: None for an empty cell.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from webapp.library.characters import writable

LIST_MARK = "|"
ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ]00:00(?::00)?)?")
SLASHED = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::00)?")
SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?[eE]\+?[0-9]+")
NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
# A cell that begins with one of these is a formula to a spreadsheet: OWASP, "CSV Injection". Full-width ones too.
FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")


class Unclear(Exception):
    """The cell cannot be taken as it is. The message says what to type."""


Read = Callable[[str, Any], Any]


def guarded(cell: str) -> str:
    """`cell`, with an apostrophe before it where a spreadsheet would run it. `plain` takes it away again."""
    cell = writable(cell)
    return f"'{cell}" if FORMULA.match(cell) and not NUMBER.fullmatch(cell) else cell


def plain(cell: str) -> str:
    """The cell as it was before `guarded`, without the white space round it."""
    cell = writable(cell).replace("\r\n", "\n").strip()
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell[1:]) else cell


def text(cell: str, now: Any) -> Any:
    if "\n" in cell:
        raise Unclear("this is one line in the file: take the line breaks out")
    return cell or None


def words(cell: str, now: Any) -> Any:
    """A list with `|` between its items."""
    found = [" ".join(word.split()) for word in re.split(r"[|\n]", cell)]
    return [word for word in found if word] or None


def flag(cell: str, now: Any) -> Any:
    answer = cell.lower()
    if answer in {"", "no", "n", "false", "0"}:
        return None
    if answer in {"yes", "y", "true", "1"}:
        return True
    raise Unclear(f"`{cell}` is neither yes nor no: type one of them")


def decision(cell: str, now: Any) -> Any:
    """Yes, no, or nothing where nobody has decided."""
    return flag(cell, now) or (False if cell else None)


def whole(cell: str, now: Any) -> Any:
    if not cell:
        return None
    if not re.fullmatch(r"[0-9]+(\.0+)?", cell):
        raise Unclear(f"`{cell}` is not a whole number")
    return int(cell.partition(".")[0])


def number(cell: str, now: Any) -> Any:
    if not cell:
        return None
    if not NUMBER.fullmatch(cell):
        raise Unclear(f"`{cell}` is not a number: write it with a point, as in 53.4069")
    value = float(cell)
    return now if isinstance(now, int | float) and float(now) == value else value


def day(cell: str, now: Any) -> Any:
    """A date. Spreadsheets turn 2026-10-06 into 06/10/2026, or where they are American into 10/06/2026."""
    if not cell:
        return None
    if found := ISO_DATE.fullmatch(cell):
        return _date(int(found[1]), int(found[2]), int(found[3]), cell)
    found = SLASHED.fullmatch(cell)
    if not found:
        raise Unclear(f"`{cell}` is not a date: write it as in 2026-10-06")
    first, second, year = int(found[1]), int(found[2]), int(found[3])
    read = {f"{year:04d}-{m:02d}-{d:02d}" for d, m in ((first, second), (second, first)) if m <= 12}
    if now in read:
        return now
    if len(read) > 1:
        raise Unclear(f"`{cell}` could be two dates: write it as in 2026-10-06, in a column formatted as text")
    return _date(year, *((second, first) if second <= 12 else (first, second)), cell)


def _date(year: int, month: int, of_month: int, cell: str) -> str:
    try:
        return date(year, month, of_month).isoformat()
    except ValueError:
        raise Unclear(f"`{cell}` is no date that exists") from None


def clock(cell: str, now: Any) -> Any:
    if not cell:
        return None
    found = TIME.fullmatch(cell)
    if not found:
        raise Unclear(f"`{cell}` is not a time: write it as in 10:30 or 18:00")
    same = isinstance(now, str) and TIME.fullmatch(now.replace(".", ":"))
    if same and (int(same[1]), same[2]) == (int(found[1]), found[2]):
        return now
    return f"{int(found[1]):02d}:{found[2]}"


def phone(cell: str, now: Any) -> Any:
    """A telephone number. Spreadsheets take the leading nought away and shorten long ones to 1.61E+09."""
    if not cell:
        return None
    if SCIENTIFIC.fullmatch(cell):
        raise Unclear(f"`{cell}` was a phone number: format the column as text and type it again")
    digits = re.sub(r"\D", "", cell)
    if isinstance(now, str) and re.sub(r"\D", "", now) in {f"0{digits}", digits}:
        return now
    if digits == cell and len(digits) in {9, 10} and not digits.startswith("0"):
        message = f"`{cell}` has lost its first 0: type it with spaces, as in 0{cell[:3]} {cell[3:6]} {cell[6:]}"
        raise Unclear(message)
    return cell
