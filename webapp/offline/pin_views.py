"""A page of guidance is pinned, to be read without a signal, or taken off again."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.db.engine import db
from webapp.db.engine import now as moment
from webapp.english.dates import day_of
from webapp.library.build.pages import Page
from webapp.offline import pins
from webapp.offline.blueprint import bp
from webapp.web import access, current, htmx
from webapp.web.refusals import Refused


@bp.post("/offline/pins")
@access.signed_in
def pin() -> ResponseReturnValue:
    page = _page()
    try:
        pins.pin(db.session, current.user().id, page, moment())
    except Refused as refused:
        db.session.rollback()
        flash(str(refused), "error")
        return htmx.lead_to(url_for("offline.index"))
    db.session.commit()
    if htmx.wants_fragment():
        return render_template("offline/_pin.html", page=page, is_pinned=True)
    flash(f"“{page.title}” is pinned.", "success")
    return redirect(page.path, 303)


@bp.post("/offline/pins/remove")
@access.signed_in
def unpin() -> ResponseReturnValue:
    path = request.form.get("path", "")
    pins.unpin(db.session, current.user().id, path)
    db.session.commit()
    if htmx.wants_fragment():
        return render_template("offline/_pin.html", page=_page(), is_pinned=False)
    flash("Taken off.", "success")
    return redirect(url_for("offline.index"), 303)


def _page() -> Page:
    page = current.content().page(request.form.get("path", ""), day_of(moment()))
    return page if page is not None and page.kind in pins.KINDS else abort(404)
