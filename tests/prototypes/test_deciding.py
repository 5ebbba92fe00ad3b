"""A prototype ends in a decision; what becomes of each gap is said by a person, in public, and never silently."""

import pytest
from flask import Flask

from tests.gaps.site import Visitor, version
from tests.prototypes.conftest import PLAN
from webapp.db.engine import db
from webapp.gaps.models import Gap
from webapp.gaps.prototype_models import Decision, Prototype
from webapp.gaps.statuses import Status

SCALE = {"decision": "scale", "became": "A contract from April.", "learned": "Eleven people came every week."}
STOP = {"decision": "stop", "became": "Nothing: the hall is too far.", "learned": "Nobody could get there."}


def decide(visitor: Visitor, prototype: str, decision: dict[str, str]) -> str:
    seen = version(visitor.get(f"{prototype}/decide"))
    answer = visitor.tries(f"{prototype}/decide", decision | {"version": seen})
    assert answer.status == 303, answer.words
    return answer.follow().text


def test_a_decision_moves_nothing_by_itself(cara: Visitor, amina: Visitor, app: Flask, prototype: str) -> None:
    page = decide(cara, prototype, SCALE)
    assert "No gap has changed its status" in page
    assert "Say what it becomes" in page
    with app.app_context():
        assert db.session.get_one(Gap, 1).status is Status.PROTOTYPE
    seen = amina.get("/gaps/GAP-0001")
    assert "What the prototype taught us" in seen
    assert seen.count("Eleven people came every week.") == 2
    assert "A contract from April" not in seen


def test_a_decision_needs_all_its_words(cara: Visitor, prototype: str) -> None:
    answer = cara.tries(f"{prototype}/decide", {"version": "1"})
    assert answer.errors == [
        "Choose what is decided",
        "Write what became of it",
        "Write what was learned, in a sentence or two",
    ]


@pytest.mark.parametrize(
    ("decision", "offered"),
    [
        (SCALE, ["In commissioning plan", "Met"]),
        (STOP, ["Not now", "Under review"]),
        (SCALE | {"decision": "adapt"}, ["Under review", "In commissioning plan"]),
    ],
)
def test_what_is_offered_follows_the_decision(
    cara: Visitor, prototype: str, decision: dict[str, str], offered: list[str]
) -> None:
    cara.get(f"{prototype}/gaps/GAP-0001", status=404)  # nothing is decided yet
    decide(cara, prototype, decision)
    page = cara.client.get(f"{prototype}/gaps/GAP-0001")
    assert [option.text for option in page.soup.select("select[name=status] option")] == offered


def test_scaled_its_gap_goes_into_the_plan_with_a_reason(
    cara: Visitor, amina: Visitor, app: Flask, prototype: str
) -> None:
    decide(cara, prototype, SCALE)
    page = cara.client.get(f"{prototype}/gaps/GAP-0001")
    no_day = page.send("Change the status of this gap", reason="It starts for good in April.")
    assert "Say by when it should be there" in no_day.errors[0]
    after = no_day.send("Change the status of this gap", target_on="2098-04-01").follow()
    assert "GAP-0001 is now “In commissioning plan”." in after.text
    assert "Say what it becomes" not in after.text
    seen = amina.get("/gaps/GAP-0001")
    assert "It starts for good in April." in seen
    assert "“Somewhere to sing in the evening” is now “In commissioning plan”." in amina.get("/gaps/answers")


def test_stopped_its_gap_is_not_closed_without_a_public_reason_and_an_answer(
    cara: Visitor, app: Flask, prototype: str
) -> None:
    decide(cara, prototype, STOP)
    page = cara.client.get(f"{prototype}/gaps/GAP-0001")
    answer = page.send("Change the status of this gap", reason="")
    assert answer.errors == ["Say why, in a sentence or two"]
    answer = page.send("Change the status of this gap", reason="The hall is too far away.")
    assert answer.status == 422
    assert "the people who asked must hear why" in answer.text
    assert "The hall is too far away." in answer.text
    sent = answer.send("Change the status of this gap", closing_answer="We tried a hall. Nobody could get there.")
    assert sent.status == 303
    with app.app_context():
        gap = db.session.get_one(Gap, 1)
        assert (gap.status, gap.status_reason) == (Status.NOT_NOW, "The hall is too far away.")


def test_a_gap_changed_meanwhile_is_not_overwritten(cara: Visitor, dev: Visitor, prototype: str) -> None:
    decide(cara, prototype, SCALE)
    page = cara.client.get(f"{prototype}/gaps/GAP-0001")
    dev.post("/commissioning/gaps/GAP-0001/work", answer="A choir starts soon.", version="2")
    answer = page.send("Change the status of this gap", reason="It starts in April.", target_on="2098-04-01")
    assert answer.status == 409
    assert "Somebody changed this gap" in answer.text
    assert "A choir starts soon." in answer.text
    assert answer.send("Change the status of this gap").status == 303


def test_two_decisions_at_once_are_not_mixed(cara: Visitor, dev: Visitor, app: Flask, prototype: str) -> None:
    seen = version(dev.get(f"{prototype}/decide"))
    decide(cara, prototype, SCALE)
    answer = dev.tries(f"{prototype}/decide", STOP | {"version": seen})
    assert answer.status == 409
    assert "Eleven people came every week." in answer.text
    assert "Nobody could get there." in answer.text
    with app.app_context():
        assert db.session.get_one(Prototype, 1).decision is Decision.SCALE


def test_a_changed_decision_keeps_both_in_the_history(cara: Visitor, prototype: str) -> None:
    decide(cara, prototype, SCALE)
    page = decide(cara, prototype, STOP)
    assert "Decided: stop" in page
    assert "<del>Eleven people came every week.</del>" in page
    answer = cara.tries(f"{prototype}/decide", STOP | {"version": version(cara.get(f"{prototype}/decide"))})
    assert answer.errors == ["This is what was decided already. Change it, or leave it as it is."]


def test_a_decided_prototype_takes_no_more_gaps(cara: Visitor, amina: Visitor, prototype: str) -> None:
    amina.post("/gaps/new", needed="A quiet choir", place="citywide")
    decide(cara, prototype, SCALE)
    answer = cara.post(f"{prototype}/gaps", status=422, ref="GAP-0002")
    assert "Plan another one for this gap" in answer.text


def test_a_gap_that_is_met_needs_no_prototype(cara: Visitor, choir: str) -> None:
    sent = {"status": "met", "reason": "There is one", "answer": "A choir meets on Mondays.", "version": "1"}
    sent |= {"met_by": "/directory/bobbin-larder"}
    cara.tries("/commissioning/gaps/GAP-0001/work", sent)
    answer = cara.tries("/commissioning/prototypes/new", PLAN | {"gaps": choir})
    assert answer.errors == ["GAP-0001 is met, so there is nothing to try for it."]
