"""The home page: the question, three ways on, and what waits."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from webapp import dates
from webapp.db import engine
from webapp.gaps import updates
from webapp.library.generation.reader import Generation
from webapp.searches import saved
from webapp.web import access, current, tasks

bp = Blueprint("home", __name__, template_folder="templates")

LATEST = 3


@bp.get("/")
@access.signed_in
def index() -> ResponseReturnValue:
    gen = current.content()
    today = dates.day_of(engine.now())
    spotlight = next_spotlight(gen, today)
    return render_template(
        "home/index.html",
        starting_points=[(point.label, _search_for(point)) for point in gen.site.starting_points],
        updates=updates.newest(engine.db.session, gen.section("update"), LATEST),
        spotlight=spotlight,
        spotlight_heading=_heading(spotlight, today) if spotlight else "",
        items=tasks.pending_for(current.user()),
        own_searches=saved.links(engine.db.session, current.user().id, gen.vocabulary),
    )


def _search_for(point: Any) -> str:
    """A starting point as a search of the directory."""
    query = [("q", point.words)] if point.words else []
    for name in ("activity", "audience", "outcome"):
        values = point.activities if name == "activity" else getattr(point, f"{name}s")
        query += [(name, value) for value in values]
    return f"/directory?{urlencode(query)}"


def next_spotlight(gen: Generation, today: date) -> dict[str, Any] | None:
    """The next session from `today`; where none is planned, the latest there was. None where there is none at all."""
    sessions = sorted(gen.section("spotlight"), key=lambda card: card["date"])
    coming = [card for card in sessions if card["date"] >= today.isoformat()]
    return next(iter(coming), sessions[-1] if sessions else None)


def _heading(spotlight: dict[str, Any], today: date) -> str:
    ahead = date.fromisoformat(spotlight["date"]) - today
    if ahead < timedelta(0):
        return "Latest spotlight"
    return "This week’s spotlight" if ahead < timedelta(days=7) else "Next spotlight"
