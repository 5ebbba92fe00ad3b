"""How the site is, in plain words, on one page. For administrators."""

import socket
from collections.abc import Iterator, Sequence
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from webapp.db.engine import db, now
from webapp.health import examination, worker_jobs
from webapp.health.blueprint import bp
from webapp.health.finding import Level, Patient, how_long
from webapp.health.models import WorkerJob
from webapp.health.work_checks import WORKER_GONE
from webapp.web import access, current, fault_file, slow, tasks


@bp.get("/admin/site")
@access.only("admin")
def site() -> ResponseReturnValue:
    """What `signpost doctor` finds, but for what would ask other machines, and the last faults."""
    settings, moment = current.settings(), now()
    findings = list(examination.examine(Patient(settings, db.engine, moment)))
    return render_template(
        "health/site.html",
        levels={level.value: [finding for finding in findings if finding.level is level] for level in Level},
        well=[(finding.about, finding.said) for finding in findings if finding.level is Level.FINE],
        faults=fault_file.latest(settings.state_dir),
        slow=slow.lately(settings.state_dir),
        jobs=_jobs(),
        job_words=worker_jobs.WORDS,
        machine=socket.gethostname(),
        limits=settings.observability,
        at=moment,
    )


def _jobs() -> Sequence[WorkerJob]:
    """What the worker did last; nothing where the database is away, of which the page says so elsewhere."""
    try:
        with Session(db.engine) as session:
            return worker_jobs.every(session)
    except SQLAlchemyError:
        return []


@tasks.source("admin")
def worker_that_is_gone(user: Any) -> Iterator[tasks.Item]:
    seen, moment = worker_jobs.last_seen(db.session), now()
    if seen and moment - seen > WORKER_GONE:
        text = f"The worker was last seen {how_long(moment - seen)} ago, so no mail leaves"
        yield tasks.Item(text, url_for("health.site"))
