"""What is missing, where, for whom: the table for triage."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Select, func, select
from sqlalchemy.orm import selectinload

from webapp import access, current, dates, htmx, waiting
from webapp.db import db
from webapp.db import now as moment
from webapp.gap_log import finding
from webapp.gap_log.finding import ANY_OPEN, CITYWIDE, Filters
from webapp.gap_log.models import Gap
from webapp.gap_log.statuses import Status
from webapp.people import User

bp = Blueprint("commissioning", __name__, template_folder="templates")
PAGE_SIZE = 30
# The questions of a morning, as links: words and filters.
VIEWS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("Everything", {}),
    ("New", {"status": "new", "sort": "oldest"}),
    ("Open", {"status": ANY_OPEN}),
    ("Mine", {"mine": "1"}),
    ("Open over 30 days", {"status": ANY_OPEN, "age": "30", "sort": "oldest"}),
    ("Most people", {"status": ANY_OPEN, "sort": "people"}),
)


@bp.get("/commissioning/gaps")
@access.only("commissioner")
def gaps() -> ResponseReturnValue:
    filters = _filters()
    query = _wanted(filters).options(selectinload(Gap.owner))
    response = htmx.page(
        "commissioning/gaps.html",
        "commissioning/_table.html",
        filters=filters,
        page=finding.page_of(db.session, query, filters.page, PAGE_SIZE),
        views=[_view(words, args, filters) for words, args in VIEWS],
        places=[(CITYWIDE, "Whole city"), *((s, t.label) for s, t in _places().items())],
        statuses=Status,
        ages=finding.AGES,
        sorts=finding.SORTS,
        any_open=ANY_OPEN,
        day=_day,
        **_words(),
    )
    if htmx.wants_fragment():
        response.headers["HX-Replace-Url"] = url_for(".gaps", **filters.as_args())
    return response


def _day(value: datetime) -> str:
    """3 Mar 2026: in a dense table a date keeps to one line."""
    day = dates.day_of(value)
    return f"{day.day} {day:%b %Y}"


def _filters() -> Filters:
    return Filters.from_args(request.args, list(_places()))


def _wanted(filters: Filters) -> Select[Gap]:
    return finding.wanted(filters, moment(), mine=finding.owned_by(current.user().id))


def _places() -> dict[str, Any]:
    return current.content().vocabulary.terms("places")


def _view(words: str, args: dict[str, Any], filters: Filters) -> tuple[str, str, bool]:
    """Its words, its address, and whether it is the one on the screen."""
    on_screen = {"sort": "newest", **args} == filters.as_args()
    return words, url_for(".gaps", **args), on_screen


def _words() -> dict[str, Any]:
    return {"label": current.content().vocabulary.label}


@waiting.source("commissioner")
def new_gaps(user: User) -> Iterator[waiting.Item]:
    count = db.session.scalar(select(func.count()).select_from(Gap).where(Gap.status == Status.NEW)) or 0
    words = "gap nobody has looked at" if count == 1 else "gaps nobody has looked at"
    yield waiting.Item(words, url_for("commissioning.gaps", status="new", sort="oldest"), count)
