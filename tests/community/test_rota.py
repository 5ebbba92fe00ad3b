"""People put themselves on the rota of their community and off again, and can undo it."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import update

from tests.community.conftest import HERE, OURS, THERE
from tests.support.client import Answer, Client
from tests.support.clock import Clock
from tests.support.people import PEOPLE
from webapp.community import rota
from webapp.community.models import RotaPlace
from webapp.db.engine import db, now
from webapp.people.models import Convener, User

pytestmark = pytest.mark.both_databases


PUT, OFF, BACK = "Put me on the rota", f"{HERE}/rota/off", f"{HERE}/rota/back"


def on(page: Answer) -> str:
    return page.soup.select_one("[aria-labelledby=rota] ol").get_text(" ", strip=True)


def test_priya_puts_herself_on_and_her_team_sees_it(priya: Client, femi: Client):
    shown = priya.get(HERE).send(PUT, day="2026-04-02", about="A large package").follow()
    assert "You are on for Thursday 2 April 2026" in shown.words
    assert "Priya Nair : A large package" in on(femi.get(HERE)).replace("Nair:", "Nair :")
    assert on(shown).index("2 April") < on(shown).index("Priya Nair")


def test_she_changes_what_she_brings_and_is_there_once(priya: Client):
    priya.get(HERE).send(PUT, about="A large package")
    priya.get(HERE).send(PUT, about="A small package")
    assert on(priya.get(HERE)).count("Priya Nair") == 1
    assert "A small package" in on(priya.get(HERE))


def test_she_takes_herself_off_and_puts_herself_back(priya: Client, femi: Client):
    priya.get(HERE).send(PUT, about="A large package")
    shown = priya.get(HERE).send(OFF).follow()
    assert "You are off the rota for Thursday 26 March 2026" in shown.words
    assert "Priya" not in on(femi.get(HERE))
    assert "A large package" not in on(femi.get(HERE)), "what she would have said is hers again"
    again = priya.get(HERE).send(BACK).follow()
    assert "You are on again for Thursday 26 March 2026" in again.words
    assert "A large package" in on(femi.get(HERE))


def test_nothing_happens_twice(priya: Client):
    priya.get(HERE).send(PUT)
    form = {"day": "2026-03-26"}
    priya.post(OFF, form, status=303)
    assert "You were not on the rota" in priya.post(OFF, form, status=303).follow().words
    priya.post(BACK, form, status=303)
    assert "Nothing was changed" in priya.post(BACK, form, status=303).follow().words


@pytest.mark.parametrize("day", ["2026-03-25", "2026-03-19", "2030-01-03", "", "soon", "٢٠٢٦-03-26"])
def test_a_day_without_a_meeting_is_refused(priya: Client, day: str):
    page = priya.post(f"{HERE}/rota", {"day": day, "about": "A large package"})
    assert page.status == 422
    assert page.errors
    assert "A large package" in page.text, "what was typed stays"
    assert "Nothing was changed" in priya.post(OFF, {"day": day}, status=303).follow().words


def test_a_meeting_that_is_over_takes_nobody(browser_of: Callable[[str], Client], clock: Clock):
    clock.passes(days=3)
    assert browser_of("priya").post(f"{HERE}/rota", {"day": "2026-03-26"}).status == 422


def test_words_that_could_name_somebody_are_not_kept(priya: Client, femi: Client):
    page = priya.get(HERE).send(PUT, about="Her NHS number is 943 476 5919")
    assert page.status == 422
    assert "Take out what could identify a person" in page.words
    assert "Priya" not in on(femi.get(HERE))


def test_only_people_of_the_team_can_change_its_rota(stranger: Client, carol: Client, priya: Client):
    for other in (stranger, carol):
        for address in (f"{HERE}/rota", OFF, BACK):
            said = other.post(address, {"day": "2026-03-26", "about": "Mine"}, status=303).follow().words
            assert "Only people of this team" in said
    assert "Mine" not in priya.get(HERE).text


def test_an_hour_is_full_with_three(app: Flask, priya: Client):
    others = [PEOPLE[name].id for name in ("femi", "carol", "ed")]
    with app.app_context():
        db.session.execute(update(User).where(User.id.in_(others)).values(team=OURS))
        for user_id in others:
            db.session.add(RotaPlace(team=OURS, day=date(2026, 3, 26), user_id=user_id, created_at=now()))
        db.session.commit()
    assert "is full" in priya.get(HERE).send(PUT).follow().words
    assert "Priya" not in on(priya.get(HERE))


def test_who_leaves_the_team_or_the_service_is_on_no_longer(app: Flask, priya: Client, femi: Client):
    priya.get(HERE).send(PUT)
    for change in ({"disabled": True}, {"disabled": False, "team": "ardwick-longsight"}):
        with app.app_context():
            db.session.execute(update(User).where(User.id == PEOPLE["priya"].id).values(**change))
            db.session.commit()
        assert "Priya" not in on(femi.get(HERE))


def test_a_convener_may_bring_something_too(connie: Client, priya: Client, app: Flask):
    connie.get(HERE).send(PUT, about="What four teams say")
    assert "Connie Baptiste" in on(priya.get(HERE))
    with app.app_context():
        db.session.delete(db.session.get(Convener, (PEOPLE["connie"].id, OURS)))
        db.session.commit()
    assert "Connie Baptiste" not in on(priya.get(HERE))


def test_what_has_long_been_is_forgotten(app: Flask, priya: Client, clock: Clock):
    priya.get(HERE).send(PUT)
    clock.passes(days=150)
    with app.app_context():
        assert rota.forget(db.session, now()) == 0
    clock.passes(days=60)
    with app.app_context():
        assert rota.forget(db.session, now()) == 1
        db.session.rollback()


def test_a_team_that_does_not_meet_has_no_rota(stranger: Client):
    assert not stranger.get(THERE).soup.select("[aria-labelledby=rota]")
    said = stranger.post(f"{THERE}/rota", {"day": "2026-03-26"}, status=303).follow().words
    assert "Nothing was changed" in said


def test_two_browsers_of_one_person_are_one_person(browser_of: Callable[[str], Client]):
    for browser in (browser_of("priya"), browser_of("priya")):
        browser.get(HERE).send(PUT, about="A large package")
    assert on(browser.get(HERE)).count("Priya Nair") == 1
