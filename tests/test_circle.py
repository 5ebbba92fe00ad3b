"""The week that the programme turns on, walked once from end to end through the site.

What gets in one practitioner's way is answered, counted, and talked about in a spotlight session; what comes of the
session is back where it all began.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask

from tests.support.client import Answer, Client
from tests.support.clock import Clock, stopped
from tests.support.corpus import Corpus
from tests.support.people import PEOPLE
from webapp.accounts import sign_in
from webapp.db.engine import db, now
from webapp.library.generation.reader import Reader
from webapp.people.models import User, UserRole

OURS = PEOPLE["priya"].team
THEME, TITLE = "carers", "Asking carers what they give up"
SPOTLIGHT = "/spotlights/asking-carers-what-they-give-up"
IN_THE_WAY = "The review form has no box for what a carer gives up"
AFTERWARDS = "Nobody told us when to offer a carer a break"
COLLEAGUES = 6  # five of them are the fewest whose figures are shown


BEGINS = datetime(2026, 10, 14, 9, 30, tzinfo=UTC)  # a Wednesday


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return stopped(monkeypatch, BEGINS)


@pytest.fixture
def corpus(app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """Content that the site serves, and that a convener can add to."""
    corpus = Corpus(tmp_path_factory.mktemp("circle"))
    corpus.toolkit("unpaid-carers")
    corpus.build()
    monkeypatch.setitem(app.extensions, "signpost.content", Reader(corpus.index_dir))
    return corpus


@pytest.fixture
def colleagues(app: Flask, corpus: Corpus) -> Callable[[], list[Client]]:
    """Practitioners of Priya's team; each call signs them in, as everybody does in the morning."""
    with app.app_context():
        people = [
            User(email=f"colleague-{number}@example.org", name=f"Colleague {number}", team=OURS, created_at=now())
            for number in range(COLLEAGUES)
        ]
        for person in people:
            person.role_rows = [UserRole(role="practitioner")]
        db.session.add_all(people)
        db.session.commit()
        numbers = [person.id for person in people]

    def come_in() -> list[Client]:
        with app.app_context():
            known = [db.session.get_one(User, number) for number in numbers]
            at = [(p.name, sign_in.begin(db.session, p, "Firefox on Linux", now()), p.id) for p in known]
            db.session.commit()
        return [Client(app, *browser) for browser in at]

    return come_in


def test_what_gets_in_the_way_comes_back_as_something_tried(
    corpus: Corpus, colleagues: Callable[[], list[Client]], browser_of: Callable[[str], Client], clock: Clock
) -> None:
    priya, femi, lena, connie, stranger = map(browser_of, ("priya", "femi", "lena", "connie", "stranger"))
    for number, colleague in enumerate(colleagues()):
        write_log(colleague, will_try=f"Ask one carer about their own week, the way {number} does")
    assert this_month(femi) == str(COLLEAGUES)

    # Priya writes her log, and what got in the way reaches the workstream that can act, and nobody else's queue.
    log = write_log(priya, in_the_way=IN_THE_WAY, kind="policy", will_try="Ask her sister first").follow()
    assert "BAR-0001" in log.words
    assert IN_THE_WAY in lena.get("/barriers/queue").words
    assert IN_THE_WAY in lena.get("/barriers/queue?workstream=maximising-independence").words
    assert IN_THE_WAY not in lena.get("/barriers/queue?workstream=early-help").words
    assert this_month(femi) == str(COLLEAGUES + 1)

    # The lead answers. Priya is told once, and reads it where she wrote. Then the lead proposes a session about it.
    work = lena.get("/barriers/queue/BAR-0001")
    for _ in range(2):  # pressed twice
        work.send("Publish this answer", answer="The form gains that box on 2 November.").follow()
    assert len(priya.get("/notices").soup.select("main li a[href='/barriers/BAR-0001']")) == 1
    assert not stranger.get("/notices").soup.select("main li a")
    lena.get("/barriers/queue/BAR-0001").send("Propose a spotlight", title=TITLE).follow()
    assert "The form gains that box" in priya.get(log.path).words
    assert "The form gains that box" in part(priya.get("/community"), "raised")

    # The convener sees the theme and the proposal, and takes a file along that passes the check as it stands.
    page = connie.get("/spotlights/propose")
    assert "Carers 5 or more" in page.words
    assert "BAR-0001" in part(page, "in-the-way")
    said = {"title": TITLE, "about": "What carers give up, and how to ask.", "theme": THEME, "day": "2026-10-22"}
    file = page.send("Download the file", **said, barrier="BAR-0001")
    name = file.headers["Content-Disposition"].split('"')[1]
    committed = corpus.write(f"spotlights/{name}", file.data)
    assert corpus.check() == []
    # She fills in what stands between ‹ and ›, takes the draft mark away, and it is compiled.
    text = re.sub(r"‹[^›]*›", "What would she say she gives up?", file.text)
    committed.write_text(re.sub(r"^draft: .*\n", "", text, flags=re.M))
    assert corpus.check() == []
    assert not corpus.build().problems
    assert "BAR-0001" not in part(connie.get("/spotlights/propose"), "propose"), "it is written now"

    # Planned for the team, and on its page.
    planned = femi.get(f"{SPOTLIGHT}/sessions/new").send(
        "Plan this session", day="2026-10-22", at="14:00", minutes="60", venue="The long table"
    )
    assert planned.status == 303, planned.errors
    session = planned.location
    assert TITLE in part(priya.get("/community"), "spotlight")

    # Run on the day: what the room says is kept as it is said, and afterwards how many came.
    clock.moment = datetime(2026, 10, 22, 13, 10, tzinfo=UTC)  # ten past two in the room
    priya, femi, lena, connie = map(browser_of, ("priya", "femi", "lena", "connie"))
    number = session.rsplit("/", 1)[1]
    femi.get(f"{SPOTLIGHT}/run?session={number}&step=2").send(
        "Save these notes", notes="Nobody had asked about Sundays"
    )
    written = femi.get(f"{session}/record").send(
        "Keep this record", came="8", actions="Each asks one carer", themes=THEME
    )
    assert written.status == 303, written.errors
    assert "Nobody had asked about Sundays" in priya.get(session).words

    # Afterwards everybody says in a minute what they will try; one says what is in the way.
    stuck, *others = colleagues()
    for colleague in [priya, *others]:
        tell(colleague, number, will_try="Ask what Sunday looks like")
    told = tell(stuck, number, in_the_way=AFTERWARDS, kind="knowledge")
    assert "passed on as BAR-0002" in told.follow().words
    assert AFTERWARDS in lena.get("/barriers/queue").words, "the circle begins again"
    assert "Of 5 answers" in femi.get(session).words

    # What came of it is back among the themes, in what was tried, and on the team's page.
    after = connie.get("/spotlights/propose")
    assert "Ask what Sunday looks like" in part(after, "tried")
    assert TITLE in part(after, "tried")
    assert AFTERWARDS in part(after, "themes")
    ours = others[0].get("/community")
    assert AFTERWARDS in part(ours, "raised")
    assert "Ask what Sunday looks like" in part(ours, "tries")


def write_log(person: Client, **said: str) -> Answer:
    """A log about THEME, shared with the community."""
    sent = person.get("/learning-logs/new").send(
        "Keep this log", helped="helped", themes=THEME, share="y", may_quote="y", **said
    )
    assert sent.status == 303, sent.errors
    return sent


def tell(person: Client, session: str, **said: str) -> Answer:
    """The one-minute form after a session, sent."""
    sent = person.get(f"{SPOTLIGHT}/feedback?session={session}").send("Send", useful="yes", may_quote="y", **said)
    assert sent.status == 303, sent.errors
    return sent


def this_month(facilitator: Client) -> str:
    """How many logs the team wrote this month, as the facilitator is shown it."""
    found = facilitator.get("/insights").soup.select_one("[aria-labelledby=logs]")
    assert found
    return found.select("tbody tr")[-1].select("td")[0].get_text().strip()


def part(page: Answer, name: str) -> str:
    """The words of the section of `page` that is called `name`."""
    found = page.soup.select_one(f"[aria-labelledby={name}]")
    assert found, f"{page.path} has no section {name!r}"
    return " ".join(found.get_text(" ").split())
