"""Flask-Login on our own sign-ins: who is asking, and what happens to those who are not signed in."""

from flask import Flask, Response, current_app, g, redirect, request, session, url_for
from flask_login import LoginManager, current_user, login_user, logout_user
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError
from werkzeug.wrappers import Response as AnyResponse

from webapp.accounts import drafts, onward, sign_in
from webapp.accounts.models import SignIn
from webapp.db import faults
from webapp.db.engine import SAFE_METHODS, at_once, db, now
from webapp.people import Person, User
from webapp.web import access, current, security
from webapp.web.text import number

SIGN_IN = "sign_in"  # what the browser's cookie calls the token


class Manager(LoginManager):
    """Flask-Login's, which would sum up the browser and its address on every page to compare them, and never does."""

    def _session_protection_failed(self) -> bool:
        return False  # phones change their address between visits; the sign-in itself is what is checked


def init_app(app: Flask) -> None:
    """Recognise people by their sign-in. Call before access.init_app, so that everyone is known first."""
    manager = Manager()
    manager.init_app(app, add_context_processor=False)  # templates know `me`: see layout
    manager.session_protection = None
    manager.user_loader(_load)
    manager.unauthorized_handler(_ask_to_sign_in)
    app.before_request(_recognise)
    app.after_request(_drop_sent_draft)


def enter(user: User) -> None:
    """Sign `user` in on this browser, with nothing left from whoever used it before. Commits."""
    device = sign_in.device_of(request.headers.get("User-Agent", ""))
    if old := session.get(SIGN_IN):
        sign_in.end(db.session, old)
    sign_in.forget(db.session, sign_in.Limits.of(current.settings()), now())
    token = sign_in.begin(db.session, user, device, now())
    db.session.commit()
    session.clear()
    login_user(user)
    session[SIGN_IN] = token
    security.token()  # the cookie holds all that pages need: none of them writes it again


def leave() -> None:
    """Sign this browser out, here and on the server. Commits."""
    if token := session.get(SIGN_IN):
        sign_in.end(db.session, token)
        db.session.commit()
    logout_user()
    session.clear()


def token() -> str:
    """The token of this browser's sign-in."""
    return str(session.get(SIGN_IN, ""))


def site_words() -> tuple[str, ...]:
    """Words of this site that anyone would try as a password."""
    site = current.content().site
    return (site.name, site.organisation)


def _recognise() -> None:
    """Look now, before a view has begun to change anything: noting the use is a commit of its own."""
    if SIGN_IN in session:
        current_user.is_authenticated  # noqa: B018


def _load(user_id: str) -> Person | None:
    if g.get("nobody_knows"):
        return None  # the page that says so is for anybody
    try:
        found = sign_in.find(db.engine, session.get(SIGN_IN, ""))
    except DBAPIError:
        g.nobody_knows = True
        raise
    if found is None or found.person.get_id() != user_id:
        return None
    moment = now()
    if not sign_in.is_live(found, found.person, sign_in.Limits.of(current.settings()), moment):
        g.ended_for = found.person.id
        return None
    g.sign_in_id, g.as_of = found.id, found.as_of
    if _counts_as_use() and moment - found.last_seen >= sign_in.SEEN_EVERY:
        _note_use(found.id)
    return found.person


def _counts_as_use() -> bool:
    rule = access.rule_of(current_app, request.endpoint) if request.endpoint else None
    return rule is not None and not rule.background


def _note_use(sign_in_id: int) -> None:
    """A short transaction that may write, even in a GET.

    Where the database is busy, full or only read from, the use goes unnoted and the page is served.
    """
    with faults.or_undone(db.session):
        at_once(db.session)
        db.session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(last_seen=now()))
        db.session.commit()


def _ask_to_sign_in() -> AnyResponse:
    """Whole pages go to the sign-in page; HTMX is told to go there, as it cannot swap it for a part of a page."""
    ended = "ended_for" in g
    # What a page sends by itself nobody typed: it is not kept.
    kept = ended and _counts_as_use() and _keep_what_was_typed(g.ended_for)
    there = _where_they_were()
    address = url_for(
        "accounts.sign_in_page",
        next=there if there != onward.HOME else None,
        ended="1" if ended else None,
        kept="1" if kept else None,
    )
    if request.headers.get("HX-Request"):
        return Response(status=401, headers={"HX-Redirect": address})
    return redirect(address, 303)


def _where_they_were() -> str:
    if request.headers.get("HX-Request"):
        return onward.path_of(request.headers.get("HX-Current-URL"), request.host)
    if request.method in SAFE_METHODS:
        return onward.here_only(request.full_path.rstrip("?"))
    return onward.path_of(request.referrer, request.host)


def _keep_what_was_typed(user_id: int) -> bool:
    if request.method != "POST":
        return False
    path = request.full_path.rstrip("?")
    draft = drafts.keep(db.session, user_id, path, request.form.items(multi=True), now())
    db.session.commit()
    return draft is not None


def _drop_sent_draft(response: Response) -> Response:
    """A kept form that was sent again, and taken, is no longer kept."""
    # A form that was too long is not read here: reading it would raise again.
    taken = request.method == "POST" and response.status_code < 400
    mark = number(request.form.get(drafts.MARK)) if taken else None
    if mark and current_user.is_authenticated:
        with faults.or_undone(db.session):  # what was sent is saved, and that is what the answer says
            drafts.drop(db.session, current_user.id, mark)
            db.session.commit()
    return response
