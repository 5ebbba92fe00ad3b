"""The feeds that are read by themselves: how each went, what it proposes, how good it is; to be read now."""

from collections.abc import Iterator
from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.db.engine import now
from webapp.editor import feeds
from webapp.editor.blueprint import bp
from webapp.editor.feeds import KnownFeed
from webapp.english.dates import day_of
from webapp.library.feeds import state
from webapp.library.feeds.health import MEASURES
from webapp.people.models import User
from webapp.web import access, current, htmx, tasks, urls

MANY = 50  # lines of a page


@bp.get("/editor/feeds")
@access.only("editor")
def feed_list() -> ResponseReturnValue:
    return render_template("editor/feeds.html", known=_known())


@bp.get("/editor/feeds/<slug>")
@access.only("editor")
def feed(slug: str) -> ResponseReturnValue:
    return render_template("editor/feed.html", **_context(slug))


@bp.get("/editor/feeds/<slug>/progress")
@access.only("editor", by_itself=True)
def feed_progress(slug: str) -> ResponseReturnValue:
    return htmx.page("editor/feed.html", "editor/_feed_progress.html", **_context(slug))


@bp.get("/editor/feeds/<slug>/report.txt")
@access.only("editor")
def feed_report(slug: str) -> ResponseReturnValue:
    """What was repaired, left out and not read, as the command says it."""
    said = feeds.report(current.settings(), _one(slug).feed.slug)
    return Response(said, content_type="text/plain; charset=utf-8") if said else abort(404)


@bp.post("/editor/feeds/<slug>/read")
@access.only("editor")
def read_feed(slug: str) -> ResponseReturnValue:
    one = _one(slug)
    state.ask(current.settings().index_dir, one.feed.slug)  # asking again changes nothing
    flash(f"{one.feed.name} will be read now. This page shows how far it is.", "success")
    return redirect(url_for(".feed", slug=one.feed.slug), 303)


@bp.get("/editor/feeds/<slug>/health")
@access.only("editor")
def feed_health(slug: str) -> ResponseReturnValue:
    name = "our directory" if slug == feeds.OURS else _one(slug).feed.name
    judged = feeds.health(current.content(), current.settings(), slug, day_of(now()))
    order = request.args.get("sort", "services")
    order = order if order in feeds.ORDERS else "services"
    rows = feeds.in_order(judged, order) if judged else []
    return render_template(
        "editor/feed_health.html", slug=slug, name=name, judged=judged, measures=MEASURES, order=order, **_paged(rows)
    )


def _context(slug: str) -> dict[str, Any]:
    one = _one(slug)
    proposed = feeds.changes(current.settings(), one.feed.slug) if one.state.commit else []
    return {"one": one, "follows": current.settings().content_remote is not None, **_paged(proposed)}


def _paged(rows: list[Any]) -> dict[str, Any]:
    """One page of `rows`, which of how many it is, and how many rows there are in all."""
    pages = max(1, -(-len(rows) // MANY))
    number = min(urls.page_number(), pages)
    return {"rows": rows[(number - 1) * MANY : number * MANY], "number": number, "pages": pages, "total": len(rows)}


def _one(slug: str) -> KnownFeed:
    return next((one for one in _known() if one.feed.slug == slug), None) or abort(404)


def _known() -> list[KnownFeed]:
    return feeds.known(current.content(), current.settings(), now())


@tasks.source("editor")
def waiting_feeds(user: User) -> Iterator[tasks.Item]:
    found = _known()
    proposing = sum(1 for one in found if one.proposed)
    words = "feed proposes changes" if proposing == 1 else "feeds propose changes"
    yield tasks.Item(words, url_for("editor.feed_list"), proposing)
    failing = sum(1 for one in found if one.state.fault)
    words = "feed could not be read" if failing == 1 else "feeds could not be read"
    yield tasks.Item(words, url_for("editor.feed_list"), failing)
