"""What a reader sees when something is not as it should be: in the layout, in plain words, with a way on."""

import sys
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Flask, current_app, g, redirect, render_template, request
from flask.wrappers import Response
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException, SecurityError, ServiceUnavailable
from werkzeug.wrappers import Response as AnyResponse

from webapp.db import clock, faults
from webapp.db.engine import SAFE_METHODS, db
from webapp.library.generation.reader import NoContent
from webapp.machines import registry
from webapp.web import current, request_log, unsent, urls
from webapp.web.htmx import answered, wants_fragment
from webapp.web.wtf import CSRFError


@dataclass(frozen=True)
class ErrorWords:
    """What an error page says: a heading and what to do about it."""

    heading: str
    advice: str


WORDS = {
    400: ErrorWords(
        "We could not read that request",
        "Part of the address or the form was not in a shape we know. Go back, check it and try again.",
    ),
    403: ErrorWords(
        "You cannot open this page",
        "Your role does not include it. If your work needs it, ask the person who manages Signpost accounts.",
    ),
    404: ErrorWords(
        "We cannot find that page",
        "The address may be mistyped, or the page may have moved.",
    ),
    405: ErrorWords(
        "That cannot be done here",
        "This address does not take that kind of request. Go back and use the buttons on the page.",
    ),
    409: ErrorWords(
        "This page was opened by somebody else",
        "Another person was signed in here when it was opened, so nothing was sent. What was typed is kept for a day, "
        "for that person alone. To do it yourself, open the page again.",
    ),
    413: ErrorWords(
        "That is too long to send",
        "Go back and shorten what you wrote. A page of writing is fine; a whole document is not.",
    ),
    429: ErrorWords(
        "Too many tries",
        "Wait a few minutes, then try again. Nothing you saved is lost.",
    ),
    500: ErrorWords(
        "Something went wrong on our side",
        "It has been noted. Go back and try again. If you were sending a form, check first whether it arrived.",
    ),
    503: ErrorWords(
        "Signpost is getting ready",
        "The content is being prepared. Try again in a minute.",
    ),
}
# Not the words of 503: that is for a site whose content is being prepared.
CANNOT_READ = ErrorWords(
    "Signpost cannot be read just now",
    "Its records cannot be reached. Nothing that was saved is lost. Wait a minute, then try again.",
)
NOT_HERE_YET = ErrorWords(
    "This page is on its way",
    "The newest content is being put in place. The page comes by itself in a moment, or says that there is none.",
)
TRY_AGAIN = 30  # seconds
SOON = 3
ONCE_MORE = 3  # a server that goes may hang up on the next connection too
NOT_KEPT = ("csrf_token", "password")


def init_app(app: Flask) -> None:
    """Answer every error of `app` in words."""
    app.register_error_handler(HTTPException, _in_words)
    app.register_error_handler(NoContent, _not_ready)
    for fault in (SQLAlchemyError, OSError, MemoryError):
        app.register_error_handler(fault, _unavailable)
    app.register_error_handler(401, _sign_in)
    app.register_error_handler(CSRFError, _send_again)
    app.register_error_handler(SecurityError, _wrong_host)


def _in_words(error: HTTPException) -> AnyResponse:
    status = error.code or 500
    if error.response is not None or status < 400:
        return error.get_response()
    if status == 404 and _is_on_its_way():
        return _not_here_yet()
    words = WORDS.get(status) or WORDS[400 if status < 500 else 500]
    response = answered(_page(status, words), status)
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After"}:
            response.headers[name] = value
    return response


def _page(status: int, words: ErrorWords) -> str:
    template = "errors/part.html" if wants_fragment() else "errors/page.html"
    return render_template(template, status=status, words=words, reference=request_log.reference())


def _is_on_its_way() -> bool:
    """Whether what is not here may be in the newest content, which another machine serves and this one soon will."""
    settings = current.settings()
    if not settings.content_remote or not registry.may_be_many(settings):
        return False
    try:
        return registry.is_ahead(db.session, settings, clock.shared(db.session))
    except SQLAlchemyError:
        db.session.rollback()
        return False


def _not_here_yet() -> AnyResponse:
    if request.method in SAFE_METHODS:
        response = answered(_page(503, NOT_HERE_YET), 503)
        response.headers["Refresh"] = str(SOON)  # a browser asks again by itself
    else:
        response = answered(_give_back("not_saved", reference=request_log.reference()), 503)
    response.headers["Retry-After"] = str(SOON)
    return response


def _not_ready(error: NoContent) -> AnyResponse:
    return _in_words(ServiceUnavailable(retry_after=60))


def _unavailable(error: Exception) -> AnyResponse:
    """The database is locked, full or away, the disk full or memory short: say so, and give back what was typed."""
    if not faults.is_unavailable(error):
        raise error
    if request.method in SAFE_METHODS and faults.hung_up(error) and g.get("made_again", 0) < ONCE_MORE:
        return _once_more()
    current_app.log_exception(sys.exc_info())
    with suppress(SQLAlchemyError):
        db.session.rollback()
    if request.method in SAFE_METHODS:
        html = _page(503, CANNOT_READ)
    else:
        html = _give_back("not_saved", reference=request_log.reference())
    response = answered(html, 503)
    response.headers["Retry-After"] = str(TRY_AGAIN)
    return response


def _once_more() -> AnyResponse:
    """Make a page again that only reads, where the server hung up in the middle of it, as it does when it restarts."""
    g.made_again = g.get("made_again", 0) + 1
    for name in ("_login_user", "nobody_knows"):
        g.pop(name, None)
    with suppress(SQLAlchemyError):
        db.session.rollback()
    try:
        answer = current_app.preprocess_request()
        return current_app.make_response(current_app.dispatch_request() if answer is None else answer)
    except Exception as error:
        return current_app.make_response(current_app.handle_user_exception(error))


def _sign_in(error: HTTPException) -> AnyResponse:
    """A part cannot be swapped for the sign-in page: the whole window goes there."""
    here = urls.harmless(request.full_path.rstrip("?")) if request.method == "GET" else "/"
    address = f"/sign-in?{urlencode({'next': here})}"
    if request.headers.get("HX-Request"):
        return Response(status=401, headers={"HX-Redirect": address})
    return redirect(address, 303)


def _send_again(error: CSRFError) -> Response:
    """The form's token is missing or old. What was typed comes back, ready to send with a new one.

    Only our own pages get here (security.refuse_cross_site), and the reader sees what is sent and chooses to.
    """
    return answered(_give_back("send_again"), 400)


def _give_back(template: str, **context: Any) -> str:
    """A page, or a part of one, with all that was typed but for passwords."""
    try:
        fields = list(request.form.items(multi=True))
    except HTTPException:  # too long to be read
        fields = []
    kept = [(name, value) for name, value in fields if not any(word in name for word in NOT_KEPT)]
    secret = len(kept) < len([name for name, _ in fields if name != "csrf_token"])
    part = wants_fragment()
    return render_template(
        f"errors/{template}_part.html" if part else f"errors/{template}.html",
        level=2 if part else 1,
        kept=unsent.described(kept) if unsent.is_typed(kept) or not secret else [],
        path=request.full_path.rstrip("?"),
        back=_where_it_was_typed(),
        **context,
    )


def _where_it_was_typed() -> str:
    """The page that the form stood on, where the browser says so; else the home page."""
    came = urls.parts(request.referrer)
    return f"/{came.path.lstrip('/')}" if came.netloc == request.host else "/"


def _wrong_host(error: SecurityError) -> Response:
    """No page: nothing of ours is shown under a name that is not ours."""
    return Response("This site does not answer to that address.\n", 400, content_type="text/plain; charset=utf-8")
