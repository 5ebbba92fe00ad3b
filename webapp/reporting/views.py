"""The figures of the gap log: the dashboard of every day, and the report of a period for plans and statements."""

from typing import Any

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from webapp.dates import day_of
from webapp.db.engine import db
from webapp.db.engine import now as moment
from webapp.gaps.queries import ANY_OPEN, CITYWIDE
from webapp.reporting import charts, figures, report, words
from webapp.reporting.figures import Figures
from webapp.reporting.scope import Scope
from webapp.web import access, current

bp = Blueprint("reporting", __name__, template_folder="templates")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@bp.get("/commissioning")
@access.only("commissioner")
def dashboard() -> ResponseReturnValue:
    scope, now = _scope(), moment()
    counted = figures.gather(db.session, scope, now, day_of(now))
    return render_template(
        "reporting/dashboard.html",
        scope=scope,
        figures=counted,
        oldest=figures.oldest(db.session, scope),
        days_of=report.days_of,
        **_charts(counted),
        **_words(),
    )


@bp.get("/commissioning/report")
@access.only("commissioner")
def read() -> ResponseReturnValue:
    return render_template(
        "reporting/report.html",
        report=_report(),
        written=words.latest(db.session, _scope().key),
        method=report.METHOD,
        **_words(),
    )


@bp.get("/commissioning/report.docx")
@access.only("commissioner")
def download() -> ResponseReturnValue:
    made, gen = _report(), current.content()
    name = f"gap-report-{made.scope.since}-to-{made.scope.until}.docx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    from webapp.reporting import document  # here: its library is large, and few reports become documents

    file = document.write(made, gen.vocabulary, gen.site.organisation)
    return Response(file, content_type=WORD, headers=headers)


def _scope() -> Scope:
    return Scope.from_args(request.args, current.content().vocabulary)


def _report() -> report.GapStatistics:
    now = moment()
    today = day_of(now)
    return report.make(db.session, _scope().whole(today), current.content(), now, today)


def _charts(counted: Figures) -> dict[str, Any]:
    vocabulary = current.content().vocabulary
    gaps = "/commissioning/gaps?status=" + ANY_OPEN
    return {
        "statuses": charts.statuses(counted, "/commissioning/gaps?status="),
        "places": charts.bars(
            (charts.place_name(p, vocabulary), c, f"{gaps}&place={p or CITYWIDE}") for p, c in counted.by_place.items()
        ),
        "themes": charts.bars((charts.theme_name(t, vocabulary), c, "") for t, c in counted.by_theme.items()),
        "ages": charts.bars((age, c, "") for age, c in counted.by_age.items()),
        "months": charts.pairs(counted.months),
    }


def _words() -> dict[str, Any]:
    vocabulary = current.content().vocabulary
    return {"label": vocabulary.label, "localities": vocabulary.localities}
