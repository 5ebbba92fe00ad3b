"""Signing in with a password, or as somebody of the demonstration."""

from flask import Response, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from webapp.accounts import demo, login, noted, onward, second_factor, sign_in
from webapp.db.engine import db, now
from webapp.people.models import User
from webapp.sign_in import proof
from webapp.sign_in.blueprint import bp
from webapp.sign_in.forms import SignInForm
from webapp.web import access, current, throttle

WRONG = "That e-mail address and password do not match. Check both and try again"


@bp.get("/sign-in")
@access.public
def sign_in_page() -> ResponseReturnValue:
    going_to = onward.here_only(request.args.get("next"))
    # In the demonstration people come here to change to another role.
    if current_user.is_authenticated and not current.settings().demo:
        return redirect(going_to, 303)
    return _sign_in_page(SignInForm(formdata=None, data={"next": going_to}))


@bp.post("/sign-in")
@access.public
def sign_in_submit() -> ResponseReturnValue:
    if not current.settings().local_sign_in:
        abort(404)
    form = SignInForm()
    if not form.validate():
        return _sign_in_page(form, 422)
    try:
        user = sign_in.authenticate(
            db.session,
            email=form.email.data or "",
            password=form.password.data or "",
            address=request.remote_addr or "",
            secret_key=current.settings().secret_key,
            now=now(),
        )
    except throttle.TooManyAttempts as many:
        noted.too_many(noted.By.PASSWORD, form.email.data or "")
        form.email.errors = [many.advice]
        return many.told_in(_sign_in_page(form, 429))
    if user is None:
        noted.refused(noted.By.PASSWORD, form.email.data or "")
        form.email.errors = [WRONG]
        return _sign_in_page(form, 422)
    if second_factor.is_on(db.session, user.id):
        proof.keep(user, onward.here_only(form.next.data), now())
        return redirect(url_for("sign_in.code_page"), 303)
    return _enter(user, noted.By.PASSWORD, form.next.data)


@bp.post("/sign-in/demo")
@access.public
def sign_in_demo() -> ResponseReturnValue:
    """One press signs in as somebody of the demonstration, which listens on this machine alone."""
    if not current.settings().demo:
        abort(404)
    user = demo.find(db.session, request.form.get("email", ""))
    if user is None or user.disabled:
        abort(404)
    return _enter(user, noted.By.DEMO, request.form.get("next"))


def _sign_in_page(form: SignInForm, status: int = 200) -> Response:
    settings = current.settings()
    is_demo, provider = settings.demo, settings.single_sign_on
    html = render_template(
        "sign_in/sign_in.html",
        form=form,
        demo_people=demo.shown(db.session) if is_demo else [],
        demo_password=demo.PASSWORD if is_demo else "",
        ended="ended" in request.args,
        kept="kept" in request.args,
        undone="undone" in request.args,
        provider=provider.name if provider else "",
        local=settings.local_sign_in,
        by_mail=settings.mail is not None,
    )
    return make_response(html, status)


def _enter(user: User, shown: noted.By, going_to: str | None) -> ResponseReturnValue:
    login.enter(user, shown)
    return redirect(login.way_on(user, going_to), 303)
