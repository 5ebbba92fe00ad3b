"""A commissioner's own views of the list: save one, delete it, undo that; its columns; and single keys, on or off."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from webapp.commissioning import columns, desk
from webapp.commissioning.blueprint import bp
from webapp.commissioning.desk import Desk
from webapp.commissioning.forms import ViewForm
from webapp.db.engine import db
from webapp.db.engine import now as moment
from webapp.gaps import saved_views
from webapp.gaps.queries import GapFilters
from webapp.web import access, current, submissions
from webapp.web.refusals import Refused


@bp.post("/commissioning/views")
@access.only("commissioner")
def save() -> ResponseReturnValue:
    here, form, user = desk.left() or Desk(GapFilters()), ViewForm(), current.user()
    if not form.validate():
        return desk.show(here, view_form=form, status=422)
    sent_before = submissions.claim(db.session, form.form_id.data, user.id, request.path, moment())
    if sent_before is not None:
        return redirect(sent_before, 303)
    assert form.called.clean is not None
    try:
        query, shared = here.address(page=1).partition("?")[2], bool(form.shared.data)
        saved_views.save(db.session, form.called.clean, query, user, moment(), shared=shared)
    except Refused as refused:
        db.session.rollback()
        form.called.errors = [str(refused)]
        return desk.show(here, view_form=form, status=422)
    submissions.complete(db.session, form.form_id.data, user.id, here.address())
    db.session.commit()
    whose = "every commissioner" if shared else "you alone"
    flash(f"“{form.called.data}” is saved. It is in the row of views, for {whose}.", "success")
    return redirect(here.address(), 303)


@bp.post("/commissioning/views/<int:number>/share")
@access.only("commissioner")
def share(number: int) -> ResponseReturnValue:
    view = saved_views.mine(db.session, number, current.user())
    if view is None:
        return _gone()
    saved_views.share(db.session, view, request.form.get("shared") == "1")
    db.session.commit()
    flash(f"“{view.name}” is now for {'every commissioner' if view.shared else 'you alone'}.", "success")
    return redirect(f"{url_for('commissioning.gaps')}?{view.query}", 303)


@bp.post("/commissioning/views/<int:number>/delete")
@access.only("commissioner")
def delete(number: int) -> ResponseReturnValue:
    view = saved_views.mine(db.session, number, current.user())
    if view is None:
        return _gone()
    saved_views.remove(db.session, view, moment())
    db.session.commit()
    return redirect(url_for("commissioning.gaps", gone=number), 303)


@bp.post("/commissioning/views/<int:number>/restore")
@access.only("commissioner")
def restore(number: int) -> ResponseReturnValue:
    view = saved_views.mine(db.session, number, current.user(), deleted=True)
    if view is None:
        return _gone()
    try:
        saved_views.restore(db.session, view, current.user())
    except Refused as refused:
        db.session.rollback()
        flash(str(refused), "error")
        return redirect(url_for("commissioning.gaps"), 303)
    address = f"{url_for('commissioning.gaps')}?{view.query}"
    db.session.commit()
    flash("The view is back.", "success")
    return redirect(address, 303)


@bp.post("/commissioning/keys")
@access.only("commissioner")
def keys() -> ResponseReturnValue:
    on = request.form.get("on") == "1"
    saved_views.set_keys(db.session, current.user(), on)
    db.session.commit()
    flash(
        "Single keys are on." if on else "Single keys are off. Every key does only what your browser does.", "success"
    )
    return redirect((desk.left() or Desk(GapFilters())).address(), 303)


@bp.post("/commissioning/columns")
@access.only("commissioner")
def choose_columns() -> ResponseReturnValue:
    """Keep the ticked columns; the usual ones where that is what was pressed, or where none is ticked."""
    ticked = [key for key in columns.COLUMNS if key in request.form.getlist("column")]
    usual = request.form.get("usual") == "1" or not ticked
    saved_views.set_columns(db.session, current.user(), None if usual else ticked)
    db.session.commit()
    flash("The list has its usual columns." if usual else "The list has the columns that you chose.", "success")
    return redirect((desk.left() or Desk(GapFilters())).address(), 303)


def _gone() -> ResponseReturnValue:
    flash("There is no such view of yours any more.", "note")
    return redirect(url_for("commissioning.gaps"), 303)
