"""Which workstreams somebody leads, and which teams they convene. For administrators."""

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from webapp.accounts import assignments
from webapp.accounts.assignments import Assigned
from webapp.admin import who
from webapp.admin.blueprint import bp
from webapp.admin.forms import AssignmentsForm
from webapp.db.engine import db, now
from webapp.people.models import User
from webapp.web import access, current


@bp.get("/admin/users/<int:user_id>/assignments")
@access.only("admin")
def assignments_page(user_id: int) -> ResponseReturnValue:
    person = who.person(user_id)
    known = assignments.of(db.session, user_id)
    chosen = {"leads": sorted(known.leads), "convenes": sorted(known.convenes)}
    return _page(person, _offered(AssignmentsForm(formdata=None, data=chosen)))


@bp.post("/admin/users/<int:user_id>/assignments")
@access.only("admin")
def assign(user_id: int) -> ResponseReturnValue:
    person, form = who.person(user_id), _offered(AssignmentsForm())
    if not form.validate():
        return _page(person, form, 422)
    wanted = Assigned(frozenset(form.leads.data or ()), frozenset(form.convenes.data or ()))
    words = current.content().vocabulary
    changed = assignments.assign(db.session, person, wanted, words, by=current.user().id, now=now())
    db.session.commit()
    flash(f"{person.name} is told what they look after now." if changed else "Nothing was changed.", "success")
    return redirect(url_for(".show", user_id=user_id), 303)


def _offered(form: AssignmentsForm) -> AssignmentsForm:
    words = current.content().vocabulary
    form.offer(
        [(slug, term.label) for slug, term in words.terms("workstreams").items()],
        [(slug, team.label) for slug, team in words.teams.items()],
    )
    return form


def _page(person: User, form: AssignmentsForm, status: int = 200) -> ResponseReturnValue:
    return make_response(render_template("admin/assignments.html", person=person, form=form), status)
