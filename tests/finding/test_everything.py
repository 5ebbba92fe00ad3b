"""One search of everything: groups, guidance, sessions and answers."""

from urllib.parse import urlencode

import pytest

from tests.support.client import Client
from webapp.library.generation.reader import Generation

pytestmark = pytest.mark.reads_only


def test_results_stand_by_kind_each_with_its_number(priya: Client):
    page = priya.get("/search?q=falls")
    headings = [h.get_text(strip=True) for h in page.soup.select("section > h2")]
    assert headings[:3] == ["Groups and services", "Toolkit", "TEC"]
    tabs = [a.get_text(strip=True) for a in page.soup.select(".kinds a")]
    numbers = [int(tab.rsplit("(", 1)[1].rstrip(")")) for tab in tabs]
    assert numbers[0] == sum(numbers[1:])


def test_one_kind_alone_can_be_seen(priya: Client):
    page = priya.get("/search?q=falls&kind=tec")
    assert "in TEC for “falls”" in page.words
    assert all(link.startswith("/tec/") for link in page.links(".result a"))


def test_a_group_says_here_what_its_row_in_the_directory_says(priya: Client):
    """When, what it costs, whether there is room; and where it has closed, that it has."""
    for words in ("heron watch", "hour exchange"):
        one, other = (priya.get(f"{path}?{urlencode({'q': words})}").soup for path in ("/search", "/directory"))
        here, there = one.select_one("li.result"), other.select_one("li.result")
        assert here.h3.get_text() == there.h3.get_text()
        assert here.select_one(".dots").get_text() == there.select_one(".dots").get_text()
    assert "Has closed for good" in here.select_one(".labels").get_text()


def test_a_title_is_found_and_marked(priya: Client):
    page = priya.get("/search?q=good+questions")
    assert "/toolkit/good-questions" in page.links(".result a")
    assert page.soup.select("mark")


def test_nothing_found_leads_to_the_gap_log_and_the_directory(priya: Client):
    page = priya.get("/search?q=qqqqzzzz")
    assert "Nothing for “qqqqzzzz”" in page.words
    assert "/gaps/new?q=qqqqzzzz" in page.links()
    assert "/directory?q=qqqqzzzz" in page.links()


@pytest.mark.parametrize("query", ["", "?q=", "?q=+++", "?q=a&kind=nonsense&page=x", "?q=%00*", "?q=" + "b+" * 2000])
def test_any_address_is_answered(priya: Client, query: str):
    assert priya.get(f"/search{query}", status=200).h1 == "Search everything"


def test_typing_is_answered_with_a_part(priya: Client):
    part = priya.get("/search?q=fall&kind=", part=True)
    assert not part.is_whole
    assert part.headers["HX-Replace-Url"] == "/search?q=fall"


def test_a_question_is_answered_by_guidance_before_groups(priya: Client, content: Generation):
    card = content.section("tec")[0]
    asked = urlencode({"q": f"what is {card['title']}"})
    page = priya.get(f"/search?{asked}")
    assert page.soup.select("section > h2")[0].get_text(strip=True) == "TEC"
