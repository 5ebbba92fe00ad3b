"""A link goes by e-mail or as a text to an address that is used this once, and is kept nowhere."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from tests.packs.conftest import address
from tests.support.client import Answer
from tests.support.mail import MailServer, NotifyServer
from webapp.config.settings import Notify, Smtp
from webapp.db.engine import Base, db
from webapp.packs import link_views

KEY = "tests-11111111-1111-1111-1111-111111111111-22222222-2222-2222-2222-222222222222"
DAUGHTER, PHONE = "daughter@example.org", "07700 900123"


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture
def mail_server(app: Flask) -> Iterator[MailServer]:
    """A real SMTP server, by which the site sends."""
    with MailServer() as server:
        set_up(app, Smtp("help@council.example", "127.0.0.1", server.port, tls="none"))
        yield server


@pytest.fixture
def notify(app: Flask) -> Iterator[NotifyServer]:
    """A GOV.UK Notify with a template for text messages."""
    with NotifyServer() as server:
        set_up(app, Notify(KEY, "mail-template", server.url, text_template_id="text-template"))
        yield server


def set_up(app: Flask, mail: Smtp | Notify) -> None:
    app.extensions["signpost.settings"] = replace(app.extensions["signpost.settings"], mail=mail)


def everything(app: Flask) -> str:
    """Every value of every table."""
    with app.app_context():
        return repr([db.session.execute(table.select()).all() for table in Base.metadata.tables.values()])


def test_where_no_mail_is_set_up_ones_own_e_mail_and_phone_are_offered(link: Answer):
    assert "Send by e-mail" not in link.text
    assert "Send as a text message" not in link.text
    assert [href for href in link.links() if href.startswith("mailto:?")]
    assert [href for href in link.links() if href.startswith("sms:?&body=")]
    assert link.client.post(f"{link.path}/email", {"to_email": DAUGHTER}).status == 404


def test_sent_by_email_once_and_the_address_is_kept_nowhere(
    link: Answer, app: Flask, mail_server: MailServer, capfd: pytest.CaptureFixture[str]
):
    page = link.client.get(link.path)
    assert "Send as a text message" not in page.text
    assert "Sent. Where it went is not kept." in page.send("Send by e-mail", to_email=DAUGHTER).follow().words
    page.send("Send by e-mail", to_email=DAUGHTER)  # pressed twice
    [mail] = mail_server.taken
    assert mail["To"] == DAUGHTER
    assert mail["List-Unsubscribe"] is None, "there is only this one"
    assert address(link) in mail.get_content()
    assert "priya" not in str(mail).lower()
    assert DAUGHTER not in everything(app) + "".join(capfd.readouterr())


def test_sent_as_a_text_where_notify_has_a_template_for_it(link: Answer, app: Flask, notify: NotifyServer):
    page = link.client.get(link.path)
    wrong = page.send("Send as a text message", to_phone="0161 496 0000")
    assert wrong.errors == ["Enter a UK mobile number, like 07700 900123"]
    wrong.send("Send as a text message", to_phone=PHONE)
    [text] = notify.taken
    assert (text["phone_number"], text["template_id"]) == (PHONE, "text-template")
    assert address(link) in text["personalisation"]["body"]
    assert "900123" not in everything(app)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (400, "Not sent: GOV.UK Notify does not take this number"),
        (403, "Not sent: GOV.UK Notify did not take it"),
        (500, "It may or may not have arrived"),  # no refusal: sent again, it could arrive twice
    ],
)
def test_what_could_not_be_sent_is_said(link: Answer, notify: NotifyServer, status: int, words: str):
    notify.fail = lambda: (status, {"errors": [{"error": "ValidationError", "message": "phone_number Too short"}]})
    after = link.client.get(link.path).send("Send as a text message", to_phone=PHONE).follow()
    assert words in after.words
    assert PHONE not in after.text


def test_a_mail_server_that_refuses_is_said(link: Answer, mail_server: MailServer):
    mail_server.answer = lambda step: "550 no such mailbox" if step == "RCPT" else None
    after = link.client.get(link.path).send("Send by e-mail", to_email=DAUGHTER).follow()
    assert "Not sent" in after.words


def test_a_mail_server_or_notify_that_is_away_is_said(link: Answer, app: Flask):
    set_up(app, Smtp("help@council.example", "127.0.0.1", 9, tls="none"))
    after = link.client.get(link.path).send("Send by e-mail", to_email=DAUGHTER).follow()
    assert "Not sent:" in after.words
    set_up(app, Notify(KEY, "mail-template", "http://127.0.0.1:9", text_template_id="text-template"))
    after = link.client.get(link.path).send("Send as a text message", to_phone=PHONE).follow()
    assert "It may or may not have arrived" in after.words
    assert DAUGHTER not in everything(app)


def test_one_person_sends_so_many_in_an_hour(link: Answer, notify: NotifyServer, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(link_views, "SENDS", replace(link_views.SENDS, address=2))
    sends = [link.client.get(link.path).send("Send as a text message", to_phone=PHONE).follow() for _ in range(3)]
    assert len(notify.taken) == 2
    assert "Not sent: you have sent 2 in an hour" in sends[2].words
