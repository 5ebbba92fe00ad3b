"""First days, last days and drafts hold wherever a reader or a program may look; and a day is one in Great Britain."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from tests.messages.test_feeds import addresses
from tests.support.client import Client
from tests.support.corpus import Corpus
from webapp.cli import worker
from webapp.cli.search import search
from webapp.config.settings import Settings
from webapp.english import dates
from webapp.library.build import compile as compiling
from webapp.library.generation.reader import Generation, Reader
from webapp.library.search.query import Query

CANARY = "lanternword"
TITLE = f"The {CANARY}"
EVENING = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)  # half past midnight on 1 July in London


def day(offset: int) -> str:
    return (dates.today() + timedelta(days=offset)).isoformat()


WHEN = {
    "a draft": ({"draft": True}, False),
    "from tomorrow": ({"publish_from": day(1)}, False),
    "from today": ({"publish_from": day(0)}, True),
    "until today": ({"expires": day(0)}, True),
    "until yesterday": ({"expires": day(-1)}, False),
    "a draft that should be there": ({"draft": True, "publish_from": day(-1), "expires": day(1)}, False),
}
# Where each of the pages shows itself, once it does.
SHOWN = {
    "/directory/timed-walk": "asset",
    "/toolkit/timed": "toolkit",
    "/tec/timed": "tec",
    "/spotlights/timed": "spotlight",
    "/spotlights/timed/handout": "handout",
    "/updates/timed": "update",
}
LISTS = [
    f"/directory?q={CANARY}", "/directory?activity=walking", "/directory?open=1", "/directory?sort=name",
    f"/directory/points?q={CANARY}", f"/search?q={CANARY}", "/toolkit/", "/tec/", "/spotlights/", "/updates/", "/",
    "/toolkit/always", "/directory/always-walk",
]  # fmt: skip
MAY_BE_SILENT = {"/directory/always-walk"}  # says what is similar: the other listing need not be


def pages(corpus: Corpus, front: dict) -> None:
    """One page of each kind that comes and goes, and two that are always there."""
    walk = {"activities": ["walking"], "places": ["gorton-levenshulme"], "outcomes": ["relationships"]}
    located = [{"name": "The hall", "latitude": 53.45, "longitude": -2.17}]
    timed = {"title": TITLE, "summary": f"A {CANARY} for everyone.", "themes": ["wellbeing"], **front}
    listed = {key: value for key, value in timed.items() if key != "themes"}
    corpus.asset("timed-walk", f"A {CANARY}.\n", **walk, **listed, locations=located)
    corpus.asset("always-walk", **walk)
    corpus.toolkit("always", themes=["wellbeing"], assets={"activities": ["walking"]}, category="conversations")
    corpus.toolkit("timed", f"A {CANARY}.\n", category="conversations", **timed)
    guidance = {"owner": "A team", "reviewed": "2026-09-01", "review_every": "12 months"}
    corpus._page("tec/timed.md", guidance | timed, f"A {CANARY}.\n")
    corpus._page("updates/timed.md", guidance | timed | {"date": day(0)}, f"A {CANARY}.\n")
    agenda = "\n".join(f"## {name}\n\nA {CANARY}.\n" for name in ("Agenda", "Case prompt", "Discussion questions"))
    corpus._page(
        "spotlights/timed.md", guidance | timed | {"date": day(3)}, f"{agenda}\n## Take it back to practice\n\nDo.\n"
    )
    corpus._page("spotlights/timed/handout.md", guidance | timed, f"A {CANARY}.\n")


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return Corpus(tmp_path)


@pytest.fixture
def settings(settings: Settings, corpus: Corpus) -> Settings:
    pages(corpus, {})
    corpus.build()
    return replace(settings, content_dir=corpus.content, index_dir=corpus.index_dir)


@pytest.mark.parametrize("when", WHEN)
def test_a_page_is_everywhere_or_nowhere(
    when: str,
    app: Flask,
    corpus: Corpus,
    priya: Client,
    ed: Client,
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
):
    front, shown = WHEN[when]
    pages(corpus, front)
    with app.app_context():
        worker._build_content(app.extensions["signpost.settings"])
    for path in SHOWN:
        assert (CANARY in priya.get(path, status=200 if shown else 404).text) == shown, path
    for path in LISTS:
        text = priya.get(path).text
        told = TITLE in text or "timed" in text  # what was searched for is said back in any case
        assert told == shown or (shown and path in MAY_BE_SILENT), path
    for address in addresses(priya):
        assert (TITLE in client.get(address).text) == shown, address
    gen = Reader(corpus.index_dir).current()
    kinds = {kind: gen.counts.get(kind, 0) for kind in SHOWN.values()}
    always = {"asset": 1, "toolkit": 1}
    assert kinds == {kind: always.get(kind, 0) + shown for kind in kinds}
    found = gen.search(Query(words="", kinds=frozenset({"asset"}), today=dates.today()))
    assert found.total == found.facets["activity"]["walking"] == 1 + shown
    monkeypatch.setenv("SIGNPOST_INDEX_DIR", str(corpus.index_dir))
    listed = app.test_cli_runner().invoke(search, [CANARY], catch_exceptions=False).output
    assert ("/toolkit/timed" in listed and "/directory/timed-walk" in listed) == shown
    assert "Not shown to readers" in ed.get("/editor").words or shown


def test_new_days_begin_at_midnight_in_london(
    app: Flask, corpus: Corpus, monkeypatch: pytest.MonkeyPatch, read: Callable[[], Generation]
):
    pages(corpus, {"publish_from": "2026-07-01"})
    monkeypatch.setattr(worker, "now", lambda: EVENING - timedelta(hours=1))
    with app.app_context():
        worker._build_content(app.extensions["signpost.settings"])
        assert read().page("/toolkit/timed", dates.today(EVENING)) is None
        monkeypatch.setattr(worker, "now", lambda: EVENING)
        worker._build_content(app.extensions["signpost.settings"])
    day_of_views = dates.day_of(EVENING)
    assert day_of_views == dates.today(EVENING) == date(2026, 7, 1)
    assert read().page("/toolkit/timed", day_of_views)
    assert any(card["path"] == "/toolkit/timed" for card in read().section("toolkit"))


def test_a_build_without_a_day_takes_that_of_london(corpus: Corpus, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(dates, "today", lambda now=None: dates.day_of(now or EVENING))
    corpus.toolkit("timed", publish_from="2026-07-01")
    corpus.toolkit("gone", expires="2026-06-30")
    compiling.build(corpus.content, corpus.index_dir)
    shown = {card["path"] for card in corpus.read().section("toolkit")}
    assert shown == {"/toolkit/timed"}


@pytest.fixture
def read(corpus: Corpus) -> Callable[[], Generation]:
    return lambda: Reader(corpus.index_dir).current()
