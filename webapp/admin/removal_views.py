"""Removing an account for good: first a page that says what goes and what stays, then the press."""

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from webapp.accounts import removal
from webapp.admin import who
from webapp.admin.blueprint import bp
from webapp.admin.forms import RemovalForm
from webapp.db.engine import db, now
from webapp.people.models import User
from webapp.web import access, current
from webapp.web.refusals import Refused


@bp.get("/admin/users/<int:user_id>/removal")
@access.only("admin")
def removal_page(user_id: int) -> ResponseReturnValue:
    return _page(who.person(user_id), RemovalForm(formdata=None))


@bp.post("/admin/users/<int:user_id>/removal")
@access.only("admin")
def remove(user_id: int) -> ResponseReturnValue:
    person, form = who.person(user_id), RemovalForm()
    if removal.faults(db.session, person):
        return _page(person, RemovalForm(formdata=None), 422)
    if not form.validate():
        return _page(person, form, 422)
    name = person.name
    try:
        removal.remove(db.session, person, by=current.user().id, now=now())
    except Refused as why:
        db.session.rollback()
        form.form_errors.append(str(why))
        return _page(who.person(user_id), form, 422)
    db.session.commit()
    flash(f"{name} was removed. What they reported stays, without their name.", "success")
    return redirect(url_for(".index"), 303)


def _page(person: User, form: RemovalForm, status: int = 200) -> ResponseReturnValue:
    first = removal.faults(db.session, person)
    return make_response(render_template("admin/removal.html", person=person, form=form, first=first), status)
