"""A commissioner's morning: find a gap, decide, answer; and whoever asked hears of it once."""

import pytest
from flask import Flask
from sqlalchemy import select

from tests.gaps.site import Visitor, form_ids, version
from webapp.db.engine import db
from webapp.gaps.models import Gap, GapEvent
from webapp.mail.outbox import Message
from webapp.people import audit

CHOIR = {"needed": "Somewhere to sing in the evening", "place": "gorton-levenshulme"}

LISTING = "bobbin-larder"


@pytest.fixture
def gap(amina: Visitor, ben: Visitor) -> str:
    amina.post("/gaps/new", **CHOIR)
    ben.post("/gaps/GAP-0001/support")
    return "/commissioning/gaps/GAP-0001"


def test_only_commissioners_work_on_gaps(amina: Visitor, gap: str) -> None:
    for path in ("/commissioning", "/commissioning/gaps", "/commissioning/gaps.csv", gap):
        amina.get(path, status=403)
    amina.post(f"{gap}/work", status=403)
    assert "Work on this gap" not in amina.get("/gaps/GAP-0001")


def test_a_status_needs_a_reason_that_everyone_reads(cara: Visitor, amina: Visitor, gap: str) -> None:
    refused = cara.tries(f"{gap}/work", {"status": "under-review", "version": "1"})
    assert refused.status == 422
    assert "Say why" in refused.errors[0]
    assert (
        cara.tries(f"{gap}/work", {"status": "under-review", "version": "1", "reason": "Asking the halls"}).status
        == 303
    )
    seen = amina.get("/gaps/GAP-0001")
    assert "Asking the halls" in seen
    assert "Under review" in seen
    assert "Carol" not in seen
    alone = cara.tries(f"{gap}/work", {"reason": "And the churches", "version": "2"})
    assert alone.status == 422
    assert "This is the reason for a new status" in alone.errors[0]


@pytest.mark.parametrize("status", ["met", "not-now"])
def test_closing_needs_an_answer(cara: Visitor, app: Flask, gap: str, status: str) -> None:
    sent = {"status": status, "reason": "A choir now meets on Mondays", "version": version(cara.get(gap))}
    response = cara.tries(f"{gap}/work", sent)
    page = response.text
    assert response.status == 422
    assert "the people who asked must hear why" in page
    assert "A choir now meets on Mondays" in page
    sent |= {"answer": "There is a choir now.", "met_by": "/directory/" + LISTING}
    assert cara.tries(f"{gap}/work", sent).status == 303
    with app.app_context():
        closed = db.session.get_one(Gap, 1)
        assert closed.closed_at
        assert closed.answer == "There is a choir now."


def test_what_is_met_is_met_by_a_listing_that_is_there(cara: Visitor, amina: Visitor, gap: str) -> None:
    sent = {"status": "met", "reason": "It began", "answer": "It is on Mondays.", "version": "1"}
    for named, said in (
        ("", "Name the listing that meets it"),
        ("/directory/no-such-listing", "There is no page of this site at that address"),
        ("/toolkit/good-questions", "This is no listing of the directory"),
        ("http://[", "There is no page of this site at that address"),
    ):
        refused = cara.tries(f"{gap}/work", sent | {"met_by": named})
        assert refused.status == 422
        assert [said in error for error in refused.errors] == [True]
        assert "It is on Mondays." in refused.text
        assert "What there is now" not in amina.get("/gaps/GAP-0001")
    assert cara.tries(f"{gap}/work", sent | {"met_by": f"https://localhost/directory/{LISTING}"}).status == 303
    seen = amina.get("/gaps/GAP-0001")
    assert "What there is now" in seen
    assert f'href="/directory/{LISTING}"' in seen


def test_a_listing_that_was_linked_before_need_not_be_named_again(cara: Visitor, gap: str) -> None:
    cara.tries(f"{gap}/links", {"path": f"/directory/{LISTING}"})
    sent = {"status": "met", "reason": "It began", "answer": "It is on Mondays.", "version": "1"}
    assert cara.tries(f"{gap}/work", sent).status == 303


def test_a_gap_is_never_new_again(cara: Visitor, gap: str) -> None:
    cara.tries(f"{gap}/work", {"status": "under-review", "reason": "Asking around", "version": "1"})
    response = cara.tries(f"{gap}/work", {"status": "new", "reason": "Oh", "version": "2"})
    assert response.status == 422
    assert "Choose one of the answers shown" in response.text


def test_everyone_who_asked_is_told_once(cara: Visitor, amina: Visitor, ben: Visitor, edie: Visitor, gap: str) -> None:
    cara.post(f"{gap}/work", answer="A choir starts in March.", version=version(cara.get(gap)))
    for person in (amina, ben):
        assert "” has an answer." in person.get("/gaps/answers")
        assert "/gaps/answers" in person.get("/")
    for person in (cara, edie):
        assert "Nothing new" in person.get("/gaps/answers")
    page = amina.get("/gaps/GAP-0001")
    assert "A choir starts in March." in page
    assert "Answered by a commissioner" in page
    assert "I have read this" in page
    assert "I have read this" not in amina.sends("/gaps/answers", ref="GAP-0001")
    assert "Nothing new" in amina.get("/gaps/answers")
    assert "” has an answer." in ben.get("/gaps/answers")


def test_an_answer_closing_a_gap_is_one_message(cara: Visitor, app: Flask, gap: str) -> None:
    sent = {"status": "not-now", "reason": "No money", "answer": "Not this year.", "version": "1"}
    assert cara.tries(f"{gap}/work", sent).status == 303
    with app.app_context():
        told = db.session.scalars(select(Message).where(Message.channel == "in-product")).all()
        assert [m.text for m in told] == ["GAP-0001 is now “Not now”."] * 2


def test_a_correction_says_so_and_keeps_both(cara: Visitor, amina: Visitor, app: Flask, gap: str) -> None:
    cara.post(f"{gap}/work", answer="It starts in March.", version="1")
    cara.post(f"{gap}/work", answer="It starts in April.", version="2")
    page = amina.get("/gaps/GAP-0001")
    assert "Answer corrected" in page
    assert "It starts in March." in page
    assert page.index("Corrected") > 0
    with app.app_context():
        assert [e.kind for e in db.session.scalars(select(GapEvent).order_by(GapEvent.id))] == [
            "reported",
            "answered",
            "corrected",
        ]


def test_a_published_answer_cannot_be_emptied(cara: Visitor, app: Flask, gap: str) -> None:
    cara.post(f"{gap}/work", answer="It starts in March.", version="1")
    page = cara.post(f"{gap}/work", status=422, answer=" ", version="2").text
    assert "cannot be emptied" in page
    with app.app_context():
        assert db.session.get_one(Gap, 1).answer == "It starts in March."


def test_two_commissioners_do_not_overwrite_each_other(cara: Visitor, dev: Visitor, app: Flask, gap: str) -> None:
    seen = version(dev.get(gap))
    cara.post(f"{gap}/work", answer="It starts in March.", version=seen)
    page = dev.post(f"{gap}/work", status=409, answer="Nothing is planned.", version=seen).text
    assert "Somebody changed this gap" in page
    assert "It starts in March." in page
    assert page.count("Nothing is planned.") == 2  # beside the other, and still in the form
    with app.app_context():
        assert db.session.get_one(Gap, 1).answer == "It starts in March."
    dev.post(f"{gap}/work", answer="Nothing is planned.", version=version(page))


def test_sending_an_answer_twice_is_one_answer(cara: Visitor, app: Flask, gap: str) -> None:
    page = cara.get(gap)
    sent = {"answer": "It starts in March.", "version": version(page), "form_id": form_ids(page)[0]}
    assert cara.post(f"{gap}/work", **sent).location == cara.post(f"{gap}/work", **sent).location
    with app.app_context():
        assert db.session.get_one(Gap, 1).version == 2


def test_notes_are_for_commissioners_alone(cara: Visitor, dev: Visitor, amina: Visitor, app: Flask, gap: str) -> None:
    cara.post(f"{gap}/work", note="The hall asks for a deposit", version="1")
    assert "The hall asks for a deposit" in dev.get(gap)
    for path in ("/gaps", "/gaps/GAP-0001", "/gaps?q=deposit"):
        assert "deposit" not in amina.get(path).replace("q=deposit", "").replace('value="deposit"', "")
    with app.app_context():
        trail = [(e.before, e.after) for e in audit.about(db.session, "gap", "GAP-0001")]
        assert "deposit" not in str(trail)


@pytest.mark.parametrize("field", ["answer", "note", "reason"])
def test_every_text_of_a_commissioner_is_guarded(cara: Visitor, gap: str, field: str) -> None:
    sent = {"status": "not-now", "reason": "Later", "answer": "Not yet.", "version": "1"}
    response = cara.tries(f"{gap}/work", sent | {field: "Ask jo.bloggs@example.com about it"})
    assert response.status == 422
    page = response.text
    assert "There is a problem" in page
    assert "Ask jo.bloggs@example.com about it" in page


def test_a_gap_is_given_a_theme_a_workstream_and_somebody(cara: Visitor, dev: Visitor, gap: str) -> None:
    sent = {"theme": "community-assets", "workstream": "responsive-commissioning", "owner": str(dev.id)}
    page = cara.sends(f"{gap}/work", **sent, version=version(cara.get(gap)))
    assert "Looked after by" in page
    assert "Dev Rao" in page
    assert "GAP-0001" in dev.get("/commissioning/gaps?mine=1")
    assert "GAP-0001" not in cara.get("/commissioning/gaps?mine=1")


def test_the_history_names_commissioners_and_nobody_who_asked(cara: Visitor, gap: str) -> None:
    cara.post(f"{gap}/work", answer="It starts in March.", version="1")
    page = cara.get(gap)
    history = page[page.index("history-heading") :]
    assert "Carol Whitfield" in history
    assert "Priya" not in page
    assert "Stranger" not in page
    assert "Gorton and Levenshulme neighbourhood team (1)" in page
