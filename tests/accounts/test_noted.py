"""The log has a line for each try to sign in, good or bad, and names nobody."""

import json
from collections.abc import Callable

import pytest
from flask import Flask

from tests.accounts.conftest import PASSWORD, Browser, email_of
from tests.accounts.test_second_factor import set_up
from tests.support.clock import Clock
from webapp.accounts import noted

Open = Callable[..., Browser]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, str]]:
    """What the log was told of signing in."""
    lines: list[dict[str, str]] = []
    monkeypatch.setattr(noted, "say", lambda level, text: lines.append(json.loads(text)))
    return lines


def test_tries_at_one_account_have_one_code(site: Flask, browser: Open, told: list[dict[str, str]]) -> None:
    email = email_of("practitioner")
    browser().post("/sign-in", {"email": email.upper(), "password": "wrong"}, 422)
    browser().post("/sign-in", {"email": email, "password": PASSWORD})
    assert [line["said"] for line in told] == ["refused: password", "let in by password"]
    assert len({line["account"] for line in told}) == 1
    assert told[0]["event"] == "sign-in"
    assert told[0]["request"]
    with site.app_context():
        assert told[0]["account"] == noted.code_of(email)
    assert email not in json.dumps(told).lower()
    assert "Amina" not in json.dumps(told)


def test_somebody_who_is_not_here_leaves_the_same_line(browser: Open, told: list[dict[str, str]]) -> None:
    browser().post("/sign-in", {"email": "nobody@example.org", "password": "wrong"}, 422)
    (line,) = told
    assert (line["said"], len(line["account"])) == ("refused: password", noted.SHOWN)


def test_too_many_tries_and_wrong_codes_are_noted_as_such(
    browser: Open, clock: Clock, told: list[dict[str, str]]
) -> None:
    set_up(browser("practitioner"), clock)
    one = browser()
    one.sign_in()
    one.post("/sign-in/code", {"code": "000000"}, 422)
    assert told[-1]["said"] == "refused: password and code"
    for _ in range(10):
        browser().post("/sign-in", {"email": "nobody@example.org", "password": "wrong"}, 422)
    browser().post("/sign-in", {"email": "nobody@example.org", "password": "wrong"}, 429)
    assert told[-1]["said"] == "too many tries: password"
