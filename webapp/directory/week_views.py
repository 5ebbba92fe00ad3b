"""What is on near a place in the next seven days, by day and part of the day."""

from dataclasses import replace

from flask import request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from webapp.accounts import starting_place
from webapp.db.engine import db
from webapp.db.engine import now as moment
from webapp.directory import soon
from webapp.directory.blueprint import bp
from webapp.directory.criteria import Criteria
from webapp.directory.listing import DISTANCES
from webapp.directory.week import MOST, PARTS, look, short_names
from webapp.upkeep import overlay
from webapp.web import access, current, htmx, urls

DAY_LINES = 40  # of one day among seven; the day by itself shows all


@bp.get(soon.PATH)
@access.signed_in
def this_week() -> ResponseReturnValue:
    gen, now = current.content(), moment()
    start = None if request.args else starting_place.of(db.session, current.person(), gen.vocabulary)
    if start:
        urls.stand_for(start.query)
    criteria = Criteria.from_args(MultiDict(start.query) if start else request.args, gen)
    days, part = criteria.filters.get("day", ()), _part()
    if criteria.near and criteria.within is None:
        criteria = replace(criteria, within=soon.USUAL_MILES)
    shown, found = look(criteria, gen, now, overlay.at(current.as_of()).closures, days, part)
    return htmx.page(
        "directory/this_week.html",
        "directory/_week.html",
        criteria=criteria,
        start=start,
        week=shown,
        found=found,
        days=days,
        seven=short_names(now),
        part=part,
        parts=[name for name, _ in PARTS],
        distances=DISTANCES,
        most=MOST,
        day_lines=None if days else DAY_LINES,
        list_href=criteria.address(),
        wider=_wider(criteria, days, part),
        day_href=lambda day: soon.address(soon.without_days(criteria), (day,) if day else (), part),
    )


def _part() -> str:
    asked = request.args.get("part", "")
    return asked if asked in dict(PARTS) else ""


def _wider(criteria: Criteria, days: tuple[str, ...], part: str) -> tuple[float, str] | None:
    """The next longer distance, and where it leads."""
    further = next((miles for miles in DISTANCES if criteria.within and miles > criteria.within), None)
    if further is None or not criteria.near:
        return None
    return further, soon.address(soon.without_days(replace(criteria, within=further)), days, part)
