"""One address, two answers: a whole page, or for HTMX the fragment that the page includes."""

from typing import Any

from flask import make_response, render_template
from flask.wrappers import Response
from htmx_flask import Htmx, request

htmx = Htmx()


def wants_fragment() -> bool:
    """True for a request that swaps a part; a restored history entry needs the whole page."""
    return bool(request.htmx) and not request.htmx.boosted and not request.htmx.history_restore_request


def page(template: str, fragment: str, status: int = 200, **context: Any) -> Response:
    """Answer with `fragment` to HTMX and with `template`, which includes it, to everyone else."""
    return answered(render_template(fragment if wants_fragment() else template, **context), status)


def answered(html: str, status: int = 200) -> Response:
    """An answer with `html`, at an address that answers HTMX and everyone else in two ways: no cache may mix them."""
    response = make_response(html, status)
    response.headers.add("Vary", "HX-Request")
    return response


def lead_to(address: str) -> Response:
    """The way on after a form: a redirect, or for HTMX the word to go there as to a page of its own."""
    if wants_fragment():
        return make_response("", 204, {"HX-Redirect": address})
    return make_response("", 303, {"Location": address})
