"""For whoever is writing, on their own machine: drafts marked, faults on the page that has them, pages that reload.

Nothing of it is there unless `signpost serve` says so in the settings.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from flask import abort, request
from flask.typing import ResponseReturnValue

from webapp.db import engine
from webapp.english import dates
from webapp.library.build.places import place_of
from webapp.library.generation.reader import Generation, NoContent
from webapp.library.problems import Problem
from webapp.reading.blueprint import bp
from webapp.web import access, current


@dataclass(frozen=True)
class Preview:
    """What is told above a page. `state` changes whenever the content does."""

    state: str
    hidden: str  # why readers do not see the page; empty where they do
    faults: list[Problem]  # of this page's file
    elsewhere: int  # faults of all other files


@bp.get("/preview/state")
@access.public
def preview_state() -> ResponseReturnValue:
    """The name of the content being served. It says nothing of what is in it."""
    if not current.settings().preview:
        abort(404)
    return {"state": current.content().id}


@bp.app_context_processor
def add_preview() -> dict[str, Any]:
    if not current.settings().preview:
        return {"preview": None}
    try:
        return {"preview": _preview(current.content(), request.path, dates.day_of(engine.now()))}
    except NoContent:
        return {"preview": None}


def _preview(gen: Generation, path: str, today: date) -> Preview:
    page = gen.page(path, today)
    faults = [problem for problem in gen.problems if _leads_to(problem.file, path)]
    errors = sum(problem.level == "error" for problem in gen.problems if problem not in faults)
    return Preview(gen.id, _hidden(page.front, today) if page else "", faults, errors)


def _leads_to(file: str, path: str) -> bool:
    """Whether the page at `path` is, or would be, made from `file`."""
    place = place_of(PurePosixPath(*PurePosixPath(file).parts[1:]))
    return place is not None and place.path.rstrip("/") == (path.rstrip("/") or "/")


def _hidden(front: Any, today: date) -> str:
    if front.draft:
        return "This is a draft. Readers do not see it."
    if front.publish_from and today < front.publish_from:
        return f"Readers see this page from {dates.short_date(front.publish_from)}."
    if front.expires and front.expires < today:
        return f"Readers have not seen this page since {dates.short_date(front.expires)}."
    return ""
