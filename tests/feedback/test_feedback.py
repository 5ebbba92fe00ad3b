"""Something wrong or missing on a page: told in a minute, dealt with by an editor, and answered."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.gaps.site import Visitor, form_ids
from webapp.db.engine import db
from webapp.people import audit
from webapp.upkeep.corrections import Correction

MOVED = {"topic": "out-of-date", "text": "It now meets on Mondays", "about": "/toolkit/good-questions"}


def count(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Correction)) or 0


def test_the_form_says_which_page_it_is_about(amina: Visitor) -> None:
    assert '<a href="/toolkit/good-questions">Good questions</a>' in amina.get(
        "/feedback/new?about=/toolkit/good-questions"
    )
    assert "Signpost as a whole" in amina.get("/feedback/new")


@pytest.mark.parametrize("about", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_about_is_only_ever_a_page_of_this_site(amina: Visitor, app: Flask, about: str) -> None:
    assert "evil" not in amina.client.get("/feedback/new", query_string={"about": about}).words
    amina.post("/feedback/new", **(MOVED | {"about": about}))
    with app.app_context():
        assert db.session.scalars(select(Correction.about)).all() == [""]


def test_sending_it_says_what_happens_next(amina: Visitor) -> None:
    page = amina.sends("/feedback/new", **MOVED)
    assert "Thank you" in page
    assert "An editor will look at what you told us about Good questions" in page
    mine = amina.get("/feedback")
    assert "It now meets on Mondays" in mine
    assert "Waiting for an editor" in mine


def test_one_sees_only_what_one_told(amina: Visitor, ben: Visitor) -> None:
    amina.post("/feedback/new", **MOVED)
    assert "Mondays" not in ben.get("/feedback")


def test_closed_needs_no_words_and_anything_else_does(amina: Visitor, app: Flask) -> None:
    amina.post("/feedback/new", topic="closed", about="/directory/chai-and-chinwag")
    for topic in ("out-of-date", "more-to-add", "something-else"):
        assert "Say what should change" in amina.post("/feedback/new", status=422, topic=topic).text
    assert "Choose what it is about" in amina.post("/feedback/new", status=422, text="Something").text
    amina.post("/feedback/new", status=422, topic="gossip", text="Something")
    assert count(app) == 1


def test_what_could_identify_someone_is_explained_and_not_stored(amina: Visitor, app: Flask) -> None:
    page = amina.post("/feedback/new", status=422, **(MOVED | {"text": "Ring 07700 900 123 about it"})).text
    assert "There is a problem" in page
    assert "Ring 07700 900 123 about it" in page
    assert count(app) == 0


def test_an_organisations_new_contacts_pass_in_a_correction_to_its_listing(amina: Visitor, app: Flask) -> None:
    listing = {"topic": "out-of-date", "about": "/directory/chai-and-chinwag"}
    amina.post("/feedback/new", **listing, text="Moved to 14 Larch Street, M22 4DZ, ring 0161 496 0123")
    assert count(app) == 1
    amina.post("/feedback/new", status=422, **listing, text="Her son is on 0161 496 0123")
    assert count(app) == 1


def test_sending_twice_is_one(amina: Visitor, app: Flask) -> None:
    form_id = form_ids(amina.get("/feedback/new"))[0]
    first, second = (amina.post("/feedback/new", **MOVED, form_id=form_id) for _ in range(2))
    assert first.location == second.location == "/feedback/thanks?about=/toolkit/good-questions"
    assert count(app) == 1


def test_an_editor_deals_with_it_and_the_reader_hears(amina: Visitor, edie: Visitor, app: Flask) -> None:
    amina.post("/feedback/new", **MOVED)
    assert "/editor/corrections" in edie.get("/")
    assert "It now meets on Mondays" in edie.get("/editor/corrections")
    page = edie.sends("/editor/corrections/1", state="done", reason="Changed to Mondays", seen="new")
    assert "Nothing is waiting" in page
    assert "Changed to Mondays" in edie.get("/editor/corrections?state=done")
    assert "/feedback" in amina.get("/")
    mine = amina.get("/feedback")
    assert "There is a new reply" in mine
    assert "Changed to Mondays" in mine
    assert "There is a new reply" not in amina.sends("/feedback/read")
    with app.app_context():
        assert [e.action for e in audit.about(db.session, "correction", "1")] == [
            "correction.sent",
            "correction.decided",
        ]
        assert audit.verify(db.session) is None


def test_not_changing_a_page_needs_a_reason(amina: Visitor, edie: Visitor) -> None:
    amina.post("/feedback/new", **MOVED)
    page = edie.post("/editor/corrections/1", status=422, state="not-changed", seen="new").text
    assert "Say why nothing was changed" in page
    edie.post("/editor/corrections/1", state="not-changed", reason="It meets on Tuesdays still", seen="new")
    assert "It meets on Tuesdays still" in amina.get("/feedback")


def test_two_editors_do_not_overwrite_each_other(amina: Visitor, edie: Visitor) -> None:
    amina.post("/feedback/new", **MOVED)
    edie.post("/editor/corrections/1", state="done", reason="Changed", seen="new")
    page = edie.post("/editor/corrections/1", status=409, state="not-changed", reason="No", seen="new").text
    assert "Another editor has dealt with this" in page
    assert "Changed" in amina.get("/feedback")


def test_only_editors_see_the_queue(amina: Visitor, cara: Visitor) -> None:
    amina.post("/feedback/new", **MOVED)
    for person in (amina, cara):
        for path in ("/editor", "/editor/corrections", "/editor/corrections/1"):
            person.get(path, status=403)
        person.post("/editor/corrections/1", status=403, state="done")


def test_odd_addresses_are_answered(edie: Visitor) -> None:
    edie.get("/editor/corrections/99", status=404)
    edie.get("/editor/corrections/x", status=404)
    assert "Nothing is waiting" in edie.get("/editor/corrections?state=zzz&page=-3")


def test_content_health_says_that_all_is_well(edie: Visitor) -> None:
    page = edie.get("/editor")
    assert "Every file is sound." in page
    assert "Listings due for a check" in page
