"""What whoever writes sees with `signpost serve`, and what nobody else ever does."""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from tests.support.client import Client
from tests.support.corpus import Corpus
from tests.support.pace import eventually
from webapp.app import create_app
from webapp.cli import server
from webapp.config.settings import Settings
from webapp.library.build import compile as compiling
from webapp.library.generation.reader import Reader
from webapp.library.search.query import Query

pytestmark = pytest.mark.reads_only
SOON, LATER = date(2026, 11, 2), date(2026, 12, 2)


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    corpus = Corpus(tmp_path, assets=2)
    corpus.toolkit("listening")
    corpus.toolkit("unfinished", draft=True, body="An unfinished lanternword.\n")
    return corpus


@pytest.fixture
def app(settings: Settings, corpus: Corpus) -> Flask:
    app = create_app(replace(settings, content_dir=corpus.content, index_dir=corpus.index_dir))
    app.testing = True
    server.preview(app)
    server.build(app.extensions["signpost.settings"])
    return app


def test_drafts_are_shown_and_marked(ed: Client):
    page = ed.get("/toolkit/unfinished")
    assert "This is a draft. Readers do not see it." in page.text
    assert "/toolkit/unfinished" in ed.get("/toolkit/").links()
    assert "This is a draft" not in ed.get("/toolkit/listening").text


def test_the_index_of_readers_is_left_alone(ed: Client, corpus: Corpus):
    assert not list(corpus.index_dir.glob("gen-*"))
    assert list((corpus.index_dir / "preview").glob("gen-*"))


def test_faults_stand_on_the_page_that_has_them(ed: Client, app: Flask, corpus: Corpus):
    corpus.toolkit("listening", adress="1 High Street")
    corpus.toolkit("new-one", ownr="A team", owner=None)
    server.build(app.extensions["signpost.settings"])
    app.extensions["signpost.content"].current()
    told = ed.get("/toolkit/listening").words
    assert told.count("content/toolkit/listening.md:7: unknown key adress") == 1
    assert "in other files" in told
    assert "ownr" not in told
    assert "content/toolkit/new-one.md" in ed.get("/toolkit/new-one", status=404).text


def state(person: Client) -> str:
    return json.loads(person.get("/preview/state").data)["state"]


def test_a_saved_page_is_there_at_once(ed: Client, app: Flask, corpus: Corpus):
    stopping = threading.Event()
    server.follow_content(app.extensions["signpost.settings"], stopping)
    time.sleep(0.3)
    before = state(ed)
    corpus.toolkit("listening", body="What was just written.\n")
    eventually(lambda: state(ed) != before, "the page does not change")
    stopping.set()
    assert "What was just written." in ed.get("/toolkit/listening").text


def test_nobody_else_has_any_of_it(browser_of: Callable[[str], Client], settings: Settings):
    app = create_app(settings)
    app.testing = True
    client = Client(app, "someone signed out")
    assert client.get("/preview/state", status=404).status == 404
    assert "preview" not in client.get("/sign-in").text.lower()


@pytest.mark.parametrize(
    ("front", "on"),
    [
        ({"draft": True}, set()),
        ({"publish_from": "2026-12-01"}, {LATER}),
        ({"expires": "2026-11-30"}, {SOON}),
        ({}, {SOON, LATER}),
    ],
)
def test_first_and_last_days_hold_everywhere(tmp_path: Path, front: dict, on: set[date]):
    corpus = Corpus(tmp_path, assets=1)
    corpus.toolkit("timed", themes=["wellbeing"], body="A lanternword.\n", **front)
    corpus.toolkit("always", themes=["wellbeing"])
    corpus.asset("timed-walk", body="A lanternword.\n", **front)
    for today in (SOON, LATER, SOON):  # the clock moves on, and back
        compiling.build(corpus.content, corpus.index_dir, today=today)
        gen = Reader(corpus.index_dir).current()
        shown = today in on
        assert (gen.page("/toolkit/timed", today) is not None) == shown
        assert (gen.page("/directory/timed-walk", today) is not None) == shown
        found = {hit.card["path"] for hit in gen.search(Query(words="lanternword", today=today)).hits}
        assert found == ({"/toolkit/timed", "/directory/timed-walk"} if shown else set())
        assert ("/toolkit/timed" in {card["path"] for card in gen.section("toolkit")}) == shown
        related = gen.related_pages(gen.page("/toolkit/always", today))
        assert ("/toolkit/timed" in {card["path"] for card in related}) == shown
        assert gen.counts["toolkit"] == 1 + shown
        assert gen.counts["asset"] == 1 + shown
