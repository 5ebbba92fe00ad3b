"""The log that I am writing, saved while I type."""

from collections.abc import Iterator
from datetime import datetime

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.db.engine import db
from webapp.db.engine import now as moment
from webapp.learning_logs import drafts
from webapp.learning_logs.blueprint import bp
from webapp.people.models import User
from webapp.web import access, current, htmx, tasks

LATER = "later"  # the button that leaves the page


@bp.post("/learning-logs/draft")
@access.signed_in
def save_draft() -> ResponseReturnValue:
    """What has been typed so far. Nothing is wrong with it: that is looked at when it is sent."""
    me, typed, leaves = current.person(), request.form.items(multi=True), LATER in request.form
    try:
        kept = drafts.keep(db.session, me.id, typed, moment(), insist=leaves)
    except drafts.Elsewhere as other:
        db.session.rollback()
        return _draft(elsewhere=other.at)
    db.session.commit()
    if htmx.wants_fragment() and not leaves:
        return _draft(kept=kept)
    if kept is None:
        flash("Nothing was typed, so there is nothing to come back to.", "note")
    else:
        left_out = f" Left out, as it may identify a person: {'; '.join(kept.left_out)}." if kept.left_out else ""
        flash(f"Saved, for you alone. Carry on with it here, on any device.{left_out}", "success")
    return htmx.lead_to(url_for(".index"))


def _draft(kept: drafts.Kept | None = None, elsewhere: datetime | None = None) -> ResponseReturnValue:
    if htmx.wants_fragment():
        return render_template("learning_logs/_draft.html", kept=kept, elsewhere=elsewhere)
    flash("You began another log, which is kept. What you sent just now is not.", "error")
    return redirect(url_for(".index"), 303)


@bp.post("/learning-logs/draft/discard")
@access.signed_in
def discard_draft() -> ResponseReturnValue:
    drafts.forget(db.session, current.person().id)
    db.session.commit()
    flash("Thrown away. Nothing of it is kept.", "success")
    return redirect(url_for(".index"), 303)


@tasks.source()
def begun(user: User) -> Iterator[tasks.Item]:
    if drafts.of(db.session, user.id, moment()):
        yield tasks.Item("A learning log that you began", url_for("learning_logs.new"))
