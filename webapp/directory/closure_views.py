"""An editor marks a listing as closed, for all to see at once, and takes the mark away."""

from datetime import date

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from webapp.db.engine import db, now
from webapp.directory.blueprint import bp, listing_address
from webapp.english.dates import day_of
from webapp.upkeep import closures
from webapp.upkeep.corrections import Correction
from webapp.web import access, current
from webapp.web.text import number


@bp.post("/directory/<slug>/closure")
@access.only("editor")
def close(slug: str) -> ResponseReturnValue:
    at, path = now(), listing_address(slug)
    status = request.form.get("status", "")
    if status not in closures.STATUSES:
        abort(400)
    closures.close(db.session, path, status, _since(day_of(at)), current.user(), at)
    closures.drop_published(db.session, current.content(), at)
    db.session.commit()
    flash("Readers now see that it is reported closed. Change its file when you are sure.", "success")
    return redirect(_back(path), 303)


@bp.post("/directory/<slug>/closure/undo")
@access.only("editor")
def undo_closure(slug: str) -> ResponseReturnValue:
    path = listing_address(slug)
    if closures.undo(db.session, path, current.user(), now()):
        flash("Undone. Readers see it as its file says.", "success")
    db.session.commit()
    return redirect(_back(path), 303)


def _since(today: date) -> date:
    """The day that was reported; today where none was, or it has not come."""
    try:
        return min(date.fromisoformat(request.form.get("since", "")), today)
    except ValueError:
        return today


def _back(path: str) -> str:
    correction_id = number(request.form.get("correction"))
    if correction_id and db.session.get(Correction, correction_id):
        return url_for("editor.correction", number=correction_id)
    return path
