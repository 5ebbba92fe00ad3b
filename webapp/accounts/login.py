"""Flask-Login on our own sign-ins: who is asking, and what happens to those who are not signed in."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import Flask, Response, abort, current_app, flash, g, redirect, request, session, url_for
from flask_login import LoginManager, current_user, login_user, logout_user
from sqlalchemy import update
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from webapp.accounts import codes_for_all, drafts, noted, onward, sign_in
from webapp.accounts.models import SignIn
from webapp.config.settings import Settings
from webapp.db import faults
from webapp.db.engine import SAFE_METHODS, begin_immediate, db, now
from webapp.people.models import Person, User
from webapp.web import access, current, kept_answers, security, unsent
from webapp.web.text import number

SIGN_IN = "sign_in"  # what the browser's cookie calls the token
# All that the cookie of somebody says who is signed in, and has nothing else to do or to be told.
OF_A_READER = frozenset({SIGN_IN, security.TOKEN, "_user_id", "_id", "_fresh"})


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
    codes_for_all.init_app(app)
    app.before_request(_refuse_what_another_typed)
    app.before_request(_take_up_draft)
    app.after_request(_lead_to_draft)
    app.after_request(_drop_sent_draft)


# What follows a sign-out here, where a provider had let somebody in: an answer that leads to its own sign-out.
after_leaving: list[Callable[[sign_in.LetInBy], AnyResponse]] = []


def enter(user: User, shown: noted.By, by: sign_in.LetInBy = sign_in.HERE) -> None:
    """Sign `user` in on this browser, with nothing left from whoever used it before. Commits.

    `shown` is what they were let in by, for the log.
    """
    device = sign_in.device_of(request.headers.get("User-Agent", ""))
    if old := session.get(SIGN_IN):
        sign_in.end(db.session, old)
    token = sign_in.begin(db.session, user, device, now(), by)
    db.session.commit()
    session.clear()
    login_user(user)
    session[SIGN_IN] = token
    session[security.TOKEN] = security.token_for(user)
    if not by.issuer:
        codes_for_all.note(user)
    noted.let_in(shown, user.email)
    security.token()  # the cookie holds all that pages need: none of them writes it again


def way_on(user: User, going_to: str | None) -> str:
    """Where somebody goes who has just signed in: to what they typed and did not send, else where they were going."""
    kept = drafts.of(db.session, user.id, now())
    if not kept:
        return onward.here_only(going_to)
    return drafts.address(kept[0]) if len(kept) == 1 else url_for("accounts.unsent_forms")


def leave() -> sign_in.LetInBy:
    """Sign this browser out, here and on the server; who had let it in. Commits."""
    by = sign_in.HERE
    if token := session.get(SIGN_IN):
        by = sign_in.end(db.session, token)
        db.session.commit()
    logout_user()
    session.clear()
    return by


def signed_out() -> AnyResponse:
    """Sign out, and what a browser is then answered."""
    by = leave()
    if by.issuer and after_leaving:
        response = after_leaving[0](by)
    else:
        flash("You have signed out.", "success")
        response = redirect(url_for("sign_in.sign_in_page"), 303)
    # What pages left behind in this browser, which the next person may use.
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


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
        kept_answers.raise_fault(request.environ)
        found = sign_in.find(db.engine, session.get(SIGN_IN, ""))
    except Exception:
        g.nobody_knows = True
        raise
    moment = now()
    if found is None or not _is_theirs(current.settings(), found, user_id, moment):
        g.ended_for = number(user_id)  # the cookie is ours, so it says whose it was
        return None
    g.sign_in_id, g.as_of = found.id, found.as_of
    if _counts_as_use() and _wants_noting(found, moment):
        _note_use(found.id)
    return found.person


def recogniser(app: Flask) -> kept_answers.Recognise:
    """A way to recognise the readers of `app` that needs no context of it, which would take as long as the question.

    It says whose sign-in the cookie of somebody who only reads says it is, by what it holds; None where that wants a
    look: it has ended, its use has to be noted, or the cookie says more than who it is. `_load` sees to it. It raises
    DBAPIError.
    """
    with app.app_context():
        engine = db.engine

    def known(settings: Settings, held: Mapping[str, Any], moment: datetime) -> sign_in.FoundSignIn | None:
        if not OF_A_READER.issuperset(held):
            return None
        found = sign_in.find(engine, held.get(SIGN_IN, ""))
        if found is None or not _is_theirs(settings, found, held.get("_user_id"), moment):
            return None
        return None if _wants_noting(found, moment) else found

    return known


def _is_theirs(settings: Settings, found: sign_in.FoundSignIn, user_id: object, moment: datetime) -> bool:
    """Whether it is a sign-in of this person that has not ended."""
    limits = sign_in.SignInLimits.of(settings)
    return found.person.get_id() == user_id and sign_in.is_live(found, found.person, limits, moment)


def _wants_noting(found: sign_in.FoundSignIn, moment: datetime) -> bool:
    """Whether its last use was noted long enough ago, or in the future: the clock may have been set back."""
    return abs(moment - found.last_seen) >= sign_in.SEEN_EVERY


def _counts_as_use() -> bool:
    rule = access.rule_of(current_app, request.endpoint) if request.endpoint else None
    return rule is not None and not rule.background


def _note_use(sign_in_id: int) -> None:
    """A short transaction that may write, even in a GET.

    Where the database is busy, full or only read from, the use goes unnoted and the page is served.
    """
    with faults.or_undone(db.session):
        begin_immediate(db.session)
        db.session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(last_seen=now()))
        db.session.commit()


def _ask_to_sign_in() -> AnyResponse:
    """Whole pages go to the sign-in page; HTMX is told to go there, as it cannot swap it for a part of a page."""
    whose = _whose()
    # What a page sends by itself nobody typed: it is not kept.
    acted = request.method == "POST" and _counts_as_use()
    kept = acted and whose is not None and _keep_what_was_typed(whose)
    there = _where_they_were()
    address = url_for(
        "sign_in.sign_in_page",
        next=there if there != onward.HOME else None,
        ended="1" if whose is not None else None,
        kept="1" if kept else None,
        undone="1" if acted and not kept else None,
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


def _whose() -> int | None:
    """Whom the page was made for that this comes from: its form says so, or else the cookie of a sign-in that ended."""
    made_for = _made_for()
    return made_for if made_for is not None else g.get("ended_for")


def _made_for() -> int | None:
    return security.made_for(request.form.get(security.TOKEN, "")) if request.method == "POST" else None


def _keep_what_was_typed(user_id: int) -> bool:
    path, typed = request.full_path.rstrip("?"), request.form.items(multi=True)
    draft = drafts.keep(db.session, user_id, typed, now(), path=path, page=_page_of_the_form())
    db.session.commit()
    return draft is not None


def _page_of_the_form() -> str:
    """Where the form stood: the page it was sent from, or else the nearest page above the address it was sent to."""
    own = request.full_path.rstrip("?")
    from_page = _without_asking(_where_they_were())
    if urlsplit(from_page).path == request.path:
        return from_page
    if _is_page(request.path):
        return own
    if from_page != onward.HOME:
        return from_page
    path = request.path
    while path and not _is_page(path):
        path = path.rpartition("/")[0]
    return path or onward.HOME


def _without_asking(address: str) -> str:
    """`address` without the words by which an earlier form was put back there."""
    path, _, query = address.partition("?")
    kept = [(name, value) for name, value in parse_qsl(query, keep_blank_values=True) if name != unsent.ASKED]
    return f"{path}?{urlencode(kept)}" if kept else path


def _is_page(path: str) -> bool:
    try:
        return current_app.url_map.bind("").match(path, method="GET") is not None
    except HTTPException:
        return False


def _refuse_what_another_typed() -> None:
    """A page that another person of this browser left open: what was typed is kept for them, and nothing is done."""
    if request.method != "POST" or not current_user.is_authenticated or _is_public():
        return
    whose = _made_for()
    if whose is not None and whose != current_user.id:
        if _counts_as_use():
            _keep_what_was_typed(whose)
        abort(409)


def _is_public() -> bool:
    rule = access.rule_of(current_app, request.endpoint) if request.endpoint else None
    return rule is None or rule.public


def _take_up_draft() -> None:
    """`?unsent=7` puts what was typed back into its form, on the page that is asked for."""
    asked = number(request.args.get(unsent.ASKED)) if request.method == "GET" else None
    if asked is not None and current_user.is_authenticated:
        draft = drafts.one(db.session, current_user.id, asked, now())
        g.unsent = drafts.put_back(draft) if draft else None


def _lead_to_draft(response: AnyResponse) -> AnyResponse:
    """Where the page has no form any more that would take it, what was typed is shown on a page of its own."""
    back: unsent.Unsent | None = g.get("unsent")
    if back is None or back.shown:
        return response
    return redirect(url_for("accounts.unsent_form", draft_id=back.id), 303)


def _drop_sent_draft(response: Response) -> Response:
    """A kept form that was sent again, and taken, is no longer kept."""
    # A form that was too long is not read here: reading it would raise again. One that asks once more answers 200.
    kept = unsent.sent_again() if 300 <= response.status_code < 400 else None
    if kept is not None and current_user.is_authenticated:
        with faults.or_undone(db.session):  # what was sent is saved, and that is what the answer says
            drafts.drop(db.session, current_user.id, kept)
            db.session.commit()
    return response
