"""A log in two minutes: what its writer says is kept, what gets in the way goes where it can be acted on."""

from flask import Flask
from sqlalchemy import func, select

from tests.barriers.raising import kept as kept_barrier
from tests.support.client import Answer, Client
from tests.support.world import LOG
from webapp.barriers.models import Barrier, BarrierSource
from webapp.db.engine import db
from webapp.gaps.models import Gap
from webapp.learning_logs.models import LearningLog

FORM = "/learning-logs/new"


def writes(person: Client, **said: object) -> Answer:
    """What came of writing a log with these answers."""
    return person.get(FORM).send("Keep this log", **{"helped": "helped", **said})


def how_many(app: Flask, model: type) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_before_the_first_log_the_page_says_how_to_begin(priya: Client):
    page = priya.get("/learning-logs")
    assert "No logs yet" in page.words
    assert FORM in page.links()


def test_one_answer_is_a_log(priya: Client, app: Flask):
    page = priya.get(FORM).send("Keep this log")
    assert page.status == 422
    assert page.errors == ["Choose whether it helped"]
    assert how_many(app, LearningLog) == 0
    page = page.send("Keep this log", helped="not_yet").follow()
    assert "Your log is kept." in page.words
    assert "Not yet" in page.words
    assert "1 log" in priya.get("/learning-logs").words


def test_everything_that_was_said_stands_on_its_page_and_nobody_else_finds_it(
    priya: Client, femi: Client, stranger: Client, ada: Client
):
    sent = writes(priya, **LOG)
    page = sent.follow().words
    for said in ("It partly helped", "Recording", "Positive risk", *(LOG[name] for name in LOG if name in TEXTS)):
        assert said in page
    for person in (femi, stranger, ada):
        for act in ("", "/edit"):
            person.get(f"{sent.location}{act}", status=404)
        for act in ("/edit", "/withdraw", "/withdraw/undo", "/peers", "/peers/undo"):
            person.post(f"{sent.location}{act}", {"helped": "helped"}, status=404)
        assert "No logs yet" in person.get("/learning-logs").words


TEXTS = ("experience", "reflection", "concept", "experiment", "will_try", "in_the_way")


def test_what_got_in_the_way_reaches_the_workstream_and_nobody_is_named(priya: Client, lena: Client, app: Flask):
    page = writes(priya, **LOG, workstream="maximising-independence", kind="system-or-form", may_quote="y").follow()
    assert "and what got in the way is passed on" in page.words
    assert "/barriers/BAR-0001" in page.links()
    assert LOG["in_the_way"] in lena.get("/barriers/queue").words
    barrier = kept_barrier(app)
    assert (barrier.source, barrier.team, barrier.may_quote) == (BarrierSource.LOG, "gorton-levenshulme", True)
    assert "Priya" not in lena.get("/barriers/BAR-0001").words


def test_who_says_only_what_got_in_the_way_has_it_passed_on(priya: Client, app: Flask):
    priya.post(FORM, {"helped": "partly", "in_the_way": "Two panels a month"}, status=303)
    barrier = kept_barrier(app)
    assert barrier.kind == "other"
    assert barrier.workstream
    assert how_many(app, Gap) == 0


def test_what_is_not_provided_is_a_gap_too_typed_once(priya: Client, stranger: Client):
    missing = "Nowhere to dance on a weekday morning"
    page = writes(priya, in_the_way=missing, kind="provision", place="gorton-levenshulme").follow()
    assert "/gaps/GAP-0001" in page.links()
    assert stranger.get("/gaps/GAP-0001").h1 == missing


def test_one_form_sent_twice_is_one_log_and_one_barrier(priya: Client, app: Flask):
    page = priya.get(FORM)
    first, second = page.send("Keep this log", **LOG), page.send("Keep this log", **LOG)
    assert first.location == second.location
    assert "so nothing was added" in writes(priya, **LOG).follow().words
    assert how_many(app, LearningLog) == how_many(app, Barrier) == 1


def test_with_scripts_it_is_sent_in_the_page_and_leads_on(priya: Client):
    page = priya.get(FORM)
    wrong = page.send("Keep this log", part=True, will_try="x" * 501)
    assert wrong.status == 422
    assert "use 500 characters or fewer" in wrong.text
    sent = page.send("Keep this log", part=True, helped="helped")
    assert sent.status == 204
    assert priya.get(sent.headers["HX-Redirect"]).h1.startswith("Log of")


def test_nothing_about_a_person_is_kept_wherever_it_is_typed(priya: Client, app: Flask):
    naming = "Mrs Khan of 12 Albert Road waited"
    for name in TEXTS:
        page = writes(priya, **{name: naming})
        assert page.status == 422, name
        assert naming in page.text, "what was typed stays"
    assert how_many(app, LearningLog) == how_many(app, Barrier) == 0


def test_a_log_can_be_changed_and_its_barrier_stays_as_it_was_raised(priya: Client, app: Flask):
    page = writes(priya, **LOG).follow()
    form = priya.get(f"{page.path}/edit")
    assert not form.soup.select("textarea[name=in_the_way]")
    assert form.soup.select_one("textarea[name=concept]").text.strip() == LOG["concept"]
    changed = form.send("Keep these changes", concept="Records can be offered back", themes=["recording"]).follow()
    assert "Records can be offered back" in changed.words
    assert "Positive risk" not in changed.words
    assert LOG["in_the_way"] in changed.words
    assert kept_barrier(app).text == LOG["in_the_way"]
    assert how_many(app, Barrier) == 1


def test_something_in_the_way_can_be_added_later(priya: Client, app: Flask):
    page = writes(priya).follow()
    priya.get(f"{page.path}/edit").send("Keep these changes", in_the_way="No room to meet in")
    assert kept_barrier(app).text == "No room to meet in"


def test_a_log_that_is_withdrawn_is_shared_no_more_and_can_be_put_back(priya: Client, femi: Client):
    page = writes(priya, will_try="Ring the shed first", share="y").follow()
    assert "Ring the shed first" in femi.get("/community").words
    assert "Priya Nair" not in femi.get("/community").words
    gone = page.send("Withdraw it").follow()
    assert "You withdrew this log today" in gone.words
    assert "Ring the shed first" not in femi.get("/community").words
    assert page.path in priya.get("/learning-logs").links(), "it is found again"
    gone.send("Put it back")
    assert "Ring the shed first" in femi.get("/community").words


def test_what_is_not_shared_is_seen_by_no_colleague_and_no_other_team(priya: Client, femi: Client, stranger: Client):
    writes(priya, will_try="Keep quiet for a minute")
    writes(priya, will_try="Go by bus", share="y")
    community = femi.get("/community").words
    assert "Keep quiet" not in community
    assert "Go by bus" in community
    assert "Go by bus" not in stranger.get("/community/gorton-levenshulme").words
