"""Finding the right gaps, the figures, and the file for a spreadsheet."""

import csv
import io
from datetime import timedelta

import pytest
from flask import Flask

from tests.gaps.site import Visitor
from webapp.data.tables.gaps import FOR_PEOPLE
from webapp.db.engine import db
from webapp.gaps.models import Gap
from webapp.web.csv import safe


@pytest.fixture
def three(amina: Visitor, cara: Visitor, app: Flask) -> None:
    amina.post("/gaps/new", needed="Somewhere to sing", place="gorton-levenshulme")
    amina.post("/gaps/new", needed="A weekend shed", place="ardwick-longsight")
    amina.post("/gaps/new", needed="=cmd|'/c calc'!A1", place="citywide", evidence="+44 is how it began")
    cara.tries(
        "/commissioning/gaps/GAP-0002/work",
        {"status": "under-review", "reason": "Asking around", "version": "1"},
    )
    with app.app_context():
        db.session.get_one(Gap, 1).created_at -= timedelta(days=40)
        db.session.commit()


def read(text: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("query", "refs"),
    [
        ("", ["GAP-0003", "GAP-0002", "GAP-0001"]),
        ("status=new", ["GAP-0003", "GAP-0001"]),
        ("status=open&sort=oldest", ["GAP-0001", "GAP-0002", "GAP-0003"]),
        ("place=citywide", ["GAP-0003"]),
        ("place=ardwick-longsight&status=new", []),
        ("age=30", ["GAP-0001"]),
        ("q=weekend", ["GAP-0002"]),
        ("mine=1", []),
    ],
)
def test_table_and_file_show_the_same_gaps(cara: Visitor, query: str, refs: list[str]) -> None:
    page = cara.get(f"/commissioning/gaps?{query}")
    rows = page[page.index('id="found"') :]
    shown = [ref for ref in ("GAP-0003", "GAP-0002", "GAP-0001") if f">{ref}<" in rows]
    assert sorted(shown) == sorted(refs)
    assert [row["Reference"] for row in read(cara.get(f"/commissioning/gaps.csv?{query}"))] == refs


@pytest.mark.usefixtures("three")
def test_the_file_has_every_column_and_no_formula(cara: Visitor) -> None:
    response = cara.client.get("/commissioning/gaps.csv?place=citywide")
    assert response.headers["Content-Disposition"].startswith('attachment; filename="gaps-')
    (row,) = read(response.text)
    assert list(row) == [column.heading for column in FOR_PEOPLE]
    assert row["What was needed"] == "'=cmd|'/c calc'!A1"
    assert row["What was tried"] == "'+44 is how it began"
    assert row["Place"] == "Whole city"
    assert row["Status"] == "New"
    assert "Priya" not in response.text


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_no_cell_begins_as_a_formula(start: str) -> None:
    assert safe(f"{start}1+1") == f"'{start}1+1"
    assert safe(f"1{start}") == f"1{start}"


@pytest.mark.usefixtures("three")
def test_the_dashboard_counts_what_is_open_and_what_waits(cara: Visitor) -> None:
    page = cara.client.get("/commissioning")
    six = {div.dt.text: div.a.text for div in page.soup.select(".totals > div")}
    assert (six["Open gaps"], six["No answer for 30 days"], six["Reported"]) == ("3", "1", "3")
    assert "See new gaps (2)" in page.text
    waits = [wait.text for wait in page.soup.select(".waits a")]
    assert waits == ["Somewhere to sing", "A weekend shed", "=cmd|'/c calc'!A1"]
    assert "gaps nobody has looked at" in cara.get("/")


def test_an_empty_log_says_what_will_be_there(cara: Visitor) -> None:
    assert "Every open gap has an answer." in cara.get("/commissioning")
    assert "will be listed here" in cara.get("/commissioning/gaps")
    assert read(cara.get("/commissioning/gaps.csv")) == []


@pytest.mark.usefixtures("three")
def test_htmx_gets_the_table_alone(cara: Visitor) -> None:
    trigger = {"HX-Trigger": "filters"}
    response = cara.client.get("/commissioning/gaps?status=open&place=&q=", part=True, headers=trigger)
    assert response.text.lstrip().startswith('<div id="triage"')
    assert response.headers["HX-Replace-Url"] == "/commissioning/gaps?status=open&sort=newest"
    lists = response.soup.select('input[name="list"][form]')
    assert {one["form"]: one["value"] for one in lists} == dict.fromkeys(
        ("save-view", "choose-columns", "switch-keys"), "status=open&sort=newest"
    ), "what is kept below the list is the list as it stands"
