"""The report for plans and statements, as a page and as a document, and the words that commissioners write into it."""

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.db.engine import db
from webapp.db.engine import now as moment
from webapp.reporting import asked, blocks, report, words
from webapp.reporting.blueprint import bp
from webapp.reporting.forms import ReportWordsForm
from webapp.reporting.method import METHOD
from webapp.web import access, current, submissions
from webapp.web.refusals import Stale

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
STALE = (
    "Somebody wrote here while you did. What stands now is shown below your words. Put them together, and save again"
)


@bp.get("/commissioning/report")
@access.only("commissioner")
def read() -> ResponseReturnValue:
    made = report.make(db.session, asked.scope(), current.content(), moment())
    return render_template(
        "reporting/report.html", report=made, scope=made.scope, most=blocks.MOST_BLOCKS, method=METHOD, **asked.words()
    )


@bp.get("/commissioning/report.docx")
@access.only("commissioner")
def download() -> ResponseReturnValue:
    made, gen = report.make(db.session, asked.scope(), current.content(), moment()), current.content()
    name = f"gap-report-{made.scope.since}-to-{made.scope.until}.docx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    from webapp.reporting import document  # here: its library is large, and few reports become documents

    base = current.settings().base_url or request.url_root.rstrip("/")
    return Response(document.write(made, gen, base), content_type=WORD, headers=headers)


@bp.get("/commissioning/report/words")
@access.only("commissioner")
def write() -> ResponseReturnValue:
    return _form_page(ReportWordsForm(words.latest(db.session, asked.scope().key)))


@bp.post("/commissioning/report/words")
@access.only("commissioner")
def keep() -> ResponseReturnValue:
    scope = asked.scope()
    form, user, now = ReportWordsForm(words.latest(db.session, scope.key)), current.user(), moment()
    if not form.validate():
        return _form_page(form, 422)
    address = url_for(".read", **scope.as_args())
    sent_before = submissions.claim(db.session, form.form_id.data, user.id, request.path, now)
    if sent_before is not None:
        return redirect(sent_before, 303)
    texts = form.opening.clean, form.recommendations.clean
    try:
        kept = words.keep(db.session, scope.key, *texts, user, now, seen=form.before)
    except Stale:
        db.session.rollback()
        form.opening.errors = [STALE]
        return _form_page(form, 409)
    submissions.complete(db.session, form.form_id.data, user.id, address)
    db.session.commit()
    flash("Kept. The report shows it." if kept else "Nothing was changed, so nothing new was kept.", "success")
    return redirect(address, 303)


def _form_page(form: ReportWordsForm, status: int = 200) -> ResponseReturnValue:
    scope = asked.scope()
    before = words.history(db.session, scope.key)
    if status == 409:
        form.seen.data = str(before[0].id if before else 0)  # what is sent next has seen what this page shows
    html = render_template(
        "reporting/words.html",
        form=form,
        scope=scope,
        about=report.about(scope, current.content()),
        history=before,
        **asked.words(),
    )
    return html, status
