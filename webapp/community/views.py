"""My community: the page of a team that meets every week, and its rota."""

from collections.abc import Callable
from datetime import datetime

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.accounts import starting_place
from webapp.community import invitations, meetings, membership, nearby, next_spotlight, raised, rota, tried
from webapp.community.blueprint import bp
from webapp.community.forms import RotaForm, day_of
from webapp.community.glance import MY_LOGS, WRITE_LOG
from webapp.community.meetings import Meeting
from webapp.community.membership import Belonging
from webapp.db.engine import db
from webapp.db.engine import now as moment
from webapp.english import dates
from webapp.library.terms import Team
from webapp.people.models import teams_convened_by
from webapp.upkeep import overlay
from webapp.web import access, current, navigation
from webapp.web.forms import Form

NOT_MINE = "Only people of this team can change its rota. Nothing was changed."
NO_MEETING = "That meeting is over, or it is not one of the next. Nothing was changed."


@bp.get("/community")
@access.signed_in
def mine() -> ResponseReturnValue:
    team = current.content().vocabulary.teams.get(current.person().team)
    return _page(team) if team else redirect(url_for(".every"), 303)


@bp.get("/community/<team>")
@access.signed_in
def show(team: str) -> ResponseReturnValue:
    return _page(_team(team))


@bp.post("/community/<team>/rota")
@access.signed_in
def put_on(team: str) -> ResponseReturnValue:
    here, now = _team(team), moment()
    if not _belonging(here, now).inside:
        return _refuse(here, NOT_MINE)
    coming = meetings.coming(here, now, rota.WEEKS)
    if not coming:
        return _refuse(here, NO_MEETING)
    form = _rota_form(coming, formdata=True)
    if not form.validate():
        return _page(here, 422, form)
    return _change(here, form.day.data, lambda meeting, me: _put_on(here, meeting, me, form, now))


@bp.post("/community/<team>/rota/off")
@access.signed_in
def take_off(team: str) -> ResponseReturnValue:
    here, now = _team(team), moment()

    def act(meeting: Meeting, me: int) -> str:
        gone = rota.take_off(db.session, here.slug, meeting, me, now)
        return f"You are off the rota for {dates.long_date(meeting.day)}." if gone else "You were not on the rota."

    return _change(here, request.form.get("day"), act)


@bp.post("/community/<team>/rota/back")
@access.signed_in
def put_back(team: str) -> ResponseReturnValue:
    here = _team(team)

    def act(meeting: Meeting, me: int) -> str:
        back = rota.put_back(db.session, here.slug, meeting, me)
        return f"You are on again for {dates.long_date(meeting.day)}." if back else "Nothing was changed."

    return _change(here, request.form.get("day"), act)


def _put_on(team: Team, meeting: Meeting, me: int, form: RotaForm, now: datetime) -> str:
    rota.put_on(db.session, team.slug, meeting, me, form.about.clean, now)
    return f"You are on for {dates.long_date(meeting.day)}. You can take yourself off at any time."


def _change(team: Team, day: str | None, act: Callable[[Meeting, int], str]) -> ResponseReturnValue:
    """Do something to my place at the meeting on `day`, and say what; where I do not belong here, nothing."""
    now = moment()
    if not _belonging(team, now).inside:
        return _refuse(team, NOT_MINE)
    wanted = day_of(day)
    meeting = meetings.on(team, wanted, now, rota.WEEKS) if wanted else None
    if meeting is None:
        return _refuse(team, NO_MEETING)
    try:
        message = act(meeting, current.person().id)
    except rota.Refused as refused:
        db.session.rollback()
        flash(str(refused), "error")
    else:
        db.session.commit()
        flash(message, "success")
    return redirect(url_for(".show", team=team.slug), 303)


def _team(slug: str) -> Team:
    return current.content().vocabulary.teams.get(slug) or abort(404)


def _belonging(team: Team, now: datetime) -> Belonging:
    return membership.of(db.session, current.person(), team.slug, dates.day_of(now))


def _refuse(team: Team, why: str) -> ResponseReturnValue:
    flash(why, "error")
    return redirect(url_for(".show", team=team.slug), 303)


def _rota_form(coming: list[Meeting], *, formdata: bool) -> RotaForm:
    form = RotaForm() if formdata else RotaForm(formdata=None)
    form.offer(coming)
    return form


def _page(team: Team, status: int = 200, form: RotaForm | None = None) -> ResponseReturnValue:
    gen, me, now = current.content(), current.person(), moment()
    today = dates.day_of(now)
    mine = _belonging(team, now)
    coming = meetings.coming(team, now, rota.WEEKS)
    patch = starting_place.of_team(team.slug, gen.vocabulary)
    asked = invitations.of_team(db.session, team.slug, today) if mine.sees_raised else []
    html = render_template(
        "community/show.html",
        team=team,
        mine=mine,
        convened=sorted(teams_convened_by(db.session, me.id)) if me.has("convener") else [],
        coming=coming,
        regularly=meetings.regularly(team),
        facilitators=membership.facilitators(db.session, team.slug),
        conveners=membership.conveners(db.session, team.slug),
        rota=rota.places(db.session, team.slug, coming) if mine.inside else {},
        rota_form=form or _rota_form(coming, formdata=False),
        invitations=asked if mine.inside else [i for i in asked if i.user_id == me.id],
        spotlight=next_spotlight.next_for(db.session, gen, team.slug, now),
        tries=tried.lately(db.session, team.slug, today) if mine.inside else None,
        after=tried.after_session(db.session, gen, team.slug, now) if mine.inside else None,
        raised=raised.by_team(db.session, team.slug) if mine.sees_raised else [],
        patch=patch,
        patch_href=nearby.directory_address(patch),
        week_href=nearby.week_address(patch),
        listings=nearby.new_listings(gen, patch, today, overlay.at(current.as_of()).closures),
        changed=nearby.changed_listings(gen, patch, today),
        answers=nearby.answers(db.session, gen, patch),
        write_log=navigation.open_to(me, (WRITE_LOG, MY_LOGS)),
        button=Form(formdata=None),
        label=gen.vocabulary.label,
        my_id=me.id,
    )
    return make_response(html, status)
