"""What commissioners write into a report, kept for each scope: the latest, who wrote it and when, and all before it."""

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from webapp.reporting.models import ReportWords


def latest(session: Session, scope: str) -> ReportWords | None:
    """What stands in the report of this scope (`Scope.key`), with who wrote it; None where nobody has written."""
    wanted = select(ReportWords).where(ReportWords.scope == scope).options(selectinload(ReportWords.by))
    return session.scalars(wanted.order_by(ReportWords.id.desc()).limit(1)).one_or_none()
