"""`signpost worker`: the work that no reader waits for, done again and again beside the web processes."""

import logging
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import click
from flask import current_app, g
from flask.cli import with_appcontext

from webapp import dates, library_sync
from webapp.admin import checking
from webapp.cli import feed_schedule, messages, retention
from webapp.config import Settings
from webapp.db import faults
from webapp.db.engine import db, now
from webapp.editing import settling
from webapp.editor import reminders
from webapp.health import worker_jobs
from webapp.library.build import compile as compiling
from webapp.library.feeds import scheduled
from webapp.library.generation.disk import Busy
from webapp.library.generation.reader import Generation, NoContent
from webapp.library.open_referral import edition
from webapp.library.syncing.following import SyncFault
from webapp.upkeep import closures
from webapp.web import current

log = logging.getLogger(__name__)


@dataclass
class Job:
    """One kind of work and how often it is due. A job that fails is logged and tried again when next due."""

    name: str
    every: timedelta
    run: Callable[[], str]
    due: datetime = field(default_factory=now)
    noted: datetime | None = None
    fault: str = ""


def jobs(settings: Settings) -> list[Job]:
    """Everything the worker does."""
    return [
        # A page's first or last day comes at midnight; a build in which nothing changed costs a look at each file.
        Job("content", timedelta(minutes=5), lambda: _build_content(settings)),
        Job("passwords", timedelta(seconds=5), lambda: messages.send_reset_letters(settings)),
        Job("messages", timedelta(seconds=10), lambda: messages.job(settings)),
        Job("week", timedelta(hours=1), messages.enqueue_week),
        Job("reviews", timedelta(hours=1), lambda: reminders.job(settings, _newest_content())),
        Job("settling", timedelta(minutes=1), _settle),
        Job("trail", timedelta(seconds=10), _check_trail),
        Job("tidying", timedelta(hours=1), lambda: retention.tidy(settings)),
    ]


@click.command()
@click.option("--once", "one_round", is_flag=True, help="Do everything that is due, then stop.")
@with_appcontext
def worker(one_round: bool) -> None:
    """Send mail, keep the content current and the database tidy. Stop it with Ctrl+C."""
    settings = current.settings()
    todo = jobs(settings)
    stopping = threading.Event()
    if not one_round:
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, lambda *_: stopping.set())
    if settings.content_remote and one_round:
        todo.insert(0, Job("commits", timedelta(minutes=1), lambda: _sync_content(settings)))
    elif settings.content_remote:  # beside the jobs: a push must not wait for mail, nor mail for a slow remote
        library_sync.follow(current_app._get_current_object(), settings, stopping)  # type: ignore[attr-defined]
    if one_round:
        todo.append(Job("feeds", timedelta(minutes=1), lambda: feed_schedule.read_due(settings)))
    else:
        scheduled.follow(settings, stopping)
    while not stopping.is_set():
        for job in todo:
            if job.due <= now():
                _do(job)
        if one_round:
            return
        stopping.wait(1)


def _do(job: Job) -> None:
    fault = ""
    try:
        result = job.run()
    except (compiling.ContentError, SyncFault, Busy, OSError) as error:
        fault = faults.name_of(error)
        click.echo(f"{job.name}: not done: {error}", err=True)
    except Exception as error:
        fault = faults.name_of(error)
        log.exception("the job %s failed", job.name)
    else:
        if result:
            click.echo(f"{job.name}: {result}")
    finally:
        db.session.rollback()
        job.due = now() + job.every
    _note(job, fault, now())


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
    try:
        return current.content()
    except NoContent:
        return None


def _check_trail() -> str:
    db.session.connection(execution_options={"writes": True})
    said = checking.step(db.session, now())
    db.session.commit()
    return said


def _settle() -> str:
    gen = _newest_content()
    if gen is None:
        return ""
    db.session.connection(execution_options={"writes": True})
    settled = closures.drop_published(db.session, gen, now())
    live = settling.settle(db.session, gen, current.settings(), now())
    db.session.commit()
    told = [f"{settled} closed listings are so in their files now"] if settled else []
    told += [f"{live} edits are live"] if live else []
    return "; ".join(told)
