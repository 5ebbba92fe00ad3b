"""Figures that are read when somebody asks: of the content, the disk and the database, which all processes share.

A database that is away takes its own figures with it and no others; then `signpost_database_up` is 0.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from shutil import disk_usage

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from webapp.admin import verification
from webapp.backup import models as backups
from webapp.health import disk_checks, work_checks, worker_jobs
from webapp.health.finding import Patient
from webapp.library.generation.reader import Generation
from webapp.library.syncing import state


def moment(written: str | datetime | None) -> float | None:
    """A moment as seconds since 1970, as Prometheus has it; None where there was none."""
    if not written:
        return None
    return (datetime.fromisoformat(written) if isinstance(written, str) else written).timestamp()


@dataclass(eq=False)  # a collector is known by itself
class SiteFigures(Collector):
    """Of the site as `at` finds it; `served` is the content that is served now, None where there is none."""

    at: Patient
    served: Generation | None

    def collect(self) -> Iterator[Metric]:
        """Every figure, each with what it is in a few words."""
        yield from _content(self.served)
        yield from _sync(self.at)
        yield from _disk(self.at)
        yield from _database(self.at)


def _content(served: Generation | None) -> Iterator[Metric]:
    yield _gauge("signpost_content_served", "Whether there is content to serve", float(served is not None))
    if served is None:
        return
    known = InfoMetricFamily("signpost_content", "What is served")
    known.add_metric([], {"generation": served.id, "commit": served.origin.commit if served.origin else ""})
    yield known
    yield _gauge("signpost_content_compiled_timestamp_seconds", "When it was compiled", moment(served.built_at))
    faulty = {problem.file for problem in served.problems if problem.level == "error"}
    yield _gauge("signpost_content_files_with_faults", "Files whose last good version is served", float(len(faulty)))


def _sync(at: Patient) -> Iterator[Metric]:
    if at.settings.content_remote is None:
        return
    last = state.read(at.settings.index_dir)
    yield _gauge("signpost_sync_last_try_timestamp_seconds", "When it was last looked for", moment(last.tried_at))
    yield _gauge("signpost_sync_failing", "Whether the last try took nothing", float(bool(last.fault)))
    tries = CounterMetricFamily("signpost_sync_failures", "Tries that took nothing")
    tries.add_metric([], last.failures)
    yield tries


def _disk(at: Patient) -> Iterator[Metric]:
    free = GaugeMetricFamily("signpost_disk_free_bytes", "Room for what it holds", labels=["holds"])
    for name, folder in disk_checks.folders(at).items():
        with suppress(OSError):
            free.add_metric([name], disk_usage(disk_checks.nearest(folder)).free)
    yield free


def _database(at: Patient) -> Iterator[Metric]:
    """All or, where it is away in the middle, nothing of it: half an answer would look like a whole one."""
    try:
        with Session(at.engine) as session:
            found = [*_mail(session, at), *_backup(session), *_jobs(session), *_trail(session)]
    except SQLAlchemyError:
        found = []
    yield _gauge("signpost_database_up", "Whether the database answers", float(bool(found)))
    yield from found


def _mail(session: Session, at: Patient) -> Iterable[Metric]:
    queue = work_checks.mail_queue(session, at.now)
    yield _gauge("signpost_outbox_waiting", "Messages to be sent", float(queue.waiting))
    oldest = (at.now - queue.oldest).total_seconds() if queue.oldest else 0.0
    yield _gauge("signpost_outbox_oldest_seconds", "Age of the oldest of them", oldest)
    yield _gauge("signpost_outbox_given_up", "Messages of the last week that could not be sent", float(queue.given_up))


def _backup(session: Session) -> Iterable[Metric]:
    last = backups.last(session)
    yield _gauge("signpost_backup_last_timestamp_seconds", "When the last was made", moment(last.at if last else None))


def _jobs(session: Session) -> Iterable[Metric]:
    ran = GaugeMetricFamily("signpost_job_ran_timestamp_seconds", "When the worker last tried it", labels=["job"])
    failing = GaugeMetricFamily("signpost_job_failing", "Whether that failed", labels=["job"])
    for job in worker_jobs.every(session):
        ran.add_metric([job.name], job.ran_at.timestamp())
        failing.add_metric([job.name], float(bool(job.fault)))
    return ran, failing


def _trail(session: Session) -> Iterable[Metric]:
    check = verification.state(session)
    yield _gauge("signpost_audit_trail_broken", "Whether it does not fit", float(bool(check and check.fault)))


def _gauge(name: str, told: str, value: float | None) -> Metric:
    """A figure without labels; without a value, a name that is told of and has none, so that `absent()` finds it."""
    return GaugeMetricFamily(name, told, value=value)
