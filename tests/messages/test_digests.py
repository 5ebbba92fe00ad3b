"""Once a week, on Mondays, to those who want it, and only where there is something to tell."""

from datetime import UTC, datetime

from flask import Flask
from sqlalchemy import select

from tests.support.people import PEOPLE
from webapp.db.engine import db
from webapp.gaps import report
from webapp.mail import outbox, preferences
from webapp.mail.outbox import Message
from webapp.notices import digests
from webapp.people.models import User
from webapp.pii.guard import clean
from webapp.upkeep import corrections

SUNDAY = datetime(2026, 11, 15, 12, tzinfo=UTC)
EARLY_MONDAY = datetime(2026, 11, 16, 7, tzinfo=UTC)
MONDAY = datetime(2026, 11, 16, 9, tzinfo=UTC)
CARDS = [{"date": "2026-11-10"}, {"date": "2026-11-15"}, {"date": "2026-11-16"}, {"date": "2026-11-08"}]


def told() -> list[tuple[int, str]]:
    return [(row.to_id, row.text) for row in db.session.scalars(select(Message).order_by(Message.id))]


def test_who_asked_for_it_hears_what_was_answered(app: Flask) -> None:
    with app.app_context():
        preferences.choose(db.session, PEOPLE["priya"].id, "updates", True)
        preferences.choose(db.session, PEOPLE["femi"].id, "updates", False)
        assert digests.enqueue(db.session, EARLY_MONDAY, CARDS) == 0
        assert digests.enqueue(db.session, MONDAY, CARDS) == 1
        assert digests.enqueue(db.session, MONDAY, CARDS) == 0
        assert told() == [(PEOPLE["priya"].id, "There are 2 new answers in “You asked, we did”.")]


def test_a_week_without_news_is_not_told(app: Flask) -> None:
    with app.app_context():
        preferences.choose(db.session, PEOPLE["priya"].id, "updates", True)
        assert digests.enqueue(db.session, MONDAY, []) == 0


def test_commissioners_hear_how_many_gaps_were_reported(app: Flask) -> None:
    with app.app_context():
        priya = db.session.get_one(User, PEOPLE["priya"].id)
        wanted = report.GapReport(clean("A choir that meets in the evening"), "")
        report.record(db.session, wanted, priya, SUNDAY)
        assert digests.enqueue(db.session, MONDAY, []) == 1
        assert digests.enqueue(db.session, MONDAY, []) == 0
        row = db.session.scalars(select(Message)).one()
        assert (row.to_id, row.channel, row.text) == (
            PEOPLE["carol"].id,
            outbox.EMAIL,
            "One gap was reported last week.",
        )


def test_editors_hear_in_the_morning_of_corrections_that_came(app: Flask) -> None:
    with app.app_context():
        topic = next(iter(corrections.CorrectionTopic))
        sent = {"about": "/toolkit/", "topic": topic, "text": "", "sender_id": PEOPLE["priya"].id}
        db.session.add(corrections.Correction(**sent, created_at=SUNDAY, state=corrections.CorrectionState.NEW))
        db.session.flush()
        assert digests.enqueue(db.session, EARLY_MONDAY, []) == 0
        assert digests.enqueue(db.session, MONDAY, []) == 1
        assert digests.enqueue(db.session, MONDAY, []) == 0
        assert told() == [(PEOPLE["ed"].id, "One correction came yesterday.")]
