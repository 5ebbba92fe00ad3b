"""An Excel file that begins at once: rows go into the ZIP as they come, texts stay texts, dates are dates.

Why it is written here and not by a library: docs/decisions/data-out.md. The form is that of ECMA-376, part 1.
"""

import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import chain, islice
from typing import IO, Any, NamedTuple
from xml.sax.saxutils import escape

from webapp.english import dates
from webapp.library.characters import writable

MOST_ROWS = 1_048_576  # of one sheet, its head included; more go on another one
LONGEST_CELL = 32_767  # UTF-16 units: Excel calls a longer text a damaged file
PIECE = 64 * 1024  # bytes, of rows before they are compressed
SHEET_NAME = re.compile(r"[\[\]:*?/\\]")
LONGEST_NAME = 28  # of a sheet; with a number behind it 31, as Excel allows
# In a workbook `_x0041_` says A (22.4.2.4), so whoever typed it must not be taken at their word.
CODED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
UNDERSCORE = "_x005F_"
FIRST_DAY = date(1899, 12, 30).toordinal()  # day 0 of Excel, for all days after its 29 February 1900
DAY, MOMENT, HEAD = 1, 2, 3  # numbers of the styles below

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PLAIN = 'fontId="0" fillId="0" borderId="0"'
STYLES = (
    f'{XML}<styleSheet xmlns="{MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy-mm-dd"/>'
    '<numFmt numFmtId="165" formatCode="yyyy-mm-dd hh:mm"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    f'<cellStyleXfs count="1"><xf numFmtId="0" {PLAIN}/></cellStyleXfs><cellXfs count="4">'
    f'<xf numFmtId="0" {PLAIN} xfId="0"/><xf numFmtId="164" {PLAIN} xfId="0" applyNumberFormat="1"/>'
    f'<xf numFmtId="165" {PLAIN} xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)

Cell = str | int | float | date | None


class ColumnHead(NamedTuple):
    """One column: what stands over it, and its width in characters."""

    words: str
    width: int


def pieces(title: str, heads: Sequence[ColumnHead], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """The bytes of a workbook of `rows` under `heads`, on a sheet called `title`, as they can be sent.

    The head and the first column stay in sight. No number of rows fills the memory; where they are more than a sheet
    holds, the others stand on a next one. Moments are told as the clocks of Great Britain show them.
    """
    sent, remaining = _Sent(), iter(rows)
    names: list[str] = []
    with zipfile.ZipFile(sent, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:  # type: ignore[call-overload]
        while (first := next(remaining, None)) is not None or not names:
            names.append(_sheet_name(title, len(names) + 1))
            with book.open(f"xl/worksheets/sheet{len(names)}.xml", "w") as sheet:
                here = chain([first] if first is not None else [], islice(remaining, MOST_ROWS - 2))
                for _ in _write_sheet(sheet, heads, here):
                    if piece := sent.taken():  # what is compressed comes in lumps
                        yield piece
        for name, text in _parts(names):
            book.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
    yield sent.taken()


class _Sent:
    """A file that cannot be wound back: what was written waits here until it is taken."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    def write(self, data: bytes) -> int:
        self._waiting += data
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def taken(self) -> bytes:
        waiting, self._waiting = bytes(self._waiting), bytearray()
        return waiting


def _write_sheet(sheet: IO[bytes], heads: Sequence[ColumnHead], rows: Iterable[Sequence[Cell]]) -> Iterator[None]:
    """Write one sheet, and stop for a moment wherever there is something to send."""
    letters = [_letters(number) for number in range(1, len(heads) + 1)]
    widths = "".join(
        f'<col min="{n}" max="{n}" width="{head.width}" customWidth="1"/>' for n, head in enumerate(heads, 1)
    )
    bold = "".join(_text(f'{letter}1" s="{HEAD}', head.words) for letter, head in zip(letters, heads, strict=True))
    sheet.write(
        f'{XML}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0"><pane xSplit="1" ySplit="1" '
        'topLeftCell="B2" activePane="bottomRight" state="frozen"/></sheetView></sheetViews>'
        f'<cols>{widths}</cols><sheetData><row r="1">{bold}</row>'.encode()
    )
    yield
    lines: list[str] = []
    size, last = 0, 1
    for last, row in enumerate(rows, 2):
        cells = "".join([_cell(f"{letter}{last}", cell) for letter, cell in zip(letters, row, strict=True)])
        lines.append(f'<row r="{last}">{cells}</row>')
        size += len(cells)
        if size > PIECE:
            sheet.write("".join(lines).encode())
            lines, size = [], 0
            yield
    sheet.write("".join(lines).encode())
    sheet.write(f'</sheetData><autoFilter ref="A1:{letters[-1]}{last}"/></worksheet>'.encode())


def _cell(place: str, cell: Cell) -> str:
    return _WRITTEN[type(cell)](place, cell) if cell not in (None, "") else ""


def _text(place: str, text: str) -> str:
    """A text within the cell, which no spreadsheet runs, whatever it begins with."""
    text = CODED.sub(UNDERSCORE, writable(text))
    if len(text) * 2 > LONGEST_CELL:
        text = text.encode("utf-16-le")[: 2 * LONGEST_CELL].decode("utf-16-le", "ignore")
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def _number(place: str, number: float) -> str:
    return f'<c r="{place}"><v>{number!r}</v></c>'


def _yes_or_no(place: str, yes: bool) -> str:
    return f'<c r="{place}" t="b"><v>{yes:d}</v></c>'


def _day(place: str, day: date) -> str:
    return f'<c r="{place}" s="{DAY}"><v>{day.toordinal() - FIRST_DAY}</v></c>'


def _moment(place: str, moment: datetime) -> str:
    here = dates.local(moment)
    seconds = here.hour * 3600 + here.minute * 60 + here.second
    return f'<c r="{place}" s="{MOMENT}"><v>{here.toordinal() - FIRST_DAY + seconds / 86_400!r}</v></c>'


_WRITTEN: dict[type, Callable[[str, Any], str]] = {
    str: _text, int: _number, float: _number, bool: _yes_or_no, date: _day, datetime: _moment,
}  # fmt: skip


def _letters(number: int) -> str:
    """A, … Z, AA, … for columns counted from 1."""
    more, last = divmod(number - 1, 26)
    return (_letters(more) if more else "") + chr(ord("A") + last)


def _sheet_name(title: str, number: int) -> str:
    name = SHEET_NAME.sub(" ", title)[:LONGEST_NAME]
    return name if number == 1 else f"{name} {number}"


def _parts(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Everything of the package beside its sheets: 9.2 says how they hang together."""
    numbers = range(1, len(names) + 1)
    sheets = "".join(f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(names, 1))
    yield "xl/workbook.xml", f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{sheets}</sheets></workbook>'
    yield "xl/styles.xml", STYLES
    yield (
        "xl/_rels/workbook.xml.rels",
        _relations(
            *((f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in numbers),
            ("rIdStyles", "styles", "styles.xml"),
        ),
    )
    yield "_rels/.rels", _relations(("rId1", "officeDocument", "xl/workbook.xml"))
    overrides = [
        ("/xl/workbook.xml", "sheet.main"),
        ("/xl/styles.xml", "styles"),
        *((f"/xl/worksheets/sheet{n}.xml", "worksheet") for n in numbers),
    ]
    said = "".join(f'<Override PartName="{part}" ContentType="{TYPES}.{kind}+xml"/>' for part, kind in overrides)
    yield (
        "[Content_Types].xml",
        f'{XML}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{said}</Types>',
    )


def _relations(*those: tuple[str, str, str]) -> str:
    said = "".join(f'<Relationship Id="{id_}" Type="{RELATIONS}/{kind}" Target="{to}"/>' for id_, kind, to in those)
    return f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{said}</Relationships>'
