"""Guessing passwords is slow, for one account and from one address, whichever worker is asked."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from flask import Flask

from tests.accounts.conftest import NAMES, PASSWORD, Browser, email_of
from tests.support.clock import Clock
from webapp.accounts import sign_in
from webapp.db.engine import db
from webapp.web.throttle import Attempt

ACCOUNT_LIMIT = sign_in.ATTEMPTS.account or 0


def _guess(app: Flask, email: str, password: str = "a guess", address: str = "192.0.2.1") -> int:
    one = Browser(app)
    one.client.environ_base["REMOTE_ADDR"] = address
    fields = {"email": email, "password": password, "csrf_token": one.token()}
    return one.client.post("/sign-in", data=fields).status_code


@pytest.mark.parametrize("email", [email_of("practitioner"), "nobody@example.org"], ids=["known", "unknown"])
def test_ten_wrong_tries_and_the_account_waits(site: Flask, clock: Clock, email: str) -> None:
    for number in range(ACCOUNT_LIMIT):
        assert _guess(site, email, address=f"192.0.2.{number}") == 422
    assert _guess(site, email) == 429
    assert _guess(site, email, PASSWORD) == 429, "the right password waits as well"
    clock.passes(minutes=15, seconds=1)
    assert _guess(site, email) == 422


def test_the_page_says_how_long_to_wait(site: Flask, clock: Clock) -> None:
    for _ in range(ACCOUNT_LIMIT):
        _guess(site, "x@example.org")
    clock.passes(minutes=5)
    answer = Browser(site).post("/sign-in", {"email": "x@example.org", "password": "y"}, 429)
    assert "Too many tries. Wait 10 minutes, then try again" in answer.text
    assert answer.headers["Retry-After"] == "600"


def test_one_address_cannot_try_account_after_account(site: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_in, "ATTEMPTS", replace(sign_in.ATTEMPTS, address=12))
    for number in range(12):
        assert _guess(site, f"person{number}@example.org") == 422
    assert _guess(site, "another@example.org") == 429
    assert _guess(site, "another@example.org", address="192.0.2.2") == 422, "other offices work on"


def test_signing_in_forgives_the_slips_before_it(site: Flask) -> None:
    for _ in range(3):
        for _ in range(ACCOUNT_LIMIT - 1):
            assert _guess(site, email_of("editor")) == 422
        assert _guess(site, email_of("editor"), PASSWORD) == 303


def test_waiting_does_not_begin_again_with_each_try(site: Flask, clock: Clock) -> None:
    for _ in range(ACCOUNT_LIMIT):
        _guess(site, email_of("editor"))
    for _ in range(15):
        assert _guess(site, email_of("editor"), PASSWORD) == 429
        clock.passes(minutes=1)
    clock.passes(seconds=1)
    assert _guess(site, email_of("editor"), PASSWORD) == 303


def test_all_workers_share_the_count(either_site: Flask, make_site: Callable[..., Flask]) -> None:
    with either_site.app_context():
        address = db.engine.url.render_as_string(hide_password=False)
    another_worker = make_site(address, fresh=False)
    for number in range(ACCOUNT_LIMIT):
        assert _guess(either_site if number % 2 else another_worker, email_of("admin")) == 422
    assert _guess(either_site, email_of("admin")) == _guess(another_worker, email_of("admin")) == 429


def test_many_guesses_at_once_are_all_counted(either_site: Flask) -> None:
    """On PostgreSQL each would see a count in which the others are missing."""
    guesses = [(either_site, email_of("admin"), "a guess", f"192.0.2.{number}") for number in range(48)]
    with ThreadPoolExecutor(48) as at_once:
        answers = Counter(at_once.map(lambda guess: _guess(*guess), guesses))
    assert answers == {422: ACCOUNT_LIMIT, 429: 48 - ACCOUNT_LIMIT}


def test_many_guesses_at_once_from_one_address_are_all_counted(
    either_site: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sign_in, "ATTEMPTS", replace(sign_in.ATTEMPTS, address=12))
    with ThreadPoolExecutor(48) as at_once:
        answers = Counter(at_once.map(lambda n: _guess(either_site, f"person{n}@example.org"), range(48)))
    assert answers == {422: 12, 429: 36}


def test_what_was_typed_is_not_kept(site: Flask) -> None:
    _guess(site, "my-password-by-mistake@example.org", address="192.0.2.77")
    with site.app_context():
        row = db.session.query(Attempt).one()
        assert "mistake" not in str(vars(row))
        assert "192.0.2" not in str(vars(row))


def test_nobody_else_is_held_up(site: Flask) -> None:
    for _ in range(ACCOUNT_LIMIT + 1):
        _guess(site, email_of("practitioner"))
    for role in set(NAMES) - {"practitioner"}:
        assert _guess(site, email_of(role), PASSWORD) == 303
