"""The list of gaps to work on, and the gap that is open beside it."""

from collections.abc import Iterator

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select

from webapp import access, waiting
from webapp.commissioning import screen
from webapp.db import db
from webapp.gap_log.models import Gap
from webapp.gap_log.statuses import Status
from webapp.people import User

bp = Blueprint("commissioning", __name__, template_folder="templates")


@bp.get("/commissioning/gaps")
@access.only("commissioner")
def gaps() -> ResponseReturnValue:
    return screen.show(screen.desk())


@waiting.source("commissioner")
def new_gaps(user: User) -> Iterator[waiting.Item]:
    fresh = select(func.count()).select_from(Gap).where(Gap.status == Status.NEW, Gap.merged_into_id.is_(None))
    count = db.session.scalar(fresh) or 0
    words = "gap nobody has looked at" if count == 1 else "gaps nobody has looked at"
    yield waiting.Item(words, url_for("commissioning.gaps", status="new", sort="oldest"), count)
