"""What the worker notes of its own work, and what is read of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.health.models import WorkerJob

NOTED_EVERY = timedelta(seconds=30)  # a job that is due each five seconds need not write as often
MOST = 50
# What a worker that lives does at least each hour; the last is a thread beside the others.
STEADY = {
    "content": "shows pages from their first day to their last",
    "passwords": "sends letters for a new password",
    "messages": "sends mail",
    "week": "tells people of the week and the month",
    "reviews": "reminds owners of pages to be reviewed",
    "settling": "notes what was edited and is live now",
    "clock": "notices a clock that jumps",
    "trail": "checks the audit trail",
    "tidying": "removes what is past its time",
    "feeds": "reads other directories",
}
# Done by `signpost worker --once` alone: else the content is followed beside the jobs.
WORDS = {**STEADY, "commits": "takes the newest content"}


def note(session: Session, name: str, now: datetime, fault: str = "") -> None:
    """The job `name` has been tried; `fault` is the kind of what went wrong, if anything. Commit afterwards."""
    job = session.get(WorkerJob, name) or WorkerJob(name=name, fault="")
    job.ran_at = now
    if fault:
        job.fault_since = job.fault_since or now
    else:
        job.done_at, job.fault_since = now, None
    job.fault = fault[:200]
    session.add(job)


def last_seen(session: Session) -> datetime | None:
    """When the worker last did anything; None where it never has."""
    return session.scalar(select(func.max(WorkerJob.ran_at)))


def every(session: Session) -> Sequence[WorkerJob]:
    """All that the worker has ever done, by name."""
    return session.scalars(select(WorkerJob).order_by(WorkerJob.name).limit(MOST)).all()


def left_out(session: Session, since: datetime) -> Sequence[WorkerJob]:
    """The steady jobs that were not tried since then, by name."""
    wanted = select(WorkerJob).where(WorkerJob.name.in_(STEADY), WorkerJob.ran_at < since)
    return session.scalars(wanted.order_by(WorkerJob.name).limit(MOST)).all()


def failing(session: Session, since: datetime) -> Sequence[WorkerJob]:
    """The jobs whose last try failed, of those that were tried since then, by name."""
    wanted = select(WorkerJob).where(WorkerJob.fault != "", WorkerJob.ran_at >= since)
    return session.scalars(wanted.order_by(WorkerJob.name).limit(MOST)).all()
