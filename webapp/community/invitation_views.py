"""A commissioner is asked to a meeting by whoever facilitates or convenes it, and answers."""

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.community import invitations, meetings, membership, rota
from webapp.community.blueprint import bp
from webapp.community.forms import InvitationForm, day_of
from webapp.community.models import Invitation, Reply
from webapp.db.engine import db
from webapp.db.engine import now as moment
from webapp.english import dates
from webapp.library.terms import Team
from webapp.web import access, current

REPLIES = {reply.value: reply for reply in (Reply.COMING, Reply.CANNOT)}
NOT_YOURS = "Only who facilitates or convenes this community can ask somebody to it. Nothing was sent."


@bp.get("/community/<team>/invitations")
@access.signed_in
def invite_page(team: str) -> ResponseReturnValue:
    here = _team(team)
    return _page(here, _form(here, formdata=False)) if _may_invite(here) else _refuse(here, NOT_YOURS)


@bp.post("/community/<team>/invitations")
@access.signed_in
def invite(team: str) -> ResponseReturnValue:
    here, now = _team(team), moment()
    if not _may_invite(here):
        return _refuse(here, NOT_YOURS)
    form = _form(here, formdata=True)
    if not form.validate():
        return _page(here, form, 422)
    day = day_of(form.day.data)
    meeting = meetings.on(here, day, now, rota.WEEKS) if day else None
    if meeting is None:
        return _refuse(here, "That meeting is over. Nothing was sent.")
    me = current.user()
    sent = invitations.invite(db.session, here.slug, here.label, meeting, form.whom, me, form.note.clean, now)
    db.session.commit()
    flash(
        "They are asked, and you hear what they say." if sent else "They were asked to this meeting already.", "success"
    )
    return redirect(url_for(".show", team=here.slug), 303)


@bp.post("/community/<team>/invitations/<int:number>/withdraw")
@access.signed_in
def withdraw(team: str, number: int) -> ResponseReturnValue:
    here = _team(team)
    if not _may_invite(here):
        return _refuse(here, NOT_YOURS)
    gone = invitations.withdraw(db.session, _one(here, number), here.label, moment())
    db.session.commit()
    flash("The invitation is taken back, and they are told." if gone else "It was taken back already.", "success")
    return redirect(url_for(".show", team=here.slug), 303)


@bp.post("/community/<team>/invitations/<int:number>/reply")
@access.signed_in
def reply(team: str, number: int) -> ResponseReturnValue:
    here, now = _team(team), moment()
    invitation = _one(here, number)
    if invitation.user_id != current.person().id:
        return _refuse(here, "That invitation is not for you. Nothing was sent.")
    if invitation.withdrawn_at or invitation.day < dates.day_of(now):
        return _refuse(here, "That invitation no longer stands. Nothing was sent.")
    answer = REPLIES.get(request.form.get("answer", ""))
    if answer is None:
        return _refuse(here, "Say whether you come. Nothing was sent.")
    invitations.reply(db.session, invitation, answer, now)
    db.session.commit()
    message = "They know that you are coming." if answer is Reply.COMING else "They know that you cannot come."
    flash(f"{message} You can change this until the day.", "success")
    return redirect(url_for(".show", team=here.slug), 303)


def _team(slug: str) -> Team:
    return current.content().vocabulary.teams.get(slug) or abort(404)


def _one(team: Team, number: int) -> Invitation:
    return invitations.one(db.session, team.slug, number) or abort(404)


def _may_invite(team: Team) -> bool:
    return membership.of(db.session, current.person(), team.slug, dates.day_of(moment())).may_invite


def _refuse(team: Team, why: str) -> ResponseReturnValue:
    flash(why, "error")
    return redirect(url_for(".show", team=team.slug), 303)


def _form(team: Team, *, formdata: bool) -> InvitationForm:
    form = InvitationForm() if formdata else InvitationForm(formdata=None)
    form.offer(invitations.commissioners(db.session), meetings.coming(team, moment(), rota.WEEKS))
    return form


def _page(team: Team, form: InvitationForm, status: int = 200) -> ResponseReturnValue:
    return make_response(render_template("community/invite.html", team=team, form=form), status)
