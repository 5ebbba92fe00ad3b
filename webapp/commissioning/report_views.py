"""The report for plans and statements, as a page and as a document, and the words that commissioners write into it."""

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.commissioning.blueprint import bp
from webapp.commissioning.report import asked, blocks, document, report, words
from webapp.commissioning.report.forms import ReportWordsForm
from webapp.commissioning.report.method import METHOD
from webapp.commissioning.report.scope import Scope
from webapp.db.engine import db
from webapp.db.engine import now as moment
from webapp.web import access, current, manuscript_pdf, pdf_answers, submissions, typesetting
from webapp.web.manuscript import Manuscript
from webapp.web.refusals import Stale

STALE = (
    "Somebody wrote here while you did. What stands now is shown below your words. Put them together, and save again"
)


@bp.get("/commissioning/report")
@access.only("commissioner")
def read_report() -> ResponseReturnValue:
    made = report.make(db.session, asked.scope(), current.content(), moment())
    return render_template(
        "commissioning/report/report.html",
        report=made,
        scope=made.scope,
        most=blocks.MOST_BLOCKS,
        method=METHOD,
        **asked.words(),
    )


@bp.get("/commissioning/report.docx")
@access.only("commissioner")
def download_report() -> ResponseReturnValue:
    from webapp.web import manuscript_word, word  # here: their library is large, and few reports become documents

    made, scope = _manuscript()
    headers = {"Content-Disposition": f'attachment; filename="{_name(scope)}.docx"'}
    return Response(manuscript_word.write(made), content_type=word.CONTENT_TYPE, headers=headers)


@bp.get("/commissioning/report.pdf")
@access.only("commissioner")
def report_on_paper() -> ResponseReturnValue:
    made, scope = _manuscript()
    db.session.rollback()  # nothing is held while the file is made
    try:
        return pdf_answers.answer(lambda: manuscript_pdf.write(made), f"{_name(scope)}.pdf", "report", shown=False)
    except (typesetting.TooLong, typesetting.NoLetters) as why:
        letter = why.letter if isinstance(why, typesetting.NoLetters) else ""
        return render_template("commissioning/report/no_pdf.html", scope=scope, letter=letter), 422


@bp.get("/commissioning/report/words")
@access.only("commissioner")
def write_words() -> ResponseReturnValue:
    return _form_page(ReportWordsForm(words.latest(db.session, asked.scope().key)))


@bp.post("/commissioning/report/words")
@access.only("commissioner")
def keep_words() -> ResponseReturnValue:
    scope = asked.scope()
    form, user, now = ReportWordsForm(words.latest(db.session, scope.key)), current.user(), moment()
    if not form.validate():
        return _form_page(form, 422)
    address = url_for(".read_report", **scope.as_args())
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
        "commissioning/report/words.html",
        form=form,
        scope=scope,
        about=report.about(scope, current.content()),
        history=before,
        **asked.words(),
    )
    return html, status


def _manuscript() -> tuple[Manuscript, Scope]:
    """What the Word file and the PDF are made of."""
    gen = current.content()
    made = report.make(db.session, asked.scope(), gen, moment())
    base = current.settings().base_url or request.url_root.rstrip("/")
    return document.manuscript(made, gen, base), made.scope


def _name(scope: Scope) -> str:
    return f"gap-report-{scope.since}-to-{scope.until}"
