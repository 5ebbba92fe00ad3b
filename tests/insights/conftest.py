"""A day in October, so that July to September is the last quarter that is over, and people who write logs."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy import select

from webapp.db.engine import db
from webapp.learning_logs.models import Helped, LearningLog
from webapp.people.models import User

NOW = datetime(2026, 10, 14, 9, 30, tzinfo=UTC)
OURS, THEIRS = "gorton-levenshulme", "ardwick-longsight"  # Femi's, and another that Connie convenes
LAST = date(2026, 9, 7)  # a week of the last month that is over
THIS = date(2026, 10, 5)


class Clock:
    """Stands in for `datetime` in webapp.db.engine."""

    def now(self, zone: object) -> datetime:
        return NOW


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webapp.db.engine.datetime", Clock())


@pytest.fixture
def write(app: Flask) -> Callable[..., None]:
    """A log of each of so many people of a team, in the week of `week`; `not_yet` of them say that it did not help."""

    def logs(team: str, people: int, week: date, not_yet: int = 0, **more: object) -> None:
        with app.app_context():
            for number in range(people):
                helped = Helped.NOT_YET if number < not_yet else Helped.HELPED
                said = {"will_try": f"Try {number}", "share": True, **more}
                row = {"author_id": _writer(f"{team}-{number}", team), "team": team, "week": week, "helped": helped}
                db.session.add(LearningLog(created_at=NOW, **row, **said))
            db.session.commit()

    return logs


def _writer(name: str, team: str) -> int:
    email = f"{name}@example.org"
    known = db.session.scalar(select(User.id).where(User.email == email))
    if known is None:
        row = {"email": email, "name": name, "team": team, "password_hash": "", "disabled": True}
        user = User(created_at=NOW, **row)
        db.session.add(user)
        db.session.flush()
        known = user.id
    return known
