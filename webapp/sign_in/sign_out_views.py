"""Signing out: here, by the provider's word, and out of the provider."""

import logging
import secrets

from flask import Response, abort, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as AnyResponse

from webapp.accounts import login
from webapp.accounts.sign_in import LetInBy
from webapp.db.engine import db, now
from webapp.sign_in.blueprint import bp
from webapp.sign_in.single_sign_on import logout, provider, tokens
from webapp.sign_in.single_sign_on.tokens import BadToken, ProviderFault
from webapp.web import access, current
from webapp.web.security import csrf

LEAVING = "leaving_provider"  # what the cookie calls the `state` of a sign-out
log = logging.getLogger(__name__)


@bp.post("/sign-out")
@access.public
def sign_out() -> ResponseReturnValue:
    return login.signed_out()


@bp.post("/sign-out/back-channel")
@access.public  # the provider's signature is what lets in
@csrf.exempt
def back_channel() -> ResponseReturnValue:
    """The provider says that a session ended, or that somebody has left."""
    settings = current.settings().single_sign_on
    if settings is None:
        return _say(400, error="invalid_request", error_description="No identity provider is set up here.")
    try:
        claims = tokens.read_logout_token(provider.of(settings), request.form.get("logout_token", ""), now=now())
    except BadToken as why:
        log.warning("a logout token was refused: %s", why)
        return _say(400, error="invalid_request", error_description="The logout token is not good.")
    except ProviderFault as why:
        log.warning("a logout token could not be checked: %s", why)
        return _say(503, error="temporarily_unavailable")
    if logout.end_sign_ins(db.session, claims, now()) is None:
        db.session.rollback()
        return _say(400, error="invalid_request", error_description="The logout token was used before.")
    db.session.commit()
    return _say(200)


@bp.get("/signed-out")
@access.public
def signed_out() -> ResponseReturnValue:
    """Says whether the provider's own session ended too."""
    settings = current.settings().single_sign_on or abort(404)
    sent = session.pop(LEAVING, "")
    came_back = bool(sent) and secrets.compare_digest(sent.encode(), request.args.get("state", "").encode())
    return render_template("sign_in/signed_out.html", provider=settings.name, ended=came_back)


def _after_leaving(by: LetInBy) -> AnyResponse:
    """On to the provider's own sign-out, where it has one.

    By a page that goes on by itself and no redirect: this answers a form, and Chromium holds wherever a form leads
    to, by any number of redirects, against `form-action`. See docs/decisions/single-sign-on.md.
    """
    settings, there, state = current.settings().single_sign_on, "", secrets.token_urlsafe(16)
    if settings is None or not by.issuer:
        return redirect(url_for("sign_in.sign_in_page"), 303)
    back = current.settings().base_url + url_for("sign_in.signed_out")
    try:
        there = logout.address(provider.of(settings), by, back, state)
    except ProviderFault as why:
        log.warning("single sign-on is not available: %s", why)
    if not there:
        return redirect(url_for("sign_in.signed_out"), 303)
    session[LEAVING] = state
    response = make_response(render_template("sign_in/leaving.html", provider=settings.name, there=there))
    response.headers["Refresh"] = f"0; url={there}"
    return response


login.after_leaving.append(_after_leaving)


def _say(status: int, **said: str) -> Response:
    response: Response = make_response(said if said else "", status)
    return response
