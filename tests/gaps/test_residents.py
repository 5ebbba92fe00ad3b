"""How many residents a gap would help: asked as a band, kept with each who asked, told as a range of five or more."""

from collections.abc import Sequence

import pytest
from flask import Flask

from tests.gaps.site import Visitor, version
from webapp.db.engine import db
from webapp.gaps.models import Gap
from webapp.gaps.residents import Band, added

CHOIR = {"needed": "Somewhere to sing in the evening", "place": "gorton-levenshulme"}
ONE, FEW, SOME, MORE, UNKNOWN = Band.ONE, Band.FEW, Band.SOME, Band.MORE, Band.UNKNOWN


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ([], "not known"),
        ([UNKNOWN, Band.NOT_SAID], "not known"),
        ([ONE], "up to 5"),
        ([ONE, FEW], "up to 6"),
        ([FEW, FEW, UNKNOWN], "up to 10"),
        ([ONE] * 6, "6"),
        ([FEW, SOME], "8 to 25"),
        ([SOME, MORE], "27 or more"),
    ],
)
def test_answers_are_summed_and_nothing_is_told_of_fewer_than_five(answers: Sequence[Band], told: str) -> None:
    assert added(answers).told.words == told


def test_each_who_asked_may_say_how_many_residents_it_would_help(amina: Visitor, ben: Visitor, edie: Visitor) -> None:
    amina.post("/gaps/new", **CHOIR, residents="2-5")
    assert "up to 5" in edie.get("/gaps/GAP-0001")
    ben.post("/gaps/GAP-0001/support", residents="6-20")
    assert "8 to 25" in edie.get("/gaps/GAP-0001")
    assert "was not added" in ben.sends("/gaps/GAP-0001/support", residents="21+")
    ben.post("/gaps/GAP-0001/support/undo")
    assert "up to 5" in edie.get("/gaps/GAP-0001")


def test_who_joined_with_one_tap_can_say_later_how_many(amina: Visitor, ben: Visitor) -> None:
    amina.post("/gaps/new", **CHOIR)
    assert "would it help?" in ben.sends("/gaps/GAP-0001/support")
    page = ben.sends("/gaps/GAP-0001/support", residents="21+", evidence="Two groups were full")
    assert "21 or more" in page
    assert "would it help?" not in page


def test_a_band_that_does_not_exist_is_refused_and_the_text_is_kept(amina: Visitor) -> None:
    page = amina.post("/gaps/new", status=422, **CHOIR, residents="thousands").text
    assert "Choose one of the answers shown" in page
    assert CHOIR["needed"] in page


def test_a_gap_may_be_for_several_kinds_of_people(amina: Visitor, cara: Visitor, app: Flask) -> None:
    amina.post("/gaps/new", **CHOIR, audience=["carers", "older-people"])
    amina.post("/gaps/new", **{**CHOIR, "needed": "A quiet swimming hour"})
    assert "Older people" in amina.get("/gaps/GAP-0001")
    assert "Unpaid carers" in amina.get("/gaps/GAP-0001")
    for asked, there in (("carers", "0001"), ("older-people", "0001"), ("none", "0002"), ("men", "")):
        shown = cara.get(f"/commissioning/gaps?audience={asked}")
        assert ("/commissioning/gaps?gap=GAP-0001" in shown or "GAP-0001" in shown) == (there == "0001"), asked
        assert ("GAP-0002" in shown) == (there == "0002"), asked
    seen = version(cara.get("/commissioning/gaps/GAP-0001"))
    wanted = {"version": seen, "place": "citywide", "audience": ["men", "carers"]}
    page = cara.sends("/commissioning/gaps/GAP-0001/work", **wanted)
    assert "GAP-0001 is saved." in page
    with app.app_context():
        assert db.session.get_one(Gap, 1).audiences == ["carers", "men"]
    assert "Unpaid carers; Men" in cara.get("/commissioning/gaps.csv")
