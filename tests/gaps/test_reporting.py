"""Reporting a gap: two questions, once, and nothing about a person."""

import re
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.gaps.site import Visitor, form_ids
from tests.support.client import Answer, filled
from webapp.db.engine import Base, db
from webapp.gaps import models
from webapp.gaps.models import Gap
from webapp.library.generation.reader import Generation
from webapp.library.search.query import Query
from webapp.people import audit

CHOIR = {"needed": "Somewhere to sing in the evening", "place": "gorton-levenshulme"}


def count(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Gap)) or 0


def test_two_answers_are_enough(amina: Visitor) -> None:
    page = amina.sends("/gaps/new", **CHOIR)
    assert "Somewhere to sing in the evening" in page
    assert "GAP-0001" in page
    assert "A commissioner reads every new gap" in page
    assert "You reported this" in page


def test_numbers_follow_each_other(amina: Visitor, ben: Visitor) -> None:
    amina.post("/gaps/new", **CHOIR)
    assert ben.post("/gaps/new", needed="A shed", place="citywide").location == "/gaps/GAP-0002"
    assert "Whole city" in ben.get("/gaps/GAP-0002")


@pytest.mark.parametrize("missing", ["needed", "place"])
def test_both_questions_must_be_answered(amina: Visitor, app: Flask, missing: str) -> None:
    response = amina.post("/gaps/new", status=422, **(CHOIR | {missing: ""}))
    page = response.text
    assert "There is a problem" in page
    assert ("Say what was needed" if missing == "needed" else "Choose a neighbourhood") in page
    assert count(app) == 0


def test_a_place_that_does_not_exist_is_refused(amina: Visitor, app: Flask) -> None:
    amina.post("/gaps/new", status=422, **(CHOIR | {"place": "atlantis"}))
    assert count(app) == 0


def test_a_search_that_found_nothing_fills_the_form_in(amina: Visitor) -> None:
    who = "audience=older-people&audience=carers&audience=martians"
    page = amina.get(f"/gaps/new?q=polish+choir&place=gorton-levenshulme&{who}&about=/directory&outcome=nonsense")
    assert ">polish choir</textarea>" in page
    assert '<option value="gorton-levenshulme" selected>' in page
    assert re.findall(r'name="audience" type="checkbox" value="([a-z-]+)" checked', page) == ["older-people", "carers"]
    assert "Reported from: /directory" in page


@pytest.mark.parametrize("near", ["M18", "m18 8aa", "Levenshulme"])
def test_where_it_was_looked_for_is_filled_in_too(amina: Visitor, near: str) -> None:
    assert '<option value="gorton-levenshulme" selected>' in amina.get(f"/gaps/new?q=polish+choir&near={near}")


def chosen(page: Answer) -> dict[str, str]:
    """What the questions of the form are answered with."""
    answers = {name: page.soup.select_one(f"#{name} option[selected]") for name in ("place", "audience", "outcome")}
    return {name: str(option["value"]) for name, option in answers.items() if option and option["value"]}


def test_a_listing_fills_in_where_and_what_for(amina: Visitor, content: Generation) -> None:
    hits = content.search(Query(kinds=frozenset({"asset"}), size=100, today=date.today())).hits
    assets = [page for hit in hits if (page := content.page(hit.card["path"], date.today()))]
    one_place = next(page for page in assets if len(page.front.places) == 1 and page.front.outcomes)
    shown = amina.client.get(one_place.path)
    (link,) = [href for href in shown.links() if href.startswith("/gaps/new?about=")]
    known = chosen(amina.client.get(link))
    assert known["place"] == one_place.front.places[0]
    assert known["outcome"] == one_place.front.outcomes[0]
    assert f"Reported from: {one_place.title}" in amina.client.get(link).words


@pytest.mark.parametrize("path", ["/", "/toolkit/good-questions", "/tec/how-to-choose"])
def test_one_tap_leads_from_a_page_to_a_report_about_it(amina: Visitor, path: str) -> None:
    page = amina.client.get(path)
    wanted = "/gaps/new" if path == "/" else f"/gaps/new?about={path}"
    assert wanted in page.links("main a[href], .hero a[href]")


def test_a_postcode_of_two_neighbourhoods_chooses_none(amina: Visitor) -> None:
    assert '<option value="" selected>Choose a place' in amina.get("/gaps/new?q=polish+choir&near=M22")


def test_filters_that_the_form_does_not_ask_for_are_told_in_words(amina: Visitor) -> None:
    page = amina.get("/gaps/new?q=choir&near=M22&within=3&cost=free&cost=nonsense&day=sunday&activity=crafts&open=1")
    assert ">Looked in the directory near M22, within 3 miles for: Free; Sunday; taking people now.</textarea>" in page
    assert "What did you try?" in page


def test_a_whole_postcode_that_was_searched_near_is_not_written_into_the_form(amina: Visitor) -> None:
    page = amina.get("/gaps/new?q=choir&near=M22+5RX&day=sunday")
    assert "near M22 for: Sunday" in page
    assert "5RX" not in page


def test_nothing_is_said_of_what_was_tried_where_the_questions_say_it_all(amina: Visitor) -> None:
    assert "Looked in the directory" not in amina.get("/gaps/new?q=choir&near=M18&audience=carers")


@pytest.mark.parametrize("about", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_about_is_only_ever_a_page_of_this_site(amina: Visitor, app: Flask, about: str) -> None:
    assert "evil" not in amina.get("/gaps/new", query_string={"about": about})
    amina.post("/gaps/new", **CHOIR, about=about)
    with app.app_context():
        assert db.session.scalars(select(Gap.about)).all() == [""]


def test_what_could_identify_someone_is_explained_kept_in_the_form_and_stored_nowhere(
    amina: Visitor, app: Flask
) -> None:
    said = "Evening choir for 943 476 5919, who likes Motown"
    page = amina.post("/gaps/new", status=422, **(CHOIR | {"needed": said})).text
    assert "NHS number" in page
    assert said in page
    with app.app_context():
        tables = Base.metadata.sorted_tables
        rows = [str(row) for table in tables for row in db.session.execute(select(table))]
    assert not any("943" in row and "5919" in row for row in rows)


def test_what_is_marked_as_about_nobody_is_noted_without_the_text(amina: Visitor, app: Flask) -> None:
    hall = {**CHOIR, "needed": "A choir at the hall, ring 0161 496 0137"}
    amina.post("/gaps/new", status=422, **hall)
    amina.tries("/gaps/new", {**hall, "needed-not-about-a-person": "0161 496 0137"})
    amina.post("/gaps/new", needed="A shed", place="citywide")
    with app.app_context():
        entries = db.session.scalars(select(audit.AuditEntry).where(audit.AuditEntry.kind == "page")).all()
        (entry,) = entries
        assert (entry.actor, entry.action, entry.ref) == (amina.id, "text.not-about-a-person", "/gaps/GAP-0001")
        assert entry.after == {"needed": ["phone"]}
        assert audit.verify(db.session) is None


def test_search_words_that_could_identify_someone_are_not_kept_beside_the_report(amina: Visitor, app: Flask) -> None:
    amina.post("/gaps/new", **CHOIR, words="choir 943 476 5919")
    with app.app_context():
        assert db.session.scalars(select(Gap.words)).all() == [""]


def test_sending_twice_makes_one_report(amina: Visitor, app: Flask) -> None:
    form_id = form_ids(amina.get("/gaps/new"))[0]
    first = amina.post("/gaps/new", **CHOIR, form_id=form_id)
    second = amina.post("/gaps/new", **CHOIR, form_id=form_id)
    assert first.location == second.location == "/gaps/GAP-0001"
    assert count(app) == 1


def test_going_back_and_sending_again_makes_one_report(amina: Visitor, ben: Visitor, app: Flask) -> None:
    amina.client.get("/gaps/new").send("Report this gap", **CHOIR)
    again = amina.client.get("/gaps/new").send("Report this gap", **CHOIR)  # the form is fetched anew
    assert "You have reported this already" in again.follow().words
    assert count(app) == 1
    amina.post("/gaps/new", **(CHOIR | {"place": "citywide"}))
    ben.post("/gaps/new", **CHOIR)
    assert count(app) == 3


def test_similar_gaps_are_shown_before_sending(amina: Visitor, ben: Visitor) -> None:
    amina.post("/gaps/new", **CHOIR)
    page = ben.get("/gaps/new?q=evening+singing")
    assert "Is it one of these?" in page
    assert 'formaction="/gaps/GAP-0001/support"' in page
    assert "Is it one of these?" not in ben.get("/gaps/new?q=wheelchair+repair")


def test_similar_gaps_are_shown_while_typing(amina: Visitor, ben: Visitor) -> None:
    amina.post("/gaps/new", **CHOIR)
    fragment = ben.post("/gaps/similar", status=200, needed="people who sing in the even").text
    assert "GAP-0001" in fragment
    assert "<html" not in fragment


def test_a_report_can_be_taken_back_soon_after(amina: Visitor, app: Flask) -> None:
    page = amina.sends("/gaps/new", **CHOIR)
    assert "Take this report back" in page
    assert "GAP-0001 is taken back" in amina.sends("/gaps/GAP-0001/take-back")
    amina.get("/gaps/GAP-0001", status=404)
    assert count(app) == 0
    assert amina.post("/gaps/new", **CHOIR).location == "/gaps/GAP-0002"
    with app.app_context():
        assert audit.verify(db.session) is None
        acts = [entry.action for entry in audit.about(db.session, "gap", "GAP-0001")]
        assert acts == ["gap.reported", "gap.taken-back"]


def test_it_cannot_be_taken_back_by_another_or_late_or_once_joined(amina: Visitor, ben: Visitor, app: Flask) -> None:
    amina.post("/gaps/new", **CHOIR)
    assert "no longer be taken back" in ben.sends("/gaps/GAP-0001/take-back")
    ben.post("/gaps/GAP-0001/support")
    assert "no longer be taken back" in amina.sends("/gaps/GAP-0001/take-back")
    amina.post("/gaps/new", needed="A shed", place="citywide")
    with app.app_context():
        db.session.get_one(Gap, 2).created_at -= timedelta(minutes=16)
        db.session.commit()
    assert "Take this report back" not in amina.get("/gaps/GAP-0002")
    assert "no longer be taken back" in amina.sends("/gaps/GAP-0002/take-back")
    assert count(app) == 2


def test_a_reference_is_written_in_one_way_only() -> None:
    assert models.id_of("GAP-0017") == 17
    assert models.id_of("GAP-12345") == 12345
    for odd in ("GAP-00017", "GAP-17", "gap-0017", "GAP-0000", "GAP-٠٠١٧", "", "GAP-0017\n"):
        assert models.id_of(odd) is None


def test_without_a_script_who_reports_is_asked_whether_it_is_one_of_these(
    amina: Visitor, ben: Visitor, app: Flask
) -> None:
    amina.post("/gaps/new", **CHOIR)
    typed = {"needed": "Somewhere to sing in the evening", "place": "gorton-levenshulme", "evidence": "It was full"}
    asked = ben.client.get("/gaps/new").send("/gaps/new", **typed)
    assert (asked.status, asked.h1, count(app)) == (200, "Is it one of these?", 1)
    assert asked.errors == []
    assert "GAP-0001" in asked.words
    assert "Your report is not sent yet" in asked.words
    sent = asked.send("/gaps/new")
    assert (sent.status, sent.location, count(app)) == (303, "/gaps/GAP-0002", 2)
    assert "Somewhere to sing in the evening" in sent.follow().words
    again = asked.send("/gaps/new")
    assert (again.location, count(app)) == ("/gaps/GAP-0002", 2), "sent twice, it is there once and asks nothing"


def test_who_says_that_it_is_one_of_these_is_counted_with_what_they_tried(amina: Visitor, ben: Visitor) -> None:
    amina.post("/gaps/new", **CHOIR)
    typed = {"needed": "Singing in the evening", "place": "gorton-levenshulme", "evidence": "The one we know is full"}
    asked = ben.client.get("/gaps/new").send("/gaps/new", **typed)
    ben.client.post("/gaps/GAP-0001/support", filled(asked.form("/gaps")), status=303)
    page = ben.get("/gaps/GAP-0001")
    assert "You are one of them" in page
    assert "The one we know is full" in amina.get("/gaps/GAP-0001"), "what was typed goes along"


def test_who_has_seen_them_is_not_asked_again(amina: Visitor, ben: Visitor, app: Flask) -> None:
    amina.post("/gaps/new", **CHOIR)
    page = ben.client.get("/gaps/new?q=evening+singing")
    assert "Is it one of these?" in page.words
    assert page.send("/gaps/new", place="gorton-levenshulme").status == 303
    page = ben.client.get("/gaps/new")
    assert page.send("/gaps/new", needed="A wheelchair that is mended at home", place="citywide").status == 303
    assert count(app) == 3


def test_what_is_wrong_is_said_before_anything_is_asked(amina: Visitor, ben: Visitor) -> None:
    amina.post("/gaps/new", **CHOIR)
    wrong = ben.client.get("/gaps/new").send("/gaps/new", needed="Singing in the evening", place="")
    assert (wrong.status, wrong.h1) == (422, "Report a gap")
