"""When a listing says in its own words that it is on: most feeds publish days and times in no other way."""

from pathlib import Path

import pytest

from tests.library.searching import TODAY, opened, page, titles
from webapp.library.search import given_times
from webapp.library.search.query import Query
from webapp.library.search.thesaurus import Thesaurus

BOOK = Thesaurus.of(
    {
        "conditions": [
            {"when": [f"{day}s", day], "label": day.title(), "group": "day", "facets": {"day": [day]}}
            for day in ("monday", "tuesday", "friday")
        ]
        + [
            {"when": [part, f"{part}s"], "label": part.title(), "group": "part", "parts": [part]}
            for part in ("morning", "afternoon")
        ],
        "anything": "something",
    }
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Every Tuesday from 2 - 4pm", "tuesday-afternoon"),
        (
            "Mondays and Wednesdays 10 am - 12.30 pm, Friday 13:00-15:00",
            "monday-morning wednesday-morning friday-afternoon",
        ),
        ("From 6.30 p.m. until 8 p.m. on Thursdays", "thursday-evening"),
        ("10am - 12pm Tuesday, 2pm - 4pm Thursday", "tuesday-morning thursday-afternoon"),
        ("Monday to Wednesday 10-11am", "monday-morning tuesday-morning wednesday-morning"),
        ("On Monday from 10-11. Between 1.30 and 3 on a Friday.", "monday-morning friday-afternoon"),
        ("Sun 2pm. Thursday evenings too", "sunday-afternoon thursday-evening"),
        ("11-1pm on Fridays", "friday-morning friday-afternoon"),
        ("12 noon on a Saturday", "saturday-afternoon"),
    ],
)
def test_a_time_is_said_of_the_days_beside_it(text: str, said: str) -> None:
    assert {found for found in given_times.terms(text) if "-" in found} == {f"~{slot}" for slot in said.split()}


@pytest.mark.parametrize(
    "text",
    [
        "Our lines are open Monday to Friday 9am-5pm",  # an office says nothing of what goes on in it
        "For 25 - 30 people aged from 5 to 11 years on Mondays",
        "Call 0161 496 0123. £2.50 a week, 99pm of nothing.",
        "We meet on Tuesdays.",
        "Sunny days with Fred",
    ],
)
def test_what_is_no_time_is_not_taken_for_one(text: str) -> None:
    assert given_times.terms(text) == set()


def test_a_morning_is_found_by_the_clock_and_on_its_own_day(tmp_path: Path) -> None:
    engine = opened(
        tmp_path,
        page(1, "Dominoes", "We meet every Tuesday from 2 - 4pm."),
        page(2, "Whist", "Tuesdays 10am - 12 noon. Friday 2pm."),
        page(3, "Darts", "On a Tuesday."),
        page(4, "Chess", "Come along."),
        thesaurus=BOOK,
    )

    def found(words: str) -> list[str]:
        return titles(engine.search(Query(words, today=TODAY)))

    assert found("something on a tuesday afternoon") == ["Dominoes", "Darts", "Whist"]  # those of another time last
    assert found("friday afternoon") == ["Whist"]
    assert found("something in the morning") == ["Whist"]


def test_where_nothing_is_on_then_what_is_on_that_day_is_shown(tmp_path: Path) -> None:
    engine = opened(tmp_path, page(1, "Whist", "Friday 2pm."), page(2, "Chess", "Come along."), thesaurus=BOOK)
    results = engine.search(Query("friday morning", today=TODAY))
    assert titles(results) == ["Whist"]
    assert not results.hits[0].fits
