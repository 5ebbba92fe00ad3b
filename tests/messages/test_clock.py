"""A clock that jumped delays no mail when it is right again, and makes none too old."""

from collections.abc import Callable
from datetime import timedelta

from flask import Flask
from sqlalchemy import update

from webapp.config.settings import Settings
from webapp.db.engine import db, now
from webapp.machines import machine_clock
from webapp.mail import outbox
from webapp.mail.outbox import Message

Tell = Callable[..., None]
Send = Callable[..., str]
Mails = Callable[[], list[Message]]


def test_what_was_put_off_before_the_clock_was_set_back_is_sent_now(tell: Tell, send: Send, mails: Mails, app: Flask):
    tell("priya")
    with app.app_context():
        db.session.execute(update(Message).values(next_try_at=now() + timedelta(days=300)))
        db.session.commit()
    send()
    assert [row.state for row in mails()] == [outbox.SENT]


def test_news_of_a_machine_whose_clock_is_ahead_waits_for_nothing(tell: Tell, send: Send, mails: Mails):
    tell("priya", at=now() + timedelta(hours=3))
    send()
    assert [row.state for row in mails()] == [outbox.SENT]


def test_while_the_clock_is_in_doubt_nothing_is_too_old_to_be_sent(
    tell: Tell, send: Send, mails: Mails, settings: Settings
):
    before = now() - timedelta(days=4)
    machine_clock.look(settings.state_dir, before)
    tell("priya", at=before)
    send()
    assert [row.state for row in mails()] == [outbox.SENT]
