"""The home page: the question, three ways on, and what waits."""

from datetime import date, timedelta
from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from webapp import dates
from webapp.accounts import starting_place
from webapp.db import engine
from webapp.directory.starting_points import starting_points
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
    start = starting_place.of(engine.db.session, current.person(), gen.vocabulary)
    spotlight = next_spotlight(gen, today)
    return render_template(
        "home/index.html",
        start=start,
        starting_points=starting_points(gen, start),
        updates=updates.newest(engine.db.session, gen.section("update"), LATEST),
        spotlight=spotlight,
        spotlight_heading=_heading(spotlight, today) if spotlight else "",
        items=tasks.pending_for(current.user()),
        own_searches=saved.links(engine.db.session, current.user().id, gen.vocabulary),
    )


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
