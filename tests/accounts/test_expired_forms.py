"""A sign-in that ends while somebody is writing: where they are sent, and what becomes of their words."""

import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask, request
from sqlalchemy import select

from tests.accounts.conftest import Browser, Clock
from webapp.accounts import drafts
from webapp.accounts.models import Draft
from webapp.db.engine import db
from webapp.web import access

WORDS = {
    "what_is_missing": "A walking group\nfor people who use a stick",
    "place": ["north", "south"],
    "form_id": "a" * 32,
}


@pytest.fixture
def site(make_site: Callable[..., Flask], clock: Clock) -> Iterator[Flask]:
    """The site with a form to write in; what arrives is in `app.extensions["arrived"]`."""
    app = make_site()
    arrived = app.extensions["arrived"] = []

    @app.get("/writing")
    @access.signed_in
    def writing() -> str:
        return "a form"

    @app.post("/writing")
    @access.signed_in
    def write() -> str:
        arrived.append(request.form.to_dict(flat=False))
        return "thank you"

    return app


@pytest.fixture
def amina(site: Flask) -> Browser:
    one = Browser(site)
    one.sign_in("practitioner")
    return one


Open = Callable[..., Browser]


def _expire(one: Browser, clock: Clock) -> str:
    token = one.token()
    clock.passes(hours=1)
    return token


def test_a_page_leads_to_the_sign_in_page_and_back(amina: Browser, clock: Clock) -> None:
    _expire(amina, clock)
    there = amina.get("/writing?q=a+b", 303).location
    assert there == "/sign-in?next=/writing?q%3Da%2Bb&ended=1"
    assert "Your sign-in has ended" in amina.get(there).text


def test_a_part_of_a_page_is_not_swapped_for_the_sign_in_page(amina: Browser, clock: Clock) -> None:
    _expire(amina, clock)
    part = {"HX-Request": "true", "HX-Current-URL": "http://localhost/gaps?place=north"}
    answer = amina.get("/writing", 401, **part)
    assert answer.headers["HX-Redirect"] == "/sign-in?next=/gaps?place%3Dnorth&ended=1"
    assert answer.text == ""


def test_a_part_asked_for_from_elsewhere_leads_home(amina: Browser, clock: Clock) -> None:
    _expire(amina, clock)
    part = {"HX-Request": "true", "HX-Current-URL": "https://evil.example/x"}
    assert amina.get("/writing", 401, **part).headers["HX-Redirect"] == "/sign-in?ended=1"


def test_a_stranger_is_not_told_that_a_sign_in_ended(site: Flask) -> None:
    assert Browser(site).get("/writing", 303).location == "/sign-in?next=/writing"


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "htmx"])
def test_what_amina_typed_comes_back_and_arrives_once_she_signs_in(
    site: Flask, amina: Browser, clock: Clock, headers: dict[str, str]
) -> None:
    token = _expire(amina, clock)
    answer = amina.post("/writing", {**WORDS, "csrf_token": token}, 401 if headers else 303, **headers)
    assert "kept=1" in (answer.headers.get("HX-Redirect") or answer.location)
    assert site.extensions["arrived"] == []
    assert amina.sign_in("practitioner").location == "/account/unsent"
    page = amina.get("/account/unsent").text
    assert "A walking group" in page
    assert 'action="/writing"' in page
    assert page.count('name="place"') == 2

    amina.post("/writing", {**WORDS, "kept": "1"}, 200)
    assert site.extensions["arrived"][0]["what_is_missing"] == [WORDS["what_is_missing"]]
    assert amina.get("/account/unsent", 303).location == "/", "it is gone once it has arrived"


def test_the_form_that_arrived_is_gone_and_no_other(site: Flask, amina: Browser, clock: Clock) -> None:
    token = _expire(amina, clock)
    for note in ("first", "second", "third"):
        amina.post("/writing", {"note": note, "csrf_token": token})
    amina.sign_in("practitioner")
    page = amina.get("/account/unsent").text
    mark = re.search(r'name="kept" value="(\d+)"', page)
    assert mark
    assert "third" in page
    amina.post("/writing", {"note": "third", "kept": mark[1]}, 200)
    with site.app_context():
        assert [draft.fields[-1] for draft in db.session.scalars(select(Draft).order_by(Draft.id))] == [
            ["note", "first"],
            ["note", "second"],
        ]


def test_nobody_else_sees_it(site: Flask, amina: Browser, clock: Clock) -> None:
    token = _expire(amina, clock)
    amina.post("/writing", {**WORDS, "csrf_token": token})
    # the next person on the same computer
    assert amina.sign_in("commissioner").location == "/"
    assert amina.get("/account/unsent", 303).location == "/"
    amina.post("/account/unsent/discard")
    other = Browser(site)
    assert other.sign_in("practitioner").location == "/account/unsent", "it still waits for Amina"


def test_words_that_could_identify_someone_are_not_kept(site: Flask, amina: Browser, clock: Clock) -> None:
    token = _expire(amina, clock)
    fields = {"what_is_missing": "Somewhere warm", "detail": "Ring her on 0161 496 0123", "csrf_token": token}
    amina.post("/writing", fields)
    with site.app_context():
        draft = db.session.scalars(select(Draft)).one()
        assert "0161" not in str(draft.fields)
        assert draft.left_out == ["detail"]
    amina.sign_in("practitioner")
    page = amina.get("/account/unsent").text
    assert "Somewhere warm" in page
    assert "What you typed under Detail may identify a person" in page


@pytest.mark.parametrize(
    "fields",
    [
        {"form_id": "a" * 32},
        {"note": "   "},
        {"note": "hello", "new_password": "otter bicycle thunder"},
        {"note": "x" * 70_000},
    ],
    ids=["one button", "nothing typed", "a password", "too long"],
)
def test_some_forms_are_not_worth_or_not_safe_keeping(
    site: Flask, amina: Browser, clock: Clock, fields: dict[str, object]
) -> None:
    token = _expire(amina, clock)
    answer = amina.post("/writing", {**fields, "csrf_token": token}, Referer="http://localhost/gaps")
    assert answer.location == "/sign-in?next=/gaps&ended=1"
    with site.app_context():
        assert db.session.scalars(select(Draft)).all() == []


def test_it_is_gone_after_a_day_or_when_thrown_away(site: Flask, amina: Browser, clock: Clock) -> None:
    token = _expire(amina, clock)
    amina.post("/writing", {**WORDS, "csrf_token": token})
    clock.passes(hours=25)
    assert amina.sign_in("practitioner").location == "/"
    with site.app_context():
        assert db.session.scalars(select(Draft)).all() == []

    token = _expire(amina, clock)
    amina.post("/writing", {**WORDS, "csrf_token": token})
    amina.sign_in("practitioner")
    amina.post("/account/unsent/discard")
    assert amina.get("/account/unsent", 303).location == "/"


def test_only_the_last_few_are_kept(site: Flask, amina: Browser, clock: Clock) -> None:
    token = _expire(amina, clock)
    for number in range(drafts.MOST + 3):
        amina.post("/writing", {"note": f"note {number}", "csrf_token": token})
    with site.app_context():
        assert len(db.session.scalars(select(Draft)).all()) == drafts.MOST


def test_a_form_whose_token_is_missing_is_refused(site: Flask, amina: Browser) -> None:
    amina.post("/writing", {**WORDS, "csrf_token": ""}, 400)
    assert site.extensions["arrived"] == []
