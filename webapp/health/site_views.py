"""How the site is, in plain words, on one page. For administrators."""

from collections.abc import Iterator
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from webapp.db.engine import db, now
from webapp.health import examining, worker_jobs
from webapp.health.blueprint import bp
from webapp.health.finding import Level, Patient, how_long
from webapp.health.work_checks import WORKER_GONE
from webapp.web import access, current, fault_file, tasks


@bp.get("/admin/site")
@access.only("admin")
def site() -> ResponseReturnValue:
    """What `signpost doctor` finds, but for what would ask other machines, and the last faults."""
    settings, moment = current.settings(), now()
    findings = list(examining.examine(Patient(settings, db.engine, moment)))
    return render_template(
        "health/site.html",
        levels={level.value: [finding for finding in findings if finding.level is level] for level in Level},
        well=[(finding.about, finding.said) for finding in findings if finding.level is Level.FINE],
        faults=fault_file.latest(settings.state_dir),
        at=moment,
    )


@tasks.source("admin")
def worker_that_is_gone(user: Any) -> Iterator[tasks.Item]:
    seen, moment = worker_jobs.last_seen(db.session), now()
    if seen and moment - seen > WORKER_GONE:
        text = f"The worker was last seen {how_long(moment - seen)} ago, so no mail leaves"
        yield tasks.Item(text, url_for("health.site"))
