"""A new password by e-mail, for who signs in with one that is kept here."""

from flask import Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.accounts import administration, login, one_time_links
from webapp.accounts.one_time_links import RESET
from webapp.db.engine import db, now
from webapp.people.models import User
from webapp.sign_in.blueprint import bp
from webapp.sign_in.forms import ForgottenForm, ResetForm
from webapp.web import access, current, throttle


@bp.get("/sign-in/forgotten")
@access.public
def forgotten_page() -> ResponseReturnValue:
    _only_by_mail()
    return _forgotten_page(ForgottenForm(formdata=None))


@bp.post("/sign-in/forgotten")
@access.public
def forgotten() -> ResponseReturnValue:
    _only_by_mail()
    form = ForgottenForm()
    if not form.validate():
        return _forgotten_page(form, 422)
    address, key = request.remote_addr or "", current.settings().secret_key
    try:
        one_time_links.ask(db.session, form.email.data or "", address, key, now())
    except throttle.TooManyAttempts as many:
        form.email.errors = [many.advice]
        return many.told_in(_forgotten_page(form, 429))
    return redirect(url_for("sign_in.link_sent"), 303)


@bp.get("/sign-in/forgotten/sent")
@access.public
def link_sent() -> ResponseReturnValue:
    _only_by_mail()
    return render_template("sign_in/link_sent.html")


@bp.get("/sign-in/reset/<token>")
@access.public
def reset_page(token: str) -> ResponseReturnValue:
    _only_by_mail()
    if one_time_links.holder(db.session, token, RESET, now()) is None:
        return _used_up()
    return _reset_page(ResetForm(formdata=None), token)


@bp.post("/sign-in/reset/<token>")
@access.public
def reset(token: str) -> ResponseReturnValue:
    _only_by_mail()
    user = one_time_links.holder(db.session, token, RESET, now())
    if user is None:
        return _used_up()
    form = ResetForm()
    form.own_words = (user.name, user.email, *login.site_words())
    if not form.validate():
        return _reset_page(form, token, 422)
    if one_time_links.use(db.session, token, RESET, now()) is None:  # somebody else was quicker
        db.session.rollback()
        return _used_up()
    _choose(user, form.new_password.data or "")
    flash("Your password is changed, and you are signed out everywhere. Sign in with the new one.", "success")
    return redirect(url_for("sign_in.sign_in_page"), 303)


def _choose(user: User, password: str) -> None:
    words = login.site_words()
    administration.set_password(db.session, user, password, by=user.id, now=now(), own_words=words)
    db.session.commit()


def _only_by_mail() -> None:
    """There is no such page where no mail is set up, or no password of ours lets anybody in."""
    settings = current.settings()
    if settings.mail is None or not settings.local_sign_in:
        abort(404)


def _forgotten_page(form: ForgottenForm, status: int = 200) -> Response:
    return make_response(render_template("sign_in/forgotten.html", form=form), status)


def _reset_page(form: ResetForm, token: str, status: int = 200) -> Response:
    return make_response(render_template("sign_in/reset.html", form=form, token=token), status)


def _used_up() -> Response:
    again = url_for("sign_in.forgotten_page")
    return make_response(render_template("sign_in/used_up.html", again=again), 404)
