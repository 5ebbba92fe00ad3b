"""Codes from a phone, set up and ended at one's own account."""

from flask import Response, abort, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from webapp.accounts import codes_for_all, own_password, second_factor
from webapp.accounts.blueprint import bp
from webapp.accounts.forms import NewFactorForm, PasswordForm
from webapp.db.engine import db, now
from webapp.people.models import User
from webapp.web import access, current, qr

NOT_YOURS = "That is not your password"


@bp.get("/account/second-factor")
@access.signed_in
def second_factor_page() -> ResponseReturnValue:
    return _page(_who(), PasswordForm(formdata=None))


@bp.post("/account/second-factor")
@access.signed_in
def start_second_factor() -> ResponseReturnValue:
    user = _who()
    if second_factor.is_on(db.session, user.id):
        return redirect(url_for("accounts.second_factor_page"), 303)
    second_factor.start(db.session, user.id, current.settings().secret_key, now())
    db.session.commit()
    return redirect(url_for("accounts.new_factor_page"), 303)


@bp.get("/account/second-factor/new")
@access.signed_in
def new_factor_page() -> ResponseReturnValue:
    return _new_page(_who(), NewFactorForm(formdata=None))


@bp.post("/account/second-factor/new")
@access.signed_in
def confirm_second_factor() -> ResponseReturnValue:
    """Answers with the recovery codes themselves: they are nowhere else, so no redirect could show them."""
    user, form = _who(), NewFactorForm()
    if not form.validate():
        return _new_page(user, form, 422)
    if not own_password.is_right(user, form.password.data or ""):
        form.password.errors = [NOT_YOURS]
        return _new_page(user, form, 422)
    key = current.settings().secret_key
    codes = second_factor.confirm(db.session, user, form.code.data or "", key, now())
    if codes is None:
        db.session.rollback()
        form.code.errors = [
            "That code is not right. Is the clock of your phone? Wait for the next code, then try again"
        ]
        return _new_page(user, form, 422)
    db.session.commit()
    codes_for_all.done()
    return _codes_page(codes)


@bp.post("/account/second-factor/codes")
@access.signed_in
def renew_recovery_codes() -> ResponseReturnValue:
    user = _who()
    if refused := _unproved(user):
        return refused
    codes = second_factor.new_recovery_codes(db.session, user.id, current.settings().secret_key)
    db.session.commit()
    return _codes_page(codes)


@bp.post("/account/second-factor/end")
@access.signed_in
def end_second_factor() -> ResponseReturnValue:
    user = _who()
    if refused := _unproved(user):
        return refused
    second_factor.remove(db.session, user, by=user.id, now=now())
    db.session.commit()
    codes_for_all.note(user)
    flash("Your password alone lets you in again.", "success")
    return redirect(url_for("accounts.second_factor_page"), 303)


def _who() -> User:
    """Who asks. There is no such page for whom a provider lets in: it has a second factor of its own."""
    user = current.user()
    return user if own_password.has(user) else abort(404)


def _unproved(user: User) -> ResponseReturnValue | None:
    """What is answered to whoever does not say once more that it is they, or has nothing set up."""
    if not second_factor.is_on(db.session, user.id):
        return redirect(url_for("accounts.second_factor_page"), 303)
    form = PasswordForm()
    if not form.validate():
        return _page(user, form, 422)
    if own_password.is_right(user, form.password.data or ""):
        return None
    form.password.errors = [NOT_YOURS]
    return _page(user, form, 422)


def _page(user: User, form: PasswordForm, status: int = 200) -> Response:
    on = second_factor.is_on(db.session, user.id)
    left = second_factor.recovery_codes_left(db.session, user.id) if on else 0
    return make_response(
        render_template("accounts/second_factor.html", on=on, left=left, form=form, first=codes_for_all.is_to_do()),
        status,
    )


def _new_page(user: User, form: NewFactorForm, status: int = 200) -> ResponseReturnValue:
    secret = second_factor.pending_secret(db.session, user.id, current.settings().secret_key)
    if secret is None:
        return redirect(url_for("accounts.second_factor_page"), 303)
    address = second_factor.address(secret, user.email, current.content().site.name)
    shown = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    picture = qr.code(address)
    html = render_template("accounts/new_factor.html", form=form, code=picture, secret=shown, address=address)
    return make_response(html, status)


def _codes_page(codes: list[str]) -> Response:
    return make_response(render_template("accounts/recovery_codes.html", codes=codes))
