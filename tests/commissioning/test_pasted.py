"""What people paste from elsewhere: characters that no file can hold, words that look like code, formulas.

One pasted character must never take a file away from everybody.
"""

import csv
import io
import json
import re
from datetime import date, datetime
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from docx import Document
from flask import Flask
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import update

from tests.gaps.site import Visitor
from webapp.db.engine import db, now
from webapp.english.dates import day_of
from webapp.gaps.models import Gap
from webapp.library.characters import UNWRITABLE
from webapp.notices import feeds
from webapp.spotlights import calendar

FILES = ("/commissioning/gaps.csv", "/commissioning/gaps.json", "/commissioning/gaps.xlsx")
# As PDF copies, terminals, old word processors and broken programs bring them; NUL no database takes.
PASTED = ["\ufffe", "\uffff", "\x01", "\x1b", "\ufdd0", "\U0001fffe", "\U0010ffff"]
CODES = ["_x000D_", "_x0041_", "_x005F_x0041_", "_x0041_x0042_", "__x0041__", "_X0041_", "_x41_", "x_x00e9_y"]
FORMULAS = ["=1+1", "+44 days", "-1+1 weeks", "@SUM(A1)", "＝1+1", "#REF!", "=HYPERLINK(A1)"]


def sheet(cara: Visitor, query: str = "") -> Worksheet:
    found = load_workbook(io.BytesIO(cara.client.get(f"/commissioning/gaps.xlsx{query}").data)).active
    assert isinstance(found, Worksheet)
    return found


def as_excel_says(cell: object) -> str:
    """A cell's text with its codes read, from left to right, as ECMA-376 has it (part 1, 22.4.2.4)."""
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda code: chr(int(code[1], 16)), str(cell))


def column(cells: Worksheet, heading: str) -> list[object]:
    heads, *rows = cells.iter_rows(values_only=True)
    return [row[heads.index(heading)] for row in rows]


def test_gaps_that_were_pasted_from_a_pdf_are_in_every_file(amina: Visitor, cara: Visitor) -> None:
    whole = [f"Evening cooking class {number} for working carers" for number in range(len(PASTED))]
    for needed, character in zip(whole, PASTED, strict=True):
        pasted = needed.replace("working", f"work{character}ing")
        amina.post("/gaps/new", needed=pasted, place="citywide", evidence=f"Too{character} far")
    assert whole[0] in amina.get("/gaps/GAP-0001")
    query = "?sort=oldest"
    rows = csv.DictReader(io.StringIO(cara.get(FILES[0] + query).removeprefix("\ufeff"), newline=""))
    assert [row["What was needed"] for row in rows] == whole
    assert {gap["evidence"] for gap in json.loads(cara.get(FILES[1]))["gaps"]} == {"Too far"}
    assert column(sheet(cara, query), "What was needed") == whole


def test_what_was_stored_before_we_cleaned_it_spoils_no_file(app: Flask, amina: Visitor, cara: Visitor) -> None:
    amina.post("/gaps/new", needed="A choir", place="citywide")
    amina.post("/gaps/new", needed="A shed", place="citywide")
    old = f"A cho{''.join(PASTED)}ir"
    with app.app_context():
        answered = {"answer": old, "answered_at": now(), "answered_team": "", "evidence": old}
        db.session.execute(update(Gap).where(Gap.id == 1).values(needed=old, **answered))
        db.session.commit()
    assert "A choir" in cara.get(FILES[0])
    assert {gap["needed"] for gap in json.loads(cara.get(FILES[1]))["gaps"]} == {"A choir", "A shed"}
    assert set(column(sheet(cara), "What was needed")) == {"A choir", "A shed"}
    report = Document(io.BytesIO(cara.client.get("/commissioning/report.docx").data))
    assert "A choir" in [cell.text for table in report.tables for row in table.rows for cell in row.cells]


def test_the_feed_of_answers_stays_a_feed_whatever_is_in_a_title() -> None:
    title = "".join(f"a{character}" for character in PASTED)
    card = {"id": "1", "title": title, "date": "2026-03-03", "path": "/updates/x", "answers": [], "summary": title}
    made = {"base_url": "https://signpost.example", "name": "Sign\ufffepost", "built": now()}
    feed = ElementTree.fromstring(feeds.atom([card], **made))
    assert feed.findtext(".//{*}entry/{*}title") == "a" * len(PASTED)
    card |= {"time": "", "minutes": 60, "venue": title, "join": ""}
    assert not UNWRITABLE.search(calendar.feed([card], [], **made, label=str).decode())


def test_words_on_two_lines_of_a_word_processor_stay_two_words(amina: Visitor, cara: Visitor) -> None:
    for end in ("\x0b", "\x0c", "\x85", "\u2028", "\r"):
        amina.post("/gaps/new", needed=f"A choir {ord(end)}{end}near the tram", place="citywide")
    for cell in column(sheet(cara), "What was needed"):
        assert re.fullmatch(r"A choir \d+\nnear the tram", str(cell))


def test_words_that_look_like_a_code_of_excel_are_read_as_they_were_typed(amina: Visitor, cara: Visitor) -> None:
    typed = [f"A printer that writes {code}" for code in CODES]
    for needed in typed:
        amina.post("/gaps/new", needed=needed, place="citywide")
    assert [as_excel_says(cell) for cell in column(sheet(cara, "?sort=oldest"), "What was needed")] == typed
    assert all(needed in cara.get(FILES[0]) for needed in typed), "only a workbook has such codes"


def test_no_spreadsheet_runs_what_somebody_typed(amina: Visitor, cara: Visitor) -> None:
    for typed in FORMULAS:
        amina.post("/gaps/new", needed=f"{typed} sheds", place="citywide", evidence=typed)
    cells = sheet(cara)
    said = {cell.value: cell.data_type for row in cells.iter_rows(min_row=2) for cell in row if cell.value is not None}
    rows = list(csv.DictReader(io.StringIO(cara.get(f"{FILES[0]}?sort=oldest").removeprefix("\ufeff"), newline="")))
    for typed, row in zip(FORMULAS, rows, strict=True):
        assert said[f"{typed} sheds"] == said[typed] == "s"
        for heading in ("What was needed", "What was tried"):
            assert row[heading].lstrip("'").startswith(typed)
            assert not row[heading].startswith(("=", "+", "-", "@", "＝"))


def test_the_days_of_a_workbook_are_days(amina: Visitor, cara: Visitor) -> None:
    amina.post("/gaps/new", needed="A choir", place="citywide")
    cells = sheet(cara)
    heads = [cell.value for cell in cells[1]]
    day = cells[2][heads.index("Reported")]
    assert day.is_date
    assert isinstance(day.value, datetime)
    assert day.value.date() == day_of(now())
    assert day.number_format == "yyyy-mm-dd"
    assert cells[2][heads.index("Closed")].value is None, "no day is an empty cell, and sorts with the others"
    (row,) = csv.DictReader(io.StringIO(cara.get(FILES[0]).removeprefix("\ufeff"), newline=""))
    assert date.fromisoformat(row["Reported"]) == day_of(now())
    assert json.loads(cara.get(FILES[1]))["gaps"][0]["reported"] == day_of(now()).isoformat()


@pytest.mark.parametrize("gaps", [0, 3])
def test_a_workbook_filters_from_its_head(amina: Visitor, cara: Visitor, gaps: int) -> None:
    for number in range(gaps):
        amina.post("/gaps/new", needed=f"A choir, take {number}", place="citywide")
    data = cara.client.get("/commissioning/gaps.xlsx").data
    cells = load_workbook(io.BytesIO(data)).active
    assert cells.auto_filter.ref == f"A1:X{gaps + 1}"
    assert cells.freeze_panes == "B2"
    with ZipFile(io.BytesIO(data)) as parts:
        for name in parts.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(parts.read(name))
