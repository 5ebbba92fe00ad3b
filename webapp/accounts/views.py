"""One's own account."""

from flask import (
    Response,
    abort,
    flash,
    g,
    make_response,
    redirect,
    render_template,
    url_for,
)
from flask.typing import ResponseReturnValue

from webapp.accounts import (
    administration,
    assignments,
    login,
    my_data,
    noted,
    own_password,
    second_factor,
    sign_in,
    starting_place,
)
from webapp.accounts.blueprint import bp
from webapp.accounts.forms import ROLE_WORDS, ChangePasswordForm
from webapp.db.engine import db, now
from webapp.people.models import ROLES
from webapp.web import access, current
from webapp.web.forms import Form


@bp.get("/account")
@access.signed_in
def account() -> ResponseReturnValue:
    return _account_page(ChangePasswordForm(formdata=None))


@bp.post("/account/password")
@access.signed_in
def change_password() -> ResponseReturnValue:
    user = current.user()
    if not own_password.has(user):
        abort(404)
    form = ChangePasswordForm()
    form.own_words = (user.name, user.email, *login.site_words())
    if not form.validate():
        return _account_page(form, 422)
    if not own_password.is_right(user, form.password.data or ""):
        form.password.errors = ["That is not your password now"]
        return _account_page(form, 422)
    administration.set_password(
        db.session, user, form.new_password.data or "", by=user.id, now=now(), own_words=login.site_words()
    )
    login.enter(user, noted.By.PASSWORD)  # the change ends every sign-in, this one too
    flash("Your password is changed. Everywhere else you were signed in has been signed out.", "success")
    return redirect(url_for("accounts.account"), 303)


@bp.post("/account/sign-ins/<int:sign_in_id>/end")
@access.signed_in
def end_sign_in(sign_in_id: int) -> ResponseReturnValue:
    if sign_in_id == g.sign_in_id:
        return login.signed_out()
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
        has_password=own_password.has(user),
        second_factor=second_factor.is_on(db.session, user.id),
        provider=provider.name if (provider := current.settings().single_sign_on) else "",
    )
    return make_response(html, status)
