"""Gita, the administrator, looks after people; nobody else can."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.accounts.conftest import NAMES, Browser, email_of
from webapp.accounts import administration
from webapp.db.engine import db, now
from webapp.people import audit
from webapp.people.models import User

Open = Callable[..., Browser]
Person = Callable[[str], User]
ZOFIA = {
    "name": "Zofia Łukasiewicz",
    "email": "Zofia@Example.org",
    "roles": ["practitioner", "editor"],
    "team": "gorton-levenshulme",
    "new_password": "otter bicycle thunder",
    "form_id": "f" * 32,
}


@pytest.fixture
def gita(browser: Open) -> Browser:
    return browser("admin")


@pytest.fixture
def amina_id(site: Flask, person: Person) -> int:
    with site.app_context():
        return person("practitioner").id


def test_gita_adds_zofia_who_signs_in(site: Flask, gita: Browser, browser: Open) -> None:
    shown = gita.post("/admin/users/new", ZOFIA).location
    page = gita.get(shown).text
    assert "Zofia Łukasiewicz" in page
    assert "by Gita Rao" in page
    browser().post("/sign-in", {"email": "zofia@example.org", "password": ZOFIA["new_password"]})


def test_adding_her_twice_adds_one(site: Flask, gita: Browser) -> None:
    first = gita.post("/admin/users/new", ZOFIA).location
    assert gita.post("/admin/users/new", ZOFIA).location == first
    page = gita.post("/admin/users/new", {**ZOFIA, "form_id": "e" * 32}, 422).text
    assert "Someone with this e-mail address is here already" in page
    with site.app_context():
        assert db.session.scalar(select(func.count()).select_from(User)) == len(NAMES) + 1


def test_all_that_is_wrong_is_told_at_once(gita: Browser) -> None:
    page = gita.post("/admin/users/new", {"email": "zofia", "team": "mars", "new_password": "zofia"}, 422).text
    for advice in (
        "Enter the person’s name",
        "Enter an e-mail address like name@example.org",
        "Choose one role or more",
        "Choose one of the answers shown",
        "Use 12 characters or more",
    ):
        assert advice in page


def test_only_the_fields_of_the_form_are_taken(site: Flask, gita: Browser) -> None:
    gita.post("/admin/users/new", {**ZOFIA, "id": 900, "disabled": "1", "generation": 7, "password_hash": "x"})
    with site.app_context():
        zofia = db.session.query(User).filter_by(email="zofia@example.org").one()
        assert (zofia.id, zofia.disabled, zofia.session_version) == (len(NAMES) + 1, False, 0)
        assert zofia.password_hash.startswith("$argon2id$")


def test_roles_that_do_not_exist_are_refused(gita: Browser, amina_id: int) -> None:
    assert "Choose one of the answers shown" in gita.post(f"/admin/users/{amina_id}/roles", {"roles": "god"}, 422).text


def test_gita_changes_roles_and_the_trail_says_so(site: Flask, gita: Browser, amina_id: int, person: Person) -> None:
    gita.post(f"/admin/users/{amina_id}/roles", {"roles": ["facilitator", "commissioner"], "team": ""})
    with site.app_context():
        assert person("practitioner").roles == {"facilitator", "commissioner"}
        last = audit.about(db.session, "person", str(amina_id))[-1]
        assert last.before == {"roles": ["practitioner"], "team": "gorton-levenshulme"}
        assert last.after == {"roles": ["commissioner", "facilitator"], "team": ""}
        assert last.actor == person("admin").id
        assert audit.verify(db.session) is None


def test_a_change_of_team_alone_signs_nobody_out(browser: Open, gita: Browser, amina_id: int) -> None:
    amina = browser("practitioner")
    gita.post(f"/admin/users/{amina_id}/roles", {"roles": "practitioner", "team": "ardwick-longsight"})
    assert "Ardwick and Longsight" in amina.get("/account").text


def test_gita_stops_amina_with_a_reason_and_lets_her_in_again(browser: Open, gita: Browser, amina_id: int) -> None:
    amina = browser("practitioner")
    address = f"/admin/users/{amina_id}/standing"
    assert "Give the reason" in gita.post(address, {"do": "disable"}, 422).text
    assert "Stop Amina Yusuf signing in" in gita.get(address).text
    gita.post(address, {"do": "disable", "reason": "left the service"})
    assert not amina.is_in()
    assert "Reason: left the service" in gita.get(f"/admin/users/{amina_id}").text
    gita.post(address, {"do": "disable", "reason": "pressed twice"})
    amina.sign_in("practitioner", status=422)
    gita.post(address, {"do": "enable", "reason": "came back"})
    amina.sign_in("practitioner")


def test_a_reason_names_nobody(gita: Browser, amina_id: int) -> None:
    fields = {"do": "disable", "reason": "see NHS number 943 476 5919"}
    page = gita.post(f"/admin/users/{amina_id}/standing", fields, 422).text
    assert "Take out what could identify a person" in page
    assert "943 476 5919" in page, "what was typed stays in the form"


def test_gita_gives_amina_a_password(browser: Open, gita: Browser, amina_id: int) -> None:
    assert "Choose something harder" in gita.post(
        f"/admin/users/{amina_id}/password", {"new_password": "aminayusuf2026"}, 422
    ).text  # fmt: skip
    gita.post(f"/admin/users/{amina_id}/password", {"new_password": "otter bicycle thunder"})
    browser().sign_in("practitioner", status=422)
    browser().sign_in("practitioner", "otter bicycle thunder")


def test_the_last_administrator_cannot_be_lost(site: Flask, gita: Browser, person: Person) -> None:
    with site.app_context():
        gita_id = person("admin").id
    assert "This is the last administrator" in gita.post(f"/admin/users/{gita_id}/roles", {"roles": "editor"}, 422).text
    fields = {"do": "disable", "reason": "holiday"}
    assert "You cannot stop your own sign-in" in gita.post(f"/admin/users/{gita_id}/standing", fields, 422).text
    with site.app_context(), pytest.raises(administration.Refused, match="last administrator"):
        administration.disable(db.session, person("admin"), reason="", by=None, now=now())


def test_an_administrator_who_was_stopped_does_not_count(either_site: Flask) -> None:
    with either_site.app_context():
        gita, edie = [db.session.query(User).filter_by(email=email_of(role)).one() for role in ("admin", "editor")]
        administration.set_roles(db.session, edie, frozenset({"admin"}), by=gita.id, now=now())
        administration.disable(db.session, edie, reason="left", by=gita.id, now=now())
        with pytest.raises(administration.Refused, match="last administrator"):
            administration.set_roles(db.session, gita, frozenset({"editor"}), by=gita.id, now=now())


def test_once_there_are_two_one_may_step_down_and_goes_home(gita: Browser, site: Flask, person: Person) -> None:
    with site.app_context():
        gita_id, edie_id = person("admin").id, person("editor").id
    gita.post(f"/admin/users/{edie_id}/roles", {"roles": ["editor", "admin"]})
    assert gita.post(f"/admin/users/{gita_id}/roles", {"roles": "practitioner"}).location == "/"
    assert gita.is_in()
    gita.get("/admin/users", 403)


@pytest.mark.parametrize("role", [role for role in NAMES if role != "admin"])
def test_nobody_else_looks_after_people(site: Flask, browser: Open, role: str, person: Person) -> None:
    one = browser(role)
    for path in ("/admin/users", "/admin/users/new", "/admin/users/1", "/admin/users/1/standing"):
        one.get(path, 403)
    for path in ("new", "1/roles", "1/password", "1/standing"):
        one.post(f"/admin/users/{path}", {"roles": "admin", "do": "disable", "reason": "x"}, 403)
    with site.app_context():
        assert person(role).roles == {role}


def test_somebody_who_is_not_there_is_a_404(gita: Browser) -> None:
    gita.get("/admin/users/999", 404)
    gita.post("/admin/users/999/standing", {"do": "disable", "reason": "x"}, 404)
