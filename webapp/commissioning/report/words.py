"""What commissioners write into a report, kept for each scope: the latest, who wrote it and when, and all before it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from webapp.commissioning.report.models import ReportWords
from webapp.people import audit
from webapp.people.models import User
from webapp.pii.guard import CleanText
from webapp.web.refusals import Stale

MOST_KEPT = 20  # of one scope are shown


def latest(session: Session, scope: str) -> ReportWords | None:
    """What stands in the report of this scope (`Scope.key`), with who wrote it; None where nobody has written."""
    return next(iter(history(session, scope, most=1)), None)


def history(session: Session, scope: str, most: int = MOST_KEPT) -> Sequence[ReportWords]:
    """All that was written for this scope, the newest first, with who wrote it."""
    wanted = select(ReportWords).where(ReportWords.scope == scope).options(selectinload(ReportWords.by))
    return session.scalars(wanted.order_by(ReportWords.id.desc()).limit(most)).all()


def keep(
    session: Session,
    scope: str,
    opening: CleanText | None,
    recommendations: CleanText | None,
    by: User,
    now: datetime,
    *,
    seen: int,
) -> bool:
    """Keep what was written; False where it says what stands there already. Commit afterwards.

    `seen` is the id of what the writer had before them, 0 for nothing. Raises Stale where somebody has written since.
    """
    before = latest(session, scope)
    if (before.id if before else 0) != seen:
        raise Stale
    texts = tuple("" if text is None else str(text) for text in (opening, recommendations))
    if texts == ((before.opening, before.recommendations) if before else ("", "")):
        return False
    row = ReportWords(scope=scope, opening=texts[0], recommendations=texts[1], by_id=by.id, at=now)
    session.add(row)
    session.flush()
    audit.append(
        session, now=now, actor=by.id, action="report.written", subject=("report", str(row.id)), after={"scope": scope}
    )
    return True
