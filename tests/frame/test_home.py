"""The home page begins with the question."""

from datetime import date

import pytest

from tests.support.client import Client
from webapp.community.next_spotlight import next_in_content
from webapp.web import tasks

pytestmark = pytest.mark.reads_only


def sessions(*days: str) -> list[dict[str, str]]:
    """Cards of spotlights on these days."""
    return [{"date": day} for day in days]


def test_the_question_stands_over_one_search_box(priya: Client):
    page = priya.get("/")
    assert page.h1 == "What would make life good?"
    assert [form["action"] for form in page.soup.select("form[role=search]")] == ["/directory"]
    assert page.soup.select_one("form[role=search] input[name=near]")


def test_starting_points_are_searches_of_the_directory(carol: Client):
    links = carol.get("/").links(".fingers a")
    assert len(links) == 8
    assert all(link.startswith("/directory?") for link in links)
    assert "/directory?activity=music-and-singing" in links


def test_the_three_latest_answers_newest_first(priya: Client):
    dates = [tag["datetime"] for tag in priya.get("/").soup.select("[aria-labelledby=updates] time")]
    assert len(dates) == 3
    assert dates == sorted(dates, reverse=True)


@pytest.mark.parametrize(
    ("today", "shown"),
    [
        ("2026-03-01", "2026-03-03"),
        ("2026-03-03", "2026-03-03"),
        ("2026-03-04", "2026-03-10"),
        ("2027-01-01", "2026-03-10"),
    ],
)
def test_the_next_spotlight_or_the_latest_there_was(today: str, shown: str):
    cards = sessions("2026-03-10", "2026-03-03", "2026-02-24")
    assert next_in_content(cards, date.fromisoformat(today)) == {"date": shown}


def test_no_spotlight_is_no_fault():
    assert next_in_content([], date(2026, 3, 1)) is None


def test_what_waits_is_told_to_those_it_waits_for(priya: Client, carol: Client, monkeypatch):
    monkeypatch.setattr(tasks, "_sources", [])

    @tasks.source("commissioner")
    def gaps(user):
        yield tasks.Item("gaps nobody has looked at", "/commissioning/gaps?status=new", count=4)
        yield tasks.Item("answers nobody has read", "/x", count=0)

    section = carol.get("/").soup.select_one("[aria-labelledby=waiting]")
    assert "4" in section.get_text()
    assert "answers" not in section.get_text()
    assert not priya.get("/").soup.select("[aria-labelledby=waiting]")
