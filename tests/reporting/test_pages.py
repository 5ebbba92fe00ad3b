"""The dashboard and the report, on the screen and as a document."""

import io
from datetime import timedelta

import pytest
from docx import Document
from docx.oxml.ns import qn

from tests.gaps.site import Visitor, version
from tests.prototypes.conftest import PLAN
from webapp.dates import day_of
from webapp.db.engine import now

REPORT = "/commissioning/report?from=2025-01-01&to=2026-06-15"
FILE = "/commissioning/report.docx?from=2025-01-01&to=2026-06-15"
LAST_YEAR = (day_of(now()) - timedelta(days=365)).isoformat()


def test_only_commissioners_see_the_figures(amina: Visitor) -> None:
    for path in ("/commissioning", "/commissioning/report", "/commissioning/report.docx"):
        amina.get(path, status=403)


@pytest.mark.usefixtures("log")
def test_the_dashboard_says_each_figure_beside_its_bar(cara: Visitor) -> None:
    page = cara.client.get("/commissioning")
    assert "<dt>Open gaps</dt><dd>4</dd>" in page.text
    bars = {li.select_one(".chart__label").text: li for li in page.soup.select("[aria-labelledby=by-place] li")}
    gorton = bars["Gorton and Levenshulme"]
    assert gorton.select_one(".chart__value").text == "2"
    assert gorton.select_one("svg")["width"] == "80.0%"
    assert bars["Whole city"].select_one("svg")["width"] == "40.0%"
    assert "place=citywide" in bars["Whole city"].select_one("a")["href"]
    details = page.soup.select("figure details")
    assert len(details) == len(page.soup.select("figure")) == 5
    assert all(d.select("thead th[scope=col]") and d.select("tbody th[scope=row]") for d in details)


@pytest.mark.usefixtures("log")
def test_the_dashboard_can_be_narrowed(cara: Visitor) -> None:
    page = cara.get("/commissioning?locality=central")
    assert "<dt>Open gaps</dt><dd>3</dd>" in page
    assert "Whole city</span>" not in page
    page = cara.get("/commissioning?from=soon&locality=central")
    assert "“soon” is not a date we can read" in page
    assert 'href="/commissioning/report?locality=central"' in page


def test_nothing_reported_is_said_in_words(cara: Visitor) -> None:
    page = cara.get("/commissioning")
    assert "No gaps are open." in page
    assert "Every open gap has an answer." in page
    assert page.count("None yet") == 2
    page = cara.get("/commissioning/report")
    assert page.count("No gap was reported within these days.") >= 2
    assert len(Document(io.BytesIO(cara.client.get("/commissioning/report.docx").data)).tables) >= 2


@pytest.mark.usefixtures("log")
def test_the_report_holds_what_a_plan_needs(cara: Visitor) -> None:
    page = cara.client.get(REPORT)
    assert page.h1 == "Gaps in local support, 1 January 2025 to 15 June 2026"
    heads = [tag.text for tag in page.soup.select("article h2")]
    assert heads == [
        "Headline figures",
        "Trend by month",
        "By status",
        "By place",
        "By theme",
        "What was asked for",
        "What was searched for and not found",
        "Answers given",
        "What was tried, and what was learned",
        "How this was counted",
    ]
    rows = [
        [" ".join(c.text.split()) for c in tr.select("th,td")] for tr in page.soup.select(".figures--wide tbody tr")
    ]
    assert rows[0] == ["GAP-0002", "What is needed in gap 2", "Gorton and Levenshulme", "5", "New"]
    assert len(rows) == 6
    assert page.text.count("This was found.") == 4


@pytest.mark.usefixtures("log")
def test_the_report_is_about_its_days_and_its_locality(cara: Visitor) -> None:
    page = cara.client.get("/commissioning/report?from=2026-06-01&to=2026-06-15&locality=central")
    assert page.h1 == "Gaps in local support, 1 June 2026 to 15 June 2026, Central"
    assert "GAP-0001" in page.text
    assert "GAP-0002" not in page.text


@pytest.mark.usefixtures("log")
def test_the_document_can_be_read_by_everyone(cara: Visitor) -> None:
    answer = cara.client.get(FILE)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="gap-report-2025-01-01-to-2026-06-15.docx"'
    document = Document(io.BytesIO(answer.data))
    heads = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert heads[0] == "Headline figures"
    assert heads[-1] == "How this was counted"
    assert [p.text for p in document.paragraphs if p.style.name == "Title"] == [document.core_properties.title]
    assert document.core_properties.language == "en-GB"
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert document.sections[0].page_width.mm == pytest.approx(210, abs=0.1)
    words = "\n".join(cell.text for table in document.tables for cell in table._cells)
    for said in ("What is needed in gap 2", "Gorton and Levenshulme", "Half were answered within"):
        assert said in words


@pytest.mark.usefixtures("log")
def test_the_document_draws_its_charts_beside_their_figures(cara: Visitor) -> None:
    document = Document(io.BytesIO(cara.client.get(FILE).data))
    charts = [table for table in document.tables if [cell.text for cell in table.rows[0].cells][1] == "Chart"]
    assert [table.rows[0].cells[0].text for table in charts] == ["Status", "Place", "Theme"]
    for table in charts:
        rooms = []  # what is left free on the right: the more gaps, the less
        for row in table.rows[1:]:
            line, gaps = row.cells[1].paragraphs[0], int(row.cells[2].text)
            assert (line._p.pPr.find(qn("w:shd")) is not None) == (gaps > 0)
            rooms.append((gaps, -line.paragraph_format.right_indent.mm if gaps else -999))
        assert sorted(rooms) == sorted(rooms, key=lambda room: (room[1], room[0]))


def test_prototypes_are_in_the_report_with_what_was_learned(cara: Visitor, amina: Visitor) -> None:
    amina.post("/gaps/new", needed="Somewhere to sing", place="gorton-levenshulme")
    path = cara.tries("/commissioning/prototypes/new", PLAN | {"gaps": "GAP-0001"}).location
    cara.post(f"{path}/notes", note="The hall is cold in the evening")
    decision = {"decision": "scale", "became": "A contract.", "learned": "Eleven came every week."}
    cara.tries(f"{path}/decide", decision | {"version": version(cara.get(f"{path}/decide"))})
    page = cara.get(f"/commissioning/report?from={LAST_YEAR}")
    document = Document(io.BytesIO(cara.client.get(f"/commissioning/report.docx?from={LAST_YEAR}").data))
    words = "\n".join(cell.text for table in document.tables for cell in table._cells)
    for said in ("library hall", "The hall is cold in the evening", "Eleven came every week.", "Scale. A contract."):
        assert said in page
        assert said in words
    assert "Priya" not in page + words
    assert "Carol" not in words
    assert "Thursday singing" not in cara.get(f"/commissioning/report?from={LAST_YEAR}&locality=south")


def test_what_three_people_searched_for_and_did_not_find_is_in_the_report(cara: Visitor, amina: Visitor, searched):
    amina.post("/gaps/new", needed="Xylorimba lessons for beginners", place="gorton-levenshulme")
    searched("xylorimba", 4, places=["gorton-levenshulme"])
    searched("juggling for two", 2)
    searched("walking", 9, found=30)
    page = cara.client.get("/commissioning/report")
    rows = [
        [" ".join(cell.text.split()) for cell in tr.select("th,td")]
        for tr in page.soup.select("[aria-labelledby=unfound] tbody tr")
    ]
    assert rows == [["xylorimba", "Gorton and Levenshulme", "4", "4", "0", "GAP-0001"]]
    document = Document(io.BytesIO(cara.client.get("/commissioning/report.docx").data))
    assert "What was searched for and not found" in [p.text for p in document.paragraphs]
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    assert rows in [table[1:] for table in tables]
    assert "juggling" not in page.text
    elsewhere = cara.client.get("/commissioning/report?locality=south").soup.select_one("[aria-labelledby=unfound]")
    assert "No words were searched for" in elsewhere.text
