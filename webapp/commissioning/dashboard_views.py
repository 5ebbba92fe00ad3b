"""The dashboard of every day, and any two things of the log counted against each other."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from webapp.commissioning.blueprint import bp
from webapp.commissioning.report import asked, cross_tab, dashboard
from webapp.commissioning.report.cross_tab import DIMENSIONS, SHOWN, CrossQuestion
from webapp.db.engine import db
from webapp.db.engine import now as moment
from webapp.web import access, current


@bp.get("/commissioning", endpoint="dashboard")
@access.only("commissioner")
def show_dashboard() -> ResponseReturnValue:
    made = dashboard.make(db.session, asked.scope(), current.content().vocabulary, moment())
    return render_template("commissioning/report/dashboard.html", scope=made.scope, dashboard=made, **asked.words())


@bp.get("/commissioning/cross-tab")
@access.only("commissioner")
def show_cross_tab() -> ResponseReturnValue:
    scope, question = asked.scope(), CrossQuestion.from_args(request.args)
    return render_template(
        "commissioning/report/cross_tab.html",
        scope=scope,
        question=question,
        table=cross_tab.table(db.session, scope, question, current.content().vocabulary),
        dimensions=DIMENSIONS,
        shown=SHOWN,
        **asked.words(),
    )
