"""A site with two spotlights of the tests' own, and a clock that stands still."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from tests.support.client import Client
from tests.support.clock import Clock, stopped
from tests.support.corpus import Corpus
from webapp.library.generation.reader import Reader

NOW = datetime(2026, 3, 24, 9, 30, tzinfo=UTC)  # a Tuesday; the clocks go forward on Sunday
OURS, THEIRS = "gorton-levenshulme", "ardwick-longsight"  # Priya's and Femi's, and the stranger's
PAGE = "/spotlights/asking-carers"
BODY = """Before anything else.

## Agenda

| Part | Minutes | What you do |
|---|---|---|
| **Hear** | 10 | Read the case |
| **Look** | 15 | What did you notice first? |
| **Try** | 5 | Choose one thing |

## Case prompt

*Invented for this session.*

A daughter does the shopping on her way home. She has not sat down since Sunday.

She says that she is fine.

## Discussion questions

1. What would *she* say she does?
2. What has she given up?

## Facilitator notes

Wait longer than is comfortable.

## Take it back to practice

1. Ask one person what they have given up.
"""


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return stopped(monkeypatch, NOW)


@pytest.fixture
def app(app: Flask, two_spotlights: Path, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The usual site, with the tests' own content."""
    monkeypatch.setitem(app.extensions, "signpost.content", Reader(two_spotlights))
    return app


@pytest.fixture(scope="session")
def two_spotlights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """In place of the real content."""
    corpus = Corpus(tmp_path_factory.mktemp("spotlights"))
    corpus.spotlight("asking-carers", BODY, title="Asking carers", minutes=30)
    corpus.spotlight(
        "timed",
        BODY,
        time="14:00",
        minutes=90,
        venue="The long table",
        join="https://meet.example.org/timed",
        presenters=["Carers lead"],
        booking="Tell the convener by Monday",
        date="2026-03-31",
    )
    assert not corpus.build().problems
    return corpus.index_dir


def plan(person: Client, day: str = "2026-03-26", at: str = "14:00", team: str = OURS, **more: str) -> str:
    """Plan a session; the address of its page."""
    said = {"day": day, "at": at, "minutes": "60", **({} if person.name == "femi" else {"team": team}), **more}
    sent = person.get(f"{PAGE}/sessions/new").send("Plan this session", **said)
    assert sent.status == 303, (sent.errors, sent.words)
    return sent.location
