"""The roadmap for everyone, and following a gap without asking for it."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.db.engine import db
from webapp.db.engine import now as moment
from webapp.english.dates import day_of
from webapp.gaps import followers, queries, report
from webapp.gaps.blueprint import bp
from webapp.gaps.forms import choices
from webapp.gaps.models import WHOLE_CITY, Gap
from webapp.gaps.queries import CITYWIDE
from webapp.gaps.roadmap import roadmap
from webapp.web import access, current, undoable


@bp.get("/gaps/roadmap")
@access.signed_in
def plan() -> ResponseReturnValue:
    words, now = current.content().vocabulary, moment()
    places = [(CITYWIDE, "Whole city"), *choices(words, "places")]
    chosen = request.args.get("place", "")
    place = chosen if chosen in dict(places) else ""
    asked = {"": None, CITYWIDE: WHOLE_CITY}.get(place, place)
    return render_template(
        "gaps/roadmap.html",
        roadmap=roadmap(db.session, day_of(now), now, place=asked),
        today=day_of(now),
        place=place,
        places=places,
        label=words.label,
    )


@bp.post("/gaps/<ref>/follow")
@access.signed_in
def follow(ref: str) -> ResponseReturnValue:
    gap = _held(ref)
    followers.follow(db.session, gap, current.user(), moment())
    db.session.commit()
    undoable.told("You follow this gap: you hear what the people who asked hear.", url_for(".unfollow", ref=gap.ref))
    return redirect(url_for(".show", ref=gap.ref), 303)


@bp.post("/gaps/<ref>/unfollow")
@access.signed_in
def unfollow(ref: str) -> ResponseReturnValue:
    gap = _held(ref)
    followers.stop(db.session, gap, current.user())
    db.session.commit()
    undoable.told("You no longer follow this gap.", url_for(".follow", ref=gap.ref))
    return redirect(url_for(".show", ref=gap.ref), 303)


def _held(ref: str) -> Gap:
    """The gap called `ref`, held; where it was merged since the page was opened, the one it is part of."""
    gap = report.locked(db.session, ref) or abort(404)
    return report.locked(db.session, queries.merge_target(db.session, gap).ref) or abort(404)
