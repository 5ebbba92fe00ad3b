"""“I checked today that this is right”: one press by anybody signed in, which can be taken back the same day."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from webapp.db.engine import db, now
from webapp.directory.blueprint import bp, listing_address
from webapp.english.dates import day_of
from webapp.upkeep import confirmations
from webapp.web import access, current, urls


@bp.post("/directory/<slug>/confirmation")
@access.signed_in
def confirm(slug: str) -> ResponseReturnValue:
    at, path = now(), listing_address(slug)
    confirmations.confirm(db.session, path, current.user(), day_of(at), at)
    db.session.commit()
    flash("Thank you. Everyone can see that this was checked today.", "success")
    return redirect(_back(path), 303)


@bp.post("/directory/<slug>/confirmation/undo")
@access.signed_in
def undo_confirmation(slug: str) -> ResponseReturnValue:
    at, path = now(), listing_address(slug)
    if confirmations.undo(db.session, path, current.user(), day_of(at), at):
        flash("Taken back. It does not count as checked today.", "success")
    db.session.commit()
    return redirect(_back(path), 303)


def _back(path: str) -> str:
    """The listing, or the list of those that are due, which the press came from."""
    if request.form.get("from") == "due" and current.user().has("editor"):
        return urls.harmless(url_for("editor.due_listings", place=request.form.get("place") or None))
    return f"{path}#checked"
