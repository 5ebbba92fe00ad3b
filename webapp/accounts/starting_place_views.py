"""Where my home page and directory begin."""

from flask import flash, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from webapp.accounts import onward, starting_place
from webapp.accounts.blueprint import bp
from webapp.accounts.forms import EVERYWHERE, TEAMS, StartingPlaceForm
from webapp.db.engine import db
from webapp.web import access, current


@bp.get("/account/place")
@access.signed_in
def place_page() -> ResponseReturnValue:
    start = starting_place.of(db.session, current.person(), current.content().vocabulary)
    chosen = (start.places[0] if start.places else EVERYWHERE) if start.chosen else TEAMS
    going_to = onward.here_only(request.args.get("next"))
    form = StartingPlaceForm(formdata=None, data={"place": chosen, "next": going_to})
    return _page(form)


@bp.post("/account/place")
@access.signed_in
def choose_place() -> ResponseReturnValue:
    form, me = _offered(StartingPlaceForm()), current.person()
    if not form.validate():
        return _page(form, 422)
    if form.place.data == TEAMS:
        starting_place.forget(db.session, me.id)
    else:
        place = starting_place.WHOLE_CITY if form.place.data == EVERYWHERE else form.place.data
        starting_place.choose(db.session, me.id, place)
    db.session.commit()
    start = starting_place.of(db.session, me, current.content().vocabulary)
    flash(f"Your home page and the directory begin from {start.label or 'the whole city'} now.", "success")
    return redirect(onward.here_only(form.next.data), 303)


def _page(form: StartingPlaceForm, status: int = 200) -> ResponseReturnValue:
    return make_response(render_template("accounts/place.html", form=_offered(form)), status)


def _offered(form: StartingPlaceForm) -> StartingPlaceForm:
    words = current.content().vocabulary
    of_team = starting_place.of_team(current.person().team, words)
    form.offer(of_team.label, [(slug, place.label) for slug, place in words.terms("places").items()])
    return form
