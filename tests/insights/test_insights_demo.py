"""The demonstration has figures for every team, which nobody could take for those of people."""

from collections import Counter
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from webapp.db.engine import db, now
from webapp.insights import demo
from webapp.learning_logs.models import Helped, LearningLog
from webapp.library.generation.reader import Generation
from webapp.people.models import User


def test_the_demonstration_has_half_a_year_of_every_team_and_95_per_cent_from_october_to_january(
    app: Flask, content: Generation
):
    with app.app_context():
        for _ in range(2):
            demo.load_demo(db.session, content, {}, now())
            db.session.commit()
        logs = db.session.scalars(select(LearningLog)).all()
        people = {user.id: user for user in db.session.scalars(select(User)).unique()}
    assert {log.team for log in logs} == set(content.vocabulary.teams)
    writers = {(log.team, log.author_id) for log in logs}
    assert min(Counter(team for team, _ in writers).values()) >= 6
    assert all(people[author].disabled for _, author in writers if people[author].email.startswith("sample-"))
    assert len({log.week.replace(day=1) for log in logs}) >= 6
    winter = [log for log in logs if (log.week - date(2026, 10, 1)).days < -240 and log.week.month in (10, 11, 12, 1)]
    share = sum(log.helped is not Helped.NOT_YET for log in winter) / len(winter)
    assert round(100 * share) == 95
    assert len({log.will_try for log in logs}) > 15


@pytest.mark.parametrize(
    ("today", "first"),
    [
        (date(2026, 11, 29), date(2025, 10, 1)),
        (date(2027, 1, 31), date(2025, 10, 1)),
        (date(2027, 2, 1), date(2026, 8, 1)),
    ],
)
def test_it_goes_back_to_the_last_october_to_january_that_is_over(today: date, first: date):
    assert demo.first_month(today) == first
