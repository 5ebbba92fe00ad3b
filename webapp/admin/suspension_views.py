"""Stopping somebody's sign-in and letting them in again; and who takes what they look after."""

from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.accounts import administration
from webapp.accounts.handover import give
from webapp.admin import who
from webapp.admin.blueprint import bp
from webapp.admin.forms import SuspensionForm, handover_form, stopping_form
from webapp.db.engine import db, now
from webapp.people.models import User
from webapp.web import access, current, handover


@bp.get("/admin/users/<int:user_id>/standing")
@access.only("admin")
def suspension_page(user_id: int) -> ResponseReturnValue:
    person = who.person(user_id)
    return _suspension_page(person, _form(person, formdata=None))


@bp.post("/admin/users/<int:user_id>/standing")
@access.only("admin")
def change_suspension(user_id: int) -> ResponseReturnValue:
    # The button says which of the two: two administrators at once must not undo each other.
    return _enable(user_id) if request.form.get("do") == "enable" else _disable(user_id)


@bp.get("/admin/users/<int:user_id>/handover")
@access.only("admin")
def handover_page(user_id: int) -> ResponseReturnValue:
    person = who.person(user_id)
    return _handover_page(person, _asked(person, handover_form(formdata=None)))


@bp.post("/admin/users/<int:user_id>/handover")
@access.only("admin")
def hand_over(user_id: int) -> ResponseReturnValue:
    person = who.person(user_id)
    form = _asked(person, handover_form())
    if not form.validate():
        return _handover_page(person, form, 422)
    summary = _hand_over(person, form.taken)
    db.session.commit()
    flash(summary or "Nothing was handed over.", "success")
    return redirect(url_for(".show", user_id=user_id), 303)


def _enable(user_id: int) -> ResponseReturnValue:
    person, form = who.person(user_id), SuspensionForm()
    if not form.validate():
        return _suspension_page(person, form, 422)
    administration.enable(db.session, person, reason=str(form.reason.clean), by=current.user().id, now=now())
    db.session.commit()
    flash(f"{person.name} can sign in again.", "success")
    return redirect(url_for(".show", user_id=user_id), 303)


def _disable(user_id: int) -> ResponseReturnValue:
    person = who.person(user_id)
    form = _asked(person, stopping_form())
    if not form.validate():
        return _suspension_page(person, form, 422)
    try:
        administration.disable(db.session, person, reason=str(form.reason.clean), by=current.user().id, now=now())
    except administration.Refused as why:
        db.session.rollback()
        form.reason.errors = [str(why)]
        return _suspension_page(who.person(user_id), form, 422)
    summary = _hand_over(person, form.taken)
    db.session.commit()
    flash(f"{person.name} can no longer sign in, and is signed out everywhere. {summary}".strip(), "success")
    return redirect(url_for(".show", user_id=user_id), 303)


def _hand_over(person: User, taken: dict[str, int]) -> str:
    """Give each kind of work to the person chosen for it; returns sentences that say who takes what."""
    me, moment = current.user().id, now()
    gave = {key: give(db.session, key, person, to, by=me, now=moment) for key, to in taken.items()}
    return " ".join(f"{db.session.get_one(User, taken[key]).name} takes {work}." for key, work in gave.items())


def _asked(person: User, form: Any) -> Any:
    held = handover.held_by(db.session, person.id)
    takers = {key: handover.WORK[key].takers(db.session) for key in held}
    form.ask(held, {key: [one for one in people if one[0] != person.id] for key, people in takers.items()})
    return form


def _form(person: User, **kwargs: Any) -> Any:
    return SuspensionForm(**kwargs) if person.disabled else _asked(person, stopping_form(**kwargs))


def _suspension_page(person: User, form: Any, status: int = 200) -> ResponseReturnValue:
    return make_response(render_template("admin/suspension.html", person=person, form=form), status)


def _handover_page(person: User, form: Any, status: int = 200) -> ResponseReturnValue:
    return make_response(render_template("admin/handover.html", person=person, form=form), status)
