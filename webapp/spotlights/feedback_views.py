"""The one-minute form after a session, which a code in the room leads to."""

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.barriers.models import Barrier
from webapp.db.engine import db
from webapp.db.engine import now as moment
from webapp.library.build.pages import Page
from webapp.spotlights import feedback as answers
from webapp.spotlights.asked_for import refuse, spotlight, wanted
from webapp.spotlights.blueprint import bp
from webapp.spotlights.feedback_forms import SessionFeedbackForm
from webapp.spotlights.models import SessionFeedback, SpotlightSession
from webapp.web import access, current, submissions
from webapp.web.refusals import Refused

NOT_YET = "The form opens shortly before the session begins."
CLOSED = "The form is closed: it was open until two weeks after the session."


@bp.get("/spotlights/<slug>/feedback")
@access.signed_in
def feedback(slug: str) -> ResponseReturnValue:
    page, now = spotlight(slug), moment()
    held = _asked_about(slug)
    if held is None:
        flash("No session of this spotlight is asking what you thought of it just now.", "error")
        return redirect(page.path, 303)
    if "session" not in request.args:
        return redirect(url_for(".feedback", slug=slug, session=held.id), 303)
    if not answers.is_open(held, now):
        return refuse(held, NOT_YET if held.starts_at > now else CLOSED)
    given = answers.mine(db.session, held, current.person().id)
    return _page(page, held, given, _form(page, given, formdata=None))


@bp.post("/spotlights/<slug>/feedback")
@access.signed_in
def give(slug: str) -> ResponseReturnValue:
    page, held, now, me = spotlight(slug), _asked_about(slug), moment(), current.user()
    if held is None:
        abort(404)
    given = answers.mine(db.session, held, me.id)
    form = _form(page, given)
    if not form.validate():
        return _page(page, held, given, form, 422)
    sent_before = submissions.claim(db.session, form.form_id.data, me.id, request.path, now)
    if sent_before is not None:
        return redirect(sent_before, 303)
    had = given is not None and given.barrier_id is not None
    try:
        kept = answers.give(db.session, held, me, form.given(), now)
    except Refused as refused:
        return refuse(held, str(refused))
    address = url_for(".session", slug=slug, number=held.id)
    submissions.complete(db.session, form.form_id.data, me.id, address)
    passed_on = db.session.get(Barrier, kept.barrier_id) if kept.barrier_id and not had else None
    more = f" What is in the way is passed on as {passed_on.ref}." if passed_on else ""
    db.session.commit()
    flash(f"Thank you, that is kept.{more} You can change it until the form closes.", "success")
    return redirect(address, 303)


def _asked_about(slug: str) -> SpotlightSession | None:
    """The session that the address names; where it names none, the last one whose form is open."""
    if "session" in request.args:
        return wanted(slug, request.args["session"])
    return answers.latest_open(db.session, slug, current.user().team, moment())


def _form(page: Page, given: SessionFeedback | None, **kwargs: object) -> SessionFeedbackForm:
    return SessionFeedbackForm(current.content().vocabulary, given, page.front.themes[0], **kwargs)


def _page(
    page: Page, held: SpotlightSession, given: SessionFeedback | None, form: SessionFeedbackForm, status: int = 200
) -> ResponseReturnValue:
    passed_on = db.session.get(Barrier, given.barrier_id) if given and given.barrier_id else None
    html = render_template(
        "spotlights/feedback.html",
        page=page,
        held=held,
        given=given,
        form=form,
        passed_on=passed_on,
        label=current.content().vocabulary.label,
    )
    return make_response(html, status)
