"""The second step of signing in with a password: a code from one's phone."""

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.accounts import login, noted, second_factor
from webapp.db.engine import db, now
from webapp.sign_in import proof
from webapp.sign_in.blueprint import bp
from webapp.sign_in.forms import CodeForm
from webapp.web import access, current, throttle

WRONG = "That code is not right, or was used already. Wait for the next one, then try again"


@bp.get("/sign-in/code")
@access.public
def code_page() -> ResponseReturnValue:
    if proof.of(now()) is None:
        return redirect(url_for("sign_in.sign_in_page"), 303)
    return _page(CodeForm(formdata=None))


@bp.post("/sign-in/code")
@access.public
def code_submit() -> ResponseReturnValue:
    proved = proof.of(now())
    if proved is None:
        return redirect(url_for("sign_in.sign_in_page", undone="1"), 303)
    (user, going_to), form = proved, CodeForm()
    if not form.validate():
        return _page(form, 422)
    key = current.settings().secret_key
    account = throttle.keyed_hash(key, f"code of {user.id}")
    address = throttle.keyed_hash(key, request.remote_addr or "")
    try:
        throttle.count(db.session, second_factor.TRIES, address, now(), account)
    except throttle.TooManyAttempts as many:
        noted.too_many(noted.By.CODE, user.email)
        form.code.errors = [many.advice]
        return many.told_in(_page(form, 429))
    if not second_factor.check(db.session, user.id, form.code.data or "", key, now()):
        noted.refused(noted.By.CODE, user.email)
        db.session.rollback()
        form.code.errors = [WRONG]
        return _page(form, 422)
    throttle.forgive(db.session, second_factor.TRIES, account)
    login.enter(user, noted.By.CODE)
    return redirect(login.way_on(user, going_to), 303)


def _page(form: CodeForm, status: int = 200) -> Response:
    return make_response(render_template("sign_in/code.html", form=form), status)
