"""My learning logs: all of them, writing one, reading and changing one."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.barriers import queries as barrier_queries
from webapp.db.engine import db
from webapp.db.engine import now as moment
from webapp.english.dates import day_of
from webapp.learning_logs import cpd, drafts, queries, record, writing
from webapp.learning_logs.blueprint import bp
from webapp.learning_logs.forms import EditForm, NewLogForm
from webapp.learning_logs.models import LearningLog
from webapp.learning_logs.retention import WITHDRAWN_KEPT
from webapp.web import access, current, htmx, submissions
from webapp.web.forms import Form
from webapp.web.text import number

PAGE_SIZE = 20


@bp.get("/learning-logs")
@access.signed_in
def index() -> ResponseReturnValue:
    me, now = current.person(), moment()
    page = queries.page_of(db.session, me.id, number(request.args.get("page")) or 1, PAGE_SIZE)
    return render_template(
        "learning_logs/index.html",
        page=page,
        withdrawn=queries.withdrawn(db.session, me.id),
        draft=drafts.of(db.session, me.id, now),
        progress=cpd.progress(db.session, me.id, day_of(now)),
        button=Form(formdata=None),
        label=current.content().vocabulary.label,
    )


@bp.get("/learning-logs/new")
@access.signed_in
def new() -> ResponseReturnValue:
    """An empty log, or the one that was begun, on whatever device."""
    draft = drafts.of(db.session, current.person().id, moment())
    form = NewLogForm(current.content().vocabulary, draft)
    return _new_page(form, begun_at=draft.saved_at if draft and form.back is None else None)


@bp.post("/learning-logs/new")
@access.signed_in
def write() -> ResponseReturnValue:
    form = NewLogForm(current.content().vocabulary)
    if not form.validate():
        return _new_page(form, 422)
    me, now = current.user(), moment()
    sent_before = submissions.claim(db.session, form.form_id.data, me.id, request.path, now)
    if sent_before is not None:
        return htmx.lead_to(sent_before)
    content, raised = form.content(), form.raised()
    drafts.forget(db.session, me.id)
    if writing.sent_again(db.session, content, raised, me, now):
        address, message = url_for(".index"), "You wrote exactly this today, so nothing was added."
    else:
        log = writing.record(db.session, content, raised, me, now)
        address, message = url_for(".show", log_id=log.id), _confirmation(raised is not None)
    submissions.complete(db.session, form.form_id.data, me.id, address)
    db.session.commit()
    flash(message, "success")
    return htmx.lead_to(address)


@bp.get("/learning-logs/<int:log_id>")
@access.signed_in
def show(log_id: int) -> ResponseReturnValue:
    log = _mine(log_id)
    stands = barrier_queries.stands(db.session, [log.barrier]) if log.barrier else {}
    return render_template(
        "learning_logs/show.html",
        log=log,
        stand=stands.get(log.barrier_id) if log.barrier_id else None,
        headed_texts=record.headed_texts,
        lacks=cpd.lacks(log),
        goes_at=log.withdrawn_at + WITHDRAWN_KEPT if log.withdrawn_at else None,
        button=Form(formdata=None),
        label=current.content().vocabulary.label,
    )


@bp.get("/learning-logs/<int:log_id>/edit")
@access.signed_in
def edit(log_id: int) -> ResponseReturnValue:
    log = _mine(log_id)
    return _edit_page(log, EditForm(current.content().vocabulary, log))


@bp.post("/learning-logs/<int:log_id>/edit")
@access.signed_in
def change(log_id: int) -> ResponseReturnValue:
    log, now = _mine(log_id), moment()
    form = EditForm(current.content().vocabulary, log)
    if not form.validate():
        return _edit_page(log, form, 422)
    me, address = current.user(), url_for(".show", log_id=log.id)
    sent_before = submissions.claim(db.session, form.form_id.data, me.id, request.path, now)
    if sent_before is not None:
        return htmx.lead_to(sent_before)
    raised = form.raised() if log.barrier_id is None else None
    writing.change(db.session, log, form.content(), raised, me, now)
    submissions.complete(db.session, form.form_id.data, me.id, address)
    db.session.commit()
    flash("Changed.", "success")
    return htmx.lead_to(address)


@bp.post("/learning-logs/<int:log_id>/withdraw")
@access.signed_in
def withdraw(log_id: int) -> ResponseReturnValue:
    log = _mine(log_id)
    writing.withdraw(log, moment())
    db.session.commit()
    return redirect(url_for(".show", log_id=log.id), 303)


@bp.post("/learning-logs/<int:log_id>/withdraw/undo")
@access.signed_in
def put_back(log_id: int) -> ResponseReturnValue:
    log = _mine(log_id)
    writing.put_back(log)
    db.session.commit()
    flash("It is back among your logs.", "success")
    return redirect(url_for(".show", log_id=log.id), 303)


@bp.post("/learning-logs/<int:log_id>/peers")
@access.signed_in
def with_peers(log_id: int) -> ResponseReturnValue:
    """I have talked this over with peers."""
    return _mark_peers(log_id, True, "Marked as reflected on with peers. Change the log to add what they made you see.")


@bp.post("/learning-logs/<int:log_id>/peers/undo")
@access.signed_in
def without_peers(log_id: int) -> ResponseReturnValue:
    return _mark_peers(log_id, False, "The mark is taken off.")


def _mark_peers(log_id: int, is_so: bool, message: str) -> ResponseReturnValue:
    log = _mine(log_id)
    log.with_peers = is_so
    db.session.commit()
    flash(message, "success")
    return redirect(url_for(".show", log_id=log.id), 303)


def _mine(log_id: int) -> LearningLog:
    return queries.one(db.session, log_id, current.person().id) or abort(404)


def _confirmation(is_raised: bool) -> str:
    return "Your log is kept, and what got in the way is passed on." if is_raised else "Your log is kept."


def _new_page(form: NewLogForm, status: int = 200, begun_at: object = None) -> ResponseReturnValue:
    return htmx.page(
        "learning_logs/new.html",
        "learning_logs/_new.html",
        status,
        form=form,
        begun_at=begun_at,
        button=Form(formdata=None),
        team=current.person().team,
    )


def _edit_page(log: LearningLog, form: EditForm, status: int = 200) -> ResponseReturnValue:
    return htmx.page(
        "learning_logs/edit.html", "learning_logs/_edit.html", status, form=form, log=log, team=current.person().team
    )
