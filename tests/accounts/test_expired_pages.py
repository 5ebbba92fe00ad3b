"""A sign-in that ends while somebody is reading: where they are sent. What they typed: tests/unsent/."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask, request

from tests.accounts.conftest import Browser
from tests.support.clock import Clock
from webapp.web import access

WORDS = {
    "what_is_missing": "A walking group\nfor people who use a stick",
    "place": ["north", "south"],
    "form_id": "a" * 32,
}


@pytest.fixture
def site(make_site: Callable[..., Flask], clock: Clock) -> Iterator[Flask]:
    """The site with a form to write in; what arrives is in `app.extensions["arrived"]`."""
    app = make_site(alone=True)
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


def test_a_form_whose_token_is_missing_is_refused(site: Flask, amina: Browser) -> None:
    amina.post("/writing", {**WORDS, "csrf_token": ""}, 400)
    assert site.extensions["arrived"] == []
