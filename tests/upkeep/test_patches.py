"""A correction told in fields on a phone → a patch that git applies → checked → whoever told it hears."""

import pytest
from flask import Flask
from sqlalchemy import select

from tests.gaps.site import Visitor
from tests.upkeep.conftest import Apply
from webapp.db.engine import db
from webapp.mail.outbox import EMAIL, Message
from webapp.upkeep.corrections import Correction

LARDER = "/directory/bobbin-larder"
TOLD = {"topic": "out-of-date", "about": LARDER}


def patch(editor: Visitor, number: int = 1) -> str:
    return editor.get(f"/editor/corrections/{number}/change.patch")


def test_a_new_number_becomes_a_patch_and_the_reader_hears(amina: Visitor, edie: Visitor, apply: Apply, app: Flask):
    assert "Do you know what it should say?" in amina.get(f"/feedback/new?about={LARDER}")
    amina.sends("/feedback/new", **TOLD, phone="0161 496 0999")
    assert "New phone: 0161 496 0999" in amina.get("/feedback")
    page = edie.get("/editor/corrections/1")
    assert "The change, ready to commit" in page
    assert "-    phone: 0161 496 0436" in page
    made = patch(edie)
    assert "Reported-by: Gorton and Levenshulme neighbourhood team" in made
    assert "Priya" not in made
    assert apply(made) == ["-    phone: 0161 496 0436", "+    phone: 0161 496 0999"]
    edie.sends("/editor/corrections/1", state="done", reason="Thank you", seen="new")
    told = amina.get("/feedback")
    assert "Thank you" in told
    assert "Done" in told
    with app.app_context():
        mails = db.session.scalars(select(Message.text).where(Message.channel == EMAIL)).all()
        assert mails == ["An editor changed a page because of what you told us."]


def test_who_hears_that_nothing_was_changed_is_told_where_to_read_why(amina: Visitor, edie: Visitor):
    amina.post("/feedback/new", **TOLD, text="It moved")
    edie.post("/editor/corrections/1", state="not-changed", reason="It is there still", seen="new")
    assert "did not change “" in amina.get("/notices")
    assert "It is there still" in amina.get("/feedback")


def test_new_times_change_the_session_that_was_meant(amina: Visitor, edie: Visitor, apply: Apply):
    assert "saturday, 10:00am to 11:30am" in amina.get(f"/feedback/new?about={LARDER}").lower()
    amina.post("/feedback/new", **TOLD, which="1", starts="9:30", ends="11:00")
    assert apply(patch(edie)) == ["-    starts: 10:00", "-    ends: 11:30", "+    starts: 09:30", "+    ends: 11:00"]
    amina.post("/feedback/new", **(TOLD | {"topic": "more-to-add"}), which="-1", days="monday", starts="9:30")
    assert apply(patch(edie, 2)) == ["+  - days: [monday]", "+    starts: 09:30"]


def test_an_address_of_mail_and_of_the_web(amina: Visitor, edie: Visitor, apply: Apply):
    amina.post("/feedback/new", **TOLD, email="shop@example.org", url="larder.example.org/shop")
    assert apply(patch(edie)) == [
        "-    email: larder@example.org",
        "+    email: shop@example.org",
        "+url: https://larder.example.org/shop",
    ]


def test_closed_for_good_is_a_status(amina: Visitor, edie: Visitor, apply: Apply):
    amina.tries("/feedback/new", {"topic": "closed", "about": LARDER, "status": "defunct", "since": "2026-11-03"})
    made = patch(edie)
    assert "Closed since 2026-11-03" in made
    assert apply(made) == ["-status: active", "+status: defunct"]


@pytest.mark.parametrize(
    ("field", "said", "advice"),
    [
        ("phone", "ring them", "This is not a phone number"),
        ("email", "larder at example", "This is not an e-mail address"),
        ("url", "ask the larder", "This is not a web address"),
        ("starts", "noon", "This is not a time"),
        ("since", "last week", "Enter the day as a date"),
        ("days", "someday", "Choose one of the answers shown"),
        ("status", "defunct", "Choose “It has closed or stopped” above"),
    ],
)
def test_what_a_file_could_not_say_is_refused(amina: Visitor, app: Flask, field: str, said: str, advice: str):
    page = amina.client.post("/feedback/new", {**TOLD, "text": "It changed", field: said}, status=422)
    assert advice in page.words
    with app.app_context():
        assert db.session.scalars(select(Correction)).all() == []


def test_a_listing_that_says_so_already_has_no_patch(amina: Visitor, edie: Visitor):
    amina.post("/feedback/new", **TOLD, phone="0161 496 0436")
    assert "The file says so already." in edie.get("/editor/corrections/1")
    edie.get("/editor/corrections/1/change.patch", status=404)


def test_other_pages_have_no_such_fields(amina: Visitor, app: Flask):
    assert "New phone" not in amina.get("/feedback/new?about=/toolkit/good-questions")
    amina.post(
        "/feedback/new", topic="out-of-date", text="A word", about="/toolkit/good-questions", phone="0161 496 0000"
    )
    with app.app_context():
        assert db.session.scalars(select(Correction.proposed)).all() == [None]


def test_only_editors_download_patches(amina: Visitor, cara: Visitor):
    amina.post("/feedback/new", **TOLD, phone="0161 496 0999")
    for person in (amina, cara):
        person.get("/editor/corrections/1/change.patch", status=403)
