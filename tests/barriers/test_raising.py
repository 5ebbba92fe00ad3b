"""Saying what gets in the way: it reaches whoever can act, once, and nothing in it is about a person."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.barriers.raising import FORM, MISSING, kept, raises
from tests.support.client import Client
from webapp.barriers import report
from webapp.barriers.models import Barrier
from webapp.db.engine import db, now
from webapp.gaps.models import Gap
from webapp.people import audit


def how_many(app: Flask, model: type) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_what_gets_in_the_way_has_a_number_and_a_page(priya: Client, stranger: Client):
    page = raises(priya, **FORM).follow()
    assert page.h1 == "The review form asks for the same answer three times"
    assert "Passed on. Its number is BAR-0001." in page.words
    assert "You raised this." in page.words
    seen = stranger.get("/barriers/BAR-0001").words
    assert "Maximising Independence" in seen
    assert "Priya" not in seen
    assert "Gorton" not in seen


def test_numbers_follow_each_other_and_stand_in_the_list(priya: Client, stranger: Client):
    raises(priya, **FORM)
    assert raises(stranger, **FORM).location == "/barriers/BAR-0002"
    assert "2 barriers" in priya.get("/barriers").words


def test_all_that_is_wrong_is_said_at_once_and_what_was_typed_stays(priya: Client, app: Flask):
    page = priya.get("/barriers/new").send("Pass it on", place="ardwick-longsight")
    assert page.status == 422
    assert page.errors == ["Say what gets in the way", "Choose what kind of thing it is"]
    assert page.soup.select_one("#place option[selected]")["value"] == "ardwick-longsight"
    assert how_many(app, Barrier) == 0


def test_nothing_about_a_person_is_stored(priya: Client, app: Flask):
    page = raises(priya, **FORM | {"text": "Mrs Khan of 12 Albert Road waited for the panel"})
    assert page.status == 422
    assert "may identify a person" in page.words
    assert "Mrs Khan of 12 Albert Road waited" in page.text
    assert how_many(app, Barrier) == 0


def test_who_does_not_know_who_can_act_leaves_it_to_us(priya: Client, app: Flask):
    raises(priya, text=FORM["text"], kind="system-or-form")
    assert kept(app).workstream == "performance-framework"  # where that kind goes, by content/vocabulary


def test_sending_one_form_twice_raises_one(priya: Client, app: Flask):
    page = priya.get("/barriers/new")
    first, second = page.send("Pass it on", **FORM), page.send("Pass it on", **FORM)
    assert first.location == second.location
    assert how_many(app, Barrier) == 1


def test_the_same_words_on_the_same_day_are_one(priya: Client, app: Flask):
    first, second = raises(priya, **FORM), raises(priya, **FORM)
    assert first.location == second.location
    assert "You have raised this already" in second.follow().words
    assert how_many(app, Barrier) == 1


def test_what_is_not_provided_is_a_gap_too_typed_once(priya: Client, stranger: Client, app: Flask):
    page = raises(priya, **MISSING).follow()
    assert "/gaps/GAP-0001" in page.links()
    gap = stranger.get("/gaps/GAP-0001")
    assert gap.h1 == "No evening group for people who use a stick"
    assert "/barriers/BAR-0001" in gap.links()
    assert "Reported from BAR-0001" in gap.words
    with app.app_context():
        made = db.session.get_one(Gap, 1)
        assert (made.place, made.reporter_id, made.reporter_team) == (
            "gorton-levenshulme",
            priya.id,
            "gorton-levenshulme",
        )


def test_a_gap_reported_today_is_not_reported_again_by_a_barrier(priya: Client, app: Flask):
    priya.post("/gaps/new", {"needed": MISSING["text"], "place": MISSING["place"]}, status=303)
    raises(priya, **MISSING)
    assert how_many(app, Gap) == 1
    assert kept(app).gap_id == 1


def test_only_what_is_missing_becomes_a_gap(priya: Client, app: Flask):
    raises(priya, **FORM)
    assert how_many(app, Gap) == 0


def test_me_too_counts_each_person_once_and_can_be_undone(priya: Client, stranger: Client, barrier: str):
    page = stranger.get(f"/barriers/{barrier}")
    assert "2 people meet this" in page.words
    stranger.post(f"/barriers/{barrier}/support", status=303)
    priya.post(f"/barriers/{barrier}/support", status=303)
    assert "2 people meet this" in priya.get(f"/barriers/{barrier}").words
    gone = page.send("Take me off").follow()
    assert "1 person meets this" in gone.words
    assert "You are no longer counted." in gone.words


def test_who_shares_a_gap_here_has_asked_for_it_there(priya: Client, stranger: Client, app: Flask):
    raises(priya, **MISSING)
    stranger.get("/barriers/BAR-0001").send("Me too")
    assert "2 staff asked" in priya.get("/gaps/GAP-0001").words
    assert "You are one of them" in stranger.get("/gaps/GAP-0001").words
    stranger.get("/barriers/BAR-0001").send("Take me off")
    assert "1 member of staff asked" in priya.get("/gaps/GAP-0001").words


def test_it_can_be_taken_back_with_its_gap_soon_after(priya: Client, app: Flask):
    page = raises(priya, **MISSING).follow()
    assert "is taken back" in page.send("Take this back").follow().words
    assert how_many(app, Barrier) == how_many(app, Gap) == 0
    assert raises(priya, **FORM).location == "/barriers/BAR-0002", "a number is not given again"


def test_what_was_reported_before_stays_when_it_is_taken_back(priya: Client, app: Flask):
    priya.post("/gaps/new", {"needed": MISSING["text"], "place": MISSING["place"]}, status=303)
    raises(priya, **MISSING).follow().send("Take this back")
    assert how_many(app, Barrier) == 0
    assert how_many(app, Gap) == 1


def test_it_cannot_be_taken_back_once_somebody_shares_it(priya: Client, stranger: Client, barrier: str, app: Flask):
    assert "Take this back" not in priya.get(f"/barriers/{barrier}").words
    priya.post(f"/barriers/{barrier}/take-back", status=303)
    assert "can no longer be taken back" in priya.get(f"/barriers/{barrier}").words
    assert how_many(app, Barrier) == 1


def test_it_cannot_be_taken_back_after_a_quarter_of_an_hour(priya: Client, app: Flask):
    raises(priya, **FORM)
    with app.app_context():
        late = now() - report.TAKE_BACK - timedelta(seconds=1)
        db.session.get_one(Barrier, 1).created_at = late
        db.session.commit()
    assert "Take this back" not in priya.get("/barriers/BAR-0001").words
    priya.post("/barriers/BAR-0001/take-back", status=303)
    assert how_many(app, Barrier) == 1


def test_nobody_takes_back_what_somebody_else_raised(priya: Client, stranger: Client, app: Flask):
    raises(priya, **FORM)
    stranger.post("/barriers/BAR-0001/take-back", status=303)
    assert how_many(app, Barrier) == 1


@pytest.mark.parametrize("ref", ["BAR-0099", "BAR-1", "GAP-0001", "nonsense"])
def test_a_number_that_was_never_given_is_not_found(priya: Client, ref: str):
    priya.get(f"/barriers/{ref}", status=404)
    priya.post(f"/barriers/{ref}/support", status=404)


def test_the_trail_says_what_was_raised_and_by_whom_but_not_its_words(priya: Client, app: Flask):
    raises(priya, **FORM)
    with app.app_context():
        (entry,) = audit.about(db.session, "barrier", "BAR-0001")
        assert (entry.action, entry.actor) == ("barrier.raised", priya.id)
        assert "review form" not in str(entry.after)
        assert audit.verify(db.session) is None
