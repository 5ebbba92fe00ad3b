"""My record of professional development: on a page that prints, and as a Word document."""

from typing import Any

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.db.engine import db
from webapp.db.engine import now as moment
from webapp.english import dates
from webapp.learning_logs import cpd, record
from webapp.learning_logs.blueprint import bp
from webapp.learning_logs.record import LogRecord, RecordPeriod
from webapp.web import access, current


@bp.get("/learning-logs/record")
@access.signed_in
def record_page() -> ResponseReturnValue:
    made = _record()
    return render_template(
        "learning_logs/record.html",
        record=made,
        period=made.period,
        ways=[
            ("Professional development", _address(made.period, "")),
            ("ASYE evidence", _address(made.period, record.ASYE)),
        ],
        made=moment(),
        headed_texts=record.headed_texts,
        lacks=cpd.lacks,
        label=current.content().vocabulary.label,
    )


@bp.get("/learning-logs/export.docx")
@access.signed_in
def export() -> ResponseReturnValue:
    made, gen = _record(), current.content()
    from webapp.learning_logs import document  # here: its library is large, and few records become documents
    from webapp.web import word

    name = f"learning-logs-{made.period.since}-to-{made.period.until}.docx"
    file = document.write(made, gen.vocabulary, gen.site.organisation, dates.short_date(moment()))
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(file, content_type=word.CONTENT_TYPE, headers=headers)


def _address(period: RecordPeriod, purpose: str) -> str:
    args: dict[str, Any] = {**period.as_args(), "as": purpose or None}
    return url_for(".record_page", **args)


def _record() -> LogRecord:
    me, words = current.person(), current.content().vocabulary
    team = words.teams.get(me.team)
    period = RecordPeriod.from_args(request.args, dates.day_of(moment()))
    return record.make(db.session, me, team.label if team else "", period)
