"""Signing in and out, and one's own account."""

from datetime import timedelta
from math import ceil

from flask import (
    Response,
    abort,
    flash,
    g,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user

from webapp.accounts import (
    administration,
    assignments,
    demo,
    drafts,
    login,
    my_data,
    onward,
    passwords,
    sign_in,
    starting_place,
)
from webapp.accounts.blueprint import bp
from webapp.accounts.forms import ROLE_WORDS, ChangePasswordForm, SignInForm
from webapp.db.engine import db, now
from webapp.people import ROLES, User
from webapp.web import access, current, throttle
from webapp.web.forms import Form

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
        form.email.errors = [f"Too many tries. Wait {_minutes(many.wait)}, then try again"]
        answer = _sign_in_page(form, 429)
        answer.headers["Retry-After"] = str(ceil(many.wait.total_seconds()))
        return answer
    if user is None:
        form.email.errors = [WRONG]
        return _sign_in_page(form, 422)
    return _enter(user, form.next.data)


@bp.post("/sign-in/demo")
@access.public
def sign_in_demo() -> ResponseReturnValue:
    """One press signs in as somebody of the demonstration, which listens on this machine alone."""
    if not current.settings().demo:
        abort(404)
    user = demo.find(db.session, request.form.get("email", ""))
    if user is None or user.disabled:
        abort(404)
    return _enter(user, request.form.get("next"))


@bp.post("/sign-out")
@access.public
def sign_out() -> ResponseReturnValue:
    login.leave()
    flash("You have signed out.", "success")
    response = redirect(url_for("accounts.sign_in_page"), 303)
    # What pages left behind in this browser, which the next person may use.
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@bp.get("/account")
@access.signed_in
def account() -> ResponseReturnValue:
    return _account_page(ChangePasswordForm(formdata=None))


@bp.post("/account/password")
@access.signed_in
def change_password() -> ResponseReturnValue:
    user = current.user()
    form = ChangePasswordForm()
    form.own_words = (user.name, user.email, *login.site_words())
    if not form.validate():
        return _account_page(form, 422)
    if not _is_mine(user, form.password.data or ""):
        form.password.errors = ["That is not your password now"]
        return _account_page(form, 422)
    administration.set_password(
        db.session, user, form.new_password.data or "", by=user.id, now=now(), own_words=login.site_words()
    )
    login.enter(user)  # the change ends every sign-in, this one too
    flash("Your password is changed. Everywhere else you were signed in has been signed out.", "success")
    return redirect(url_for("accounts.account"), 303)


@bp.post("/account/sign-ins/<int:sign_in_id>/end")
@access.signed_in
def end_sign_in(sign_in_id: int) -> ResponseReturnValue:
    if sign_in_id == g.sign_in_id:
        return sign_out()
    ended = sign_in.end_one(db.session, current.user(), sign_in_id)
    db.session.commit()
    flash("That browser is signed out." if ended else "That browser was signed out already.", "success")
    return redirect(url_for("accounts.account"), 303)


@bp.post("/account/sign-ins/end-others")
@access.signed_in
def end_other_sign_ins() -> ResponseReturnValue:
    sign_in.end_others(db.session, current.user(), login.token())
    db.session.commit()
    flash("You are signed out everywhere but here.", "success")
    return redirect(url_for("accounts.account"), 303)


@bp.get("/account/data.json")
@access.signed_in
def data() -> ResponseReturnValue:
    response = Response(my_data.as_json(db.session, current.user(), now()), mimetype="application/json")
    response.headers["Content-Disposition"] = 'attachment; filename="my-signpost-data.json"'
    return response


def _sign_in_page(form: SignInForm, status: int = 200) -> Response:
    is_demo = current.settings().demo
    html = render_template(
        "accounts/sign_in.html",
        form=form,
        demo_people=demo.shown(db.session) if is_demo else [],
        demo_password=demo.PASSWORD if is_demo else "",
        ended="ended" in request.args,
        kept="kept" in request.args,
        undone="undone" in request.args,
    )
    return make_response(html, status)


def _enter(user: User, going_to: str | None) -> ResponseReturnValue:
    login.enter(user)
    kept = drafts.of(db.session, user.id, now())
    if not kept:
        return redirect(onward.here_only(going_to), 303)
    return redirect(drafts.address(kept[0]) if len(kept) == 1 else url_for("accounts.unsent_forms"), 303)


def _account_page(form: ChangePasswordForm, status: int = 200) -> ResponseReturnValue:
    user = current.user()
    limits = sign_in.SignInLimits.of(current.settings())
    html = render_template(
        "accounts/account.html",
        form=form,
        button=Form(formdata=None),
        person=user,
        team=current.content().vocabulary.label("teams", user.team) if user.team else "",
        roles=[ROLE_WORDS[role].split(":")[0] for role in ROLES if role in user.roles],
        start=starting_place.of(db.session, current.person(), current.content().vocabulary),
        looks_after=assignments.in_words(assignments.of(db.session, user.id), current.content().vocabulary),
        sign_ins=sign_in.live(db.session, user, limits, now()),
        this_one=g.sign_in_id,
    )
    return make_response(html, status)


def _is_mine(user: User, password: str) -> bool:
    """Whether this is the password of `user`, who may try as often as a stranger may."""
    key = current.settings().secret_key
    account, address = throttle.keyed_hash(key, user.email), throttle.keyed_hash(key, request.remote_addr or "")
    try:
        throttle.count(db.session, sign_in.ATTEMPTS, address, now(), account)
    except throttle.TooManyAttempts:
        abort(429)
    if not passwords.matches(user.password_hash, password):
        return False
    throttle.forgive(db.session, sign_in.ATTEMPTS, account)
    return True


def _minutes(wait: timedelta) -> str:
    minutes = ceil(wait.total_seconds() / 60)
    return "a minute" if minutes == 1 else f"{minutes} minutes"
