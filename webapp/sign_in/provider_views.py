"""Signing in by the identity provider: there and back."""

import logging

from flask import abort, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from webapp.accounts import login, noted, onward
from webapp.accounts.sign_in import LetInBy
from webapp.config.identity_provider import IdentityProvider
from webapp.db.engine import db, now
from webapp.sign_in.blueprint import bp
from webapp.sign_in.single_sign_on import flow, identities, once, provider
from webapp.sign_in.single_sign_on.flow import Answer, Cancelled, Question, TooWeak
from webapp.sign_in.single_sign_on.identities import KeptOut, NotLetIn
from webapp.sign_in.single_sign_on.tokens import BadToken, ProviderFault
from webapp.web import access, current

QUESTIONS = "asked_provider"  # what the cookie calls them
WEAK = "weak"  # known there, and not let in here as they came
TRY_AGAIN = 30  # seconds
log = logging.getLogger(__name__)


@bp.get("/sign-in/provider")
@access.public
def ask_provider() -> ResponseReturnValue:
    """To the provider's own page. A link leads here and no form: see docs/decisions/single-sign-on.md."""
    asked = Question.new(onward.here_only(request.args.get("next")), now())
    try:
        there = flow.address(provider.of(_settings()), asked, _back())
    except ProviderFault as why:
        return _unavailable(why)
    session[QUESTIONS] = flow.with_question(session.get(QUESTIONS, []), asked)
    return redirect(there, 303)


@bp.get("/sign-in/callback")
@access.public
def callback() -> ResponseReturnValue:
    """Back from the provider, with its answer."""
    settings = _settings()
    asked, session[QUESTIONS] = flow.take(session.get(QUESTIONS, []), request.args.get("state", ""))
    if asked is None:
        return _refused("stale")
    try:
        answer = flow.answer(provider.of(settings), asked, request.args, _back(), now())
    except Cancelled:
        return _refused("cancelled")
    except TooWeak:
        log.warning("single sign-on refused: SIGNPOST_OIDC_STRENGTH")
        return _refused(WEAK)
    except BadToken as why:
        log.warning("single sign-on refused: %s", why)
        return _refused("bad")
    except ProviderFault as why:
        return _unavailable(why)
    return _let_in(answer, asked, settings)


def _let_in(answer: Answer, asked: Question, settings: IdentityProvider) -> ResponseReturnValue:
    db.session.connection(execution_options={"writes": True})  # a GET that writes: it waits for the lock here
    if not once.keep_used(db.session, asked.state, now() + flow.LASTS):
        db.session.rollback()
        return _refused("stale")
    teams = current.content().vocabulary.teams
    try:
        user = identities.person(db.session, answer, settings, teams, now())
    except NotLetIn as kept_out:
        db.session.commit()
        return _refused(kept_out.why)
    login.enter(user, noted.By.PROVIDER, LetInBy(answer.issuer, answer.provider_session, answer.id_token))
    return redirect(login.way_on(user, asked.going_to), 303)


def _settings() -> IdentityProvider:
    return current.settings().single_sign_on or abort(404)


def _back() -> str:
    """This site's own address of `callback`, which the provider must know: never what a request calls us."""
    return current.settings().base_url + url_for("sign_in.callback")


def _refused(why: str) -> ResponseReturnValue:
    noted.refused(noted.By.PROVIDER)
    status = 403 if why in {*KeptOut, WEAK} else 400
    return make_response(render_template("sign_in/refused.html", why=why, **_words()), status)


def _unavailable(why: ProviderFault) -> ResponseReturnValue:
    log.warning("single sign-on is not available: %s", why)
    response = make_response(render_template("sign_in/unavailable.html", **_words()), 503)
    response.headers["Retry-After"] = str(TRY_AGAIN)
    return response


def _words() -> dict[str, object]:
    return {"provider": _settings().name, "local": current.settings().local_sign_in}
