"""Who reads which figures, and that files say what pages say."""

import csv
import io
from collections.abc import Callable

import pytest
from docx import Document
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import select

from tests.insights.conftest import LAST, OURS, THEIRS, THIS
from tests.support.client import Answer, Client
from webapp.db.engine import db
from webapp.learning_logs.models import LearningLog

pytestmark = pytest.mark.both_databases


Write = Callable[..., None]


def figure(page: Answer, section: str, row: str) -> list[str]:
    """The figures of one row of a section's table."""
    found = page.soup.select_one(f"[aria-labelledby={section}]")
    line = next(tr for tr in found.select("tbody tr") if tr.th.get_text().strip() == row)
    return [td.get_text().strip() for td in line.select("td")]


def test_a_facilitator_sees_the_figure_of_the_team_change_with_a_log(femi: Client, write: Write):
    write(OURS, 6, THIS)
    assert figure(femi.get("/insights"), "logs", "October 2026, so far") == ["6"]
    write(OURS, 1, THIS)
    assert figure(femi.get("/insights"), "logs", "October 2026, so far") == ["7"]


def test_nothing_of_four_people_is_told(femi: Client, carol: Client, write: Write):
    write(OURS, 4, LAST)
    write(THEIRS, 9, LAST, not_yet=2)
    for page in (femi.get("/insights"), femi.get("/insights?quarters=2")):
        assert figure(page, "logs", "September 2026") == ["Not shown"]
    told = carol.get("/insights/programme")
    september = figure(told, "helped", "September 2026")
    assert september == ["Not shown", "13", "Not shown", "Not shown", "Not shown"], "two of thirteen said not yet"
    theirs = figure(carol.get(f"/insights?team={THEIRS}"), "logs", "September 2026")
    assert theirs == ["Not shown"], "or the locality less the other team would give away the four"


def test_answers_are_told_by_quarter_once_enough_people_gave_each(femi: Client, carol: Client, write: Write):
    for month in (7, 8, 9):
        for team in (OURS, THEIRS):
            write(team, 20, LAST.replace(month=month), not_yet=5)
    assert figure(femi.get("/insights"), "helped", "July to September 2026") == ["75%", "75%"]
    programme = carol.get("/insights/programme")
    two_parts = ["75%", "40", "Not shown", "Not shown", "10"]
    assert figure(programme, "helped", "September 2026") == two_parts, "nobody said that it helped in part"
    assert figure(programme, "tried", "The programme")[-1] == "Not shown", "all of them said what they will try"


def test_a_log_that_is_changed_counts_as_it_says_now(app: Flask, femi: Client, write: Write):
    for month in (7, 8, 9):
        write(OURS, 12, LAST.replace(month=month), will_try="Ask first")
        write(THEIRS, 12, LAST.replace(month=month), will_try="Ask first")
    assert figure(femi.get("/insights"), "tried", "July to September 2026") == ["Not shown"], "nobody tries nothing"
    with app.app_context():
        for log in db.session.scalars(select(LearningLog).where(LearningLog.week == LAST)):
            log.will_try = ""
        db.session.commit()
    assert figure(femi.get("/insights"), "tried", "July to September 2026") == ["24"]


def test_what_people_try_is_told_to_their_community_alone(
    femi: Client, carol: Client, connie: Client, stranger: Client, write: Write
):
    write(OURS, 5, LAST)
    write(THEIRS, 4, LAST)
    assert "Try 3" in femi.get("/insights").words
    assert "Try 3" in connie.get(f"/insights?team={OURS}").words
    assert "Try 3" not in carol.get(f"/insights?team={OURS}").words
    assert "Try 3" not in connie.get(f"/insights?team={THEIRS}").words, "four people"


def test_each_reads_what_is_theirs(femi: Client, connie: Client, carol: Client, lena: Client, stranger: Client):
    femi.get(f"/insights?team={THEIRS}", status=404)
    femi.get(f"/insights.csv?team={THEIRS}", status=404)
    femi.get("/insights/programme", status=403)
    assert {o["value"] for o in connie.get("/insights").soup.select("#team option")} == {OURS, THEIRS}
    assert carol.get("/insights", status=303).location == "/insights/programme"
    lena.get(f"/insights?team={THEIRS}", status=200)
    stranger.get("/insights", status=403)


@pytest.mark.parametrize("address", ["/insights/programme", f"/insights?team={OURS}"])
def test_files_say_what_the_page_says(carol: Client, write: Write, address: str):
    for month in (7, 8, 9):
        for team, people in ((OURS, 20), (THEIRS, 4), ("fallowfield-withington", 9)):
            write(team, people, LAST.replace(month=month), not_yet=people // 3)
    shown = carol.get(address)
    path, _, query = address.partition("?")
    page = [[td.get_text().strip() for td in tr.select("td")] for tr in shown.soup.select(".insights table tbody tr")]
    text = carol.get(f"{path}.csv?{query}").text.removeprefix("\ufeff")
    lines = list(csv.reader(io.StringIO(text)))[1:]
    assert [line[3] + ("%" if line[4] == "%" and line[3][:1].isdigit() else "") for line in lines] == [
        cell for row in page for cell in row
    ]
    sheet = load_workbook(io.BytesIO(carol.get(f"{path}.xlsx?{query}").data)).active
    assert [["" if c.value is None else str(c.value) for c in row] for row in sheet.iter_rows(min_row=2)] == lines
    document = Document(io.BytesIO(carol.get(f"{path}.docx?{query}").data))
    cells = [cell.text for table in document.tables for row in table.rows[1:] for cell in row.cells[1:]]
    assert sorted(cells) == sorted(cell for row in page for cell in row)
