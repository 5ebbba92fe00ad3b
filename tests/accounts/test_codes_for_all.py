"""Where a council wants it, whoever has a password alone sets up codes from a phone before anything else."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask

from tests.accounts.conftest import Browser
from tests.accounts.test_second_factor import set_up
from tests.support.clock import Clock

Open = Callable[..., Browser]


@pytest.fixture(autouse=True)
def codes_for_all(site: Flask) -> None:
    settings = site.extensions["signpost.settings"]
    site.extensions["signpost.settings"] = replace(settings, codes_for_all=True)
    yield
    site.extensions["signpost.settings"] = settings


def test_amina_comes_to_nothing_else_before_and_to_everything_after(browser: Open, clock: Clock) -> None:
    amina = browser()
    amina.sign_in(next="/gaps/new")
    for path in ("/", "/gaps/new", "/account", "/account/data.json"):
        assert amina.get(path, 303).location == "/account/second-factor"
    assert amina.post("/account/place", {"place": "everywhere"}).location == "/account/second-factor"
    part = amina.get("/gaps", 401, **{"HX-Request": "true"})
    assert part.headers["HX-Redirect"] == "/account/second-factor"
    assert "Set yours up first" in amina.get("/account/second-factor").text
    set_up(amina, clock)
    assert "Amina" in amina.get("/account").text


def test_she_may_read_what_is_for_everyone_and_sign_out(browser: Open) -> None:
    amina = browser()
    amina.sign_in()
    amina.get("/offline", 200)
    amina.post("/sign-out")
    assert amina.get("/", 303).location.startswith("/sign-in")


def test_whoever_has_them_is_asked_for_a_code_and_led_nowhere(browser: Open, clock: Clock) -> None:
    amina = browser()
    amina.sign_in()
    phone, _ = set_up(amina, clock)
    again = browser()
    assert again.sign_in().location == "/sign-in/code"
    assert again.post("/sign-in/code", {"code": phone.code()}).location == "/"
    again.get("/account", 200)
