"""A little history that pages need to have something to show: made through the site itself, as people would make it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from tests.support.client import Answer, Client
from tests.support.people import PEOPLE
from webapp.community.models import Invitation
from webapp.db.engine import db, now
from webapp.english.dates import day_of
from webapp.library.build.places import EASY_READ, SECTIONS
from webapp.library.generation.reader import Generation


@dataclass(frozen=True)
class World:
    """What was made. `gap` is a reference such as GAP-0001."""

    gap: str


LOG = {
    "helped": "partly",
    "themes": ["positive-risk", "recording"],
    "experience": "I offered her the record to correct",
    "reflection": "I had written around her",
    "concept": "A record is a conversation",
    "experiment": "Ask before I write",
    "will_try": "Read one record aloud to the person",
    "in_the_way": "The template has no box for what she wants",
}


def furnish(browser_of: Callable[[str], Client]) -> World:
    """A gap that Priya reported and the stranger joined, in Carol's hands, and a correction from Priya."""
    priya, stranger = browser_of("priya"), browser_of("stranger")
    ref = report(priya, "A choir that meets in the evening", first_choice(priya.get("/gaps/new"), "place"))
    stranger.post(f"/gaps/{ref}/support", status=303)
    told = priya.get("/feedback/new?about=/directory").send("/feedback/new", topic="out-of-date", text="It moved")
    assert told.status == 303, told.words
    find_group(priya)
    return World(ref)


def find_group(person: Client, name: str = "Bobbin Ukuleles", **more: object) -> None:
    """A group that somebody found, in the editors' queue."""
    known = {"what": "People of any age learn the ukulele together.", "phone": "0161 496 0777", "check": "rang"}
    told = person.get("/directory/new").send("/directory/new", **{"name": name, "place": "citywide", **known, **more})
    assert told.status == 303, told.errors


def raise_barrier(browser_of: Callable[[str], Client]) -> str:
    """The reference of a barrier that Priya raised, the stranger shares, and Lena's workstream can act on."""
    said = {"text": "The form asks for the same answer three times", "workstream": "maximising-independence"}
    told = browser_of("priya").get("/barriers/new").send("/barriers/new", **said, kind="system-or-form")
    assert told.status == 303, told.words
    ref = told.location.rsplit("/", 1)[1]
    browser_of("stranger").post(f"/barriers/{ref}/support", status=303)
    return ref


def write_log(browser_of: Callable[[str], Client], **said: object) -> str:
    """The number of a log that Priya wrote, of which something got in the way."""
    told = browser_of("priya").get("/learning-logs/new").send("/learning-logs/new", **{**LOG, **said})
    assert told.status == 303, told.words
    return told.location.rsplit("/", 1)[1]


def report(person: Client, needed: str, place: str = "citywide", **more: str) -> str:
    """Report a gap at a browser without scripts, which asks first whether it is one of those there are. Its number."""
    told = person.get("/gaps/new").send("/gaps/new", needed=needed, place=place, **more)
    if told.status == 200 and told.h1 == "Is it one of these?":
        told = told.send("/gaps/new")
    assert told.status == 303, told.words
    return told.location.rsplit("/", 1)[1]


def try_something(browser_of: Callable[[str], Client], gap: str) -> None:
    """The first prototype, about `gap`, which Carol has decided."""
    carol = browser_of("carol")
    said = dict.fromkeys(("title", "public", "hypothesis", "tries", "measure"), "A choir on Thursdays")
    days = {"starts_on": "2026-01-01", "ends_on": "2026-02-01"}
    told = carol.get(f"/commissioning/prototypes/new?gap={gap}").send("Plan this prototype", **said, **days)
    assert told.status == 303, told.words
    decided = {"decision": "scale", "became": "A contract", "learned": "People came"}
    told = carol.get(f"{told.location}/decide").send("Keep this decision", **decided)
    assert told.status == 303, told.words


def ask_a_commissioner(browser_of: Callable[[str], Client]) -> None:
    """The first invitation: Carol, to a meeting of Priya's team. Written down, for content may say no day."""
    femi = browser_of("femi")
    with femi.app.app_context():
        asked = {"user_id": PEOPLE["carol"].id, "by_id": femi.id, "created_at": now()}
        db.session.add(Invitation(team=PEOPLE["priya"].team, day=day_of(now()) + timedelta(days=7), **asked))
        db.session.commit()


def plan_session(browser_of: Callable[[str], Client], spotlight: str) -> str:
    """The address of a session that Priya's team held yesterday, planned by Femi."""
    when = {"day": (day_of(now()) - timedelta(days=1)).isoformat(), "at": "12:00"}
    told = browser_of("femi").get(f"{spotlight}/sessions/new").send("Plan this session", **when)
    assert told.status == 303, told.words
    return told.location


def measure_something(browser_of: Callable[[str], Client]) -> None:
    """The first measure, with one month."""
    said = {"title": "Share leaving reablement", "better": "higher", "scope": "programme", "source": "A report"}
    made = browser_of("carol").get("/insights/measures/new").send("Add this measure", **said)
    assert made.status == 303, made.words
    kept = made.follow().send("Keep this month", month="2026-01", figure="61", trajectory="60")
    assert kept.status == 303, kept.words


def addresses(content: Generation) -> dict[str, str]:
    """A real page of each kind: its address by kind. `handout`, `card` and `tec easy-read` are some."""
    found: dict[str, str] = {}
    for path in sorted(content._rows):
        parts = path.strip("/").split("/")
        if len(parts) == 3 and parts[0] == "spotlights":
            found.setdefault("handout", path)
        elif parts[-1] == "easy-read":
            found.setdefault(f"{parts[0]} easy-read", path)
        elif len(parts) == 2:
            found.setdefault(parts[0], path)
    found["card"] = next(f"{c['path']}/card" for c in content.section("tec") if _has_card(content, c["path"]))
    return found


def _has_card(content: Generation, path: str) -> bool:
    page = content.page(path, day_of(now()))
    return page is not None and page.front.card is not None


def examples(content: Generation, browser_of: Callable[[str], Client]) -> Callable[[str], str]:
    """Fills a route's path with something real in place of each parameter, made when it is first asked for."""
    pages = addresses(content)
    whole = {
        "/directory/<slug>": pages["directory"],
        "/editor/listings/<slug>": f"/editor/listings/{pages['directory'].rsplit('/', 1)[1]}",
        **{
            f"/directory/<slug>/{act}{undo}": f"{pages['directory']}/{act}{undo}"
            for act in ("closure", "confirmation", "outcome")
            for undo in ("", "/undo")
        },
        "/media/<name>": next(iter(sorted(content.media)), "/media/none.png"),
        "/spotlights/<slug>/<name>": pages["handout"],
        **{f"/{section}/<slug>/easy-read": pages[f"{section} easy-read"] for section in EASY_READ},
        "/tec/<slug>/card": pages["card"],
        **{f"/{section}/<slug>": pages[section] for section in SECTIONS},
    }
    parts = {
        "number": "1",
        "place": "anywhere",
        "outcome": "participation",
        "user_id": str(PEOPLE["femi"].id),
        "sign_in_id": "999999",
        "draft_id": "999999",
        "section": "orphans",
        "token": "no-token-of-ours",
        "slug": "bobbin-larder",
        "team": PEOPLE["priya"].team,
        "pack_id": "999999",
        "name": "gaps",
        "identity": "00000000-0000-4000-8000-000000000000",
        "rest": "nothing",
        "file": "toolkit/no-such-page.md",
        "link": "no-link-of-ours",
    }

    @cache
    def spotlight_session() -> str:
        return plan_session(browser_of, pages["spotlights"])

    @cache
    def gap() -> str:
        return furnish(browser_of).gap

    @cache
    def log() -> str:
        return write_log(browser_of)

    @cache
    def barrier() -> str:
        return raise_barrier(browser_of)

    @cache
    def prototype() -> None:
        try_something(browser_of, gap())

    @cache
    def invitation() -> None:
        ask_a_commissioner(browser_of)

    @cache
    def measure() -> None:
        measure_something(browser_of)

    def fill(path: str) -> str:
        if path in whole:
            return whole[path]
        if path == "/spotlights/<slug>/feedback":
            return f"{pages['spotlights']}/feedback?session={spotlight_session().rsplit('/', 1)[1]}"
        if path.startswith("/spotlights/<slug>/"):
            asks = "<number>" in path or path.endswith("/feedback")
            address = spotlight_session() if asks else f"{pages['spotlights']}/sessions/1"
            return path.replace("/spotlights/<slug>", pages["spotlights"]).replace(
                "<number>", address.rsplit("/", 1)[1]
            )
        if path.startswith("/insights/measures/<number>"):
            measure()
            return path.replace("<number>", "1")
        if "/invitations/<number>" in path:
            invitation()
        if "<log_id>" in path:
            parts["log_id"] = log()
        if path.startswith("/barriers/"):
            parts["ref"] = barrier()
        elif "<ref>" in path or ("<number>" in path and "<team>" not in path):
            parts["ref"] = gap()
        if "/prototypes/<number>" in path:
            prototype()
        return re.sub(r"<(\w+)>", lambda match: parts[match[1]], path)

    return fill


def first_choice(page: Answer, name: str) -> str:
    return page.tree.xpath("//select[@name=$name]//option[@value!='']/@value", name=name)[0]
