"""Search everything at once."""

from functools import partial
from urllib.parse import urlencode

from flask import request
from flask.typing import ResponseReturnValue

from webapp.db.engine import now
from webapp.english import dates
from webapp.search.blueprint import bp
from webapp.search.everything import SearchRequest, search
from webapp.searches import finished as searched
from webapp.upkeep import overlay
from webapp.web import access, current, htmx, kept_answers, urls
from webapp.web.things_to_do import things_to_do
from webapp.web.urgent import urgent


@bp.get("/search")
@access.signed_in
def index() -> ResponseReturnValue:
    asked = SearchRequest.from_args(request.args)
    words = asked.words.strip()
    gen, user, moment = current.content(), current.person(), now()
    known = overlay.at(current.as_of())
    found = search(asked, gen, moment, known.closures, known.last_confirmed)
    finished = searched.FinishedSearch.of(
        "everything",
        words=words,
        found=found.total,
        corrected=found.results.corrected,
        missing=found.results.missing,
        recognised=found.results.recognised,
        vocabulary=gen.vocabulary,
    )
    sign = partial(finished.sign, current.settings().secret_key)
    signed = sign(user.id)
    response = htmx.page(
        "search/index.html",
        "search/_answer.html",
        asked=asked,
        found=found,
        finished=signed,
        directory_href=f"/directory?{urlencode({'q': words})}" if words else "/directory",
        gap_href=f"/gaps/new?{urlencode({'q': words})}",
        things_to_do=things_to_do(words),
        urgent=urgent(words, gen, dates.day_of(moment)),
    )
    is_part = htmx.wants_fragment()
    if is_part:
        response.headers["HX-Replace-Url"] = urls.harmless(asked.address())
    if words:
        kept_answers.offer(found.until, search_in_page=None if is_part else True, signed=signed, sign=sign)
    return response
