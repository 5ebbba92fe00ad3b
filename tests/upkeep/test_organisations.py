"""Who runs a listing is asked by e-mail, and answers with one press and no account."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from itsdangerous import TimestampSigner
from sqlalchemy import select

from tests.support.client import Client
from tests.support.corpus import Corpus
from tests.support.mail import MailServer
from tests.upkeep.posting import that_sends_mail
from webapp.cli.ask_organisations import ask_organisations
from webapp.config.settings import Settings
from webapp.db.engine import db
from webapp.upkeep import organisations
from webapp.upkeep.corrections import Correction
from webapp.upkeep.models import Confirmation

PATH, ADDRESS = "/directory/walk", "hello@walkers.test"
LONG_AGO = {"date": "2024-01-05", "by": "Wythenshawe neighbourhood team"}


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    with MailServer() as server:
        yield server


@pytest.fixture
def app(
    settings: Settings, mail_server: MailServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Flask]:
    """A site whose listings are all due; only the organisation of one may be asked."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    corpus = Corpus(tmp_path)
    ours = [{"email": ADDRESS, "phone": "0161 496 0123"}]
    sessions = [{"days": ["tuesday", "friday"], "starts": "10:30", "ends": "12:00"}]
    where = [{"name": "Hall", "address": "4 Sample Street", "postcode": "M22 9ZA"}]
    corpus.asset("walk", verified=LONG_AGO, contacts=ours, sessions=sessions, locations=where)
    corpus.asset("made-up", verified=LONG_AGO, contacts=ours, sample=True)
    corpus.asset("nobodys", verified=LONG_AGO, contacts=[{"email": "hello@walk.example.org"}])
    corpus.asset("refuge", verified=LONG_AGO, contacts=ours, locations=[{"name": "A house", "confidential": True}])
    corpus.asset("fresh", contacts=ours)
    corpus.build()
    with that_sends_mail(settings, corpus, mail_server, tmp_path) as site:
        yield site


@pytest.fixture
def link(app: Flask) -> str:
    return f"/still-right/{organisations.token(app.secret_key, PATH, ADDRESS)}"


def ask(app: Flask, *more: str) -> str:
    return app.test_cli_runner().invoke(ask_organisations, ["--due", *more], catch_exceptions=False).output


def test_each_is_asked_once_and_only_who_may_be(app: Flask, mail_server: MailServer, client: Client):
    said = ask(app, "--dry-run")
    assert f"would ask about {PATH}\n1 would be asked." in said
    assert mail_server.taken == []
    assert "1 asked." in ask(app)
    assert "0 asked." in ask(app)
    assert [mail["To"] for mail in mail_server.taken] == [ADDRESS]
    text = mail_server.taken[0].get_content()
    found = re.search(r"https://signpost\.example(/still-right/\S+)", text)
    assert found
    assert "Is this still right?" in client.get(found[1]).words


def test_looking_changes_nothing_and_a_press_confirms(app: Flask, client: Client, link: str):
    page = client.get(link)
    assert "Tuesday and Friday, 10:30am to midday" in page.words
    assert "Hall, 4 Sample Street, M22 9ZA" in page.words
    with app.app_context():
        assert db.session.scalars(select(Confirmation)).all() == []
    assert "Thank you" in page.send("It is still right").words
    page.send("It is still right")
    with app.app_context():
        assert db.session.scalars(select(Confirmation.by_organisation)).all() == [True]


def test_a_change_is_guarded_and_becomes_a_correction(app: Flask, client: Client, link: str):
    page = client.get(link)
    assert "There is a problem" in page.send("It needs this change", text="Ring her son on 07700 900 123").words
    assert "Thank you" in page.send("It needs this change", text="We now meet on Mondays").words
    with app.app_context():
        sent = db.session.scalars(select(Correction)).one()
        assert (sent.about, sent.text, sent.by_organisation) == (PATH, "We now meet on Mondays", True)
    for _ in range(2):
        page.send("It needs this change", text="We now meet on Mondays")
    assert page.send("It needs this change", text="One more").status == 429


def test_a_link_ends_after_thirty_days(client: Client, link: str, monkeypatch: pytest.MonkeyPatch):
    now = TimestampSigner.get_timestamp
    later = int(timedelta(days=31).total_seconds())
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda self: now(self) + later)
    assert "This link has ended" in client.get(link, status=410).words
    assert client.post(link).status == 410
    assert "Stop these e-mails?" in client.get(f"{link}/stop").words


def test_who_says_stop_is_not_asked_again(app: Flask, client: Client, link: str):
    assert "We will not ask again" in client.get(f"{link}/stop").send("Do not ask us again").words
    assert "0 would be asked." in ask(app, "--dry-run")


def test_a_link_of_another_address_or_nobody_is_not_found(app: Flask, client: Client):
    client.get(f"/still-right/{organisations.token(app.secret_key, PATH, 'old@walkers.test')}", status=404)
    client.get(f"/still-right/{organisations.token('another key', PATH, ADDRESS)}", status=404)
    client.get(f"/still-right/{organisations.token(app.secret_key, '/directory/refuge', ADDRESS)}", status=404)
