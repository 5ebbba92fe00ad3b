"""Workbooks that begin at once: what goes in comes out, as what it was."""

import hashlib
import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest
from openpyxl import load_workbook

from webapp.web import xlsx
from webapp.web.xlsx import ColumnHead, pieces

HEADS = [ColumnHead("What", 30), ColumnHead("Value", 10)]


def read(rows: Sequence[tuple[str, Any]], title: str = "Things") -> Any:
    return load_workbook(io.BytesIO(b"".join(pieces(title, HEADS, rows))))


def test_every_value_comes_back_as_what_it_was():
    summer = datetime(2026, 7, 1, 11, 30, tzinfo=UTC)
    rows = [
        ("a number", 5), ("a part", 2.5), ("yes", True), ("no", False), ("nothing", None), ("a day", date(2026, 3, 2)),
        ("a moment, as clocks here show it", summer), ("a formula", "=1+1"), ("an error", "#N/A"), ("0123", "0123"),
        (" spaces ", "Ciepły posiłek, گرم کھانا\nand <b>"),
    ]  # fmt: skip
    book = read(rows)
    said = list(book.active.iter_rows(min_row=2, values_only=True))
    days = {"a day": datetime(2026, 3, 2), "a moment, as clocks here show it": datetime(2026, 7, 1, 12, 30)}
    assert said == [(what, days.get(what, value)) for what, value in rows]
    assert {cell.data_type for cell in book.active["B"][8:10]} == {"s"}, "texts, which nothing runs"
    assert (book.active.freeze_panes, book.active.auto_filter.ref) == ("B2", f"A1:B{len(rows) + 1}")


def test_what_looks_like_a_code_of_excel_stays_what_was_typed():
    """`_x0041_` says A (ECMA-376, part 1, 22.4.2.4), and `_x005F_` an underscore. openpyxl reads neither."""
    assert [cell.value for cell in read([("_x0041_", "_x 1")]).active[2]] == ["_x005F_x0041_", "_x 1"]


def test_what_xml_cannot_hold_is_left_out_and_what_excel_cannot_hold_is_cut():
    (row,) = list(read([("a\x00b\x1fc\ufffe\ud800d", "🌳" * 20_000)]).active.iter_rows(min_row=2, values_only=True))
    assert row[0] == "abcd"
    assert row[1] == "🌳" * (xlsx.LONGEST_CELL // 2)


def test_it_begins_before_the_last_row_is_known():
    taken = 0

    def rows() -> Iterator[tuple[str, int]]:
        nonlocal taken
        for taken in range(1, 5001):
            yield hashlib.sha256(b"%d" % taken).hexdigest() * 3, taken

    sent = pieces("Things", HEADS, rows())
    assert next(sent).startswith(b"PK")
    assert taken <= 1
    assert next(sent)
    assert taken < 5000


def test_more_rows_than_a_sheet_holds_go_on_another_one(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(xlsx, "MOST_ROWS", 3)
    book = read([(str(number), number) for number in range(5)], title="A [long] name of a table, far too long")
    assert book.sheetnames == [f"A  long  name of a table, fa{number}" for number in ("", " 2", " 3")]
    assert [[row[1] for row in sheet.values] for sheet in book] == [["Value", 0, 1], ["Value", 2, 3], ["Value", 4]]


def test_no_rows_make_a_whole_file():
    assert [tuple(row) for row in read([]).active.values] == [("What", "Value")]
    assert zipfile.ZipFile(io.BytesIO(b"".join(pieces("Things", HEADS, [])))).testzip() is None
