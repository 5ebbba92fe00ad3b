"""The feed of answers for programs that cannot sign in: a token says whose it is."""

from flask import abort, request
from flask.typing import ResponseReturnValue

from webapp.accounts import feed_keys
from webapp.db.engine import db, now
from webapp.gaps import updates
from webapp.notices import feeds
from webapp.notices.blueprint import bp
from webapp.notices.feeds import answer
from webapp.web import access, current


@bp.get("/updates/feed.xml")
@access.public
def updates_feed() -> ResponseReturnValue:
    feed_keys.owner(db.session, request.args.get("token", ""), current.settings().secret_key) or abort(404)
    gen = current.content()
    base_url = current.settings().base_url or request.url_root.rstrip("/")
    cards = updates.newest(db.session, gen.section("update"))
    return answer(feeds.atom(cards, base_url=base_url, name=gen.site.name, built=now()), "application/atom+xml")
