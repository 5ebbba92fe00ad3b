"""What an address of a session asks for: the spotlight, the session, and whether it is this person's to hold."""

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from webapp.db.engine import db
from webapp.db.engine import now as moment
from webapp.english import dates
from webapp.library.build.pages import Page
from webapp.spotlights import hosts, queries, sessions
from webapp.spotlights.models import SpotlightSession
from webapp.web import current
from webapp.web.text import number


def spotlight(slug: str) -> Page:
    """The page of the spotlight that a session is of."""
    page = current.content().page(f"/spotlights/{slug}", dates.day_of(moment()))
    return page if page and page.kind == "spotlight" else abort(404)


def one(slug: str, session_id: int) -> SpotlightSession:
    """The session of this number, where it is one of this spotlight."""
    return queries.one(db.session, slug, session_id) or abort(404)


def locked(slug: str, session_id: int) -> SpotlightSession:
    """The same, held until the commit."""
    held = sessions.locked(db.session, session_id)
    return held if held and held.spotlight == slug else abort(404)


def hosted(held: SpotlightSession) -> SpotlightSession:
    """`held`, where it is this person's to hold."""
    if not hosts.of(db.session, current.person()).may(held.team):
        abort(403)
    return held


def refuse(held: SpotlightSession, why: str) -> ResponseReturnValue:
    """Change nothing, and say why on the page of the session."""
    db.session.rollback()
    flash(why, "error")
    return redirect(url_for("spotlights.session", slug=held.spotlight, number=held.id), 303)


def wanted(slug: str, value: str | None) -> SpotlightSession:
    """The session that `?session=` names."""
    found = number(value)
    return one(slug, found) if found else abort(404)
