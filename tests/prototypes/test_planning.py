"""A commissioner plans something small for a gap; everyone who asked hears of it, and nothing is overwritten."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.gaps.site import Visitor, form_ids, version
from tests.prototypes.conftest import OVER, PLAN
from webapp.db.engine import db
from webapp.gaps.models import Gap
from webapp.gaps.prototype_models import Prototype, PrototypeGap
from webapp.gaps.statuses import Status
from webapp.mail.outbox import Message
from webapp.people import audit

HERE = "/commissioning/prototypes"
DECISION = {"decision": "scale", "became": "A contract from April.", "learned": "Eleven people came every week."}


def test_only_commissioners_work_on_prototypes(amina: Visitor, prototype: str) -> None:
    for path in (HERE, f"{HERE}/new", prototype, f"{prototype}/edit", f"{prototype}/decide"):
        amina.get(path, status=403)
    for act in ("edit", "decide", "notes", "gaps", "gaps/GAP-0001", "gaps/GAP-0001/unlink"):
        amina.post(f"{prototype}/{act}", status=403)


def test_an_empty_list_says_how_to_start(cara: Visitor) -> None:
    assert "No prototypes yet" in cara.get(HERE)
    assert "Plan a prototype" in cara.get(HERE)


def test_a_plan_says_everything_that_is_missing_at_once(cara: Visitor) -> None:
    answer = cara.tries(f"{HERE}/new", PLAN | {"title": "", "measure": " ", "starts_on": "soon", "ends_on": ""})
    assert answer.status == 422
    assert len(answer.errors) == 4
    assert "People who sing together meet again" in answer.text


def test_a_last_day_before_the_first_is_refused(cara: Visitor) -> None:
    answer = cara.tries(f"{HERE}/new", PLAN | {"starts_on": "2026-05-02", "ends_on": "2026-05-01"})
    assert answer.errors == ["The last day is before the first day"]
    answer = cara.tries(f"{HERE}/new", PLAN | {"starts_on": "0001-01-01"})
    assert answer.status == 422


def test_the_people_who_asked_read_what_is_tried(
    amina: Visitor, ben: Visitor, cara: Visitor, app: Flask, prototype: str
) -> None:
    page = amina.get("/gaps/GAP-0001")
    assert "Being tried: Thursday singing in Gorton" in page
    assert page.count("A choir meets on Thursday evenings until spring.") == 2  # now, and in what has happened
    for private in ("without us", "library hall", "Eight people", "Carol"):
        assert private not in page
    for person in (amina, ben):
        assert "“Somewhere to sing in the evening” is now “Prototype”." in person.get("/gaps/answers")
    with app.app_context():
        assert db.session.get_one(Gap, 1).status is Status.PROTOTYPE


def test_a_number_that_does_not_exist_keeps_what_was_written(cara: Visitor, app: Flask, choir: str) -> None:
    answer = cara.tries(f"{HERE}/new", PLAN | {"gaps": f"{choir}, GAP-0404"})
    assert answer.errors == ["There is no gap GAP-0404. A number looks like GAP-0001."]
    assert "library hall" in answer.text
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Prototype)) == 0
        assert db.session.get_one(Gap, 1).status is Status.NEW


def test_planning_twice_is_one_prototype(cara: Visitor, app: Flask) -> None:
    sent = PLAN | {"form_id": form_ids(cara.get(f"{HERE}/new"))[0]}
    assert cara.tries(f"{HERE}/new", sent).location == cara.tries(f"{HERE}/new", sent).location
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Prototype)) == 1


def test_a_plan_begun_from_a_gap_knows_its_number_and_place(cara: Visitor, choir: str) -> None:
    page = cara.client.get(f"{HERE}/new?gap={choir}")
    assert page.soup.select_one("input[name=gaps]")["value"] == choir
    assert page.soup.select_one("select[name=place] option[selected]")["value"] == "gorton-levenshulme"
    cara.get(f"{HERE}/new?gap=GAP-9999")


def test_gaps_are_added_and_taken_off_without_being_moved(
    cara: Visitor, amina: Visitor, app: Flask, prototype: str
) -> None:
    amina.post("/gaps/new", needed="A quiet choir", place="citywide")
    cara.post(f"{prototype}/gaps", ref="gap-0002")
    answer = cara.post(f"{prototype}/gaps", status=422, ref="GAP-0009")
    assert answer.errors == ["There is no gap GAP-0009. A number looks like GAP-0001."]
    page = cara.sends(f"{prototype}/gaps/GAP-0002/unlink")
    assert "Its status is still “Prototype”" in page
    assert "Being tried" not in amina.get("/gaps/GAP-0002")
    with app.app_context():
        assert db.session.get_one(Gap, 2).status is Status.PROTOTYPE
        assert list(db.session.scalars(select(PrototypeGap.gap_id))) == [1]
        trail = [(e.action, e.before, e.after) for e in audit.about(db.session, "prototype", "1")]
        assert ("prototype.linked", None, {"gap": "GAP-0002"}) in trail
        assert ("prototype.unlinked", {"gap": "GAP-0002"}, None) in trail
        assert audit.verify(db.session) is None


def test_two_commissioners_do_not_overwrite_each_others_plan(
    cara: Visitor, dev: Visitor, app: Flask, prototype: str
) -> None:
    seen = version(dev.get(f"{prototype}/edit"))
    cara.tries(f"{prototype}/edit", PLAN | {"tries": "Twenty evenings.", "version": seen})
    answer = dev.tries(f"{prototype}/edit", PLAN | {"tries": "Two evenings.", "version": seen})
    assert answer.status == 409
    assert "Twenty evenings." in answer.text
    assert "Two evenings." in answer.text
    with app.app_context():
        assert db.session.get_one(Prototype, 1).tries == "Twenty evenings."
    again = PLAN | {"tries": "Two evenings.", "version": version(answer.text)}
    assert dev.tries(f"{prototype}/edit", again).status == 303
    history = dev.get(prototype)
    assert "<del>Twenty evenings.</del>" in history


def test_learning_is_dated_and_stays_with_commissioners(
    cara: Visitor, dev: Visitor, amina: Visitor, prototype: str
) -> None:
    cara.post(f"{prototype}/notes", note="The hall is cold in the evening")
    page = dev.get(prototype)
    assert "The hall is cold in the evening" in page
    assert "Carol Whitfield" in page
    assert "hall is cold" not in amina.get("/gaps/GAP-0001")


@pytest.mark.parametrize("field", ["title", "public", "hypothesis", "tries", "measure"])
def test_every_text_of_a_plan_is_guarded(cara: Visitor, app: Flask, field: str) -> None:
    answer = cara.tries(f"{HERE}/new", PLAN | {field: "Ask jo.bloggs@example.com about it"})
    assert answer.status == 422
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Prototype)) == 0


@pytest.mark.parametrize("field", ["became", "learned"])
def test_every_text_of_a_decision_is_guarded(cara: Visitor, prototype: str, field: str) -> None:
    sent = DECISION | {field: "Ask jo.bloggs@example.com", "version": version(cara.get(f"{prototype}/decide"))}
    assert cara.tries(f"{prototype}/decide", sent).status == 422
    assert cara.tries(f"{prototype}/notes", {"note": "Ask jo.bloggs@example.com"}).status == 422


def test_what_is_past_its_last_day_stands_out(cara: Visitor, prototype: str) -> None:
    cara.tries(f"{HERE}/new", OVER)
    page = cara.get(HERE)
    assert page.index("Past the last day: decide") < page.index("Sheds at weekends") < page.index("Running now")
    assert page.index("Running now") < page.index("Thursday singing in Gorton")
    assert "prototype past its last day, to decide" in cara.get("/")


def test_a_huge_number_is_no_prototype(cara: Visitor) -> None:
    for number in ("99", "0", "99999999999999999999"):
        cara.get(f"{HERE}/{number}", status=404)


def test_linking_tells_each_person_once(cara: Visitor, app: Flask, prototype: str, choir: str) -> None:
    second = cara.tries(f"{HERE}/new", OVER | {"gaps": choir}).location
    cara.post(f"{second}/gaps", ref=choir)
    with app.app_context():
        texts = list(db.session.scalars(select(Message.text).where(Message.channel == "in-product")))
        assert texts == ["GAP-0001 is now “Prototype”."] * 2
