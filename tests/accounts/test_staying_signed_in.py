"""How long a sign-in lasts, and what ends it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import event, select

from tests.accounts.conftest import NAMES, PASSWORD, Browser
from tests.support.clock import Clock
from webapp.accounts import administration, sign_in
from webapp.accounts.models import SignIn
from webapp.db.engine import db, now
from webapp.people.models import User
from webapp.web import access, current

Open = Callable[..., Browser]
Person = Callable[[str], User]
IDLE, LONGEST = 30, 12 * 60  # minutes, as the settings have them


@pytest.mark.parametrize("role", NAMES)
def test_a_screen_left_alone_is_signed_out(browser: Open, clock: Clock, role: str) -> None:
    one = browser(role)
    clock.passes(minutes=IDLE)
    assert one.is_in()
    clock.passes(minutes=IDLE, seconds=1)
    assert not one.is_in()


@pytest.mark.parametrize("role", NAMES)
def test_a_day_of_work_ends_even_for_the_busy(browser: Open, clock: Clock, role: str) -> None:
    one = browser(role)
    for _ in range(LONGEST // 20):
        clock.passes(minutes=20)
        assert one.is_in()
    clock.passes(seconds=1)
    assert not one.is_in()


def test_a_page_that_asks_by_itself_does_not_keep_anyone_signed_in(
    make_site: Callable[..., Flask], clock: Clock
) -> None:
    app = make_site(alone=True)

    @app.get("/asks-by-itself")
    def asks() -> str:
        return "nothing new"

    app.view_functions["asks"].access_rule = access.AccessRule(background=True)  # type: ignore[attr-defined]
    one = Browser(app)
    one.sign_in("commissioner")
    for _ in range(IDLE):
        clock.passes(minutes=1)
        assert one.client.get("/asks-by-itself").status_code == 200
    clock.passes(seconds=1)
    assert one.client.get("/asks-by-itself").status_code == 303
    assert not one.is_in()


def _is_stopped(person: User) -> None:
    administration.disable(db.session, person, reason="left", by=None, now=now())


def _is_stopped_and_let_in(person: User) -> None:
    administration.disable(db.session, person, reason="a mistake", by=None, now=now())
    administration.enable(db.session, person, reason="a mistake", by=None, now=now())


def _changes_role(person: User) -> None:
    administration.set_roles(db.session, person, frozenset({"editor"}), by=None, now=now())


def _is_given_a_password(person: User) -> None:
    administration.set_password(db.session, person, "otter bicycle thunder", by=None, now=now())


@pytest.mark.parametrize(
    "happens",
    [_is_stopped, _is_stopped_and_let_in, _changes_role, _is_given_a_password],
    ids=lambda f: f.__name__.strip("_"),
)
def test_old_cookies_stop_working_when_something_changes(
    site: Flask, browser: Open, person: Person, happens: Callable[..., None]
) -> None:
    one, bystander = browser("practitioner"), browser("editor")
    with site.app_context():
        happens(person("practitioner"))
        db.session.commit()
    assert not one.is_in()
    assert bystander.is_in(), "nobody else is signed out"


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/account/sign-ins/end-others", {}),
        ("/account/password", {"password": PASSWORD, "new_password": "otter bicycle thunder"}),
    ],
    ids=["ends all others", "changes the password"],
)
def test_my_own_act_elsewhere_ends_this_one(browser: Open, path: str, fields: dict[str, object]) -> None:
    here, elsewhere = browser("practitioner"), browser("practitioner")
    elsewhere.post(path, fields)
    assert not here.is_in()
    assert elsewhere.is_in()


def test_whoever_changes_their_own_password_stays_in_here(browser: Open) -> None:
    one = browser("practitioner")
    one.post("/account/password", {"password": PASSWORD, "new_password": "otter bicycle thunder"})
    assert one.is_in()


def test_use_is_noted_at_most_once_a_minute(site: Flask, browser: Open, clock: Clock) -> None:
    one = browser("practitioner")
    with site.app_context():
        statements: list[str] = []
        event.listen(db.engine, "before_cursor_execute", lambda *args: statements.append(args[2].lower()))
    for _ in range(30):
        clock.passes(seconds=5)
        one.get("/account")
    assert len([s for s in statements if s.startswith("update sign_ins")]) == 2


def test_noting_the_use_does_not_wait_for_another_writer_for_ever(
    site: Flask, browser: Open, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A database that is busy costs the note, not the page."""
    monkeypatch.setattr("webapp.db.engine.BUSY_SECONDS", 0)
    one = browser("practitioner")
    with site.app_context():
        engine = db.engine
    engine.dispose()
    clock.passes(minutes=2)
    with engine.connect() as busy, busy.begin():
        assert one.is_in()


def test_what_is_kept_of_a_sign_in_cannot_be_used_to_sign_in(site: Flask, browser: Open) -> None:
    one = browser("practitioner")
    with one.client.session_transaction() as session:
        token = session["sign_in"]
    with site.app_context():
        row = db.session.scalars(select(SignIn)).one()
        assert token not in vars(row).values()
        assert row.device == "Chrome on Windows"
    with one.client.session_transaction() as session:
        session["sign_in"] = row.token_hash
    assert not one.is_in()


def test_a_sign_in_is_worth_nothing_to_another_person(browser: Open) -> None:
    one, other = browser("practitioner"), browser("admin")
    with other.client.session_transaction() as session:
        number = session["_user_id"]
    with one.client.session_transaction() as session:
        session["_user_id"] = number
    assert not one.is_in()


def test_ended_sign_ins_are_forgotten_after_a_day(site: Flask, browser: Open, clock: Clock) -> None:
    browser("practitioner")
    clock.passes(days=2)
    browser("editor")
    with site.app_context():
        sign_in.forget(db.session, sign_in.SignInLimits.of(current.settings()), now())
        assert len(db.session.scalars(select(SignIn)).all()) == 1


class TestMyAccount:
    def test_i_see_where_i_am_signed_in_and_end_one(self, browser: Open) -> None:
        phone = browser("practitioner", agent="Mozilla/5.0 (iPhone) Safari/604")
        desk = browser("practitioner")
        page = desk.get("/account").text
        assert "Safari on iPhone" in page
        assert "Chrome on Windows" in page
        desk.post("/account/sign-ins/1/end")
        assert not phone.is_in()
        assert desk.is_in()

    def test_ending_this_one_is_signing_out(self, browser: Open) -> None:
        one = browser("practitioner")
        assert one.post("/account/sign-ins/1/end").location == "/sign-in"
        assert not one.is_in()

    def test_nobody_ends_another_persons_sign_in(self, browser: Open) -> None:
        amina, gita = browser("practitioner"), browser("admin")
        gita.post("/account/sign-ins/1/end")
        assert amina.is_in()

    def test_the_password_now_is_asked_for(self, browser: Open) -> None:
        one = browser("practitioner")
        page = one.post("/account/password", {"password": "wrong", "new_password": "otter bicycle thunder"}, 422).text
        assert "That is not your password now" in page
        assert "otter bicycle" not in page

    def test_a_stolen_screen_cannot_guess_the_password(self, browser: Open) -> None:
        one = browser("practitioner")
        guess = {"password": "wrong", "new_password": "otter bicycle thunder"}
        for _ in range(10):
            one.post("/account/password", guess, 422)
        one.post("/account/password", {**guess, "password": PASSWORD}, 429)

    def test_i_take_my_data_away_without_anything_secret(self, browser: Open) -> None:
        one = browser("practitioner")
        answer = one.get("/account/data.json")
        data = answer.json
        assert data
        assert data["people"][0]["name"] == NAMES["practitioner"]
        assert data["sign_ins"]
        assert "attachment" in answer.headers["Content-Disposition"]
        assert "hash" not in answer.text
        assert NAMES["admin"] not in answer.text


def test_one_minute_is_the_most_by_which_an_idle_limit_is_early() -> None:
    assert timedelta(minutes=1) == sign_in.SEEN_EVERY
