"""My searches: the last ones, those I saved, and the count of finished ones that a results page sends by itself."""

import base64

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.db import faults
from webapp.db.engine import db
from webapp.db.engine import now as moment
from webapp.pii import guard
from webapp.searches import counting, saved
from webapp.searches.finished import FinishedSearch, NotOurs, in_words
from webapp.searches.forms import NameForm
from webapp.searches.models import SavedSearch
from webapp.web import access, current
from webapp.web.text import number

bp = Blueprint("searches", __name__, template_folder="templates")
DOT = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")  # one transparent pixel


@bp.get("/searches")
@access.signed_in
def index() -> ResponseReturnValue:
    user = current.user()
    removed = request.args.get("removed", "")
    gone = saved.one(db.session, user.id, row) if (row := number(removed)) is not None else None
    return render_template(
        "searches/index.html",
        recent=saved.recent(db.session, user.id),
        saved=saved.saved(db.session, user.id),
        gone=gone if gone is not None and gone.removed_at else None,
        in_words=_in_words,
    )


@bp.post("/searches")
@access.background
def count() -> ResponseReturnValue:
    """What the script of a results page sends once its reader has stayed or gone on."""
    asked = _asked(request.form.get("search", ""))
    if asked is None:
        abort(400)
    counting.count(db.session, asked, current.user().id, current.settings().secret_key, moment())
    db.session.commit()
    return "", 204


@bp.get("/searches/seen.gif")
@access.background
def seen() -> ResponseReturnValue:
    """The same for a browser without scripts, as a picture of nothing: see docs/decisions/counting-searches.md."""
    user_id = current.user().id
    asked = _asked(request.args.get("search", ""))
    if asked is not None and request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin":
        db.session.rollback()  # the read that found who is asking must be over before a write begins
        with faults.or_undone(db.session):  # one search goes uncounted
            db.session.connection(execution_options={"writes": True})
            counting.count(db.session, asked, user_id, current.settings().secret_key, moment())
            db.session.commit()
    return Response(DOT, content_type="image/gif")


@bp.post("/searches/recent/forget")
@access.signed_in
def forget_recent() -> ResponseReturnValue:
    saved.forget_recent(db.session, current.user().id)
    db.session.commit()
    flash("Your recent searches are forgotten.", "success")
    return redirect(url_for(".index"), 303)


@bp.post("/searches/saved")
@access.signed_in
def save() -> ResponseReturnValue:
    asked = _asked(request.form.get("search", ""))
    if asked is None:
        flash("That page was open for too long. Search again, then save it.", "error")
        return redirect(url_for(".index"), 303)
    address = asked.address()
    try:
        saved.save(db.session, asked, current.user().id, _name_for(address), moment())
    except saved.Refused as refused:
        db.session.rollback()
        flash(str(refused), "error")
        return redirect(address, 303)
    db.session.commit()
    flash("Saved. You find it under “My searches”.", "success")
    return redirect(address, 303)


@bp.get("/searches/saved/<int:number>/name")
@access.signed_in
def name(number: int) -> ResponseReturnValue:
    search = _one(number)
    return _name_page(search, NameForm(data={"name": search.name}))


@bp.post("/searches/saved/<int:number>/name")
@access.signed_in
def rename(number: int) -> ResponseReturnValue:
    search, form = _one(number), NameForm()
    if not form.validate():
        return _name_page(search, form, 422)
    search.name = str(form.name.clean)
    db.session.commit()
    flash("Renamed.", "success")
    return redirect(url_for(".index"), 303)


@bp.post("/searches/saved/<int:number>/remove")
@access.signed_in
def remove(number: int) -> ResponseReturnValue:
    search = _one(number)
    search.removed_at = search.removed_at or moment()
    db.session.commit()
    return redirect(url_for(".index", removed=number), 303)


@bp.post("/searches/saved/<int:number>/restore")
@access.signed_in
def restore(number: int) -> ResponseReturnValue:
    _one(number).removed_at = None
    db.session.commit()
    flash("It is back.", "success")
    return redirect(url_for(".index"), 303)


def _asked(token: str) -> FinishedSearch | None:
    try:
        return FinishedSearch.read(token, current.settings().secret_key, current.user().id)
    except NotOurs:
        return None


def _one(number: int) -> SavedSearch:
    """A saved search of the person who asks; 404 for anybody else's."""
    return saved.one(db.session, current.user().id, number) or abort(404)


def _name_for(address: str) -> guard.CleanText:
    try:
        return guard.clean(_in_words(address))
    except guard.Identifying:  # a label of the vocabulary may look like a name
        return guard.clean("Saved search")


def _name_page(search: SavedSearch, form: NameForm, status: int = 200) -> ResponseReturnValue:
    return render_template("searches/name.html", search=search, form=form, in_words=_in_words), status


def _in_words(address: str) -> str:
    return in_words(address, current.content().vocabulary)
