"""Search everything at once."""

from urllib.parse import urlencode

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from webapp import access, addresses, current, dates, htmx
from webapp.db import now
from webapp.finding.everything import Asked, search
from webapp.searches import asked as searched
from webapp.upkeep import marks

bp = Blueprint("finding", __name__, template_folder="templates")


@bp.get("/search")
@access.signed_in
def index() -> ResponseReturnValue:
    asked = Asked.from_args(request.args)
    words = asked.words.strip()
    gen, user = current.content(), current.person()
    found = search(asked, gen, dates.day_of(now()), marks.at(current.as_of()).closures)
    finished = searched.Asked.of(
        "everything",
        words=words,
        found=found.total,
        corrected=found.corrected,
        recognised=found.recognised,
        vocabulary=gen.vocabulary,
    )
    response = htmx.page(
        "finding/index.html",
        "finding/_answer.html",
        asked=asked,
        found=found,
        finished=finished.sign(current.settings().secret_key, user.id),
        directory_href=f"/directory?{urlencode({'q': words})}" if words else "/directory",
        gap_href=f"/gaps/new?{urlencode({'q': words})}",
    )
    if htmx.wants_fragment():
        response.headers["HX-Replace-Url"] = addresses.harmless(asked.address())
    return response
