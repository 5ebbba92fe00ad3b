"""Add a group I found: what a colleague knows becomes a file in the editors' queue."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.db.engine import db, now
from webapp.directory.blueprint import bp
from webapp.directory.forms import FoundGroupForm
from webapp.english.dates import day_of
from webapp.library.listings import new_listing
from webapp.people.models import User
from webapp.upkeep import suggestions
from webapp.web import access, current, submissions


@bp.get("/directory/new")
@access.signed_in
def new() -> ResponseReturnValue:
    vocabulary = current.content().vocabulary
    place = request.args.get("place", "")
    return _form_page(FoundGroupForm(vocabulary, data={"place": place if place in vocabulary.terms("places") else ""}))


@bp.post("/directory/new")
@access.signed_in
def add() -> ResponseReturnValue:
    form, user, at = FoundGroupForm(current.content().vocabulary), current.user(), now()
    if not form.validate() or _is_known(form) or form.refuse(day_of(at)):
        return _form_page(form, 422)
    sent_before = submissions.claim(db.session, form.form_id.data, user.id, request.path, at)
    if sent_before is not None:
        return redirect(sent_before, 303)
    today = day_of(at)
    suggestions.send(db.session, form.front(today, _team(user)), form.body(today), user, at)
    address = url_for(".added")
    submissions.complete(db.session, form.form_id.data, user.id, address)
    db.session.commit()
    return redirect(address, 303)


@bp.get("/directory/new/sent")
@access.signed_in
def added() -> ResponseReturnValue:
    return render_template("directory/new_sent.html")


def _is_known(form: FoundGroupForm) -> bool:
    """Whether the directory has a listing of that name; says so at the field."""
    try:
        address = new_listing.address({"title": form.name.data})
    except ValueError:
        form.name.errors = ["Say what it is called, in letters"]
        return True
    page = current.content().page(address, day_of(now()))
    if page:
        form.name.errors = ["The directory has a listing of that name already: see below"]
        form.known = page
    return page is not None


def _team(user: User) -> str:
    """The team that made sure of it; who has none is of the house."""
    gen = current.content()
    return gen.vocabulary.label("teams", user.team) if user.team else gen.site.organisation


def _form_page(form: FoundGroupForm, status: int = 200) -> ResponseReturnValue:
    return render_template("directory/new.html", form=form), status
