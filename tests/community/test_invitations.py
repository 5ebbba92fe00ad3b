"""Femi asks Carol, a commissioner, to come; she hears of it, sees what was passed on, and answers."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from tests.community.conftest import HERE, THERE, report
from tests.support.client import Client
from tests.support.clock import Clock
from tests.support.people import PEOPLE
from webapp.community import invitations
from webapp.community.models import Invitation
from webapp.db.engine import db, now

ASK, CAROL = "Ask them", str(PEOPLE["carol"].id)
COME, CANNOT = "I will come on Thursday 26 March 2026", "I cannot come on Thursday 26 March 2026"


@pytest.fixture
def asked(femi: Client) -> Client:
    """Femi, once he has asked her."""
    sent = femi.get(f"{HERE}/invitations").send(ASK, commissioner=CAROL, note="We wait too long for ramps")
    assert "They are asked" in sent.follow().words
    return femi


def test_she_hears_of_it_and_sees_what_was_passed_on(priya: Client, carol: Client, femi: Client):
    report(priya, "A choir in the evening")
    assert "A choir in the evening" not in carol.get(HERE).words
    femi.get(f"{HERE}/invitations").send(ASK, commissioner=CAROL, note="We wait too long for ramps")
    assert "community asks you to its meeting" in carol.get("/").words
    told = "You are asked to the meeting of the Our team on Thursday 26 March 2026, 2:00pm"
    assert told in carol.get("/notices").words
    page = carol.get(HERE)
    assert "A choir in the evening" in page.words
    assert "We wait too long for ramps" in page.words
    assert "by Femi Adeyemi" in page.words
    assert "https://meet.example.org/ours" in page.links()
    assert not page.soup.select("[aria-labelledby=rota], [aria-labelledby=tries]"), "the rest stays among the team"


def test_she_answers_and_he_hears(asked: Client, carol: Client):
    carol.get("/communities").send(COME)
    row = asked.get(HERE).soup.select_one("[aria-labelledby=invited] li").get_text()
    assert "Carol Whitfield" in row
    assert "Coming" in row
    assert "The commissioner you asked is coming" in asked.get("/notices").words
    assert "asks you" not in carol.get("/").words, "it waits no longer"
    carol.get(HERE).send(CANNOT)
    assert "The commissioner you asked cannot come" in asked.get("/notices").words


def test_he_takes_it_back_and_she_sees_no_more(asked: Client, carol: Client, priya: Client):
    report(priya, "A choir in the evening")
    asked.get(HERE).send(f"{HERE}/invitations/1/withdraw")
    assert "You are no longer asked" in carol.get("/notices").words
    assert "A choir in the evening" not in carol.get(HERE).words
    refused = carol.post(f"{HERE}/invitations/1/reply", {"answer": "coming"}, status=303).follow()
    assert "no longer stands" in refused.words


def test_asking_twice_asks_once_and_again_after_it_was_taken_back(asked: Client, carol: Client, app: Flask):
    again = asked.get(f"{HERE}/invitations").send(ASK, commissioner=CAROL).follow()
    assert "asked to this meeting already" in again.words
    asked.post(f"{HERE}/invitations/1/withdraw", status=303)
    assert "They are asked" in asked.get(f"{HERE}/invitations").send(ASK, commissioner=CAROL).follow().words
    with app.app_context():
        assert len(db.session.scalars(select(Invitation)).all()) == 1


def test_an_invitation_ends_with_its_day(
    asked: Client, priya: Client, browser_of: Callable[[str], Client], clock: Clock
):
    report(priya, "A choir in the evening")
    clock.passes(hours=62)  # into Thursday night
    assert "A choir in the evening" in browser_of("carol").get(HERE, status=200).words
    clock.passes(hours=1)
    assert "A choir in the evening" not in browser_of("carol").get(HERE, status=200).words


@pytest.mark.parametrize("name", ["priya", "stranger", "carol", "ed"])
def test_nobody_else_can_ask_or_take_back(asked: Client, browser_of, name: str):
    other = browser_of(name)
    refused = "Only who facilitates or convenes"
    assert refused in other.get(f"{HERE}/invitations", status=303).follow().words
    assert refused in other.post(f"{HERE}/invitations", {"commissioner": CAROL}, status=303).follow().words
    assert refused in other.post(f"{HERE}/invitations/1/withdraw", status=303).follow().words
    assert "No answer yet" in asked.get(HERE).words


def test_a_convener_can_ask_for_any_of_their_teams(connie: Client, carol: Client):
    connie.get(f"{HERE}/invitations").send(ASK, commissioner=CAROL)
    assert "by Connie Baptiste" in carol.get("/communities").words


def test_only_whom_it_is_for_can_answer(asked: Client, priya: Client):
    refused = priya.post(f"{HERE}/invitations/1/reply", {"answer": "coming"}, status=303).follow()
    assert "not for you" in refused.words
    assert "No answer yet" in asked.get(HERE).words


def test_an_answer_that_is_none_changes_nothing(asked: Client, carol: Client):
    said = carol.post(f"{HERE}/invitations/1/reply", {"answer": "perhaps"}, status=303).follow()
    assert "Say whether you come" in said.words
    assert "No answer yet" in asked.get(HERE).words


def test_an_invitation_is_found_in_its_own_team_alone(asked: Client, carol: Client, connie: Client):
    assert carol.post(f"{THERE}/invitations/1/reply", {"answer": "coming"}).status == 404
    assert connie.post(f"{THERE}/invitations/1/withdraw").status == 404
    assert carol.post(f"{HERE}/invitations/77/reply", {"answer": "coming"}).status == 404


def test_nobody_but_a_commissioner_can_be_asked(femi: Client):
    page = femi.get(f"{HERE}/invitations").send(ASK, commissioner=str(PEOPLE["priya"].id))
    assert page.status == 422
    assert page.errors == ["Choose one of the answers shown"]


def test_what_is_missing_is_told_and_what_was_typed_stays(femi: Client):
    page = femi.get(f"{HERE}/invitations").send(ASK, note="We wait too long for ramps", day="2026-03-27")
    assert page.errors == ["Choose whom to ask", "Choose one of the answers shown"]
    assert "We wait too long for ramps" in page.text


def test_a_note_names_nobody(femi: Client, carol: Client):
    page = femi.get(f"{HERE}/invitations").send(ASK, commissioner=CAROL, note="About Mrs Jean Holt of M22 4DZ")
    assert page.status == 422
    assert "You are asked" not in carol.get("/communities").words


def test_old_invitations_are_forgotten(asked: Client, app: Flask, clock: Clock):
    clock.passes(days=300)
    with app.app_context():
        assert invitations.forget(db.session, now()) == 0
    clock.passes(days=100)
    with app.app_context():
        assert invitations.forget(db.session, now()) == 1
        db.session.rollback()
