"""The list of gaps to work on, and the gap that is open beside it."""

from collections.abc import Iterator

from flask import url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select

from webapp.commissioning import desk
from webapp.commissioning.blueprint import bp
from webapp.db.engine import db
from webapp.db.engine import now as moment
from webapp.gaps import overdue, owners
from webapp.gaps.models import Gap
from webapp.gaps.queries import ANY_OPEN, NOBODY
from webapp.gaps.statuses import Status
from webapp.people.models import User
from webapp.web import access, tasks


@bp.get("/commissioning/gaps")
@access.only("commissioner")
def gaps() -> ResponseReturnValue:
    return desk.show(desk.desk())


@tasks.source("commissioner")
def new_gaps(user: User) -> Iterator[tasks.Item]:
    fresh = select(func.count()).select_from(Gap).where(Gap.status == Status.NEW, Gap.merged_into_id.is_(None))
    count = db.session.scalar(fresh) or 0
    words = "gap nobody has looked at" if count == 1 else "gaps nobody has looked at"
    yield tasks.Item(words, url_for("commissioning.gaps", status="new", sort="oldest"), count)
    left = owners.left_behind(db.session)
    words = "open gap whose owner has left" if left == 1 else "open gaps whose owner has left"
    yield tasks.Item(words, url_for("commissioning.gaps", status=ANY_OPEN, owner=NOBODY), left)
    late = overdue.count(db.session, moment())
    words = "planned gap whose day has passed" if late == 1 else "planned gaps whose day has passed"
    yield tasks.Item(words, url_for("commissioning.gaps", waiting="date", sort="target"), late)
