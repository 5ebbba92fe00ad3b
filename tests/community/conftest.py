"""Two teams whose communities meet on days that the tests know, and a clock that stands still."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from flask import Flask

from tests.support.client import Client
from tests.support.clock import Clock, stopped
from webapp.db.engine import db
from webapp.learning_logs.models import Helped, LearningLog
from webapp.library.terms import Team
from webapp.library.vocabulary import Vocabulary

NOW = datetime(2026, 3, 24, 9, 30, tzinfo=UTC)  # a Tuesday
OURS, THEIRS = "gorton-levenshulme", "ardwick-longsight"  # Priya's and Femi's, and the stranger's
HERE, THERE = f"/community/{OURS}", f"/community/{THEIRS}"


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return stopped(monkeypatch, NOW)


@pytest.fixture(autouse=True)
def teams(monkeypatch: pytest.MonkeyPatch) -> dict[str, Team]:
    """In place of those of the content."""
    meets = {"day": "thursday", "time": "14:00", "room": "The long table", "join": "https://meet.example.org/ours"}
    found = {
        OURS: Team(slug=OURS, label="Our team", kind="near", locality="west", places=(OURS,), **meets),
        THEIRS: Team(slug=THEIRS, label="Their team", places=(THEIRS,)),
    }
    monkeypatch.setattr(Vocabulary, "teams", property(lambda self: found))
    return found


@pytest.fixture
def write_log(app: Flask) -> Callable[..., None]:
    """Keep a learning log of Priya's team, in the week of `monday`."""

    def write(will_try: str, monday: date, **more: object) -> None:
        said = {"author_id": 1, "team": OURS, "share": True, "helped": Helped.HELPED, **more}
        with app.app_context():
            db.session.add(LearningLog(week=monday, will_try=will_try, created_at=NOW, **said))
            db.session.commit()

    return write


def report(person: Client, needed: str, place: str = OURS) -> str:
    """Report a gap; its reference."""
    sent = person.get("/gaps/new").send("/gaps/new", needed=needed, place=place)
    assert sent.status == 303, sent.words
    return sent.location.rsplit("/", 1)[1]


def answer(carol: Client, ref: str, said: str) -> None:
    """Carol answers a gap."""
    sent = carol.get(f"/commissioning/gaps/{ref}").send("Save this gap", answer=said)
    assert sent.status == 303, sent.words
