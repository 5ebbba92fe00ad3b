"""What works without signing in, by a token that the view itself checks: feeds, and the links that stop mail."""

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from webapp import access, current
from webapp.db import db, now
from webapp.forms import Form
from webapp.gap_log import told
from webapp.notices import feed_keys
from webapp.notices import feeds as written
from webapp.people import User
from webapp.security import csrf
from webapp.sending import choices, unsubscribing
from webapp.sending.choices import CHOICES, Choice

feeds = Blueprint("feeds", __name__)
stopping = Blueprint("stopping", __name__, template_folder="templates")

KEPT_SECONDS = 15 * 60  # by the reader's own program; never by anything in between


@feeds.get("/updates/feed.xml")
@access.public
def updates() -> ResponseReturnValue:
    _check_token()
    gen = current.content()
    body = written.atom(
        told.newest(db.session, gen.section("update")), base_url=_base_url(), name=gen.site.name, built=now()
    )
    return _feed(body, "application/atom+xml")


@feeds.get("/spotlights/calendar.ics")
@access.public
def spotlights() -> ResponseReturnValue:
    _check_token()
    gen = current.content()
    body = written.calendar(gen.section("spotlight"), base_url=_base_url(), name=gen.site.name, built=now())
    return _feed(body, "text/calendar")


@stopping.get("/unsubscribe/<token>")
@access.public
def ask(token: str) -> ResponseReturnValue:
    """Ask first: programs that look at mail follow its links, and must change nothing."""
    _, choice = _stop(token)
    return _page("ask", token, choice)


@stopping.post("/unsubscribe/<token>")
@access.public
@csrf.exempt  # a mail program sends this by itself (RFC 8058): the signed token is what lets it
def stop(token: str) -> ResponseReturnValue:
    user, choice = _stop(token)
    choices.choose(db.session, user.id, choice.key, False)
    db.session.commit()
    return _page("stopped", token, choice)


@stopping.post("/unsubscribe/<token>/undo")
@access.public
def undo(token: str) -> ResponseReturnValue:
    user, choice = _stop(token)
    choices.choose(db.session, user.id, choice.key, True)
    db.session.commit()
    return _page("undone", token, choice)


def _page(step: str, token: str, choice: Choice) -> str:
    return render_template("notices/stop.html", step=step, token=token, choice=choice, button=Form(formdata=None))


def _stop(token: str) -> tuple[User, Choice]:
    stop = unsubscribing.read(current.settings().secret_key, token) or abort(404)
    user = db.session.get(User, stop.user_id)
    if user is None or user.disabled:
        abort(404)
    return user, CHOICES[stop.choice]


def _check_token() -> None:
    if not feed_keys.is_good(db.session, request.args.get("token", ""), current.settings().secret_key):
        abort(404)


def _base_url() -> str:
    return current.settings().base_url or request.url_root.rstrip("/")


def _feed(body: bytes, mimetype: str) -> Response:
    response = Response(body, mimetype=mimetype)
    response.headers["Cache-Control"] = f"private, max-age={KEPT_SECONDS}"
    return response
