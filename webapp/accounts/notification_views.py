"""What I am told by e-mail, and the addresses of my feeds."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.accounts import feed_keys
from webapp.accounts.blueprint import bp
from webapp.accounts.notification_forms import ChoicesForm
from webapp.db.engine import db, now
from webapp.mail import preferences
from webapp.web import access, current
from webapp.web.forms import Form


@bp.get("/account/notifications")
@access.signed_in
def notifications() -> ResponseReturnValue:
    user, settings = current.user(), current.settings()
    form = ChoicesForm(formdata=None, data={"wanted": sorted(preferences.wanted_by(db.session, user))})
    form.offer(preferences.offered_to(user))
    token = feed_keys.token_of(db.session, user.id, settings.secret_key)
    base = settings.base_url or request.url_root.rstrip("/")
    return render_template(
        "accounts/notifications.html",
        form=form,
        hints=[{"hint": {"text": choice.hint}} for choice in preferences.offered_to(user)],
        button=Form(formdata=None),
        has_mail=settings.mail is not None,
        email=user.email,
        feed=f"{base}{url_for('notices.updates_feed', token=token)}" if token else "",
        calendar=f"{base}{url_for('spotlights.calendar', token=token)}" if token else "",
        has_team=bool(user.team),
    )


@bp.post("/account/notifications")
@access.signed_in
def choose_notifications() -> ResponseReturnValue:
    user = current.user()
    form = ChoicesForm()
    form.offer(preferences.offered_to(user))
    if not form.validate():
        flash("That could not be saved. Choose again.", "error")
        return redirect(url_for(".notifications"), 303)
    preferences.choose_all(db.session, user, form.wanted.data or [])
    db.session.commit()
    flash("Saved. This is what you hear by e-mail from now on.", "success")
    return redirect(url_for(".notifications"), 303)


@bp.post("/account/notifications/feeds")
@access.signed_in
def renew_feeds() -> ResponseReturnValue:
    """Make the addresses of my feeds, or new ones in place of the old."""
    feed_keys.renew(db.session, current.user().id, now())
    db.session.commit()
    flash("These are your feed addresses. Any you had before have stopped working.", "success")
    return redirect(url_for(".notifications", _anchor="feeds"), 303)


@bp.post("/account/notifications/feeds/end")
@access.signed_in
def end_feeds() -> ResponseReturnValue:
    feed_keys.remove(db.session, current.user().id)
    db.session.commit()
    flash("Your feed addresses have stopped working.", "success")
    return redirect(url_for(".notifications", _anchor="feeds"), 303)
