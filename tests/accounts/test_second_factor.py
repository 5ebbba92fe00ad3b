"""A code from a phone beside the password: asked for, good once, and a way in for the day the phone is lost."""

import re
from collections.abc import Callable
from datetime import timedelta

import pyotp
import pytest
from flask import Flask

from tests.accounts.conftest import PASSWORD, Browser, email_of
from tests.support.clock import Clock
from webapp.accounts import second_factor
from webapp.accounts.models import SecondFactor
from webapp.db.engine import db
from webapp.people.models import User

Open = Callable[..., Browser]


class Phone:
    """An app that makes codes, set up from what the page shows."""

    def __init__(self, page: str, clock: Clock) -> None:
        letters = re.search(r"type these letters into it: <strong>([A-Z2-7 ]+)</strong>", page)
        assert letters
        self.totp, self.clock = pyotp.TOTP(letters[1].replace(" ", "")), clock

    def code(self) -> str:
        return self.totp.at(self.clock.moment)


def set_up(one: Browser, clock: Clock) -> tuple[Phone, list[str]]:
    one.post("/account/second-factor")
    page = one.get("/account/second-factor/new").text
    assert "<svg" in page
    phone = Phone(page, clock)
    kept = one.post("/account/second-factor/new", {"code": phone.code(), "password": PASSWORD}, 200).text
    clock.passes(seconds=30)
    return phone, re.findall(r"<li><strong>([a-z0-9-]{14})</strong></li>", kept)


def test_amina_is_asked_for_a_code_after_her_password_and_goes_where_she_was_going(browser: Open, clock: Clock) -> None:
    phone, codes = set_up(browser("practitioner"), clock)
    assert len(set(codes)) == 10
    one = browser()
    assert one.sign_in(next="/toolkit/").location == "/sign-in/code"
    assert not one.is_in(), "the password alone lets nobody in"
    assert "That code is not right" in one.post("/sign-in/code", {"code": "000000"}, 422).text
    assert "Enter the code" in one.post("/sign-in/code", {"code": ""}, 422).text
    assert one.post("/sign-in/code", {"code": phone.code()}).location == "/toolkit/"
    assert one.is_in()


def test_a_code_is_good_once_and_so_is_none_from_before_it(browser: Open, clock: Clock) -> None:
    phone, _ = set_up(browser("practitioner"), clock)
    before, code = phone.totp.at(clock.moment - timedelta(seconds=30)), phone.code()
    first, second = browser(), browser()
    for one in (first, second):
        one.sign_in()
    first.post("/sign-in/code", {"code": code})
    for used in (code, before):
        second.post("/sign-in/code", {"code": used}, 422)
    assert not second.is_in()
    clock.passes(seconds=30)
    second.post("/sign-in/code", {"code": f" {phone.code()[:3]} {phone.code()[3:]} "})


def test_a_phone_whose_clock_is_half_a_minute_off_will_do_and_one_that_is_minutes_off_will_not(
    browser: Open, clock: Clock
) -> None:
    phone, _ = set_up(browser("practitioner"), clock)
    one = browser()
    one.sign_in()
    for minutes in (-3, 3):
        one.post("/sign-in/code", {"code": phone.totp.at(clock.moment + timedelta(minutes=minutes))}, 422)
    one.post("/sign-in/code", {"code": phone.totp.at(clock.moment + timedelta(seconds=30))})


def test_a_recovery_code_lets_in_once_however_it_is_typed(browser: Open, clock: Clock) -> None:
    _, codes = set_up(browser("practitioner"), clock)
    one, other = browser(), browser()
    for each in (one, other):
        each.sign_in()
    one.post("/sign-in/code", {"code": codes[0].upper().replace("-", " ")})
    assert "You have 9 recovery codes left" in one.get("/account/second-factor").text
    other.post("/sign-in/code", {"code": codes[0]}, 422)
    new = one.post("/account/second-factor/codes", {"password": PASSWORD}, 200).text
    other.post("/sign-in/code", {"code": codes[1]}, 422)
    other.post("/sign-in/code", {"code": re.findall(r"<li><strong>([a-z0-9-]{14})<", new)[3]})


def test_guessing_codes_is_slowed_down_and_so_is_who_knows_the_right_one_by_then(browser: Open, clock: Clock) -> None:
    phone, _ = set_up(browser("practitioner"), clock)
    one = browser()
    one.sign_in()
    for _ in range(second_factor.TRIES.account or 0):
        one.post("/sign-in/code", {"code": "000000"}, 422)
    answer = one.post("/sign-in/code", {"code": phone.code()}, 429)
    assert "Too many tries" in answer.text
    assert int(answer.headers["Retry-After"]) > 60
    assert not one.is_in()


def test_a_password_given_ten_minutes_ago_or_changed_since_does_not_count_any_more(
    browser: Open, clock: Clock, site: Flask, person: Callable[[str], User]
) -> None:
    phone, _ = set_up(browser("practitioner"), clock)
    late, changed = browser(), browser()
    late.sign_in()
    clock.passes(minutes=11)
    assert late.post("/sign-in/code", {"code": phone.code()}).location.startswith("/sign-in")
    changed.sign_in()
    with site.app_context():
        person("practitioner").session_version += 1
        db.session.commit()
    assert changed.post("/sign-in/code", {"code": phone.code()}).location.startswith("/sign-in")
    assert browser().get("/sign-in/code", 303).location == "/sign-in"
    assert not late.is_in()
    assert not changed.is_in()


def test_nobody_sets_up_or_ends_codes_without_the_password(browser: Open, clock: Clock) -> None:
    one = browser("practitioner")
    one.post("/account/second-factor")
    phone = Phone(one.get("/account/second-factor/new").text, clock)
    one.post("/account/second-factor/new", {"code": phone.code(), "password": "not hers at all"}, 422)
    one.post("/account/second-factor/new", {"code": "123456", "password": PASSWORD}, 422)
    assert browser().sign_in().location == "/", "until it is confirmed the password is enough"
    one.post("/account/second-factor/new", {"code": phone.code(), "password": PASSWORD}, 200)
    one.post("/account/second-factor/end", {"password": "not hers at all"}, 422)
    assert browser().sign_in().location == "/sign-in/code"
    one.post("/account/second-factor/end", {"password": PASSWORD})
    assert browser().sign_in().location == "/"


def test_an_administrator_or_the_command_line_helps_whose_phone_is_lost(
    browser: Open, clock: Clock, site: Flask, person: Callable[[str], User]
) -> None:
    set_up(browser("practitioner"), clock)
    with site.app_context():
        amina = person("practitioner").id
    admin = browser("admin")
    assert "Ask Amina Yusuf for no more codes" in admin.get(f"/admin/users/{amina}").text
    admin.post(f"/admin/users/{amina}/second-factor/end")
    assert browser().sign_in().location == "/"
    assert "No more asked for codes" in admin.get(f"/admin/users/{amina}").text
    set_up(browser("practitioner"), clock)
    run = site.test_cli_runner().invoke(args=["users", "second-factor-off", "--email", email_of("practitioner")])
    assert "is no longer asked for a code" in run.output
    assert browser().sign_in().location == "/"


def test_the_secret_is_worth_nothing_without_the_key_of_the_site(browser: Open, clock: Clock, site: Flask) -> None:
    phone, _ = set_up(browser("practitioner"), clock)
    with site.app_context():
        sealed = db.session.query(SecondFactor).one()
        assert phone.totp.secret not in sealed.sealed_secret
        assert not second_factor.check(db.session, sealed.user_id, phone.code(), "another key" * 4, clock.moment)


@pytest.mark.parametrize("path", ["/account/second-factor", "/account/second-factor/new"])
def test_whoever_is_not_signed_in_finds_nothing_there(browser: Open, path: str) -> None:
    assert browser().get(path, 303).location.startswith("/sign-in")
