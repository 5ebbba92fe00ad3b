"""Staff news: what leaders say, what happened in a month, who leads what, and a mail that is never empty."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from tests.support.client import Answer, Client
from tests.support.clock import Clock, stopped
from tests.support.corpus import Corpus
from tests.support.people import PEOPLE
from webapp.db.engine import db
from webapp.library.generation.reader import Reader
from webapp.mail import outbox, preferences
from webapp.mail.outbox import Message
from webapp.news import digest, evergreen, month
from webapp.spotlights.models import SpotlightSession

NOW = datetime(2026, 3, 24, 9, 30, tzinfo=UTC)
FIRST_OF_APRIL = datetime(2026, 4, 1, 8, tzinfo=UTC)
PRIYA = PEOPLE["priya"].id


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return stopped(monkeypatch, NOW)


@pytest.fixture(scope="session")
def march(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Content in which some was looked at in March and some before."""
    corpus = Corpus(tmp_path_factory.mktemp("news"))
    front = "summary: A few words to all.\nowner: Programme team\nreview_every: 12 months\n"
    for slug, day in (("spring", "2026-03-02"), ("winter", "2026-01-08"), ("not-yet", "2026-03-30")):
        said = f"title: Words of {slug}\n{front}reviewed: {day}\ndate: {day}\nsender: Programme director\n"
        corpus.write(f"news/{slug}.md", f"---\n{said}---\nThank you.\n")
    corpus.toolkit("asking-well", reviewed="2026-03-12")
    corpus.toolkit("the-new-act", reviewed="2026-03-13", themes=["law-and-standards"])
    corpus.toolkit("long-ago", reviewed="2026-01-13")
    corpus.asset("evening-choir")
    corpus.spotlight("asking-carers", date="2026-03-26")
    corpus.build()
    return corpus.index_dir


@pytest.fixture
def app(app: Flask, march: Path, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The usual site, with the tests' own content."""
    monkeypatch.setitem(app.extensions, "signpost.content", Reader(march))
    return app


def part(page: Answer, name: str) -> str:
    """The words of the list or section called `name`; empty where there is none."""
    found = page.soup.select_one(f"[aria-labelledby={name}]")
    return " ".join(found.get_text(" ").split()) if found else ""


def test_messages_stand_from_their_day_on_with_the_role_they_are_from(priya: Client):
    page = priya.get("/news/")
    assert page.links("[aria-labelledby=messages] h3 a") == ["/news/spring", "/news/winter"]
    assert "Programme director, 2 March 2026" in part(page, "messages")
    assert "From Programme director, 2 March 2026" in priya.get("/news/spring").words
    home = priya.get("/")
    assert "/news/spring" in home.links("main a")
    assert "/news/not-yet" not in home.links()
    assert "/news/" in home.links("footer a")


def test_a_month_tells_what_happened_in_it_and_nothing_else(
    app: Flask, priya: Client, carol: Client, lena: Client, clock: Clock
):
    priya.get("/gaps/new").send("/gaps/new", needed="A choir in the evening", place="citywide")
    carol.get("/commissioning/gaps/GAP-0001").send("Save this gap", answer="One begins in May.")
    said = {"text": "The form asks the same twice", "kind": "policy", "workstream": "maximising-independence"}
    priya.get("/barriers/new").send("/barriers/new", **said)
    lena.get("/barriers/queue/BAR-0001").send(
        "Change the status", status="answered", reason="Done", closing_answer="Once"
    )
    with app.app_context():
        for days, cancelled in ((-2, None), (-1, NOW), (3, None)):
            starts = NOW + timedelta(days=days)
            ends = starts + timedelta(hours=1)
            row = {"spotlight": "asking-carers", "starts_at": starts, "ends_at": ends, "cancelled_at": cancelled}
            db.session.add(SpotlightSession(changed_at=NOW, **row))
        db.session.commit()
    page = priya.get("/news/")
    assert "A choir in the evening" in part(page, "answers")
    assert "The form asks the same twice" in part(page, "answers")
    assert "Held once" in part(page, "sessions"), "one was cancelled and one is still to come"
    assert "The new act" in part(page, "law")
    assert part(page, "guidance").startswith("Asking well")
    assert "Long ago" not in part(page, "month")
    lead = part(page, "workstreams")
    assert "Maximising Independence Lena Ostrowska Answered: The form asks the same twice" in lead
    assert "Nobody is assigned yet" in lead

    met = carol.get("/commissioning/gaps/GAP-0001").send(
        "Save this gap", status="met", reason="It began", met_by="/directory/evening-choir"
    )
    assert met.status == 303, met.errors
    page = priya.get("/news/")
    assert "A choir in the evening" in part(page, "met")
    assert "A choir in the evening" not in part(page, "answers"), "told once"

    january = priya.get("/news/?month=2026-01")
    assert january.links("[aria-labelledby=messages] h3 a") == ["/news/winter"]
    assert part(january, "guidance").startswith("Long ago")
    assert "A choir" not in part(january, "month")


def test_a_month_without_news_says_what_stands(priya: Client):
    page = priya.get("/news/?month=2025-12")
    assert "Nothing was told in this month." in page.words
    assert "Asking carers" in part(page, "spotlight")
    assert page.soup.select_one("[aria-labelledby=again] a")
    for nonsense in ("2026-13", "2027-01", "1999-01", "x"):
        assert "March 2026, so far" in priya.get(f"/news/?month={nonsense}").words


def test_months_follow_each_other_across_the_new_year():
    first = month.Month(date(2026, 1, 1))
    assert (first.before.first, first.before.after, first.after) == (date(2025, 12, 1), first.first, date(2026, 2, 1))


def test_the_mail_of_the_month_goes_once_to_those_who_asked_and_is_never_empty(app: Flask, priya: Client, march: Path):
    gen = Reader(march).current()
    with app.app_context():
        assert digest.enqueue(db.session, FIRST_OF_APRIL, gen) == 0, "nobody asked for it"
        preferences.choose(db.session, PRIYA, "news", True)
        preferences.choose(db.session, PEOPLE["femi"].id, "news", False)
        assert digest.enqueue(db.session, FIRST_OF_APRIL - timedelta(hours=2), gen) == 0, "not in the night"
        assert digest.enqueue(db.session, FIRST_OF_APRIL, gen) == 1
        assert digest.enqueue(db.session, FIRST_OF_APRIL + timedelta(days=20), gen) == 0
        assert digest.enqueue(db.session, datetime(2026, 7, 1, 9, tzinfo=UTC), gen) == 1
        march_mail, june_mail = db.session.scalars(select(Message).order_by(Message.id))
        assert (march_mail.to_id, march_mail.channel) == (PRIYA, outbox.EMAIL)
        assert march_mail.text.startswith("In March: 1 page on the law, 1 page of guidance.")
        assert june_mail.text.startswith("June was quiet. Latest spotlight: “Asking carers”, 26 March 2026.")
        assert "Worth reading again: “" in june_mail.text
        path = march_mail.path
        db.session.commit()
    assert "The new act" in priya.get(path).words


def test_every_page_of_the_toolkit_has_its_turn_to_be_read_again(app: Flask, march: Path):
    gen = Reader(march).current()
    with app.app_context():
        shown = {evergreen.of(db.session, gen, "", NOW, date(2026, m, 1)).again["path"] for m in (1, 2, 3)}  # type: ignore[index]
    assert shown == {card["path"] for card in gen.section("toolkit")}
