"""Pages that are written once for many: nobody reads another's words, and nobody reads what is over."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from tests.support.client import Client
from webapp.web import current, page_cache
from webapp.web.navigation import header

pytestmark = pytest.mark.both_databases


LISTING = "/directory/bobbin-larder"


@pytest.fixture(autouse=True)
def nothing_is_kept():
    page_cache._kept.clear()
    yield
    page_cache._kept.clear()


def pages() -> int:
    return sum(len(kept) for kept in page_cache._kept.values())


def test_two_people_read_one_page_under_their_own_names(priya: Client, femi: Client, carol: Client):
    with priya.http.session_transaction() as session:
        session["csrf_token"] = "1" * 40
    first = priya.get(LISTING)
    assert pages() == 1
    own = {token["value"] for token in first.soup.select("input[name=csrf_token]")}
    for other in (femi, carol):
        page = other.get(LISTING)
        assert "Priya" not in page.text
        assert not own & {token["value"] for token in page.soup.select("input[name=csrf_token]")}
        assert page_cache.HEADER not in page.text
        assert page_cache.TOKEN not in page.text


def test_the_forms_of_a_kept_page_can_be_sent(priya: Client):
    priya.get(LISTING)
    again = priya.get(LISTING)
    assert "You checked this today." in again.send("I checked today that this is right").follow().words


def test_what_somebody_did_is_on_the_page_at_once(priya: Client, carol: Client):
    before = carol.get(LISTING)
    priya.get(LISTING).send("I checked today that this is right")
    assert "Confirmed once since" in carol.get(LISTING).words
    assert "You checked this today." not in carol.get(LISTING).words
    priya.get(LISTING).send("Undo your check of today")
    assert carol.get(LISTING).words == before.words


def test_another_role_sees_its_own_ways(priya: Client, carol: Client):
    priya.get(LISTING)
    assert "Commissioning" in carol.get(LISTING).text
    assert "Commissioning" not in priya.get(LISTING).text


def test_what_editors_are_told_is_not_kept(browser_of: Callable[[str], Client], priya: Client):
    edie = browser_of("ed")
    edie.get(LISTING)
    assert pages() == 0
    assert "Mark as closed" not in priya.get(LISTING).words


def test_no_more_are_kept_than_there_is_room_for(priya: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(page_cache, "KEPT", 2)
    for link in priya.get("/directory").soup.select(".result h3 a")[:4]:
        priya.get(str(link["href"]))
    assert pages() == 2


def test_a_cookie_is_taken_at_its_word_until_it_is_too_old(app: Flask, priya: Client, monkeypatch: pytest.MonkeyPatch):
    assert priya.get("/directory").status == 200
    later = time.time() + app.permanent_session_lifetime.total_seconds() + 1
    monkeypatch.setattr("webapp.web.sessions.time.time", lambda: later)
    assert priya.http.get("/directory").status_code == 303


def test_a_changed_cookie_is_nobodys(priya: Client):
    priya.get("/directory")
    cookie = priya.http.get_cookie("signpost")
    assert cookie
    other = "a" if cookie.value[-9] != "a" else "b"
    priya.http.set_cookie("signpost", f"{cookie.value[:-9]}{other}{cookie.value[-8:]}")
    assert priya.http.get("/directory").status_code == 303


def test_a_page_is_written_again_once_what_it_says_is_over(app: Flask, priya: Client):
    noon = datetime(2026, 11, 3, 12, tzinfo=UTC)
    written_at = []

    def page(now: datetime) -> str:
        def write() -> tuple[str, datetime]:
            written_at.append(now)
            return header(current.person(), current.content().site, search_in_page=False), noon + timedelta(hours=1)

        return page_cache.cached("a page", now, write)

    def at_three_moments() -> None:
        for minutes in (0, 59, 60):
            page(noon + timedelta(minutes=minutes))

    app.before_request_funcs.setdefault("search", []).append(at_three_moments)
    try:
        priya.get("/")
    finally:
        app.before_request_funcs.pop("search")
    assert written_at == [noon, noon + timedelta(hours=1)]
