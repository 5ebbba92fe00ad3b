"""Dates as a reader says them, and addresses that keep what the reader chose."""

from datetime import UTC, date, datetime, time

import pytest
from flask import Flask

from webapp.english import dates
from webapp.web import urls

SUMMER = datetime(2026, 7, 3, 9, 30, tzinfo=UTC)


def test_a_moment_is_told_in_the_time_of_great_britain():
    assert dates.moment(SUMMER) == "Friday 3 July 2026, 10:30am"
    assert dates.moment(datetime(2026, 3, 3, 10, 30, tzinfo=UTC)) == "Tuesday 3 March 2026, 10:30am"
    assert dates.short_date(datetime(2026, 7, 3, 23, 30, tzinfo=UTC)) == "4 July 2026"


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (time(0, 0), "midnight"),
        (time(0, 5), "12:05am"),
        (time(12, 0), "midday"),
        (time(12, 30), "12:30pm"),
        (time(19, 0), "7:00pm"),
    ],
)
def test_the_clock(at: time, said: str):
    assert dates.clock(at) == said


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 7, 3), "today"),
        (date(2026, 7, 2), "yesterday"),
        (date(2026, 7, 4), "tomorrow"),
        (date(2026, 6, 20), "13 days ago"),
        (date(2026, 6, 12), "3 weeks ago"),
        (date(2026, 4, 20), "2 months ago"),
        (date(2024, 7, 1), "2 years ago"),
        (date(2026, 7, 10), "in 7 days"),
    ],
)
def test_how_long_ago(day: date, said: str):
    assert dates.ago(day, today=date(2026, 7, 3)) == said


@pytest.fixture
def here():
    with Flask("x").test_request_context("/directory?q=sing&place=a&place=b&page=7"):
        yield


def test_the_next_page_keeps_the_search(here):
    assert urls.with_page()(8) == urls.with_query(page=8) == "/directory?q=sing&place=a&place=b&page=8"
    assert urls.with_page()(1) == urls.with_query(page=None) == "/directory?q=sing&place=a&place=b"


@pytest.mark.parametrize("address", ["/directory", "/directory?near=", "/directory?near=&page=3"])
def test_the_pages_of_everything_are_of_everything(address):
    with Flask("x").test_request_context(address):
        assert [urls.with_page()(n) for n in (1, 2)] == [urls.with_query(page=n) for n in (None, 2)]


def test_another_order_begins_at_the_first_page(here):
    assert urls.with_query(sort="name") == "/directory?q=sing&place=a&place=b&sort=name"


def test_one_value_of_a_filter_is_taken_away(here):
    assert urls.without("place", "a") == "/directory?q=sing&place=b"
    assert urls.without("place") == "/directory?q=sing"
    assert urls.with_query(q=None, place=["c", "d"]) == "/directory?place=c&place=d"


@pytest.mark.parametrize(
    ("page", "pages", "shown"),
    [
        (1, 1, [1]),
        (1, 3, [1, 2, 3]),
        (7, 40, [1, None, 6, 7, 8, None, 40]),
        (3, 6, [1, 2, 3, 4, 5, 6]),
        (40, 40, [1, None, 39, 40]),
    ],
)
def test_page_numbers(page: int, pages: int, shown: list[int | None]):
    assert urls.page_numbers(page, pages) == shown
