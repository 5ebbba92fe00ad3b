"""A log that is being written is not lost: by a crash, a sign-in that ended or a change of device. It names nobody."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from tests.support.client import Client, filled
from tests.support.people import PASSWORD, PEOPLE
from tests.support.world import LOG
from webapp.db.engine import db, now
from webapp.learning_logs import drafts
from webapp.learning_logs.models import LearningLogDraft

pytestmark = pytest.mark.both_databases


FORM, SAVE = "/learning-logs/new", "/learning-logs/draft"


def types(person: Client, **said: object) -> str:
    """What the page says when `person` has typed this and rests for a moment."""
    form = filled(person.get(FORM).form("Keep this log"))
    form.pop("later", None)
    return person.post(SAVE, {**form, **said}, part=True, status=200).words


def kept(app: Flask) -> LearningLogDraft | None:
    with app.app_context():
        draft = db.session.get(LearningLogDraft, PEOPLE["priya"].id)
        db.session.expunge_all()
        return draft


def test_what_was_typed_is_there_on_another_device_and_sent_once(
    priya: Client, browser_of: Callable[[str], Client], app: Flask
):
    desk = priya.get(FORM)
    form_id = filled(desk.form("Keep this log"))["form_id"]
    said = types(priya, form_id=form_id, workstream="early-help", share="y", **LOG)
    assert said.startswith("Saved at")
    phone = browser_of("priya").get(FORM)
    assert "You began this on" in phone.words
    there = filled(phone.form("Keep this log"))
    assert {name: there[name] for name in LOG} == LOG
    assert (there["workstream"], there["share"]) == ("early-help", "y")
    first = phone.send("Keep this log")
    assert "Your log is kept" in first.follow().words
    assert kept(app) is None
    assert desk.send("Keep this log", **LOG).location == first.location, "the page left open sends the same log"
    priya.post(SAVE, {**filled(desk.form("Keep this log")), **LOG}, part=True)
    assert kept(app) is None, "what was typed last came after the log itself"
    assert "1 log" in priya.get("/learning-logs").words


def test_a_page_left_open_does_not_overwrite_what_was_typed_on_the_phone_since(
    priya: Client, browser_of: Callable[[str], Client], app: Flask
):
    desk = filled(priya.get(FORM).form("Keep this log"))
    priya.post(SAVE, {**desk, "experience": "We went"}, part=True)
    phone = filled(browser_of("priya").get(FORM).form("Keep this log"))
    assert "Saved at" in priya.post(SAVE, {**phone, "experience": "We went by bus"}, part=True).words
    told = priya.post(SAVE, {**desk, "experience": "We we"}, part=True)
    assert "Not saved here" in told.words
    assert FORM in told.links()
    assert "We went by bus" in str(kept(app).fields)
    assert "Saved at" in priya.post(SAVE, {**phone, "experience": "We went by bus, twice"}, part=True).words
    priya.post(SAVE, {**desk, "experience": "We walked", "later": "1"})
    assert "We walked" in str(kept(app).fields), "who presses the button means it"


def test_without_scripts_a_button_saves_it_and_the_list_leads_back(priya: Client):
    saved = priya.get(FORM).form("Keep this log")
    answer = priya.post(SAVE, {**filled(saved), "later": "1", "experience": "We went by bus"})
    page = answer.follow()
    assert "Saved, for you alone" in page.words
    assert "Carry on with your log" in page.words
    assert "We went by bus" in priya.get(FORM).text
    page.send("Throw it away")
    assert "We went by bus" not in priya.get(FORM).text
    empty = priya.post(SAVE, {"later": "1", "place": "citywide"}).follow()
    assert "nothing to come back to" in empty.words


def test_what_may_identify_a_person_is_left_out_and_the_page_says_so_at_once(priya: Client, app: Flask):
    said = types(priya, experience="Mrs Khan rang from 0161 496 0123 about tea", concept="Tea matters")
    assert "a phone number under “What happened?”" in said
    assert "Take it out before you keep the log" in said
    held = str(kept(app).fields)
    assert "Khan" not in held
    assert "496 0123" not in held
    assert "about tea" in held
    assert "Tea matters" in held


def test_a_draft_is_its_writers_alone(priya: Client, femi: Client):
    types(priya, experience="We went by bus")
    assert "We went by bus" not in femi.get(FORM).text
    femi.post("/learning-logs/draft/discard")
    assert "We went by bus" in priya.get(FORM).text


def test_a_sign_in_that_ends_while_one_types_loses_nothing(priya: Client, app: Flask):
    page = priya.get(FORM)
    priya.http.delete_cookie("signpost")
    sent = page.send("Keep this log", part=True, **LOG)
    assert sent.status == 401
    asked = priya.get(sent.headers["HX-Redirect"])
    assert LOG["experience"] not in asked.text
    back = priya.get(asked.send("Sign in", email=PEOPLE["priya"].email, password=PASSWORD).location)
    assert "This was not sent." in back.words
    form = filled(back.form("Keep this log"))
    assert {name: form[name] for name in LOG} == LOG
    assert back.send("Keep this log").status == 303


def test_a_draft_that_was_left_is_offered_no_more(priya: Client, app: Flask):
    types(priya, experience="We went by bus")
    with app.app_context():
        db.session.get_one(LearningLogDraft, PEOPLE["priya"].id).saved_at = now() - drafts.KEPT - timedelta(days=1)
        db.session.commit()
    assert "We went by bus" not in priya.get(FORM).text
    assert "Carry on" not in priya.get("/learning-logs").words


def test_home_says_what_was_begun_and_then_that_it_is_written(priya: Client):
    assert FORM in priya.get("/").links()
    types(priya, experience="We went by bus")
    assert "A learning log that you began" in priya.get("/").words
    priya.get(FORM).send("Keep this log", helped="helped")
    home = priya.get("/").words
    assert "that you began" not in home
    assert "You wrote a learning log this week." in home


def test_when_the_sign_in_has_ended_what_saves_itself_leads_to_the_way_back(priya: Client):
    form = filled(priya.get(FORM).form("Keep this log"))
    priya.http.delete_cookie("signpost")
    here = {"HX-Current-URL": f"http://localhost{FORM}"}
    sent = priya.post(SAVE, {**form, "experience": "We went by bus"}, part=True, headers=here)
    asked = priya.get(sent.headers["HX-Redirect"])
    back = priya.get(asked.send("Sign in", email=PEOPLE["priya"].email, password=PASSWORD).location)
    assert back.h1 == "Write your learning log"
    assert back.soup.select_one("#experience").text.strip() == "We went by bus"
