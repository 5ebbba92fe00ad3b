"""The directory: find what is near someone, and everything a referrer needs to know of it."""

from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import parse_qsl

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict
from werkzeug.urls import iri_to_uri

from webapp.accounts import starting_place
from webapp.accounts.starting_place import Start
from webapp.db.engine import db
from webapp.db.engine import now as moment
from webapp.directory import frame, listing, map_picture, map_points, near_here, share, soon, summary, wording
from webapp.directory.blueprint import bp
from webapp.directory.criteria import Criteria
from webapp.directory.starting_points import starting_points
from webapp.english import dates
from webapp.library.build.pages import Page
from webapp.library.confidential.listings import LOOKS
from webapp.library.generation.reader import Generation
from webapp.library.search.query import Results
from webapp.searches import saved
from webapp.searches.finished import FinishedSearch
from webapp.upkeep import closures as closed_listings
from webapp.upkeep import confirmations, overlay, signposting
from webapp.upkeep.closures import Closures
from webapp.web import access, current, htmx, kept_answers, page_cache, urls
from webapp.web.urgent import urgent


@bp.get("/directory")
@access.signed_in
def index() -> ResponseReturnValue:
    gen, now = current.content(), moment()
    start = None if request.args else _begin(gen)
    criteria = Criteria.from_args(MultiDict(start.query) if start else request.args, gen)
    asks = start is None and bool(criteria.words or criteria.is_narrowed or criteria.page > 1 or criteria.on_map)
    known = overlay.at(current.as_of())
    asks_when = soon.glimpse(criteria, gen, now, known.closures)
    if asks_when and asks_when.is_all and not htmx.wants_fragment():
        return redirect(asks_when.href)
    found = listing.listing(criteria, gen, now, known.closures, known.last_confirmed)
    if asks_when and asks_when.is_all:
        found = replace(found, found=asks_when.found)
    sign = partial(_asked(criteria, found.results, gen).sign, current.settings().secret_key)
    finished = "" if start else sign(current.person().id)  # to open the directory is no search
    response = frame.page(
        criteria,
        gen,
        found,
        soon=asks_when,
        start=start,
        starting_points=[] if asks else starting_points(gen, start),
        own_searches=None if asks else saved.links(db.session, current.person().id, gen.vocabulary),
        finished=finished,
        **_map(criteria, found, gen),
        urgent=urgent(criteria.words, gen, dates.day_of(now)),
    )
    is_part = htmx.wants_fragment()
    if is_part:
        response.headers[_address_header(criteria, gen)] = iri_to_uri(urls.harmless(criteria.address()))
    if asks and not asks_when:  # what is on soon changes as the day goes on
        kept_answers.offer(found.rows.until, search_in_page=None if is_part else True, signed=finished, sign=sign)
    return response


@bp.get("/directory/points")
@access.signed_in
def points() -> ResponseReturnValue:
    gen = current.content()
    known = overlay.at(current.as_of())
    criteria = Criteria.from_args(request.args, gen)
    return map_points.points(criteria, gen, moment(), known.closures, known.last_confirmed)


@bp.get("/directory/<slug>")
@access.signed_in
def show(slug: str) -> ResponseReturnValue:
    gen = current.content()
    now = moment()
    today = dates.day_of(now)
    path = f"/directory/{slug}"
    page = gen.page(path, today)
    if page is None:
        moved_to = gen.redirect(path)
        return redirect(moved_to, 301) if moved_to else abort(404)
    known = overlay.at(current.as_of())
    checks = confirmations.checks(known.confirmed(path), page.front.checked, current.person().id, today)
    sees_counts = current.person().has("editor", "commissioner")
    told = signposting.told(known.outcomes(path), current.person().id, today, with_counts=sees_counts)
    # What people said of it, and of its neighbours, is all that changes the page between two builds of the content.
    address = f"{current.settings().base_url or request.host_url.rstrip('/')}{path}"
    key = (address, known.closures_key, checks, told)
    but_for = known.who_said_something(path)
    return page_cache.cached(key, now, lambda: _listing(page, known.closures, checks, told, address, now), but_for)


def _listing(
    page: Page,
    closures: Closures,
    checks: confirmations.Checks,
    told: signposting.Told,
    address: str,
    now: datetime,
) -> tuple[str, datetime]:
    """The page, and until when it is right: another day begins, or a session that it says is next."""
    gen = current.content()
    closure = closed_listings.of(closures, page.path, page.front.status)
    asset = page.front.model_copy(update={"status": closure.status}) if closure else page.front
    facts = summary.summary(asset, gen.vocabulary, now, checks.last)
    next_day, on_that_day = near_here.same_day(page, gen, now)
    html = render_template(
        "directory/show.html",
        page=page,
        asset=asset,
        summary=facts,
        share=share.share(asset, facts, address),
        nearby=_open(near_here.nearby(page, gen, now), closures),
        next_day=next_day,
        same_day=_open(on_that_day, closures),
        similar=_open(near_here.similar(page, gen, now), closures),
        closed_words=closed_listings.words(closure) if closure else "",
        checks=checks,
        told=told,
        outcomes=list(signposting.Became),
        edit_href=_edit_href(page),
        kept=page.path in gen.kept and current.person().has("editor", "admin"),
        looks_secret=current.person().has("editor") and _looks_secret(page, gen),
    )
    return html, wording.next_until(page.front.sessions, now)[1]


def _looks_secret(page: Page, gen: Generation) -> bool:
    """Whether its address is hidden because of its words, and nobody has decided."""
    return any(problem.file == page.file and problem.message.startswith(LOOKS) for problem in gen.problems)


def _open(others: list[near_here.Beside], closures: Closures) -> list[near_here.Beside]:
    return [other for other in others if other[1] not in closures]


def _map(criteria: Criteria, found: listing.ListingSearch, gen: Generation) -> dict[str, Any]:
    """What is drawn beside the list, where a map was asked for."""
    if not criteria.on_map:
        return {}
    near = listing.measured_from(criteria, found.results)
    return {
        "map_points": map_points.points_address(criteria),
        "map_tiles": map_points.tiles_address(current.settings()),
        "picture": map_picture.picture(found.results.hits, near, gen.vocabulary, found.first),
    }


def _begin(gen: Generation) -> Start:
    """Where the bare address begins for this reader; its links lead on from there."""
    start = starting_place.of(db.session, current.person(), gen.vocabulary)
    urls.stand_for(start.query)
    return start


def _asked(criteria: Criteria, results: Results, gen: Generation) -> FinishedSearch:
    """What the page says this search was, signed, so that it is counted once its reader has finished with it."""
    criteria = listing.that_counts(criteria, results)
    return FinishedSearch.of(
        "asset",
        words=criteria.words,
        near=criteria.near.name if criteria.near else "",
        within=criteria.within,
        filters=criteria.filters,
        open_only=criteria.open_only,
        found=results.total,
        corrected=results.corrected,
        missing=results.missing,
        recognised=results.recognised,
        vocabulary=gen.vocabulary,
    )


def _address_header(criteria: Criteria, gen: Generation) -> str:
    """Typing must not fill the way back with half words; a filter that is put on is a step of its own."""
    before = urls.parts(request.headers.get("HX-Current-URL")).query
    earlier = Criteria.from_args(MultiDict(parse_qsl(before[:4000])), gen)
    is_same = (earlier.filters, earlier.open_only, earlier.sort, earlier.within) == (
        criteria.filters,
        criteria.open_only,
        criteria.sort,
        criteria.within,
    )
    return "HX-Replace-Url" if is_same else "HX-Push-Url"


def _edit_href(page: Any) -> str:
    return current.edit_address(page.file) if current.person().has("editor", "admin") else ""
