"""What a view answers with a PDF: the file, or a page that asks again while others are made."""

from collections.abc import Callable

from flask import make_response, render_template
from flask.typing import ResponseReturnValue

from webapp.web import typesetting

CONTENT_TYPE = "application/pdf"
AGAIN_SECONDS = 2


def answer(make: Callable[[], bytes], name: str, what: str, *, shown: bool = True) -> ResponseReturnValue:
    """What `make` makes, called `name`: `shown` in the browser, or taken away. The page that waits says `what` it is.

    Raises what `make` raises, but for BeingMade.
    """
    try:
        body = make()
    except typesetting.BeingMade:
        return _being_made(what)
    response = make_response(body, 200, {"Content-Type": CONTENT_TYPE})
    response.headers.set("Content-Disposition", "inline" if shown else "attachment", filename=name)
    return response


def _being_made(what: str) -> ResponseReturnValue:
    """Many are made at once: the page asks again by itself, and holds nobody up meanwhile."""
    response = make_response(render_template("being_made.html", what=what, seconds=AGAIN_SECONDS), 503)
    response.headers["Retry-After"] = response.headers["Refresh"] = str(AGAIN_SECONDS)
    return response
