"""What is given again below Flask: to whom, in whose words, and until when."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from flask import Flask
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from tests.support.client import Answer, Client
from tests.support.clock import stopped
from webapp.accounts import sign_in
from webapp.db.engine import db, now
from webapp.library.search.postcodes import TABLE, Postcodes, write
from webapp.people.models import User
from webapp.upkeep import closures, signposting
from webapp.upkeep.signposting import Became
from webapp.web import kept_answers, page_cache, request_log, slow

LISTING = "/directory/bobbin-larder"
SEARCH = "/directory?q=food&cost=free"
EVERYTHING = "/search?q=food"


@pytest.fixture
def again(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the answers that were given again."""
    given: list[str] = []
    usual = request_log.answered_again

    def note(asked: slow.Below, environ: dict[str, Any], took: float) -> None:
        given.append(environ["PATH_INFO"])
        usual(asked, environ, took)

    monkeypatch.setattr(request_log, "answered_again", note)
    page_cache._kept.clear()
    return given


def told(answer: Answer) -> str:
    """What the answer says, whenever its tokens were signed."""
    return re.sub(r"[\w-]{12,}\.[\w-]{5,8}\.[\w-]{20,}", "a token", answer.text)


@pytest.mark.parametrize("path", [LISTING, SEARCH, EVERYTHING])
@pytest.mark.parametrize("part", [False, True], ids=["page", "part"])
def test_everybody_gets_what_the_view_writes_for_them(
    app: Flask, browser_of: Callable[[str], Client], again: list[str], path: str, part: bool
):
    with app.app_context():  # of which commissioners see more
        signposting.record(db.session, LISTING, Became.WENT, db.session.get_one(User, 4), now().date(), now())
        db.session.commit()
    readers = [browser_of(name) for name in ("priya", "stranger", "carol")]
    for reader in (*readers, *readers):
        reader.get(path, part=part)
    for reader in readers:
        count = len(again)
        kept = reader.get(path, part=part)
        assert len(again) == count + 1, "it was not given again"
        other = reader.get(path, part=part, headers={"Authorization": "none that we know"})  # so it is made anew
        assert len(again) == count + 1
        assert told(kept) == told(other)
        own = {"X-Request-ID": other.headers["X-Request-ID"]}
        assert {**dict(kept.headers), **own} == dict(other.headers)


@pytest.mark.parametrize(("path", "first"), [("/directory?q=pages+first", False), ("/directory?q=parts+first", True)])
def test_a_part_is_no_page(priya: Client, again: list[str], path: str, first: bool):
    """Of addresses that no other test asks for: what was asked for before would be given again once more."""
    for part in (first, first, first, not first, not first, not first):
        assert priya.get(path, part=part).is_whole is not part
    assert len(again) == 2


def test_its_tokens_are_those_of_its_reader(priya: Client, stranger: Client, again: list[str]):
    for reader in (priya, stranger, priya, stranger, priya, stranger):
        page = reader.get(LISTING)
    assert again
    mine = {str(field["value"]) for field in page.soup.select("input[name=csrf_token]")}
    assert mine
    assert mine.isdisjoint(str(f["value"]) for f in priya.get(LISTING).soup.select("input[name=csrf_token]"))
    assert "You checked this today." in page.send("I checked today that this is right").follow().words


def test_who_did_something_is_told_so_and_nobody_else(priya: Client, stranger: Client, again: list[str]):
    stranger.get(LISTING)
    priya.get(LISTING).send("I checked today that this is right").follow()
    for _ in range(3):
        assert "You checked this today." in priya.get(LISTING).words
        assert "You checked this today." not in stranger.get(LISTING).words
    assert again


@pytest.mark.parametrize("path", [LISTING, SEARCH])
def test_what_has_closed_since_is_said_at_once(app: Flask, priya: Client, again: list[str], path: str):
    for _ in range(3):
        before = priya.get(path)
    assert again
    found = LISTING if path == LISTING else before.links(".result h3 a")[0]
    with app.app_context():
        closures.close(db.session, found, "temporarily closed", date(2026, 11, 1), db.session.get_one(User, 4), now())
        db.session.commit()
    assert "reported on 1 november 2026" in priya.get(path).words.lower()


def test_nobody_is_let_in_by_what_is_kept(
    app: Flask, priya: Client, stranger: Client, client: Client, again: list[str]
):
    for _ in range(3):
        priya.get(SEARCH)
    assert again
    cookie = priya.again()
    with priya.http.session_transaction() as session, app.app_context():
        sign_in.end(db.session, session["sign_in"])
        db.session.commit()
    for nobody in (client, cookie):
        assert "/sign-in" in nobody.get(SEARCH, status=303).location
    count = len(again)
    with app.app_context():
        db.session.get_one(User, stranger.id).disabled = True
        db.session.commit()
    assert "/sign-in" in stranger.get(SEARCH, status=303).location
    assert len(again) == count


def test_what_is_to_be_told_once_is_told_once(priya: Client, again: list[str]):
    for _ in range(3):
        priya.get(SEARCH)
    with priya.http.session_transaction() as session:
        session["_flashes"] = [("success", "It was saved.")]
    assert "It was saved." in priya.get(SEARCH).words
    assert "It was saved." not in priya.get(SEARCH).words
    assert again


def test_editors_and_those_who_typed_something_get_their_own(ed: Client, priya: Client, again: list[str]):
    for _ in range(3):
        ed.get(LISTING)
        priya.get(f"{SEARCH}&unsent=1")
        priya.get("/directory?q=food+tomorrow")
        priya.get("/directory")
    assert again == []


def test_it_lasts_until_what_it_says_is_over(
    browser_of: Callable[[str], Client], again: list[str], monkeypatch: pytest.MonkeyPatch
):
    clock = stopped(monkeypatch, datetime(2026, 11, 3, 23, 59, 10, tzinfo=UTC))
    priya = browser_of("priya")
    for _ in range(3):
        priya.get(SEARCH)
    count = len(again)
    assert count
    clock.passes(seconds=49)
    priya.get(SEARCH)
    assert len(again) == count + 1
    clock.passes(seconds=2)
    priya.get(SEARCH)
    assert len(again) == count + 1


def test_what_somebody_typed_is_not_taken_for_what_their_forms_send(priya: Client, stranger: Client, again: list[str]):
    typed = str(priya.get(LISTING).soup.select("input[name=csrf_token]")[0]["value"])
    for reader in (stranger, priya, stranger, priya, stranger):
        page = reader.get("/directory", query_string={"q": typed})
    assert page.soup.select("#q")[0]["value"] == typed


def test_of_two_cookies_the_usual_one_counts(priya: Client, stranger: Client, again: list[str]):
    sent = []
    for reader in (priya, stranger, priya, stranger):
        reader.get(SEARCH)
        sent.append(reader.http.get_cookie("signpost").value)  # type: ignore[union-attr]
    for cookies in (f"signpost={sent[0]}; signpost={sent[1]}", f"\tsignpost={sent[0]}; signpost={sent[1]}"):
        page = priya.app.test_client(use_cookies=False).get(SEARCH, headers={"Cookie": cookies}).text
        assert "Priya Nair" in page
        assert "Sam Stranger" not in page


@pytest.mark.parametrize("path", [SEARCH, "/gaps"], ids=["kept", "made anew"])
def test_where_nobody_can_be_recognised_it_is_asked_once_and_said(
    priya: Client, again: list[str], monkeypatch: pytest.MonkeyPatch, path: str
):
    for _ in range(3):
        priya.get(path)
    asked: list[str] = []

    def wait_in_vain(_engine: Any, token: str) -> None:
        asked.append(token)
        raise NoConnectionFree("all are in use")

    monkeypatch.setattr(sign_in, "find", wait_in_vain)
    assert priya.get(path, status=503).h1 == "Signpost cannot be read just now"
    assert len(asked) == 1, "each look is a wait of half a minute"
    monkeypatch.undo()
    assert priya.get(path, status=200)


def test_no_more_is_kept_than_there_is_room_for(app: Flask, priya: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(kept_answers, "KEPT", 30_000)
    for number in range(8):
        for _ in range(2):
            priya.get(f"/search?q=zz{number}&more={'m' * 1_500}", part=True)
    kept = app.extensions["signpost.kept_answers"]._kept
    assert 2 < len(kept) < 8
    assert (
        sum(
            len(str(address)) + len(b"".join(one.pieces)) + len(one.packed)
            for address, by in kept.items()
            for one in by.values()
        )
        < 30_000
    )


def test_postcodes_that_are_loaded_since_count(
    app: Flask, priya: Client, again: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    file = tmp_path / "postcodes.npy"
    monkeypatch.setattr(app.extensions["signpost.content"].current(), "postcodes", Postcodes(file))
    for _ in range(3):
        priya.get(SEARCH)
    count = len(again)
    assert count
    write(np.array([("M1 1AE", 53.4, -2.2)], dtype=TABLE), file)
    priya.get(SEARCH)
    assert len(again) == count
