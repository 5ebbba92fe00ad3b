"""The lead of a workstream answers what comes to them, and whoever raised or shares it hears of it once."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import delete, select

from tests.barriers.raising import FORM, MISSING, kept, raises
from tests.support.client import Client
from webapp.barriers.models import BarrierEvent
from webapp.barriers.statuses import Status
from webapp.db.engine import db
from webapp.gaps.models import Gap
from webapp.mail.outbox import Message
from webapp.people import audit
from webapp.people.models import WorkstreamLead

ANSWER = "From May the form asks once, and fills in the rest."


def told(app: Flask, person: Client) -> list[str]:
    """What this person was told in the product about barriers, in order."""
    mine = select(Message.text).where(
        Message.to_id == person.id, Message.kind == "barrier", Message.channel == "in-product"
    )
    with app.app_context():
        return list(db.session.scalars(mine.order_by(Message.id)))


def test_only_a_lead_has_a_queue(priya: Client, carol: Client, lena: Client, barrier: str):
    for person in (priya, carol):
        person.get("/barriers/queue", status=403)
        person.get(f"/barriers/queue/{barrier}", status=403)
        assert "/barriers/queue" not in person.get("/barriers").links()
    assert "/barriers/queue" in lena.get("/barriers").links()
    here = "header a[href='/barriers/queue'][aria-current]"
    assert [bool(lena.get(path).soup.select(here)) for path in ("/barriers/queue", "/barriers")] == [True, False]
    assert lena.get(f"/barriers/queue/{barrier}").soup.select(here), "the way to them is marked on each"
    assert not lena.get(f"/barriers/{barrier}").soup.select(here)


def test_a_lead_who_is_one_no_longer_is_kept_out_at_once(lena: Client, app: Flask):
    lena.get("/barriers/queue", status=200)
    with app.app_context():
        db.session.execute(delete(WorkstreamLead).where(WorkstreamLead.user_id == lena.id))
        db.session.commit()
    lena.get("/barriers/queue", status=403)


def test_the_queue_holds_what_their_workstreams_can_act_on(priya: Client, lena: Client, barrier: str):
    raises(priya, text="The rota is made too late", kind="capacity", workstream="short-term-offer")
    page = lena.get("/barriers/queue")
    assert FORM["text"] in page.words
    assert "The rota is made too late" not in page.words
    assert FORM["text"] not in lena.get("/barriers/queue?workstream=early-help").words
    lena.get("/barriers/queue/BAR-0002", status=403)
    assert "Work on this barrier" not in lena.get("/barriers/BAR-0002").text
    assert "Work on this barrier" in lena.get(f"/barriers/{barrier}").text
    lena.post("/barriers/queue/BAR-0002/answer", {"answer": "No", "version": "1"}, status=403)


def test_what_nobody_has_looked_at_waits_on_the_home_page(lena: Client, priya: Client, barrier: str):
    assert "1 barrier nobody has looked at" in lena.get("/").words
    page = lena.get(f"/barriers/queue/{barrier}")
    page.send("Change the status", status="looking", reason="Asking the supplier")
    assert "nobody has looked at" not in lena.get("/").words


def test_an_answer_is_told_once_to_everyone_who_raised_or_shares_it(
    lena: Client, priya: Client, stranger: Client, carol: Client, barrier: str, app: Flask
):
    done = lena.get(f"/barriers/queue/{barrier}").send("Publish this answer", answer=ANSWER)
    assert done.status == 303, done.words
    assert told(app, priya) == told(app, stranger) == ["BAR-0001 has an answer."]
    assert told(app, carol) == told(app, lena) == []
    page = priya.get(f"/barriers/{barrier}")
    assert ANSWER in page.words
    assert "Lena" not in page.words
    assert "1 notice to read" in priya.get("/").words
    assert "I have read this" not in page.send("I have read this").follow().words
    assert "notice to read" not in priya.get("/").words


def test_a_status_needs_a_reason_and_closing_needs_an_answer(lena: Client, barrier: str, app: Flask):
    page = lena.get(f"/barriers/queue/{barrier}")
    refused = page.send("Change the status")
    assert refused.errors == ["Choose a status", "Say why, in a sentence or two"]
    refused = page.send("Change the status", status="cannot", reason="The law asks for it")
    assert refused.status == 422
    assert "must hear why" in refused.errors[0]
    assert "The law asks for it" in refused.text
    done = page.send("Change the status", status="cannot", reason="The law asks for it", closing_answer=ANSWER)
    assert done.status == 303
    row = kept(app, barrier)
    assert (row.status, row.answer, row.closed_at is not None) == (Status.CANNOT, ANSWER, True)


def test_one_change_with_an_answer_is_told_once(lena: Client, priya: Client, barrier: str, app: Flask):
    page = lena.get(f"/barriers/queue/{barrier}")
    page.send("Change the status", status="answered", reason="It is mended", closing_answer=ANSWER)
    assert told(app, priya) == ["BAR-0001 is now “Answered”."]


def test_being_looked_at_is_seen_but_not_told(lena: Client, priya: Client, barrier: str, app: Flask):
    lena.get(f"/barriers/queue/{barrier}").send("Change the status", status="looking", reason="Asking the supplier")
    assert told(app, priya) == []
    assert "Asking the supplier" in priya.get(f"/barriers/{barrier}").words


def test_a_page_that_is_out_of_date_changes_nothing_and_keeps_what_was_typed(lena: Client, barrier: str, app: Flask):
    old = lena.get(f"/barriers/queue/{barrier}")
    lena.get(f"/barriers/queue/{barrier}").send("Publish this answer", answer=ANSWER)
    refused = old.send("Change the status", status="looking", reason="Asking the supplier")
    assert refused.status == 409
    assert "Somebody changed this while you had it open" in refused.words
    assert "Asking the supplier" in refused.text
    assert kept(app, barrier).status is Status.NEW
    assert refused.send("Change the status").status == 303, "what is sent from the new page holds"


def test_a_correction_keeps_both_and_says_so(lena: Client, priya: Client, barrier: str, app: Flask):
    lena.get(f"/barriers/queue/{barrier}").send("Publish this answer", answer=ANSWER)
    lena.get(f"/barriers/queue/{barrier}").send("Publish the correction", answer="From June.")
    assert told(app, priya) == ["BAR-0001 has an answer.", "BAR-0001 has a corrected answer."]
    words = priya.get(f"/barriers/{barrier}").words
    assert ANSWER in words, "the timeline has the first"
    assert "From June." in words
    same = lena.get(f"/barriers/queue/{barrier}").send("Publish the correction", answer="From June.")
    assert same.status == 422


def test_what_belongs_to_another_workstream_is_passed_on(lena: Client, priya: Client, barrier: str, app: Flask):
    page = lena.get(f"/barriers/queue/{barrier}")
    done = page.send("Save whose it is", workstream="short-term-offer")
    assert done.location == "/barriers/queue"
    assert "Passed on to Short-term Offer." in done.follow().words
    lena.get(f"/barriers/queue/{barrier}", status=403)
    assert "Passed to Short-term Offer" in priya.get(f"/barriers/{barrier}").words


def test_a_lead_puts_it_in_the_gap_log_for_everyone_who_shares_it(
    lena: Client, priya: Client, stranger: Client, carol: Client, barrier: str, app: Flask
):
    done = lena.get(f"/barriers/queue/{barrier}").send("Put it in the gap log")
    assert done.status == 303, done.words
    assert told(app, priya) == told(app, stranger) == ["BAR-0001 is in the gap log now, as GAP-0001."]
    with app.app_context():
        gap = db.session.get_one(Gap, 1)
        assert (gap.needed, gap.reporter_id, gap.people) == (FORM["text"], priya.id, 2)
        (reported, joined) = audit.about(db.session, "gap", "GAP-0001")
        assert {reported.actor, joined.actor} == {lena.id}, "the trail says who did it"
    carol.get("/commissioning/gaps/GAP-0001").send("Save this gap", answer="There is a group now.")
    assert len(told(app, priya)) == 1, "the gap log tells it"
    assert "There is a group now." in priya.get(f"/barriers/{barrier}").words


def test_what_is_in_the_gap_log_is_answered_there_alone(lena: Client, priya: Client, barrier: str, app: Flask):
    old = lena.get(f"/barriers/queue/{barrier}")
    lena.get(f"/barriers/queue/{barrier}").send("Put it in the gap log")
    page = lena.get(f"/barriers/queue/{barrier}")
    assert "Publish this answer" not in page.words
    assert "Commissioners give its status and its answer there" in page.words
    lena.post(f"/barriers/queue/{barrier}/answer", {"answer": ANSWER, "version": "2"}, status=422)
    assert old.send("Put it in the gap log").status == 409
    assert kept(app, barrier).answer == ""
    assert FORM["text"] not in lena.get("/barriers/queue").words
    assert FORM["text"] in lena.get("/barriers/queue?show=gaps").words


def test_a_lead_proposes_a_spotlight(lena: Client, priya: Client, barrier: str, app: Flask):
    page = lena.get(f"/barriers/queue/{barrier}")
    done = page.send("Propose a spotlight", title="Writing a review once")
    assert done.status == 303, done.words
    row = kept(app, barrier)
    assert (row.spotlight, row.status) == ("writing-a-review-once", Status.ACTING)
    assert told(app, priya) == ["A spotlight about BAR-0001 is proposed."]
    assert "Writing a review once" in priya.get(f"/barriers/{barrier}").words
    assert "Propose a spotlight" not in lena.get(f"/barriers/queue/{barrier}").words


def test_a_title_without_a_letter_makes_no_spotlight(lena: Client, barrier: str, app: Flask):
    refused = lena.get(f"/barriers/queue/{barrier}").send("Propose a spotlight", title="???")
    assert refused.status == 422
    assert kept(app, barrier).spotlight == ""


PLAN = {
    "title": "One form on Mondays",
    "public": "Two teams fill in one form on Mondays.",
    "hypothesis": "One form saves an hour",
    "tries": "Two teams, four weeks",
    "measure": "Hours, and what is missed",
    "starts_on": "2026-03-02",
    "ends_on": "2026-03-30",
}


def test_a_lead_plans_something_small_to_try(lena: Client, priya: Client, carol: Client, barrier: str, app: Flask):
    page = lena.get(f"/barriers/queue/{barrier}/plan")
    done = page.send("Plan this prototype", **PLAN)
    assert done.status == 303, done.words
    seen = priya.get(f"/barriers/{barrier}").words
    assert "Two teams fill in one form on Mondays." in seen
    assert told(app, priya) == ["Something is being tried for BAR-0001."]
    assert "One form on Mondays" in carol.get("/commissioning/prototypes").words
    again = lena.get(f"/barriers/queue/{barrier}/plan").send("Plan this prototype", **PLAN)
    assert again.status == 422
    assert "Something is being tried for this already." in again.words
    with app.app_context():
        kinds = db.session.scalars(select(BarrierEvent.kind).order_by(BarrierEvent.id)).all()
        assert kinds == ["raised", "tried", "status"]


def test_something_that_is_tried_for_a_gap_is_linked_there(lena: Client, priya: Client, carol: Client, app: Flask):
    raises(priya, **MISSING | {"workstream": "early-help"})
    lena.get("/barriers/queue/BAR-0001/plan").send("Plan this prototype", **PLAN)
    assert "Two teams fill in one form on Mondays." in priya.get("/gaps/GAP-0001").words
    assert told(app, priya) == [], "the gap log tells it"
    assert "Being acted on" in priya.get("/barriers/BAR-0001").words


def test_what_is_tried_already_can_be_linked(lena: Client, carol: Client, barrier: str, app: Flask):
    carol.get("/commissioning/prototypes/new").send("Plan this prototype", **PLAN, place="citywide")
    page = lena.get(f"/barriers/queue/{barrier}")
    assert page.send("Link what is being tried").errors == ["Choose what is being tried"]
    assert page.send("Link what is being tried", prototype="1").status == 303
    assert kept(app, barrier).prototype_id == 1


@pytest.mark.parametrize("act", ["status", "answer", "assignment", "gap", "spotlight", "prototype", "plan"])
def test_a_form_that_does_not_say_what_it_saw_changes_nothing(lena: Client, barrier: str, app: Flask, act: str):
    refused = lena.post(f"/barriers/queue/{barrier}/{act}", {"workstream": "early-help", "kind": "other"})
    assert refused.status in {409, 422}
    with app.app_context():
        kinds = db.session.scalars(select(BarrierEvent.kind)).all()
        assert kinds == ["raised"]


def test_nothing_about_a_person_is_stored_in_an_answer(lena: Client, barrier: str, app: Flask):
    page = lena.get(f"/barriers/queue/{barrier}").send("Publish this answer", answer="Ring Mrs Khan on 07700 900123")
    assert page.status == 422
    assert kept(app, barrier).answer == ""


def test_the_trail_has_every_change(lena: Client, barrier: str, app: Flask, browser_of: Callable[[str], Client]):
    lena.get(f"/barriers/queue/{barrier}").send("Change the status", status="looking", reason="Asking the supplier")
    lena.get(f"/barriers/queue/{barrier}").send("Publish this answer", answer=ANSWER)
    lena.get(f"/barriers/queue/{barrier}").send("Save whose it is", owner=str(lena.id), theme="recording")
    page = lena.get(f"/barriers/queue/{barrier}").words
    for said in ("Status changed", "Answered", "Assigned", "Lena Ostrowska", "Recording"):
        assert said in page
    assert "Priya" not in page
    assert "Gorton and Levenshulme neighbourhood team (1)" in page
    with app.app_context():
        acts = [entry.action for entry in audit.about(db.session, "barrier", barrier)]
        assert acts == ["barrier.raised", "barrier.joined", "barrier.status", "barrier.answered", "barrier.assigned"]
        assert audit.verify(db.session) is None
