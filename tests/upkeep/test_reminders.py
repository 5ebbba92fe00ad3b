"""Who looks after a page is told each Monday what of theirs is due: once, only theirs, and never of nothing."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from tests.support.client import Client
from tests.support.corpus import Corpus
from tests.support.mail import MailServer
from tests.support.people import PEOPLE
from tests.upkeep.posting import that_sends_mail
from webapp.config.settings import Settings
from webapp.db.engine import db
from webapp.editor import reminders
from webapp.library.generation.reader import Reader
from webapp.mail.outbox import EMAIL, IN_PRODUCT, Message

MONDAY = datetime(2026, 11, 2, 9, tzinfo=UTC)
LATE = {"reviewed": "2024-01-05"}
TEAM = "Gorton and Levenshulme neighbourhood team"  # that of Priya and Femi
SITE = (
    "name: Signpost\norganisation: A council\nowners: {Telecare team: tec@council.test, Nobodys: hello@example.org,"
    " Conveners: stranger@example.org}\n"
)


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    with MailServer() as server:
        yield server


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    corpus = Corpus(tmp_path)
    corpus.write("site.yml", SITE)
    return corpus


@pytest.fixture
def app(
    settings: Settings, corpus: Corpus, mail_server: MailServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Flask]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    corpus.toolkit("fine")
    corpus.build()
    with that_sends_mail(settings, corpus, mail_server, tmp_path) as site:
        yield site


def week(app: Flask, corpus: Corpus, monkeypatch: pytest.MonkeyPatch, at: datetime = MONDAY) -> str:
    """What the worker does and says at that time."""
    monkeypatch.setattr(reminders, "now", lambda: at)
    with app.app_context():
        return reminders.job(app.extensions["signpost.settings"], Reader(corpus.index_dir).current())


def told(app: Flask, name: str, channel: str = IN_PRODUCT) -> list[str]:
    with app.app_context():
        mine = select(Message.text).where(Message.to_id == PEOPLE[name].id, Message.channel == channel)
        return list(db.session.scalars(mine.order_by(Message.id)))


def test_where_nothing_is_due_nobody_hears_anything(
    app: Flask, corpus: Corpus, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
):
    assert week(app, corpus, monkeypatch) == ""
    assert mail_server.taken == []


def test_each_owner_hears_of_theirs_alone_and_once(
    app: Flask, corpus: Corpus, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
):
    corpus.toolkit("key-safes", owner=TEAM, **LATE)
    corpus.toolkit("falls", owner="carol@example.org", **LATE)
    corpus.toolkit("alarms", owner="Telecare team", **LATE)
    corpus.toolkit("unowned", owner="A team nobody knows", **LATE)
    corpus.toolkit("invented", owner="Nobodys", **LATE)
    corpus.asset("walk", verified={"date": "2024-01-05", "by": TEAM})
    corpus.build()
    for hours in (0, 1, 30):  # the worker looks every hour, and may have been away on Monday
        week(app, corpus, monkeypatch, MONDAY + timedelta(hours=hours))
    mine = (
        "1 page that your team looks after is due for review: Key safes. "
        "1 listing that your team verified is due for a check."
    )
    assert told(app, "priya") == told(app, "femi") == told(app, "priya", EMAIL) == [mine]
    assert told(app, "carol") == ["1 page that your team looks after is due for review: Falls."]
    assert told(app, "stranger") == told(app, "ada") == []
    assert told(app, "ed")[0].startswith("5 pages and 1 listing are due for review.")
    assert [mail["To"] for mail in mail_server.taken] == ["tec@council.test"]
    text = mail_server.taken[0].get_content()
    assert "https://signpost.example/toolkit/alarms" in text
    assert "key-safes" not in text
    week(app, corpus, monkeypatch, MONDAY + timedelta(days=7))
    assert len(told(app, "priya")) == len(mail_server.taken) == 2


def test_before_seven_on_monday_the_week_has_not_begun(app: Flask, corpus: Corpus, monkeypatch: pytest.MonkeyPatch):
    corpus.toolkit("falls", owner="carol@example.org", **LATE)
    corpus.build()
    week(app, corpus, monkeypatch, MONDAY.replace(hour=6))
    assert told(app, "carol") == []


def test_a_mailbox_can_stop_it(
    app: Flask, corpus: Corpus, mail_server: MailServer, client: Client, monkeypatch: pytest.MonkeyPatch
):
    corpus.toolkit("alarms", owner="tec@council.test", **LATE)
    corpus.build()
    week(app, corpus, monkeypatch)
    stop = str(mail_server.taken[0]["List-Unsubscribe"]).strip("<>").removeprefix("https://signpost.example")
    client.get(stop).send(stop)
    week(app, corpus, monkeypatch, MONDAY + timedelta(days=7))
    assert len(mail_server.taken) == 1


def test_a_mailbox_that_could_not_be_reached_is_written_to_an_hour_later(
    app: Flask, corpus: Corpus, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
):
    corpus.toolkit("alarms", owner="tec@council.test", **LATE)
    corpus.build()
    mail_server.answer = lambda step: "451 Try again" if step == "RCPT" else None
    week(app, corpus, monkeypatch)
    assert mail_server.taken == []
    mail_server.answer = lambda step: None
    week(app, corpus, monkeypatch, MONDAY + timedelta(hours=1))
    assert len(mail_server.taken) == 1


def test_the_page_of_a_reminder_shows_the_reader_what_is_theirs(app: Flask, corpus: Corpus, priya: Client, ed: Client):
    assert "Nothing that your team looks after is due" in priya.get("/reviews").words
    corpus.toolkit("key-safes", owner=TEAM, **LATE)
    corpus.toolkit("falls", owner="carol@example.org", **LATE)
    corpus.build()
    assert "/toolkit/key-safes" in priya.get("/reviews").links()
    assert "/toolkit/falls" not in priya.get("/reviews").links()
    assert "/toolkit/key-safes" not in ed.get("/reviews").links()


def test_people_choose_about_reminders_and_faults(app: Flask, priya: Client, ed: Client):
    offered = priya.get("/account/notifications").words
    assert "Pages my team looks after" in offered
    assert "Files with faults" not in offered
    assert "Files with faults" in ed.get("/account/notifications").words
    assert "Everything due for review" in ed.get("/account/notifications").words
