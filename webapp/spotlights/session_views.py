"""Sessions: planned for a team, changed, cancelled and brought back, and written up."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.db.engine import db
from webapp.db.engine import now as moment
from webapp.english import dates
from webapp.library.build.pages import Page
from webapp.spotlights import feedback, hosts, queries, sessions
from webapp.spotlights.asked_for import hosted, locked, one, refuse, spotlight
from webapp.spotlights.blueprint import bp
from webapp.spotlights.feedback_forms import USEFUL
from webapp.spotlights.forms import RecordForm, SessionPlanForm, as_planned, suggested
from webapp.spotlights.models import SpotlightSession
from webapp.web import access, current, qr, submissions
from webapp.web.forms import Form
from webapp.web.refusals import Refused, Stale


@bp.get("/spotlights/<slug>/sessions/new")
@access.only(*hosts.HOSTS)
def new(slug: str) -> ResponseReturnValue:
    page = spotlight(slug)
    return _plan_page(page, _new_form(page, formdata=None))


@bp.post("/spotlights/<slug>/sessions/new")
@access.only(*hosts.HOSTS)
def plan(slug: str) -> ResponseReturnValue:
    page = spotlight(slug)
    form, me, now = _new_form(page), current.user(), moment()
    if not form.validate() or not form.check_when(dates.day_of(now)):
        return _plan_page(page, form), 422
    sent_before = submissions.claim(db.session, form.form_id.data, me.id, request.path, now)
    if sent_before is not None:
        return redirect(sent_before, 303)
    held = sessions.plan(db.session, form.plan(slug), me.id, now)
    address = url_for(".session", slug=slug, number=held.id)
    submissions.complete(db.session, form.form_id.data, me.id, address)
    db.session.commit()
    flash("Planned. It is on the spotlight’s page, and in the calendars of those it is for.", "success")
    return redirect(address, 303)


@bp.get("/spotlights/<slug>/sessions/<int:number>")
@access.signed_in
def session(slug: str, number: int) -> ResponseReturnValue:
    page, held, now = spotlight(slug), one(slug, number), moment()
    me = current.person()
    mine = hosts.of(db.session, me)
    may_host = mine.may(held.team)
    answers_open = feedback.is_open(held, now)
    base = current.settings().base_url or request.url_root.rstrip("/")
    address = f"{base}{url_for('spotlights.feedback', slug=slug, session=number)}"
    return render_template(
        "spotlights/session.html",
        page=page,
        held=held,
        may_host=may_host,
        answers_open=answers_open,
        answered=answers_open and feedback.mine(db.session, held, me.id) is not None,
        feedback_address=address,
        code=qr.code(address) if may_host and answers_open else "",
        summary=feedback.summary(db.session, held) if may_host else None,
        useful=USEFUL,
        at_least=feedback.AT_LEAST,
        reads_record=hosts.reads_record(mine, me, held),
        themes=queries.themes(db.session, [held])[held.id],
        is_over=held.ends_at <= now,
        begun=sessions.begun(held, now),
        button=Form(formdata=None),
        label=current.content().vocabulary.label,
    )


@bp.get("/spotlights/<slug>/sessions/<int:number>/change")
@access.only(*hosts.HOSTS)
def edit(slug: str, number: int) -> ResponseReturnValue:
    held = hosted(one(slug, number))
    return _plan_page(spotlight(slug), _form(as_planned(held), formdata=None), held)


@bp.post("/spotlights/<slug>/sessions/<int:number>/change")
@access.only(*hosts.HOSTS)
def change(slug: str, number: int) -> ResponseReturnValue:
    page, held, now = spotlight(slug), hosted(locked(slug, number)), moment()
    form = _form(as_planned(held))
    if not form.validate() or not form.check_when(dates.day_of(now)):
        return _plan_page(page, form, held), 422
    try:
        moved = sessions.change(db.session, held, form.plan(slug), current.user().id, now, version=form.seen)
    except Stale:
        db.session.rollback()
        return _plan_page(page, form, held, stale=True), 409
    except Refused as refused:
        return refuse(held, str(refused))
    db.session.commit()
    flash("Changed. Calendars that follow it hear of it by themselves." if moved else "Nothing was changed.", "success")
    return redirect(url_for(".session", slug=slug, number=number), 303)


@bp.post("/spotlights/<slug>/sessions/<int:number>/cancel")
@access.only(*hosts.HOSTS)
def cancel(slug: str, number: int) -> ResponseReturnValue:
    held = hosted(locked(slug, number))
    try:
        gone = sessions.cancel(db.session, held, current.user().id, moment())
    except Refused as refused:
        return refuse(held, str(refused))
    db.session.commit()
    message = "Cancelled. Calendars say so too. You can bring it back." if gone else "It was cancelled already."
    flash(message, "success")
    return redirect(url_for(".session", slug=slug, number=number), 303)


@bp.post("/spotlights/<slug>/sessions/<int:number>/cancel/undo")
@access.only(*hosts.HOSTS)
def restore(slug: str, number: int) -> ResponseReturnValue:
    held = hosted(locked(slug, number))
    back = sessions.restore(db.session, held, current.user().id, moment())
    db.session.commit()
    flash("The session is on again." if back else "It is on already.", "success")
    return redirect(url_for(".session", slug=slug, number=number), 303)


@bp.get("/spotlights/<slug>/sessions/<int:number>/record")
@access.only(*hosts.HOSTS)
def write_record(slug: str, number: int) -> ResponseReturnValue:
    page, held = spotlight(slug), hosted(one(slug, number))
    if held.cancelled_at or not sessions.begun(held, moment()):
        return refuse(held, "There is nothing to write up yet: the session has not been.")
    return _record_page(page, held, _record_form(page, held, formdata=None))


@bp.post("/spotlights/<slug>/sessions/<int:number>/record")
@access.only(*hosts.HOSTS)
def record(slug: str, number: int) -> ResponseReturnValue:
    page, held = spotlight(slug), hosted(locked(slug, number))
    form = _record_form(page, held)
    if not form.validate():
        return _record_page(page, held, form), 422
    try:
        sessions.record(db.session, held, form.record(), current.user().id, moment(), version=form.seen)
    except Stale:
        db.session.rollback()
        return _record_page(page, held, form, stale=True), 409
    except Refused as refused:
        return refuse(held, str(refused))
    db.session.commit()
    flash("Kept. The themes count among those that conveners see.", "success")
    return redirect(url_for(".session", slug=slug, number=number), 303)


def _new_form(page: Page, **kwargs: Any) -> SessionPlanForm:
    me = current.person()
    mine = hosts.of(db.session, me)
    team = me.team if mine.may(me.team) and not mine.all_teams else ""
    return _form(suggested(page.front, current.content().vocabulary, team, dates.day_of(moment())), **kwargs)


def _form(kept: dict[str, Any], **kwargs: Any) -> SessionPlanForm:
    return SessionPlanForm(current.content().vocabulary, hosts.of(db.session, current.person()), kept, **kwargs)


def _plan_page(page: Page, form: SessionPlanForm, held: SpotlightSession | None = None, *, stale: bool = False) -> str:
    return render_template("spotlights/plan.html", page=page, form=form, held=held, stale=stale)


def _record_form(page: Page, held: SpotlightSession, **kwargs: Any) -> RecordForm:
    kept = queries.themes(db.session, [held])[held.id]
    if held.held_at is None and not kept:
        kept = list(page.front.themes)[: sessions.MOST_THEMES]
    return RecordForm(current.content().vocabulary, held, kept, **kwargs)


def _record_page(page: Page, held: SpotlightSession, form: RecordForm, *, stale: bool = False) -> str:
    return render_template("spotlights/record.html", page=page, held=held, form=form, stale=stale)
