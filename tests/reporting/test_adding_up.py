"""Every figure is the number of what it leads to: on the dashboard, in the cross-tab, the report and every export."""

import csv
import io
import json
import re

import pytest
from docx import Document
from flask import Flask
from openpyxl import load_workbook

from tests.gaps.site import Visitor
from tests.support.pdf_files import links, opened, words
from webapp.db.engine import db
from webapp.gaps.models import Gap

DAYS = "from=2025-01-01&to=2026-06-15"
PAGES = (
    f"/commissioning?{DAYS}",
    f"/commissioning?{DAYS}&locality=central&audience=carers",
    f"/commissioning/report?{DAYS}",
    f"/commissioning/cross-tab?{DAYS}&rows=audience&columns=team&shown=reported",
    "/commissioning/cross-tab?rows=outcome&columns=status&shown=all&locality=central",
)
SUMS = {"Staff asked for them", "Residents they would help"}  # of which the list has the parts


def listed(cara: Visitor, address: str) -> int:
    return int(
        re.findall(r"[\d,]+", cara.client.get(address).soup.select_one(".results__found").text)[0].replace(",", "")
    )


@pytest.mark.usefixtures("log")
@pytest.mark.parametrize("page", PAGES)
def test_every_figure_leads_to_so_many_gaps(cara: Visitor, page: str) -> None:
    soup, seen = cara.client.get(page).soup, {}
    for link in soup.select('main a[href^="/commissioning/gaps?"]'):
        dt = link.find_parent("div").find("dt") if link.find_parent("dl") else None
        if re.match(r"[\d,]+( gaps?)?$", link.text.strip()) and not (dt and dt.text in SUMS):
            seen[link["href"]] = int(re.findall(r"\d+", link.text)[0])
    for bar in soup.select(".chart__bars li"):
        seen[bar.a["href"]] = int(bar.select_one(".chart__value").text)
    assert len(seen) >= 4
    assert {href: listed(cara, href) for href in seen} == seen


@pytest.mark.usefixtures("log")
def test_a_place_that_content_names_no_more_still_adds_up_and_leads_to_its_gaps(cara: Visitor, app: Flask) -> None:
    with app.app_context():
        db.session.get_one(Gap, 1).place = "a-ward-of-old"
        db.session.commit()
    market = cara.client.get(f"/commissioning/report?{DAYS}").soup.select("table.figures--wide")[1]
    asked = {row.th.text: row.select("td")[1].a for row in market.select("tbody tr")}
    named = {name: int(link.text.split()[0]) for name, link in asked.items() if link}
    assert sum(named.values()) == listed(cara, "/commissioning/gaps?status=open")
    (gone,) = [link["href"] for link in asked.values() if link and "a-ward-of-old" in link["href"]]
    assert listed(cara, gone) == 1
    assert "No gaps" in cara.get("/commissioning/gaps?place=atlantis"), "never all of them in place of none"


@pytest.mark.usefixtures("log")
def test_the_dashboard_the_report_and_all_exports_say_the_same(cara: Visitor) -> None:
    pages = [cara.client.get(f"{path}?{DAYS}").soup for path in ("/commissioning", "/commissioning/report")]
    six = [{div.dt.text: (div.a.text, div.a["href"]) for div in soup.select(".totals > div")} for soup in pages]
    assert six[0] == six[1]
    document = Document(io.BytesIO(cara.client.get(f"/commissioning/report.docx?{DAYS}").data))
    in_word = {row.cells[0].text: row.cells[1].text for row in document.tables[0].rows[1:]}
    assert in_word == {name: value for name, (value, _) in six[0].items()}
    on_paper, leads = paper(cara)
    for name, (value, href) in six[0].items():
        assert f"{name} {value} " in on_paper
        assert f"http://localhost{href}" in leads
        rows = exported(cara, href)
        staff = sum(int(row["people"]) for row in rows)
        if name == "Staff asked for them":
            assert value == str(staff)
        elif name == "Residents they would help":
            assert [row["residents"] for row in rows].count("not known") == 0
        else:
            assert value == str(len(rows))
    blocks = [block["id"] for block in pages[1].select(".report__block")]
    assert sorted(blocks) == sorted(row["ref"] for row in exported(cara, six[0]["Open gaps"][1]))


@pytest.mark.usefixtures("log")
def test_the_pdf_says_every_figure_of_the_report_and_leads_where_it_does(cara: Visitor) -> None:
    soup = cara.client.get(f"/commissioning/report?{DAYS}").soup
    on_paper, leads = paper(cara)
    for told in soup.select(".figures--wide tbody tr, .chart__bars li, .report__block h3"):
        assert "".join(told.text.split()) in "".join(on_paper.split())
    figures = {link["href"] for link in soup.select('main section a[href^="/commissioning/gaps"]')}
    assert {f"http://localhost{href}" for href in figures} <= set(leads)


def paper(cara: Visitor) -> tuple[str, list[str]]:
    """The words of the report as a PDF, and where it leads."""
    made = opened(cara.client.get(f"/commissioning/report.pdf?{DAYS}").data)
    return words(made), links(made)


def exported(cara: Visitor, href: str) -> list[dict[str, str]]:
    """What a list holds, from its JSON, once its CSV and its workbook are seen to hold the same."""
    query = href.partition("?")[2]
    rows = json.loads(cara.get(f"/commissioning/gaps.json?{query}"))["gaps"]
    lines = list(csv.DictReader(io.StringIO(cara.get(f"/commissioning/gaps.csv?{query}").lstrip("\ufeff"))))
    sheet = load_workbook(io.BytesIO(cara.client.get(f"/commissioning/gaps.xlsx?{query}").data)).active
    assert sheet is not None
    assert [line["Reference"] for line in lines] == [row["ref"] for row in rows]
    assert [cell.value for cell in sheet["A"][1:]] == [row["ref"] for row in rows]
    return rows
