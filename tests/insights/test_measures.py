"""Commissioners enter measures by hand or from a file, of which nothing is half taken."""

from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.support.client import Client
from webapp.db.engine import db
from webapp.insights.models import Measure, MeasurePoint

pytestmark = pytest.mark.both_databases


SAID = {"title": "Share leaving reablement without care", "unit": "%", "better": "higher", "source": "Return of May"}
HEAD = "measure,better,month,figure,trajectory,unit,scope,source\n"
GOOD = (
    HEAD
    + """Homecare hours,lower,2026-08,"34,200",34000,hours,,Return
Homecare hours,lower,2026-09,33900,33800,hours,,Return
"""
)
BAD = (
    HEAD
    + """Homecare hours,lower,2026-08,34200,,hours,,Return
Homecare hours,less,2026-13,many,,hour,nowhere,Return
"""
)


def test_a_measure_is_added_changed_by_the_month_drawn_and_removed(carol: Client):
    page = carol.get("/insights/measures/new").send("Add this measure", scope="programme", target="65", **SAID).follow()
    page.send("Keep this month", month="2026-09", figure="61.4", trajectory="60").follow()
    again = page.send("Keep this month", month="2026-09", figure="61.5", trajectory="60").follow()
    assert "61.5%" in again.words
    assert "61.4%" not in again.words
    shown = carol.get("/insights/programme")
    assert "Target: 65%. Higher is better." in shown.words
    assert "September 2026: 61.5%" in shown.soup.select_one("svg.lines")["aria-label"]
    twice = carol.get("/insights/measures/new").send("Add this measure", scope="programme", **SAID)
    assert twice.status == 422
    assert "a measure of this name already" in twice.words
    again.send("Remove it and its months")
    assert SAID["title"] not in carol.get("/insights/measures").words


def test_what_is_no_figure_or_names_somebody_is_said(carol: Client):
    said = {**SAID, "target": "many", "source": "Ask her, NHS number 943 476 5919"}
    page = carol.get("/insights/measures/new").send("Add this measure", scope="programme", **said)
    assert page.status == 422
    assert "enter a number like 61.5" in page.words
    assert "Take out what could identify a person" in page.words
    assert page.soup.select_one("#title")["value"] == SAID["title"]


@pytest.fixture
def command(app: Flask, tmp_path: Path):
    def run(text: str):
        file = tmp_path / "measures.csv"
        file.write_text(text, encoding="utf-8")
        return app.test_cli_runner().invoke(args=["measures", "import", str(file)])

    return run


def test_a_file_is_taken_whole_and_again_changes_nothing_twice(app: Flask, command):
    for _ in range(2):
        done = command(GOOD)
        assert done.exit_code == 0, done.output
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Measure)) == 1
        assert [p.value for p in db.session.scalars(select(MeasurePoint).order_by(MeasurePoint.month))] == [
            34200,
            33900,
        ]


def test_faults_are_named_by_their_line_and_nothing_is_taken(app: Flask, command, carol: Client):
    done = command(BAD)
    assert done.exit_code == 1
    told = [line for line in done.output.splitlines() if line.startswith("measures.csv:")]
    assert {line.split(":")[1] for line in told} == {"3"}
    for word in ("better", "month", "figure", "unit", "scope"):
        assert any(word in line or word in line.replace("team or locality", "scope") for line in told), word
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Measure)) == 0


@pytest.mark.parametrize(("sent", "status"), [(GOOD, 303), (BAD, 422), ("a,b\n\xff", 422), ("", 422)])
def test_a_file_can_be_sent_from_the_page(carol: Client, sent: str, status: int):
    page = carol.get("/insights/measures/import")
    form = page.soup.select_one("form[enctype]")
    hidden = {field["name"]: field["value"] for field in form.select("input[type=hidden]")}
    data = {**hidden, "file": (BytesIO(sent.encode("latin-1")), "measures.csv")}
    answer = carol.http.post("/insights/measures/import", data=data, content_type="multipart/form-data")
    assert answer.status_code == status
    assert ("Homecare hours" in carol.get("/insights/measures").words) == (status == 303)
