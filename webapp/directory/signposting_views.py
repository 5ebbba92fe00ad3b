"""“Did it work?”: one press under a listing by anybody signed in, which can be taken back the same day."""

from flask import abort, flash, redirect, request
from flask.typing import ResponseReturnValue

from webapp.db.engine import db, now
from webapp.directory.blueprint import bp, listing_address
from webapp.english.dates import day_of
from webapp.upkeep import signposting
from webapp.upkeep.signposting import Became
from webapp.web import access, current


@bp.post("/directory/<slug>/outcome")
@access.signed_in
def say_outcome(slug: str) -> ResponseReturnValue:
    at, path = now(), listing_address(slug)
    became = next((b for b in Became if b == request.form.get("became")), None) or abort(400)
    signposting.record(db.session, path, became, current.user(), day_of(at), at)
    db.session.commit()
    flash("Thank you. Editors and commissioners see how often, never who or about whom.", "success")
    return redirect(f"{path}#did-it-work", 303)


@bp.post("/directory/<slug>/outcome/undo")
@access.signed_in
def undo_outcome(slug: str) -> ResponseReturnValue:
    at, path = now(), listing_address(slug)
    if signposting.undo(db.session, path, current.user(), day_of(at), at):
        flash("Taken back. What you said today is not counted.", "success")
    db.session.commit()
    return redirect(f"{path}#did-it-work", 303)
