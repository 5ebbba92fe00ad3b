"""Changing many gaps at once: what would change is shown first, and all of it can be undone."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from tests.gaps.site import Visitor
from tests.support.client import Answer, Client
from tests.support.world import report
from webapp.db.engine import db
from webapp.gaps.models import Gap
from webapp.gaps.statuses import Status
from webapp.mail.outbox import IN_PRODUCT, Message
from webapp.people import audit

LIST = "/commissioning/gaps"
TICKED = "gap=GAP-0001&gap=GAP-0002&list=status%3Dopen"
CLOSE = {"status": "not-now", "reason": "No money", "answer": "We look at this again in the spring."}


@pytest.fixture
def two(priya: Client, stranger: Client) -> None:
    report(priya, "A choir in the evening", "gorton-levenshulme")
    report(priya, "A shed at the weekend")
    stranger.post("/gaps/GAP-0001/support", status=303)


def sure(carol: Client, **chosen: str) -> Answer:
    return carol.get(f"{LIST}/many?{TICKED}").send("See what changes", **chosen)


def gaps(app: Flask) -> list[Gap]:
    with app.app_context():
        return list(db.session.scalars(select(Gap).order_by(Gap.id)))


@pytest.mark.usefixtures("two")
def test_what_changes_is_shown_before_it_happens(carol: Client, app: Flask) -> None:
    page = sure(carol, theme="carers", owner="3")
    assert page.h1 == "Change 2 gaps?"
    assert "Theme: not decided Carers" in page.words
    assert "Owner: nobody Carol Whitfield" in page.words
    assert {gap.theme for gap in gaps(app)} == {""}
    after = page.send("Change these 2 gaps")
    assert after.location == f"{LIST}?status=open&sort=newest&undo=1"
    assert {(gap.theme, gap.owner_id) for gap in gaps(app)} == {("carers", 3)}
    with app.app_context():
        for ref in ("GAP-0001", "GAP-0002"):
            assert audit.about(db.session, "gap", ref)[-1].action == "gap.assigned"


@pytest.mark.usefixtures("two")
def test_nothing_chosen_nothing_ticked_and_nothing_new(carol: Client) -> None:
    assert "Choose what to change" in sure(carol).errors[0]
    assert carol.get(f"{LIST}/many?list=").status == 303
    sure(carol, theme="carers").send("Change these 2 gaps")
    page = sure(carol, theme="carers")
    assert page.h1 == "Nothing would change"
    assert not page.soup.select("main form button")


@pytest.mark.usefixtures("two")
def test_closing_needs_a_reason_and_an_answer_and_keeps_what_was_chosen(carol: Client) -> None:
    page = sure(carol, status="met", theme="carers")
    assert page.status == 422
    assert [error[:7] for error in page.errors] == ["Say why", "Write t"]
    assert page.soup.select_one("select[name=theme] option[selected]")["value"] == "carers"


@pytest.mark.usefixtures("two")
def test_a_text_about_a_person_is_refused(carol: Client, app: Flask) -> None:
    page = sure(carol, status="under-review", reason="Ask jo.bloggs@example.com")
    assert page.status == 422
    assert "jo.bloggs@example.com" in page.text
    assert {gap.status for gap in gaps(app)} == {Status.NEW}


@pytest.mark.usefixtures("two")
def test_undoing_restores_each_gap_and_takes_unread_news_back(carol: Client, priya: Client, app: Flask) -> None:
    sure(carol, **CLOSE).send("Change these 2 gaps")
    assert {gap.status for gap in gaps(app)} == {Status.NOT_NOW}
    priya.post("/gaps/answers", {"ref": "GAP-0002"})  # this one she has read
    page = carol.get(f"{LIST}?undo=1")
    assert "2 gaps were changed." in page.words
    after = page.send("Undo this change").follow()
    assert "Put back as before: GAP-0001, GAP-0002" in after.words
    for gap in gaps(app):
        assert (gap.status, gap.answer, gap.answered_at, gap.closed_at) == (Status.NEW, "", None, None)
    with app.app_context():
        told = select(Message.to_id, Message.ref, Message.text).where(Message.channel == IN_PRODUCT)
        news = {(to, ref): text for to, ref, text in db.session.execute(told.order_by(Message.id))}
    assert (6, "GAP-0001") not in news
    assert "mistake" in news[(1, "GAP-0002")]
    assert "A change was undone" in priya.get("/gaps/GAP-0001").words
    assert carol.post("/commissioning/changes/1/undo", {}).follow().words.count("can no longer be undone") == 1


@pytest.mark.usefixtures("two")
def test_those_that_no_listing_meets_are_left_and_said(carol: Client, dev: Visitor, app: Flask) -> None:
    dev.tries(f"{LIST}/GAP-0001/links", {"path": "/directory/bobbin-larder"})
    met = {"status": "met", "reason": "A scheme began", "answer": "There is a scheme for this now."}
    after = sure(carol, **met).send("Change these 2 gaps").follow()
    assert {gap.ref: gap.status for gap in gaps(app)} == {"GAP-0001": Status.MET, "GAP-0002": Status.NEW}
    assert "Name the listing that meets it" in after.words


@pytest.mark.usefixtures("two")
def test_a_gap_that_was_changed_since_is_not_put_back(carol: Client, dev: Visitor, app: Flask) -> None:
    sure(carol, theme="carers").send("Change these 2 gaps")
    dev.post(f"{LIST}/GAP-0002/work", answer="It is there.", version="2")
    after = carol.get(f"{LIST}?undo=1").send("Undo this change").follow()
    assert "Put back as before: GAP-0001" in after.words
    assert "Not put back: GAP-0002, as it was changed since" in after.words
    assert [gap.theme for gap in gaps(app)] == ["", "carers"]


@pytest.mark.usefixtures("two")
def test_a_gap_that_was_changed_while_deciding_is_left_alone(carol: Client, dev: Visitor, app: Flask) -> None:
    page = sure(carol, theme="carers")
    dev.post(f"{LIST}/GAP-0002/work", answer="It is there.", version="1")
    after = page.send("Change these 2 gaps").follow()
    assert "Not changed: GAP-0002, as somebody changed it while you decided" in after.words
    assert [gap.theme for gap in gaps(app)] == ["carers", ""]


@pytest.mark.usefixtures("two")
def test_sending_it_twice_changes_once(carol: Client, app: Flask) -> None:
    page = sure(carol, theme="carers")
    assert page.send("Change these 2 gaps").location == page.send("Change these 2 gaps").location
    assert {gap.version for gap in gaps(app)} == {2}


@pytest.mark.usefixtures("two")
def test_another_commissioner_cannot_undo_it(carol: Client, dev: Visitor, app: Flask) -> None:
    sure(carol, theme="carers").send("Change these 2 gaps")
    assert "Undo this change" not in dev.get(f"{LIST}?undo=1")
    assert "no longer be undone" in dev.sends("/commissioning/changes/1/undo")
    assert {gap.theme for gap in gaps(app)} == {"carers"}


def test_only_commissioners(priya: Client, browser_of: Callable[[str], Client]) -> None:
    for person in (priya, browser_of("ed"), browser_of("ada")):
        person.get(f"{LIST}/many", status=403)
        person.post(f"{LIST}/many/done", status=403)
        person.post("/commissioning/changes/1/undo", status=403)
