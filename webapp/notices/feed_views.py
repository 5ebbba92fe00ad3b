"""Feeds for mail and calendar programs, which cannot sign in: a token says whose they are."""

from flask import Response, abort, request
from flask.typing import ResponseReturnValue

from webapp.db.engine import db, now
from webapp.gaps import updates
from webapp.notices import feed_keys
from webapp.notices import feeds as written
from webapp.notices.blueprint import bp
from webapp.web import access, current

KEPT_SECONDS = 15 * 60  # by the reader's own program; never by anything in between


@bp.get("/updates/feed.xml")
@access.public
def updates_feed() -> ResponseReturnValue:
    _check_token()
    gen = current.content()
    body = written.atom(
        updates.newest(db.session, gen.section("update")), base_url=_base_url(), name=gen.site.name, built=now()
    )
    return _feed(body, "application/atom+xml")


@bp.get("/spotlights/calendar.ics")
@access.public
def spotlights() -> ResponseReturnValue:
    _check_token()
    gen = current.content()
    body = written.calendar(gen.section("spotlight"), base_url=_base_url(), name=gen.site.name, built=now())
    return _feed(body, "text/calendar")


def _check_token() -> None:
    if not feed_keys.is_good(db.session, request.args.get("token", ""), current.settings().secret_key):
        abort(404)


def _base_url() -> str:
    return current.settings().base_url or request.url_root.rstrip("/")


def _feed(body: bytes, mimetype: str) -> Response:
    response = Response(body, mimetype=mimetype)
    response.headers["Cache-Control"] = f"private, max-age={KEPT_SECONDS}"
    return response
