"""The calendar of spotlights for programs that cannot sign in: a token says whose it is, and so whose sessions."""

from flask import abort, request
from flask.typing import ResponseReturnValue

from webapp.accounts import feed_keys
from webapp.db.engine import db
from webapp.db.engine import now as moment
from webapp.notices.feeds import answer
from webapp.people.models import teams_convened_by
from webapp.spotlights import calendar as calendar_files
from webapp.spotlights import queries
from webapp.spotlights.blueprint import bp
from webapp.web import access, current


@bp.get("/spotlights/calendar.ics")
@access.public
def calendar() -> ResponseReturnValue:
    """`?meetings=1` adds the weekly meeting of one's own team."""
    settings, now = current.settings(), moment()
    owner = feed_keys.owner(db.session, request.args.get("token", ""), settings.secret_key) or abort(404)
    gen = current.content()
    teams = {owner.team, *teams_convened_by(db.session, owner.id)} - {""}
    since, cancelled_since = now - calendar_files.BACK, now - calendar_files.CANCELLED_KEPT
    body = calendar_files.feed(
        gen.section("spotlight"),
        queries.for_teams(db.session, teams, since=since, cancelled_since=cancelled_since),
        base_url=settings.base_url or request.url_root.rstrip("/"),
        name=gen.site.name,
        built=now,
        label=gen.vocabulary.label,
        meets=gen.vocabulary.teams.get(owner.team) if request.args.get("meetings") == "1" else None,
    )
    return answer(body, "text/calendar")
