"""Search everything at once."""

from urllib.parse import urlencode

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from webapp import access, current, dates, htmx
from webapp.db import now
from webapp.finding.everything import Asked, search

bp = Blueprint("finding", __name__, template_folder="templates")


@bp.get("/search")
@access.signed_in
def index() -> ResponseReturnValue:
    asked = Asked.from_args(request.args)
    words = asked.words.strip()
    response = htmx.page(
        "finding/index.html",
        "finding/_answer.html",
        asked=asked,
        found=search(asked, current.content(), dates.day_of(now())),
        directory_href=f"/directory?{urlencode({'q': words})}" if words else "/directory",
        gap_href=f"/gaps/new?{urlencode({'q': words})}",
    )
    if htmx.wants_fragment():
        response.headers["HX-Replace-Url"] = asked.address()
    return response
