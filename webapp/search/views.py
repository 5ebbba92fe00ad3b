"""Search everything at once."""

from urllib.parse import urlencode

from flask import request
from flask.typing import ResponseReturnValue

from webapp.db.engine import now
from webapp.english import dates
from webapp.search.blueprint import bp
from webapp.search.everything import SearchRequest, search
from webapp.searches import finished as searched
from webapp.upkeep import overlay
from webapp.web import access, current, htmx, urls
from webapp.web.urgent import urgent


@bp.get("/search")
@access.signed_in
def index() -> ResponseReturnValue:
    asked = SearchRequest.from_args(request.args)
    words = asked.words.strip()
    gen, user = current.content(), current.person()
    found = search(asked, gen, dates.day_of(now()), overlay.at(current.as_of()).closures)
    finished = searched.FinishedSearch.of(
        "everything",
        words=words,
        found=found.total,
        corrected=found.results.corrected,
        missing=found.results.missing,
        recognised=found.results.recognised,
        vocabulary=gen.vocabulary,
    )
    response = htmx.page(
        "search/index.html",
        "search/_answer.html",
        asked=asked,
        found=found,
        finished=finished.sign(current.settings().secret_key, user.id),
        directory_href=f"/directory?{urlencode({'q': words})}" if words else "/directory",
        gap_href=f"/gaps/new?{urlencode({'q': words})}",
        urgent=urgent(words, gen, dates.day_of(now())),
    )
    if htmx.wants_fragment():
        response.headers["HX-Replace-Url"] = urls.harmless(asked.address())
    return response
