"""Where everybody must have codes from a phone, whoever comes with a password alone sets them up before anything else.

The cookie says so from signing in until they are set up. Whoever a provider lets in has the provider's second factor.
"""

from flask import Flask, Response, current_app, redirect, request, session, url_for
from werkzeug.wrappers import Response as AnyResponse

from webapp.accounts import own_password, second_factor
from webapp.db.engine import db
from webapp.people.models import User
from webapp.web import access, current

TO_DO = "codes_to_set_up"
FIRST = "/account/second-factor"  # and what is below it


def init_app(app: Flask) -> None:
    """Lead everyone who has codes to set up there. Call after everyone is known."""
    app.before_request(_lead)


def note(user: User) -> None:
    """Let this browser, at which `user` is now signed in by a password, be led there where it must."""
    session.pop(TO_DO, None)
    if current.settings().codes_for_all and own_password.has(user) and not second_factor.is_on(db.session, user.id):
        session[TO_DO] = True


def is_to_do() -> bool:
    """Whether nothing else can be done here before."""
    return TO_DO in session


def done() -> None:
    """They are set up."""
    session.pop(TO_DO, None)


def _lead() -> AnyResponse | None:
    if TO_DO not in session or request.path.startswith(FIRST) or _is_public():
        return None
    address = url_for("accounts.second_factor_page")
    if request.headers.get("HX-Request") == "true":
        return Response(status=401, headers={"HX-Redirect": address})
    return redirect(address, 303)


def _is_public() -> bool:
    rule = access.rule_of(current_app, request.endpoint) if request.endpoint else None
    return rule is None or rule.public
