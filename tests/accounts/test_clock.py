"""The clock of the machine jumps, and is set right again: nobody stays in or out for longer than it was wrong."""

from collections.abc import Callable

from flask import Flask

from tests.accounts.conftest import NAMES, PASSWORD, Browser, email_of
from tests.accounts.test_guessing import ACCOUNT_LIMIT, _guess
from tests.accounts.test_second_factor import set_up
from tests.support.clock import Clock
from webapp.db.engine import db, now
from webapp.web import submissions

Open = Callable[..., Browser]


def test_who_was_in_before_the_clock_jumped_is_in_once_it_is_right_again(browser: Open, clock: Clock):
    one = browser("practitioner")
    clock.passes(days=400)
    assert not one.is_in()
    clock.passes(days=-400)
    assert one.is_in()


def test_a_sign_in_of_next_year_does_not_last_until_then(browser: Open, clock: Clock):
    clock.passes(days=400)
    one = browser("practitioner")
    assert one.is_in()
    clock.passes(days=-400)
    assert not one.is_in()
    assert browser("practitioner").is_in(), "coming in again is all that it takes"


def test_a_screen_that_was_used_while_the_clock_was_ahead_is_left_alone_no_longer_than_others(
    browser: Open, clock: Clock
):
    one = browser("practitioner")
    clock.passes(minutes=25)
    assert one.is_in()
    clock.passes(minutes=-25)
    assert one.is_in()
    clock.passes(minutes=31)
    assert not one.is_in()


def test_guesses_of_tomorrow_keep_nobody_waiting_until_then(site: Flask, clock: Clock):
    clock.passes(days=1)
    for number in range(ACCOUNT_LIMIT):
        _guess(site, email_of("editor"), address=f"192.0.2.{number}")
    assert _guess(site, email_of("editor")) == 429
    clock.passes(days=-1)
    assert _guess(site, email_of("editor"), PASSWORD) == 303


def test_a_clock_that_is_set_back_a_little_gives_no_more_guesses(site: Flask, clock: Clock):
    for number in range(ACCOUNT_LIMIT):
        _guess(site, email_of("editor"), address=f"192.0.2.{number}")
    clock.passes(minutes=-2)
    assert _guess(site, email_of("editor")) == 429


def test_a_phone_is_right_again_when_the_clock_is(browser: Open, clock: Clock):
    phone, _ = set_up(browser("practitioner"), clock)
    code, one = phone.code(), browser()
    one.sign_in()
    clock.passes(hours=5)
    one.post("/sign-in/code", {"code": code}, 303)  # too long ago: the password is asked for again
    clock.passes(hours=-5)
    one.sign_in()
    one.post("/sign-in/code", {"code": code})
    assert one.is_in()


def test_a_form_that_was_sent_tomorrow_still_counts_once(site: Flask, clock: Clock):
    form_id, person = "f" * 32, 1 + list(NAMES).index("editor")
    with site.app_context():
        for days in (1, -1):
            clock.passes(days=days)
            sent_before = submissions.claim(db.session, form_id, person, "/gaps/new", now())
            assert (sent_before is None) == (days == 1)
            submissions.forget(db.session, now())
            db.session.commit()
