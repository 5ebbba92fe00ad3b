"""Reading: sections, pages, sessions and answers, as the people who open them meet them."""

from datetime import date

import pytest

from tests.support.client import Client
from webapp.library.build.places import SECTIONS
from webapp.reading.shelves import calendar

pytestmark = pytest.mark.reads_only


@pytest.mark.parametrize("section", ["toolkit", "tec", "spotlights", "updates", "changes", "news"])
def test_a_section_is_found_with_and_without_the_last_slash(priya: Client, section: str):
    assert priya.get(f"/{section}").location == f"/{section}/"
    assert priya.get(f"/{section}/", status=200).h1


def test_every_page_of_a_section_is_on_its_index(priya: Client, content):
    for section, kind in SECTIONS.items():
        links = priya.get(f"/{section}/").links("main a")
        assert {card["path"] for card in content.section(kind)} <= set(links)


def test_every_page_opens(priya: Client, content):
    for kind in ("toolkit", "tec", "spotlight", "handout", "update", "change", "message"):
        for card in content.section(kind):
            assert priya.get(card["path"], status=200).h1 == card["title"]


def test_shelves_stand_in_the_order_of_the_vocabulary(priya: Client, content):
    headings = [h.get_text(strip=True) for h in priya.get("/toolkit/").soup.select("main section h2")]
    assert headings == [term.label for term in content.vocabulary.terms("toolkit-categories").values()]


def test_a_page_says_who_keeps_it_and_when_it_is_looked_at_again(priya: Client):
    said = priya.get("/tec/falls").soup.select_one(".reviewed").get_text(" ", strip=True)
    assert "Reviewed 29 June 2026" in " ".join(said.split())
    assert "Occupational therapy lead team" in said


def test_guidance_leads_to_something_to_do(priya: Client):
    page = priya.get("/tec/falls")
    assert "Something to do next" in page.words
    assert any(link.startswith("/directory/") for link in page.links("article .card a"))
    assert "/feedback/new?about=/tec/falls" in page.links()


def test_on_this_page_leads_to_headings_that_exist(priya: Client):
    page = priya.get("/tec/falls")
    anchors = [link for link in page.links(".guidance__side a") if link.startswith("#")]
    assert anchors
    assert all(page.soup.find(id=anchor[1:]) for anchor in anchors)


def test_a_demonstration_without_a_film_leads_to_its_transcript(priya: Client):
    page = priya.get("/tec/demonstration-falls-detector")
    assert "film (7 minutes) is not published here" in page.words
    assert page.soup.find(id="transcript")


def test_tec_says_what_it_helps_with_and_how_to_issue_it(priya: Client):
    terms = [dt.get_text(strip=True) for dt in priya.get("/tec/falls").soup.select("dl.facts dt")]
    assert terms == ["What it can help with", "How to issue", "Where it is used"]


def test_a_facilitator_finds_the_handout_and_the_sessions_beside_it(femi: Client):
    page = femi.get("/spotlights/carers-assessments")
    assert "/spotlights/carers-assessments/handout" in page.links("dl.facts a")
    assert page.soup.select("a[rel=prev], a[rel=next]")
    handout = femi.get("/spotlights/carers-assessments/handout")
    assert "/spotlights/carers-assessments" in handout.links(".breadcrumbs a")


def test_the_next_session_is_the_soonest_from_today():
    cards = [{"path": d, "date": d} for d in ("2026-12-09", "2026-11-26", "2026-10-21")]
    shown = calendar(cards, date(2026, 11, 26))
    assert [card["date"] for card in shown.coming] == ["2026-11-26", "2026-12-09"]
    assert [card["date"] for card in shown.past] == ["2026-10-21"]
    assert [card and card["date"] for card in shown.around("2026-11-26")] == ["2026-10-21", "2026-12-09"]


def test_an_answer_names_the_gap_that_it_answers(priya: Client):
    assert "/gaps/GAP-0002" in priya.get("/updates/mens-evening-group-gorton").links("article a")
    assert "/gaps/GAP-0002" in priya.get("/updates/").links("main a")


@pytest.mark.parametrize("path", ["/accessibility", "/privacy"])
def test_statements_are_for_everyone(client: Client, path: str):
    assert client.get(path, status=200).h1


@pytest.mark.parametrize("path", ["/toolkit/", "/tec/falls", "/spotlights/carers-assessments/handout", "/media/a.png"])
def test_the_rest_is_for_those_who_are_signed_in(client: Client, path: str):
    assert client.get(path).status == 303


@pytest.mark.parametrize(
    "path",
    ["/toolkit/none", "/tec/index", "/spotlights/none/handout", "/media/none.png", "/media/../store/x", "/toolkit/%00"],
)
def test_what_is_not_there_is_a_helpful_404(priya: Client, path: str):
    assert priya.get(path, status=404).soup.select_one("main form[role=search]")
