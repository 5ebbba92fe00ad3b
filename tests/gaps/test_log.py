"""Reading the log and saying "me too": counts for everyone, names for nobody."""

from flask import Flask
from sqlalchemy import select

from tests.gaps.site import Visitor
from webapp.db.engine import db
from webapp.gaps.models import Gap

CHOIR = {"needed": "Somewhere to sing in the evening", "place": "gorton-levenshulme"}
SHED = {"needed": "A shed that opens at the weekend", "place": "ardwick-longsight"}


def test_me_too_is_counted_once_and_can_be_undone(amina: Visitor, ben: Visitor, app: Flask) -> None:
    amina.post("/gaps/new", **CHOIR)
    assert "2 staff asked" in ben.sends("/gaps/GAP-0001/support")
    page = ben.sends("/gaps/GAP-0001/support")
    assert "2 staff asked" in page
    assert "You are one of them" in page
    assert "1 member of staff asked" in ben.sends("/gaps/GAP-0001/support/undo")
    assert "1 member of staff asked" in ben.sends("/gaps/GAP-0001/support/undo")
    with app.app_context():
        assert db.session.scalar(select(Gap.people)) == 1


def test_whoever_reported_is_counted_already(amina: Visitor) -> None:
    amina.post("/gaps/new", **CHOIR)
    assert "1 member of staff asked" in amina.sends("/gaps/GAP-0001/support")


def test_a_line_about_what_was_tried_is_guarded_too(amina: Visitor, ben: Visitor) -> None:
    amina.post("/gaps/new", **CHOIR)
    page = ben.post("/gaps/GAP-0001/support", status=422, evidence="Rang 0161 496 0123 twice").text
    assert "There is a problem" in page
    assert "Rang 0161 496 0123 twice" in page
    assert "Two groups were full" in ben.sends("/gaps/GAP-0001/support", evidence="Two groups were full")


def test_one_tap_first_and_what_was_tried_later(amina: Visitor, ben: Visitor, cara: Visitor) -> None:
    amina.post("/gaps/new", **CHOIR)
    assert "What did you try?" in ben.sends("/gaps/GAP-0001/support")
    page = ben.post("/gaps/GAP-0001/support", status=422, evidence="Rang 0161 496 0123 twice").text
    assert 'href="#evidence"' in page
    assert 'id="evidence"' in page
    page = ben.sends("/gaps/GAP-0001/support", evidence="Two groups were full")
    assert "Two groups were full" in page
    assert "2 staff asked" in page
    assert "What did you try?" not in page
    assert "Somebody who asked added what they tried" in cara.get("/commissioning/gaps/GAP-0001")


def test_what_was_tried_is_not_taken_where_it_is_not_asked(amina: Visitor, ben: Visitor) -> None:
    amina.post("/gaps/new", **CHOIR)
    ben.post("/gaps/GAP-0001/support", evidence="Two groups were full")
    for person, said in ((amina, "Rang 0161 496 0123 twice"), (amina, "All full"), (ben, "Rang 0161 496 0123 twice")):
        page = person.sends("/gaps/GAP-0001/support", evidence=said)
        assert "was not added" in page
        assert said not in page


def test_nobody_who_asked_is_named(amina: Visitor, ben: Visitor, edie: Visitor) -> None:
    amina.post("/gaps/new", **CHOIR)
    ben.post("/gaps/GAP-0001/support")
    for page in (edie.get("/gaps"), edie.get("/gaps/GAP-0001")):
        assert "Priya" not in page
        assert "Stranger" not in page


def test_who_has_asked_for_nothing_is_told_how_to_begin(amina: Visitor, ben: Visitor) -> None:
    amina.post("/gaps/new", **CHOIR)
    assert "You have asked for nothing yet" in ben.get("/gaps?mine=1&sort=oldest")
    assert "You follow no gap yet" in ben.get("/gaps?follows=1")
    assert "No gaps match" in ben.get("/gaps?mine=1&q=choir")


def test_the_log_is_filtered_and_ordered(amina: Visitor, ben: Visitor) -> None:
    amina.post("/gaps/new", **CHOIR)
    ben.post("/gaps/new", **SHED)
    amina.post("/gaps/GAP-0002/support")
    page = ben.get("/gaps")
    assert page.index("GAP-0002") < page.index("GAP-0001")
    assert "2 gaps" in page
    assert "GAP-0002" not in ben.get("/gaps?place=gorton-levenshulme")
    assert "GAP-0001" not in ben.get("/gaps?mine=1")
    assert "GAP-0001" in amina.get("/gaps?mine=1&place=gorton-levenshulme&place=ardwick-longsight")
    assert "No gaps match" in ben.get("/gaps?status=met")
    page = ben.get("/gaps?sort=oldest")
    assert page.index("GAP-0001") < page.index("GAP-0002")


def test_the_log_is_searched_by_words_and_by_number(amina: Visitor, ben: Visitor) -> None:
    amina.post("/gaps/new", **CHOIR)
    ben.post("/gaps/new", **SHED)
    assert "/gaps/GAP-0002" not in ben.get("/gaps?q=SING+evening")
    assert "GAP-0001" not in ben.get("/gaps?q=gap-0002")
    assert "No gaps match" in ben.get("/gaps?q=%25")
    assert "No gaps match" in ben.get("/gaps?q=" + "x" * 5000)


def test_htmx_gets_the_list_alone_and_the_true_address(amina: Visitor) -> None:
    amina.post("/gaps/new", **CHOIR)
    response = amina.client.get("/gaps?q=sing&status=&sort=newest", part=True)
    text = response.text
    assert text.lstrip().startswith('<div id="results"')
    assert response.headers["HX-Replace-Url"] == "/gaps?q=sing&sort=newest"
    assert "HX-Request" in response.headers["Vary"]


def test_odd_questions_of_the_log_are_answered(amina: Visitor) -> None:
    for query in ("page=0", "page=-1", "page=x", "page=99999999999", "status=zzz", "place=%00", "sort=drop", "q=%00"):
        assert "No gaps" in amina.get(f"/gaps?{query}")
    amina.get("/gaps/GAP-9999", status=404)
    amina.get("/gaps/nonsense", status=404)
    amina.post("/gaps/GAP-9999/support", status=404)


def test_twenty_gaps_fit_a_page(amina: Visitor) -> None:
    for n in range(21):
        amina.post("/gaps/new", needed=f"Need number {n}", place="citywide")
    assert amina.get("/gaps").count('class="gap"') == 20
    assert amina.get("/gaps?page=2").count('class="gap"') == 1
