"""What a reader sees when something is not as it should be: in the layout, in plain words, with a way on."""

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Flask, make_response, redirect, render_template, request
from flask.wrappers import Response
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError, ServiceUnavailable
from werkzeug.wrappers import Response as AnyResponse

from webapp.library.generation.reader import NoContent
from webapp.web import request_log, urls
from webapp.web.htmx import wants_fragment


@dataclass(frozen=True)
class Words:
    """What an error page says: a heading and what to do about it."""

    heading: str
    advice: str


WORDS = {
    400: Words(
        "We could not read that request",
        "Part of the address or the form was not in a shape we know. Go back, check it and try again.",
    ),
    403: Words(
        "You cannot open this page",
        "Your role does not include it. If your work needs it, ask the person who manages Signpost accounts.",
    ),
    404: Words(
        "We cannot find that page",
        "The address may be mistyped, or the page may have moved. Try searching for it.",
    ),
    405: Words(
        "That cannot be done here",
        "This address does not take that kind of request. Go back and use the buttons on the page.",
    ),
    413: Words(
        "That is too long to send",
        "Go back and shorten what you wrote. A page of writing is fine; a whole document is not.",
    ),
    429: Words(
        "Too many tries",
        "Wait a few minutes, then try again. Nothing you saved is lost.",
    ),
    500: Words(
        "Something went wrong on our side",
        "It has been noted. Go back and try again. If you were sending a form, check first whether it arrived.",
    ),
    503: Words(
        "Signpost is getting ready",
        "The content is being prepared. Try again in a minute.",
    ),
}
NOT_KEPT = ("csrf_token", "password")


def init_app(app: Flask) -> None:
    """Answer every error of `app` in words."""
    app.register_error_handler(HTTPException, _in_words)
    app.register_error_handler(NoContent, _not_ready)
    app.register_error_handler(401, _sign_in)
    app.register_error_handler(CSRFError, _send_again)
    app.register_error_handler(SecurityError, _wrong_host)


def _in_words(error: HTTPException) -> AnyResponse:
    status = error.code or 500
    if error.response is not None or status < 400:
        return error.get_response()
    words = WORDS.get(status) or WORDS[400 if status < 500 else 500]
    response = make_response(_page(status, words), status)
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After"}:
            response.headers[name] = value
    response.headers.add("Vary", "HX-Request")
    return response


def _page(status: int, words: Words) -> str:
    template = "errors/part.html" if wants_fragment() else "errors/page.html"
    return render_template(template, status=status, words=words, reference=request_log.reference())


def _not_ready(error: NoContent) -> AnyResponse:
    return _in_words(ServiceUnavailable(retry_after=60))


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
    kept = [
        (name, value) for name, value in request.form.items(multi=True) if not any(word in name for word in NOT_KEPT)
    ]
    secret = len(kept) < len([name for name in request.form if name != "csrf_token"])
    part = wants_fragment()
    html = render_template(
        "errors/send_again_part.html" if part else "errors/send_again.html",
        level=2 if part else 1,
        kept=[] if secret else kept,
        path=request.full_path.rstrip("?"),
    )
    response = make_response(html, 400)
    response.headers.add("Vary", "HX-Request")
    return response


def _wrong_host(error: SecurityError) -> Response:
    """No page: nothing of ours is shown under a name that is not ours."""
    return Response("This site does not answer to that address.\n", 400, content_type="text/plain; charset=utf-8")
