"""What happened in the busy scene, done through the site itself: with long words, by people who had a lot to say."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.browser import history_of_packs, history_of_spotlights
from tests.support.client import Answer, Client
from tests.support.people import PEOPLE
from tests.support.world import find_group, report
from webapp.accounts import drafts
from webapp.db.engine import db, now
from webapp.english.dates import day_of
from webapp.learning_logs.models import Helped, LearningLog
from webapp.learning_logs.writing import STEPS
from webapp.people.models import User
from webapp.searches import demo as searches

if TYPE_CHECKING:
    from tests.browser.scenes import Scene

WORD = "Nachbarschaftshilfevermittlungsstelle" * 3  # nowhere to break
TALK = f"{WORD} and everything around it, for whoever needs it, on whichever day it happens to be."
PLACE = "gorton-levenshulme"
MORE_GAPS = 34
FACTS = dict.fromkeys(("public", "hypothesis", "tries", "measure"), TALK)


def live(scene: Scene) -> None:
    """Everything, once. The addresses that others need are in `scene.names`."""
    priya, femi, stranger, carol, ed = (scene.person(name) for name in ("priya", "femi", "stranger", "carol", "ed"))
    with scene.app.app_context():
        people = list(db.session.query(User))
        searches.load_demo(db.session, now(), people, scene.settings.secret_key)
        for number in range(2):
            typed = [("needed", f"{TALK} {number}"), ("place", PLACE)]
            drafts.keep(db.session, PEOPLE["femi"].id, typed, now(), path="/gaps/new", page="/gaps/new")
        db.session.commit()
    _gaps(priya, femi, stranger)
    _triage(carol)
    _prototypes(carol)
    _corrections(priya, stranger, ed)
    _found(priya, stranger, ed)
    _own_things(priya, carol)
    _community(scene, priya, femi)
    _barriers(priya, stranger)
    _logs(scene, priya)
    history_of_spotlights.live(scene, femi)
    scene.names |= history_of_packs.gather(priya, TALK)
    scene.names |= {"unsubscribe": _unsubscribe(scene), "long": WORD}


def _gaps(priya: Client, femi: Client, stranger: Client) -> None:
    """1 and 2 say the same; 3 has long words; 4 to 8 are for prototypes; the rest fill a second page."""
    _report(priya, "A choir in the evening")
    _report(stranger, "Evening singing in a choir")
    _report(priya, TALK, evidence=TALK, audience="older-people", outcome="relationships", activity="music-and-singing")
    for number in range(MORE_GAPS):
        _report((priya, stranger, femi)[number % 3], f"Something to do on day {number} of the month, near {WORD}")
    for gap in ("GAP-0001", "GAP-0002", "GAP-0003"):
        femi.post(f"/gaps/{gap}/support", {"evidence": TALK}, status=303)


def _report(person: Client, needed: str, **more: str) -> None:
    report(person, needed, PLACE, **more)


def _triage(carol: Client) -> None:
    gaps = "/commissioning/gaps"
    page = carol.get(f"{gaps}/merge?gap=GAP-0001&gap=GAP-0002")
    seen = [tag["value"] for tag in page.soup.select("[name=seen]")]
    _done(page.send("Merge these gaps", gap=["GAP-0001", "GAP-0002"], seen=seen, main="GAP-0001"))
    _done(carol.get(f"{gaps}/GAP-0003").send("Save this gap", answer=TALK))
    _done(carol.get(f"{gaps}/GAP-0003").send("Save this gap", note=TALK))
    _done(carol.get(f"{gaps}/GAP-0003").send("Link this page", path="/directory/bobbin-larder"))
    _done(carol.get(f"{gaps}?status=open").send("Save this view", called=WORD[:60]))
    many = carol.get(f"{gaps}/many?gap=GAP-0009&gap=GAP-0010").send("See what changes", theme="carers", owner="3")
    _done(many.send("Change these 2 gaps"))
    _done(carol.get("/commissioning/data-key").send("Make a key"))


def _prototypes(carol: Client) -> None:
    """1 runs, 2 is planned, 3 waits for a decision, 4 was stopped."""
    today = day_of(now())
    for gap, begins, ends in ((4, -30, 30), (5, 10, 40), (6, -60, -1), (7, -60, -30)):
        days = {
            "starts_on": (today + timedelta(days=begins)).isoformat(),
            "ends_on": (today + timedelta(days=ends)).isoformat(),
        }
        page = carol.get(f"/commissioning/prototypes/new?gap=GAP-000{gap}")
        _done(page.send("Plan this prototype", title=f"Trying {WORD[:90]}", **FACTS, **days))
    _done(carol.get("/commissioning/prototypes/1").send("Add this", note=TALK))
    over = carol.get("/commissioning/prototypes/4/decide")
    _done(over.send("Keep this decision", decision="stop", became=TALK, learned=TALK))


def _corrections(priya: Client, stranger: Client, ed: Client) -> None:
    """1 is words alone, 2 a change ready as a patch, 3 was decided. One listing is closed, one was checked."""
    page = "/feedback/new?about=/directory/bobbin-larder"
    _done(priya.get("/feedback/new?about=/toolkit/").send("/feedback/new", topic="something-else", text=TALK))
    _done(priya.get(page).send("/feedback/new", topic="out-of-date", phone="0161 496 0999"))
    _done(priya.get(page).send("/feedback/new", topic="closed", text=TALK))
    decided = ed.get("/editor/corrections/3")
    _done(decided.send("Save this decision", state="not-changed", reason=TALK))
    _done(ed.get("/editor/corrections/3").send("Mark as closed for now"))
    _done(ed.get("/editor/due").send("I checked today that this is right"))
    _done(stranger.get("/directory/bobbin-larder").send("I checked today that this is right"))


def _found(priya: Client, stranger: Client, ed: Client) -> None:
    """Group 1 waits with long words, 2 was declined. A listing was full, and somebody went."""
    find_group(priya, name=f"The {WORD[:60]} group", what=f"{WORD[:100]} for everybody.", check="not-yet")
    find_group(priya, name="A second group")
    _done(ed.get("/editor/suggestions/2").send("Save this decision", state="declined", reason=TALK))
    for person, became in ((priya, "full"), (stranger, "went")):
        _done(person.post("/directory/bobbin-larder/outcome", {"became": became}))


def _own_things(priya: Client, carol: Client) -> None:
    for words in ("singing", WORD):
        _done(priya.get(f"/directory?q={words}").send("Save this search"))
        assert priya.get(f"/directory?q={words}").send("/searches").status == 204
    _done(priya.get("/account/notifications").send("Make my addresses"))


def _community(scene: Scene, priya: Client, femi: Client) -> None:
    """Everybody brings something to the next meeting, a commissioner is asked to it, and much was tried."""
    here = f"/community/{PLACE}"
    with scene.app.app_context():
        monday = day_of(now()) - timedelta(days=day_of(now()).weekday() + 7)
        for number in range(3):
            said = {"will_try": f"{TALK} {number}", "share": True, "helped": Helped.PARTLY, "created_at": now()}
            db.session.add(LearningLog(author_id=PEOPLE["priya"].id, team=PLACE, week=monday, **said))
        db.session.commit()
    for person in (priya, femi):
        _done(person.get(here).send("Put me on the rota", about=WORD[:200]))
    asked = femi.get(f"{here}/invitations")
    _done(asked.send("Ask them", commissioner=str(PEOPLE["carol"].id), note=TALK[:300]))


def _barriers(priya: Client, stranger: Client) -> None:
    """1 has long words and is shared, 2 is in the gap log as well."""
    for fields in ({"text": TALK, "kind": "process"}, {"text": f"Nothing near {WORD}", "kind": "provision"}):
        page = priya.get("/barriers/new")
        _done(page.send("/barriers/new", workstream="maximising-independence", place=PLACE, **fields))
    stranger.post("/barriers/BAR-0001/support", status=303)


def _logs(scene: Scene, priya: Client) -> None:
    """One that says everything at length, one that was withdrawn, and one that is being written."""
    said = {**dict.fromkeys(STEPS, TALK * 3), "will_try": TALK, "in_the_way": f"{TALK} Every week.", "share": "y"}
    themes = ["carers", "dementia", "housing", "recording", "reviews"]
    _done(long := priya.get("/learning-logs/new").send("Keep this log", helped="partly", themes=themes, **said))
    _done(priya.get(long.location).send("Mark as reflected on with peers"))
    _done(gone := priya.get("/learning-logs/new").send("Keep this log", helped="not_yet"))
    _done(priya.get(gone.location).send("Withdraw it"))
    _done(priya.post("/learning-logs/draft", {**dict.fromkeys(STEPS, TALK), "helped": "helped", "later": "1"}))
    scene.names |= {"log": long.location.rsplit("/", 1)[1], "withdrawn": gone.location.rsplit("/", 1)[1]}


def _unsubscribe(scene: Scene) -> str:
    from webapp.mail import preferences, unsubscribe

    return unsubscribe.token(scene.settings.secret_key, 1, next(iter(preferences.CHOICES)))


def _done(answer: Answer) -> None:
    assert answer.status in (200, 303), f"{answer.path}: {answer.status} {answer.errors or answer.words[:300]}"
