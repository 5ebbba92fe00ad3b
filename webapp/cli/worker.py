"""`signpost worker`: the work that no reader waits for, done again and again beside the web processes."""

import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import click
from flask import Flask, current_app, g
from flask.cli import with_appcontext

from webapp.admin import verification
from webapp.cli import feed_schedule, messages, retention, server_log
from webapp.config.settings import Settings
from webapp.db import clock, faults, turns
from webapp.db.engine import db, now
from webapp.editor import edit_outcomes, reminders
from webapp.english import dates
from webapp.health import worker_jobs
from webapp.library.build import compile as compiling
from webapp.library.feeds import scheduled
from webapp.library.generation.disk import Busy
from webapp.library.generation.reader import Generation
from webapp.library.open_referral import edition
from webapp.library.syncing.following import SyncFault
from webapp.machines import feed_copies, library_sync, machine_clock, registry
from webapp.machines.machine_clock import ClockInDoubt
from webapp.telemetry import tracing
from webapp.upkeep import closures
from webapp.web import current, log_lines

log = logging.getLogger(__name__)


LEASE = timedelta(minutes=10)  # longer than any job takes; a worker that was killed holds it no longer
LOOK_AGAIN = timedelta(seconds=30)
FEEDS, FEEDS_LEASE = feed_copies.READING, timedelta(minutes=2)


@dataclass
class Job:
    """One kind of work and how often it is due. A job that fails is logged and tried again when next due.

    Where several workers run, one of them does what is to be done `alone`, at its turn. All do the rest: it is of this
    machine, or each piece of it is claimed.
    """

    name: str
    every: timedelta
    run: Callable[[], str]
    alone: bool = False
    due: datetime = field(default_factory=now)
    noted: datetime | None = None
    fault: str = ""

    def is_due(self, moment: datetime) -> bool:
        """Whether it is time. A clock that was set back since must not put it off until it has come as far again."""
        return self.due <= moment or self.due > moment + max(self.every, LOOK_AGAIN)


def jobs(settings: Settings) -> list[Job]:
    """Everything the worker does."""
    return [
        # A page's first or last day comes at midnight; a build in which nothing changed costs a look at each file.
        Job("content", timedelta(minutes=5), lambda: _build_content(settings)),
        Job("passwords", timedelta(seconds=5), lambda: messages.send_reset_letters(settings)),
        Job("messages", timedelta(seconds=10), lambda: messages.job(settings)),
        Job("week", timedelta(hours=1), messages.enqueue_week, alone=True),
        Job("reviews", timedelta(hours=1), lambda: reminders.job(settings, _newest_content()), alone=True),
        Job("settling", timedelta(minutes=1), lambda: _settle(settings), alone=True),
        Job("clock", timedelta(minutes=1), lambda: _look_at_clock(settings)),
        Job("trail", timedelta(seconds=10), _check_trail, alone=True),
        Job("tidying", timedelta(hours=1), lambda: retention.tidy(settings), alone=True),
    ]


@click.command()
@click.option("--once", "one_round", is_flag=True, help="Do everything that is due, then stop.")
@with_appcontext
def worker(one_round: bool) -> None:
    """Send mail, keep the content current and the database tidy. Stop it with Ctrl+C. Several may run.

    With --once it ends with status 1 where a job could not be done.
    """
    settings, me = current.settings(), feed_copies.reader_of(registry.name_of(current.settings()), str(os.getpid()))
    todo = jobs(settings)
    stopping = threading.Event()
    if not one_round:
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, lambda *_: stopping.set())
        server_log.take_over()
    if settings.content_remote and one_round:
        todo.insert(0, Job("commits", timedelta(minutes=1), lambda: _sync_content(settings)))
    elif settings.content_remote or registry.may_be_many(settings):
        # Beside the jobs: a push must not wait for mail, nor mail for a slow remote.
        library_sync.follow(current_app._get_current_object(), settings, stopping)  # type: ignore[attr-defined]
    feeds = Job(FEEDS, timedelta(minutes=1), lambda: feed_schedule.read_due(settings), alone=True)
    if one_round:
        todo.append(feeds)
    else:
        app = current_app._get_current_object()  # type: ignore[attr-defined]
        scheduled.follow(settings, stopping, is_ours=lambda: _reads_feeds(app, me, feeds))
    while not stopping.is_set():
        well = [_at_its_turn(job, me, anyway=one_round) for job in todo if job.is_due(now())]
        if one_round:
            sys.exit(0 if all(well) else 1)
        stopping.wait(1)


def _at_its_turn(job: Job, me: str, *, anyway: bool) -> bool:
    """Do `job`, unless it is to be done alone and another worker does it or has just done it. Whether all is well."""
    if not job.alone:
        return _do(job, aloud=anyway)
    well = False  # where the database cannot be asked whose turn it is
    with faults.or_undone(db.session):
        if turns.take(db.session, job.name, by=me, now=_shared_now(), lease=LEASE, anyway=anyway):
            well = _do(job, aloud=anyway)
            turns.give_back(db.session, job.name, by=me, due=_shared_now() + job.every)
            return well
        well = True
    job.due = now() + min(job.every, LOOK_AGAIN)
    return well


def _shared_now() -> datetime:
    """Now by the clock of all workers. Leaves no transaction open, for what comes next begins one that writes."""
    moment = clock.shared(db.session)
    db.session.rollback()
    return moment


def _reads_feeds(app: Flask, me: str, feeds: Job) -> bool:
    """Whether this worker is the one that reads feeds: it stays so for as long as it says so."""
    with app.app_context(), faults.or_undone(db.session):
        mine = turns.take(db.session, FEEDS, by=me, now=_shared_now(), lease=FEEDS_LEASE)
        if mine:
            _note(feeds, "", now())  # of a thread of its own, which nobody would miss otherwise
        return mine
    return False


def _do(job: Job, *, aloud: bool = False) -> bool:
    """Do it once, and say whether that went well. What is to be told goes to the log or, `aloud`, to who typed it."""
    said = fault = ""
    g.job, began = job.name, time.perf_counter()
    try:
        with tracing.job(job.name) as g.span:
            said = job.run()
    except (compiling.ContentError, SyncFault, Busy, OSError, ClockInDoubt) as error:
        said, fault = f"not done: {error}", faults.name_of(error)
    except Exception as error:
        fault = faults.name_of(error)
        log.exception("the job %s failed", job.name)
    finally:
        g.span = None
        db.session.rollback()
        job.due = now() + job.every
    if said and aloud:
        click.echo(f"{job.name}: {said}", err=bool(fault))
    elif said:
        ms = round((time.perf_counter() - began) * 1000, 1)
        told = log_lines.line(event="job", job=job.name, said=said, ms=ms, **({"error": fault} if fault else {}))
        log_lines.say(logging.ERROR if fault else logging.INFO, told)
    _note(job, fault, now())
    return not fault


def _note(job: Job, fault: str, at: datetime) -> None:
    """Let the site know that the worker is alive, and how this job fares; not after each of its many short rounds."""
    if fault == job.fault and job.noted and at - job.noted < worker_jobs.NOTED_EVERY:
        return
    with faults.or_undone(db.session):
        worker_jobs.note(db.session, job.name, at, fault)
        db.session.commit()
        job.noted, job.fault = at, fault


def _sync_content(settings: Settings) -> str:
    synced = library_sync.sync(settings)
    if synced.outcome:
        _publish(settings, synced.outcome)
    return f"commit {synced.commit[:12]} is served" if synced.outcome else ""


def _publish(settings: Settings, made: compiling.CompileOutcome | None) -> None:
    """Where open data is on, write what is published of a new generation: the first who asks would wait for it."""
    if settings.open_referral and made and made.switched:
        edition.prepare(made.generation)


def _build_content(settings: Settings) -> str:
    if settings.content_remote:
        again = library_sync.rebuild(settings)
        _publish(settings, again)
        return f"{again.generation.name} is served" if again and again.switched else ""
    today = dates.today(now())
    outcome = compiling.build(settings.content_dir, settings.index_dir, today=today, fallback=Settings.content_dir)
    _publish(settings, outcome)
    return f"{outcome.generation.name} is served" if outcome.switched else ""


def _newest_content() -> Generation | None:
    g.pop("content", None)  # the worker lives for days in one context, which would remember the first it saw
    return current.content_if_any()


def _look_at_clock(settings: Settings) -> str:
    with suppress(ClockInDoubt):  # said by what is then not done, and by `signpost doctor`
        machine_clock.look(settings.state_dir, now())
    return ""


def _check_trail() -> str:
    db.session.connection(execution_options={"writes": True})
    said = verification.step(db.session, now())
    db.session.commit()
    return said


def _settle(settings: Settings) -> str:
    gen = _newest_content()
    if gen is None:
        return ""
    if settings.content_remote and gen.origin:
        everybody_sees_it = registry.all_serve(db.session, gen.origin.commit, clock.shared(db.session))
        db.session.rollback()
        if not everybody_sees_it:
            return ""
    db.session.connection(execution_options={"writes": True})
    settled = closures.drop_published(db.session, gen, now())
    live = edit_outcomes.settle(db.session, gen, current.settings(), now())
    db.session.commit()
    told = [f"{settled} closed listings are so in their files now"] if settled else []
    told += [f"{live} edits are live"] if live else []
    return "; ".join(told)
