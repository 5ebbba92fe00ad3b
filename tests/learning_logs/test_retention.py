"""Logs go when their time is over, and their figures stay; whoever leaves can take theirs along before."""

import json
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.support.client import Client
from tests.support.people import PEOPLE
from webapp.cli import retention
from webapp.config.settings import Settings
from webapp.db.engine import db, now
from webapp.english.dates import day_of
from webapp.learning_logs import drafts
from webapp.learning_logs.models import Helped, LearningLog, LearningLogDraft, LearningLogMonth, LearningLogTheme
from webapp.learning_logs.retention import MONTHS_KEPT, WITHDRAWN_KEPT, _first_kept

TEAM = "gorton-levenshulme"


def tidied(app: Flask, settings: Settings) -> str:
    with app.app_context():
        return retention.tidy(settings)


@pytest.fixture
def long_ago(app: Flask) -> None:
    """Three logs of the month before the oldest that is kept, one of them withdrawn long since; one of that oldest."""
    oldest_kept = _first_kept(day_of(now()))
    gone = oldest_kept - timedelta(days=1)
    with app.app_context():
        for author, helped, day in (
            ("priya", Helped.HELPED, gone),
            ("priya", Helped.PARTLY, gone.replace(day=1)),
            ("femi", Helped.HELPED, gone),
            ("femi", Helped.NOT_YET, oldest_kept),
        ):
            log = LearningLog(author_id=PEOPLE[author].id, team=TEAM, week=day, created_at=now(), helped=helped)
            log.themes = [LearningLogTheme(theme="carers")]
            log.concept = "Tea matters"
            db.session.add(log)
        withdrawn = LearningLog(author_id=1, team=TEAM, week=gone, created_at=now(), helped=Helped.NOT_YET)
        withdrawn.withdrawn_at = now() - timedelta(days=1)
        db.session.add(withdrawn)
        db.session.commit()


@pytest.mark.usefixtures("long_ago")
def test_logs_past_their_time_leave_only_figures(app: Flask, settings: Settings):
    assert tidied(app, settings) == "learning logs removed, their figures kept: 4"
    with app.app_context():
        (month,) = db.session.scalars(select(LearningLogMonth))
        assert (month.team, month.logs, month.helped, month.partly, month.not_yet) == (TEAM, 3, 2, 1, 0)
        assert month.writers == 2
        assert [log.helped for log in db.session.scalars(select(LearningLog))] == [Helped.NOT_YET]
        assert db.session.scalar(select(func.count()).select_from(LearningLogTheme)) == 1
    assert tidied(app, settings) == ""
    assert MONTHS_KEPT >= 24, "a council for professions may ask for two years"


def test_what_was_withdrawn_and_drafts_that_were_left_go_too(app: Flask, settings: Settings, priya: Client):
    for number in range(2):
        page = priya.get("/learning-logs/new").send("Keep this log", helped="helped", concept=str(number)).follow()
        page.send("Withdraw it")
    with app.app_context():
        db.session.get_one(LearningLog, 1).withdrawn_at = now() - WITHDRAWN_KEPT
        for name, age in (("priya", drafts.KEPT), ("femi", timedelta(0))):
            saved = now() - age
            db.session.add(LearningLogDraft(user_id=PEOPLE[name].id, fields={"concept": ["Tea"]}, saved_at=saved))
        db.session.commit()
    tidied(app, settings)
    with app.app_context():
        assert list(db.session.scalars(select(LearningLog.id))) == [2]
        assert list(db.session.scalars(select(LearningLogDraft.user_id))) == [PEOPLE["femi"].id]
        assert db.session.scalar(select(func.count()).select_from(LearningLogMonth)) == 0


def test_the_command_says_what_it_did(app: Flask):
    done = app.test_cli_runner().invoke(args=["retention", "run"])
    assert (done.exit_code, done.output) == (0, "Nothing was past its time.\n")


@pytest.mark.usefixtures("long_ago")
def test_my_data_has_my_logs_with_their_themes_and_nobody_elses(priya: Client, femi: Client):
    held = json.loads(priya.get("/account/data.json").text)
    assert [log["author_id"] for log in held["learning_logs"]] == [PEOPLE["priya"].id] * 3
    assert {row["theme"] for row in held["learning_log_themes"]} == {"carers"}
    assert {row["log_id"] for row in held["learning_log_themes"]} <= {log["id"] for log in held["learning_logs"]}
