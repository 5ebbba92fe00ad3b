"""An answer goes by e-mail to the people who asked: once, without anything personal, and again where it failed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from tests.support.client import Client
from tests.support.mail import GoesAway, MailServer, NotifyServer
from tests.support.people import PEOPLE
from tests.support.world import furnish
from webapp.config.mail_transport import Smtp
from webapp.db.engine import db, now
from webapp.mail import delivery, outbox
from webapp.mail.outbox import Message
from webapp.people.models import User

Tell = Callable[..., None]
Send = Callable[..., str]
Mails = Callable[[], list[Message]]


def test_a_mail_holds_a_link_and_nothing_personal(tell: Tell, send: Send, mail_server: MailServer) -> None:
    tell("priya")
    assert send() == "1 sent."
    (mail,) = mail_server.taken
    assert mail["To"] == "priya@example.org"
    assert mail["From"] == "Signpost <signpost@council.example>"
    assert mail["Subject"] == "An answer to something you asked"
    text = mail.get_content().replace("\r\n", "\n")
    assert "\nhttps://signpost.example/gaps/GAP-0003\n" in text
    assert "Questions? Ask the Signpost content team (signpost@example.org)." in text
    stop = str(mail["List-Unsubscribe"]).replace(" ", "").strip("<>")
    assert stop.startswith("https://signpost.example/unsubscribe/")
    assert stop in text
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    for personal in ("Priya", "Nair", "gorton"):
        assert personal not in text


def test_nobody_is_told_the_same_twice(tell: Tell, send: Send, mail_server: MailServer) -> None:
    tell("priya", "femi")
    tell("priya", "femi", "stranger")
    assert send() == "3 sent."
    tell("priya")
    assert send() == "0 sent."
    assert sorted(mail["To"] for mail in mail_server.taken) == [
        "femi@example.org",
        "priya@example.org",
        "stranger@example.org".replace("stranger", "sam"),
    ]


def test_an_answer_reaches_the_reporter_and_who_joined_once_each(
    browser_of: Callable[[str], Client], carol: Client, send: Send, mail_server: MailServer
) -> None:
    ref = furnish(browser_of).gap
    page = carol.get(f"/commissioning/gaps/{ref}")
    sent = page.send(f"/commissioning/gaps/{ref}/work", answer="A choir begins in March at the library.")
    assert sent.status == 303, sent.words
    assert send() == "2 sent."
    assert sorted(str(mail["To"]) for mail in mail_server.taken) == ["priya@example.org", "sam@example.org"]
    assert all("choir" not in mail.get_content() for mail in mail_server.taken)
    assert send() == "0 sent."


def test_what_a_server_does_not_take_now_is_tried_again_later(
    tell: Tell, send: Send, mails: Mails, app: Flask, mail_server: MailServer
) -> None:
    tell("priya")
    mail_server.answer = lambda step: "451 not now, priya@example.org" if step == "DATA" else None
    said = send(status=1)
    assert "0 sent." in said
    assert "1 to be tried again (the mail server refused the message: 451)" in said
    (row,) = mails()
    assert row.state == outbox.WAITING
    assert row.next_try_at
    assert row.next_try_at > now() + timedelta(seconds=50)
    assert "priya" not in row.last_error, "no server's words: they quote addresses"
    assert send() == "0 sent.", "it is not due yet"
    mail_server.answer = lambda step: None
    _make_due(app)
    assert send() == "1 sent."
    assert len(mail_server.taken) == 1


def test_an_address_that_is_refused_is_given_up_and_others_are_not(
    tell: Tell, send: Send, mails: Mails, mail_server: MailServer
) -> None:
    tell("priya", "femi")
    answers = iter(["550 no such person"])
    mail_server.answer = lambda step: next(answers, None) if step == "RCPT" else None
    assert "1 given up (the mail server refused the address: 550)" in send(status=1)
    assert sorted(row.state for row in mails()) == [outbox.FAILED, outbox.SENT]


def test_a_server_that_is_down_loses_nothing(tell: Tell, send: Send, mails: Mails, app: Flask) -> None:
    tell("priya", "femi")
    with _server_down(app):
        said = send(status=1)
    assert "ConnectionRefusedError" in said
    assert [row.state for row in mails()] == [outbox.WAITING] * 2
    _make_due(app)
    assert send() == "2 sent."


def test_after_enough_tries_it_is_given_up_with_a_reason(tell: Tell, send: Send, mails: Mails, app: Flask) -> None:
    tell("priya")
    with app.app_context():
        db.session.execute(update(Message).values(attempts=delivery.MOST_TRIES - 1))
        db.session.commit()
    with _server_down(app):
        send(status=1)
    (row,) = mails()
    assert row.state == outbox.FAILED
    assert "could not be used" in row.last_error


def test_waits_grow_and_end() -> None:
    waits = [delivery.wait_after(attempts, lambda: 0.0) for attempts in range(1, delivery.MOST_TRIES)]
    assert waits[:3] == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4)]
    assert max(waits) == timedelta(hours=6)
    assert timedelta(days=1) < sum(waits, timedelta()) < delivery.TOO_LATE
    assert delivery.wait_after(1, lambda: 1.0) == timedelta(seconds=75)


def test_who_has_left_is_not_written_to(tell: Tell, send: Send, mails: Mails, app: Flask) -> None:
    tell("priya")
    with app.app_context():
        db.session.execute(update(User).where(User.id == PEOPLE["priya"].id).values(disabled=True))
        db.session.commit()
    assert send() == "0 sent."
    assert [row.state for row in mails()] == [outbox.DROPPED]


def test_news_of_last_week_is_not_sent(tell: Tell, send: Send, mails: Mails) -> None:
    tell("priya", at=now() - timedelta(days=4))
    send(status=1)
    assert [row.state for row in mails()] == [outbox.FAILED]


def test_where_no_mail_is_set_up_messages_stay_in_the_product(
    tell: Tell, send: Send, mails: Mails, app: Flask, priya: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from webapp.cli import messages

    app.extensions["signpost.settings"] = replace(app.extensions["signpost.settings"], mail=None)
    tell("priya")
    assert "No mail is set up" in send()
    with app.app_context():
        assert messages.job(app.extensions["signpost.settings"]) == ""
    assert [row.state for row in mails()] == [outbox.DROPPED], "mail that is set up later brings no flood"
    assert "GAP-0003 has an answer." in priya.get("/notices").words


def test_two_who_send_at_once_do_not_send_the_same(
    tell: Tell, send: Send, mails: Mails, app: Flask, mail_server: MailServer
) -> None:
    """The second comes while the server still thinks about the first one's letter, which is claimed."""
    tell("priya")
    seen = list[str]()
    mail_server.while_taking = lambda: seen.append(mails()[0].state)
    assert send() == "1 sent."
    assert seen == [outbox.SENDING], "a claim is in the database before the letter has left"


def test_a_letter_in_hand_when_the_worker_was_killed_makes_no_second_mail(
    tell: Tell, send: Send, mails: Mails, app: Flask, mail_server: MailServer
) -> None:
    tell("priya")
    with app.app_context():
        held = {"state": outbox.SENDING, "claimed_by": "smtp", "claimed_until": now() + timedelta(minutes=1)}
        db.session.execute(update(Message).where(Message.channel == outbox.EMAIL).values(held))
        db.session.commit()
    assert send() == "0 sent.", "its worker may still be at it"
    with app.app_context():
        db.session.execute(update(Message).values(claimed_until=now() - timedelta(minutes=1)))
        db.session.commit()
    assert "1 may or may not have arrived" in send(status=1)
    assert mail_server.taken == []
    assert [row.state for row in mails()] == [outbox.UNSURE]


def test_a_server_that_goes_away_while_it_takes_a_letter_gets_no_second_one(
    tell: Tell, send: Send, mails: Mails, app: Flask
) -> None:
    tell("priya")
    with GoesAway() as server:
        smtp = Smtp("signpost@council.example", "127.0.0.1", server.port, tls="none")
        app.extensions["signpost.settings"] = replace(app.extensions["signpost.settings"], mail=smtp)
        assert "1 may or may not have arrived" in send(status=1)
    assert [row.state for row in mails()] == [outbox.UNSURE]


def test_through_notify_each_message_has_its_reference(
    through_notify: None, tell: Tell, send: Send, mails: Mails, notify_server: NotifyServer
) -> None:
    tell("priya")
    assert send() == "1 sent."
    (message,) = notify_server.taken
    (row,) = mails()
    assert message["reference"] == row.reference
    assert message["email_address"] == "priya@example.org"
    assert message["personalisation"]["subject"] == "An answer to something you asked"
    assert message["one_click_unsubscribe_url"].startswith("https://signpost.example/unsubscribe/")
    assert row.state == outbox.SENT


def test_where_notify_does_not_answer_it_is_asked_before_anything_is_sent_again(
    through_notify: None, tell: Tell, send: Send, mails: Mails, app: Flask, notify_server: NotifyServer
) -> None:
    tell("priya")
    notify_server.fail = lambda: (500, {"errors": []})
    assert "1 being handed over" in send(status=1)
    assert [row.state for row in mails()] == [outbox.SENDING]
    notify_server.fail = lambda: None
    with app.app_context():
        db.session.execute(update(Message).values(claimed_until=now() - timedelta(seconds=1)))
        db.session.commit()
    assert send() == "1 sent."
    assert notify_server.asked == notify_server.references, "looked up, not found, then sent"


def test_a_wrong_key_of_notify_loses_nothing(
    through_notify: None, tell: Tell, send: Send, mails: Mails, notify_server: NotifyServer
) -> None:
    tell("priya", "femi")
    notify_server.fail = lambda: (403, {"errors": [{"error": "AuthError", "message": "Invalid token"}]})
    assert "GOV.UK Notify does not take our key" in send(status=1)
    assert [row.state for row in mails()] == [outbox.WAITING] * 2


def test_an_address_that_notify_refuses_is_given_up(
    through_notify: None, tell: Tell, send: Send, mails: Mails, notify_server: NotifyServer
) -> None:
    tell("priya")
    fault = {"error": "ValidationError", "message": "email_address Not a valid email address"}
    notify_server.fail = lambda: (400, {"status_code": 400, "errors": [fault]})
    assert "1 given up (GOV.UK Notify does not take this address)" in send(status=1)
    assert [row.state for row in mails()] == [outbox.FAILED]


TO_ONE = [
    {"error": "BadRequestError", "message": "Can't send to this recipient using a team-only API key"},
    {"error": "BadRequestError", "message": "Can’t send to this recipient using a team-only API key."},
    {"error": "BadRequestError", "message": "Cannot send to this recipient when service is in trial mode"},
    {"error": "BadRequestError", "message": "Emails cannot be longer than 2000000 bytes."},
]


@pytest.mark.parametrize("fault", TO_ONE, ids=lambda fault: fault["message"][:40])
def test_one_whom_notify_does_not_write_to_keeps_nobody_else_waiting(
    through_notify: None,
    tell: Tell,
    send: Send,
    mails: Mails,
    app: Flask,
    notify_server: NotifyServer,
    fault: dict[str, str],
) -> None:
    tell("priya", "ed", "ada", "femi")
    refused = iter([fault] * 3)
    notify_server.fail = lambda: (400, {"status_code": 400, "errors": [no]}) if (no := next(refused, None)) else None
    said = send(status=1)
    assert "1 sent, 3 to be tried again (GOV.UK Notify does not take this message (400)" in said
    assert [message["email_address"] for message in notify_server.taken] == ["femi@example.org"]
    assert "recipient" not in "".join(row.last_error for row in mails()), "no words of theirs: they may quote"
    _make_due(app)
    assert send() == "3 sent.", "they wait for a live key, and are not given up"


ABOUT_US = [
    (403, {"errors": [{"error": "AuthError", "message": "Error: Your system clock must be accurate"}]}),
    (403, {"errors": [{"error": "BadRequestError", "message": "Invalid token: API key not found"}]}),
    (403, {"result": "error", "message": {"token": ["Invalid token: expired"]}}),
    (429, {"errors": [{"error": "RateLimitError", "message": "Exceeded rate limit for key type TEAM"}]}),
    (429, {"errors": [{"error": "TooManyRequestsError", "message": "Exceeded send limits (50) for today"}]}),
]


@pytest.mark.parametrize(("status", "body"), ABOUT_US, ids=lambda value: str(value)[:60])
def test_what_notify_holds_against_us_ends_the_round(
    through_notify: None,
    tell: Tell,
    send: Send,
    mails: Mails,
    notify_server: NotifyServer,
    status: int,
    body: dict[str, object],
) -> None:
    tell("priya", "femi", "ed")
    tries = []
    notify_server.fail = lambda: (tries.append(1), (status, body))[1]
    send(status=1)
    assert len(tries) == 1, "the others would fare no better"
    assert [row.state for row in mails()] == [outbox.WAITING] * 3


@pytest.mark.parametrize("body", [b"", b"not json", b"[]", b'{"errors": "no"}', b'{"errors": [null]}'])
def test_an_answer_of_notify_that_cannot_be_read_loses_nothing(
    through_notify: None, tell: Tell, send: Send, mails: Mails, notify_server: NotifyServer, body: bytes
) -> None:
    tell("priya", "femi")
    answers = iter([(400, body)])
    notify_server.fail = lambda: next(answers, None)
    assert "1 sent, 1 to be tried again" in send(status=1)
    assert sorted(row.state for row in mails()) == [outbox.SENT, outbox.WAITING]


def _make_due(app: Flask) -> None:
    with app.app_context():
        waiting = update(Message).where(Message.state == outbox.WAITING)
        db.session.execute(waiting.values(next_try_at=now() - timedelta(seconds=1)))
        db.session.commit()
        assert db.session.scalar(select(Message.id).where(Message.state == outbox.WAITING))


@contextmanager
def _server_down(app: Flask) -> Iterator[None]:
    """The site, with its mail server at a port where nobody answers."""
    from tests.support.mail import free_port

    settings = app.extensions["signpost.settings"]
    app.extensions["signpost.settings"] = replace(settings, mail=replace(settings.mail, port=free_port()))
    yield
    app.extensions["signpost.settings"] = settings
