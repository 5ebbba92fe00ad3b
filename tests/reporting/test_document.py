"""The report as a Word document: what a reader, a screen reader and another word processor need of it."""

import io
from typing import Any
from xml.etree import ElementTree

import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook

from tests.gaps.site import Visitor

FILE = "/commissioning/report.docx?from=2025-01-01&to=2026-06-15"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


@pytest.fixture
def document(cara: Visitor, log: None) -> Any:
    cara.post("/commissioning/report/words?from=2025-01-01&to=2026-06-15", opening="=1 is how this begins.", seen="0")
    answer = cara.client.get(FILE)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="gap-report-2025-01-01-to-2026-06-15.docx"'
    return Document(io.BytesIO(answer.data))


def test_the_document_can_be_read_by_everyone(document: Any) -> None:
    heads = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert heads[:2] == ["Contents", "Opening words"]
    assert heads[-1] == "How this was counted"
    assert [p.text for p in document.paragraphs if p.style.name == "Title"] == [document.core_properties.title]
    assert document.core_properties.language == "en-GB"
    assert "=1 is how this begins." in [p.text for p in document.paragraphs]
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert document.sections[0].page_width.mm == pytest.approx(210, abs=0.1)


def test_its_contents_lead_to_its_chapters_and_ask_for_their_pages(document: Any) -> None:
    body = document.element.body
    marks = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    leads = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink")) if link.get(qn("w:anchor"))]
    asked = [code.text.split()[1] for code in body.iter(qn("w:instrText")) if code.text.startswith("PAGEREF")]
    assert leads == asked
    assert len(leads) == 9
    assert set(leads) == marks


def test_every_column_is_as_wide_as_its_cells_and_all_fit_the_page(document: Any) -> None:
    for table in document.tables:
        columns = [column.width.mm for column in table.columns]
        assert sum(columns) == pytest.approx(174, abs=0.5)
        assert [cell.width.mm for cell in table.rows[-1].cells] == pytest.approx(columns, abs=0.1)


def test_each_gap_is_a_heading_and_a_table_of_answers(document: Any) -> None:
    heads = [p.text for p in document.paragraphs if p.style.name == "Heading 2"]
    assert "GAP-0002: What is needed in gap 2" in heads
    tables = [{row.cells[0].text: row.cells[1].text for row in t.rows} for t in document.tables]
    gap = next(t for t in tables if t.get("For whom") == "Unpaid carers, Older people")
    assert gap["Staff who asked"] == "5"
    assert gap["Residents it would help"] == "7 to 15"


def charts(document: Any) -> list[Any]:
    return [rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/chart")]


def test_charts_are_the_word_processors_own_and_hold_their_figures_twice(document: Any) -> None:
    parts = charts(document)
    drawn = [ElementTree.fromstring(part.blob) for part in parts]
    assert len(parts) == 4
    for tree, part in zip(drawn, parts, strict=True):
        (book,) = [rel.target_part for rel in part.rels.values()]
        assert tree.find(f"{CHART}externalData") is not None
        sheet = load_workbook(io.BytesIO(book.blob)).active
        for place, series in enumerate(tree.iter(f"{CHART}ser"), 2):
            shown = [int(v.text) for v in series.iterfind(f"{CHART}val//{CHART}v")]
            assert shown == [row[place - 1].value for row in sheet.iter_rows(min_row=2)]
    places = drawn[2]
    assert next(v.text for v in places.iterfind(f".//{CHART}cat//{CHART}v")) == "Gorton and Levenshulme"
    assert [v.text for v in places.iterfind(f".//{CHART}val//{CHART}v")] == ["2", "1", "1"]


def test_a_chart_says_its_figures_to_who_cannot_see_it(document: Any) -> None:
    said = [pr.get("descr") for pr in document.element.body.iter(qn("wp:docPr"))]
    assert "Open gaps by place. Gorton and Levenshulme: 2; Ardwick and Longsight: 1; Whole city: 1." in said
