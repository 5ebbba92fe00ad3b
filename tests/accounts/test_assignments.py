"""Ada says who leads a workstream and who convenes which teams."""

from flask import Flask

from tests.support.client import Client
from tests.support.people import PEOPLE
from webapp.db.engine import db
from webapp.library.generation.reader import Generation
from webapp.people import audit
from webapp.people.models import WorkstreamLead, teams_convened_by, workstreams_of

PRIYA = f"/admin/users/{PEOPLE['priya'].id}"
SAVE = "Save what they look after"


def first(content: Generation, vocabulary: str) -> tuple[str, str]:
    """The slug and the name of the first term."""
    return next((slug, term.label) for slug, term in content.vocabulary.terms(vocabulary).items())


def test_priya_leads_a_workstream_from_her_next_page_on(ada: Client, priya: Client, content: Generation):
    slug, name = first(content, "workstreams")
    priya.get("/barriers/queue", status=403)
    shown = ada.get(f"{PRIYA}/assignments").send(SAVE, leads=[slug]).follow()
    assert "Priya Nair is told what they look after now" in shown.words
    assert f"Leads {name}" in shown.words
    priya.get("/barriers/queue", status=200)  # still signed in
    assert f"You now lead {name}" in priya.get("/notices").words
    assert f"Leads {name}" in priya.get("/account").words
    assert f"Leads {name}" in ada.get("/admin/users").words


def test_priya_convenes_two_teams_and_then_one(ada: Client, app: Flask, content: Generation):
    one, other = list(content.vocabulary.teams)[:2]
    ada.get(f"{PRIYA}/assignments").send(SAVE, convenes=[one, other])
    ada.get(f"{PRIYA}/assignments").send(SAVE, convenes=[other])
    with app.app_context():
        assert teams_convened_by(db.session, PEOPLE["priya"].id) == {other}
        last = audit.about(db.session, "person", str(PEOPLE["priya"].id))[-1]
        assert last.before == {"leads": [], "convenes": sorted([one, other])}
        assert last.after == {"leads": [], "convenes": [other]}
        assert last.actor == PEOPLE["ada"].id
        assert audit.verify(db.session) is None
    assert "Workstreams or teams to look after changed" in ada.get(PRIYA).words


def test_taking_the_last_one_away_ends_it(ada: Client, lena: Client):
    lena.get("/barriers/queue", status=200)
    ada.get(f"/admin/users/{PEOPLE['lena'].id}/assignments").send(SAVE, leads=[])
    lena.get("/barriers/queue", status=403)


def test_nothing_chosen_twice_is_told_twice(ada: Client, priya: Client, content: Generation):
    slug, _ = first(content, "workstreams")
    ada.get(f"{PRIYA}/assignments").send(SAVE, leads=[slug])
    assert "Nothing was changed" in ada.get(f"{PRIYA}/assignments").send(SAVE, leads=[slug]).follow().words
    assert len(priya.get("/notices").links("h2 a[href='/barriers/queue']")) == 1


def test_what_no_form_could_show_is_not_taken_away(ada: Client, app: Flask, content: Generation):
    slug, _ = first(content, "workstreams")
    with app.app_context():
        db.session.add(WorkstreamLead(user_id=PEOPLE["priya"].id, workstream="one-of-last-year"))
        db.session.commit()
    ada.get(f"{PRIYA}/assignments").send(SAVE, leads=[slug])
    with app.app_context():
        assert workstreams_of(db.session, PEOPLE["priya"].id) == {slug, "one-of-last-year"}


def test_a_workstream_that_is_none_is_refused(ada: Client):
    page = ada.get(f"{PRIYA}/assignments").send(SAVE, leads=["mars"])
    assert page.status == 422
    assert page.errors == ["Choose one of the answers shown"]
