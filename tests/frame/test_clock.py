"""A clock that jumps removes nothing, and one that is set back leaves no work lying until it has come as far again."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.support.client import Client
from tests.support.clock import Clock, stopped
from webapp.cli import retention, worker
from webapp.config.settings import Settings
from webapp.db import turns
from webapp.db.engine import db, now
from webapp.learning_logs.models import LearningLog
from webapp.machines import machine_clock
from webapp.machines.machine_clock import ClockInDoubt
from webapp.web import slow

BEGAN = datetime(2026, 3, 3, 10, 30, tzinfo=UTC)
AGES = {"days": 3_650}


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return stopped(monkeypatch, BEGAN)


@pytest.fixture
def kept_log(app: Flask, settings: Settings, clock: Clock, priya: Client) -> None:
    """One log, and a worker that has looked at the clock."""
    priya.get("/learning-logs/new").send("Keep this log", helped="helped", concept="Tea first")
    with app.app_context():
        retention.tidy(settings)


def logs(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(LearningLog)) or 0


@pytest.mark.usefixtures("kept_log")
def test_nothing_is_removed_by_a_clock_that_has_just_jumped(app: Flask, settings: Settings, clock: Clock):
    clock.passes(**AGES)
    for _ in range(2):
        with app.app_context(), pytest.raises(ClockInDoubt, match="went on by 87600 hours"):
            retention.tidy(settings)
        clock.passes(hours=1)
    assert logs(app) == 1
    clock.passes(days=-3_650)
    with app.app_context():
        retention.tidy(settings)
    assert logs(app) == 1


@pytest.mark.usefixtures("kept_log")
def test_whoever_knows_that_the_clock_is_right_says_so(app: Flask, clock: Clock):
    clock.passes(**AGES)
    run = app.test_cli_runner().invoke
    refused = run(args=["retention", "run"])
    assert refused.exit_code == 1
    assert "Nothing is removed until" in refused.output
    assert "learning logs removed, their figures kept: 1" in run(args=["retention", "run", "--clock-is-right"]).output
    assert logs(app) == 0


@pytest.mark.usefixtures("kept_log")
def test_an_administrator_reads_that_the_clock_jumped(browser_of: Callable[[str], Client], clock: Clock):
    clock.passes(hours=27)
    assert "went on by 27 hours" in browser_of("ada").get("/admin/site").words


def test_a_day_later_it_is_believed(tmp_path: Path):
    machine_clock.look(tmp_path, BEGAN)
    moment = BEGAN + timedelta(days=30)
    with pytest.raises(ClockInDoubt):
        machine_clock.look(tmp_path, moment)
    for hour in range(1, 20):
        with pytest.raises(ClockInDoubt):
            machine_clock.look(tmp_path, moment + timedelta(hours=hour))
    machine_clock.look(tmp_path, moment + timedelta(hours=20))
    assert machine_clock.doubt(tmp_path, moment + timedelta(hours=20)) == ""


def test_a_timer_that_looks_once_a_day_is_believed(tmp_path: Path):
    for day in range(3):
        machine_clock.look(tmp_path, BEGAN + timedelta(days=day, minutes=day % 2))


def test_a_note_that_cannot_be_read_is_begun_anew(tmp_path: Path):
    (tmp_path / machine_clock.FILE).write_text('{"seen": "yester')
    machine_clock.look(tmp_path, BEGAN)
    assert machine_clock.doubt(tmp_path, BEGAN + timedelta(days=2)) != ""


def test_what_a_machine_notes_for_itself_nobody_else_reads(tmp_path: Path):
    machine_clock.look(tmp_path, BEGAN)
    slow.FILE.keep(tmp_path, slow.KeptSlow(BEGAN.isoformat(), "/gaps", "select 1", 900.0))
    assert {file.name: file.stat().st_mode & 0o777 for file in tmp_path.iterdir()} == {
        machine_clock.FILE: 0o600,
        slow.FILE.name: 0o600,
    }


def test_the_worker_goes_on_when_the_clock_is_set_back(clock: Clock):
    clock.passes(days=1)
    job = worker.Job("messages", timedelta(seconds=10), str)
    job.due = now() + job.every
    assert not job.is_due(now())
    clock.passes(days=-1)
    assert job.is_due(now())


def test_a_turn_of_tomorrow_is_free_today(app: Flask, clock: Clock):
    lease = timedelta(minutes=10)
    with app.app_context():
        clock.passes(days=1)
        assert turns.take(db.session, "tidying", by="one", now=now(), lease=lease), "and then it is killed"
        assert not turns.take(db.session, "tidying", by="another", now=now(), lease=lease)
        clock.passes(days=-1)
        assert turns.take(db.session, "tidying", by="another", now=now(), lease=lease)
        turns.give_back(db.session, "tidying", by="another", due=now() + timedelta(hours=1))
        assert not turns.take(db.session, "tidying", by="one", now=now(), lease=lease)
        clock.passes(days=-1)
        assert turns.take(db.session, "tidying", by="one", now=now(), lease=lease)
