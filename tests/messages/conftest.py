from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from tests.support.mail import MailServer, NotifyServer
from tests.support.people import PEOPLE
from webapp.config.settings import Notify, Settings, Smtp
from webapp.db.engine import db, now
from webapp.mail import outbox
from webapp.mail.outbox import EMAIL, Message

NOTIFY_KEY = "tests-11111111-1111-1111-1111-111111111111-22222222-2222-2222-2222-222222222222"
TEMPLATE = "33333333-3333-3333-3333-333333333333"
BASE = "https://signpost.example"


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    """A real SMTP server on this machine."""
    with MailServer() as server:
        yield server


@pytest.fixture
def notify_server() -> Iterator[NotifyServer]:
    """A GOV.UK Notify on this machine."""
    with NotifyServer() as server:
        yield server


@pytest.fixture
def smtp(mail_server: MailServer) -> Smtp:
    return Smtp("Signpost <signpost@council.example>", "127.0.0.1", mail_server.port, tls="none")


@pytest.fixture
def settings(settings: Settings, smtp: Smtp, tmp_path: Path) -> Settings:
    """With mail by SMTP. `database` stays that of the usual app."""
    return replace(settings, mail=smtp, base_url=BASE, state_dir=tmp_path / "state")


@pytest.fixture
def through_notify(app: Flask, settings: Settings, notify_server: NotifyServer) -> None:
    """The same site, with mail through GOV.UK Notify."""
    mail = Notify(NOTIFY_KEY, TEMPLATE, notify_server.url)
    app.extensions["signpost.settings"] = replace(settings, mail=mail)


@pytest.fixture
def tell(app: Flask) -> Callable[..., None]:
    """`tell("priya", "femi", key="…", topic="gap-answered")`: tell people of an answer to GAP-0003."""

    def told(*names: str, key: str = "gap:GAP-0003:2", topic: str = "gap-answered", at: datetime | None = None) -> None:
        with app.app_context():
            outbox.enqueue(
                db.session,
                now=at or now(),
                to=[PEOPLE[name].id for name in names],
                topic=topic,
                subject=("gap", "GAP-0003"),
                text="GAP-0003 has an answer.",
                path="/gaps/GAP-0003",
                key=key,
            )
            db.session.commit()

    return told


@pytest.fixture
def send(app: Flask) -> Callable[..., str]:
    """`signpost messages send`: what it says, on one line. `status` is what it must end with."""

    def run(status: int = 0) -> str:
        result = app.test_cli_runner().invoke(args=["messages", "send"])
        assert result.exit_code == status, result.output
        return " ".join(result.output.split())

    return run


@pytest.fixture
def mails(app: Flask) -> Callable[[], list[Message]]:
    """Every message by e-mail, oldest first."""

    def rows() -> list[Message]:
        with app.app_context():
            return list(db.session.scalars(select(Message).where(Message.channel == EMAIL).order_by(Message.id)))

    return rows
