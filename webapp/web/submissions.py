"""Sending a form twice does one thing: each form carries a one-time id, claimed with what it changes.

    outcome = submissions.claim(db.session, form.form_id.data, user.id, request.path, now)
    if outcome is not None:
        return redirect(outcome, 303)        # sent before: the same answer again
    gap = record(...)
    url = url_for(...)
    submissions.complete(db.session, form.form_id.data, user.id, url)
    db.session.commit()
    return redirect(url, 303)

Claim after the form is found valid and before anything is written; claim, change and outcome are one commit.
Of two requests at once the second waits: on SQLite for the write lock, on PostgreSQL at the insert.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import ForeignKey, String, Table, bindparam, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from webapp.config.settings import LONGEST_OFFLINE
from webapp.db.engine import Base, Moment

KEPT = timedelta(days=LONGEST_OFFLINE + 1)  # a form that waited on a device may still be sent again


class Submission(Base):
    """One form that was sent. A browser could send any id, so an id counts for its own sender only."""

    __tablename__ = "once"

    form_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    path: Mapped[str] = mapped_column(String(500))
    created_at: Mapped[datetime] = mapped_column(Moment, index=True)
    outcome: Mapped[str] = mapped_column(String(2000), default="")


# Every form passes here, and these rows are no object of anybody's: the short way, past the session's own accounts.
_once = cast(Table, Submission.__table__)
_CLAIM = {
    kind: made(_once).on_conflict_do_nothing().returning(_once.c.form_id)
    for kind, made in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}
_COMPLETE = (
    update(_once)
    .where(_once.c.form_id == bindparam("sent"), _once.c.user_id == bindparam("sender"))
    .values(outcome=bindparam("led_to"))
)


def claim(session: Session, form_id: str, user_id: int, path: str, now: datetime) -> str | None:
    """None where this form is new and now yours to act on; otherwise the address its first sending led to.

    The address is `/` where the first sending led nowhere. Changes nothing until the session commits.
    """
    row = {"form_id": form_id, "user_id": user_id, "path": path[:500], "created_at": now, "outcome": ""}
    if session.scalar(_CLAIM[session.get_bind().dialect.name], row) is not None:
        return None
    outcome = session.scalar(
        select(Submission.outcome).where(Submission.form_id == form_id, Submission.user_id == user_id)
    )
    return outcome or "/"


def complete(session: Session, form_id: str, user_id: int, outcome: str) -> None:
    """Note the address that this form led to. Commit afterwards."""
    session.execute(_COMPLETE, {"sent": form_id, "sender": user_id, "led_to": outcome[:2000]})


def was_sent(session: Session, form_id: str, user_id: int) -> bool:
    """Whether this person has sent this form. Changes nothing."""
    return session.get(Submission, (form_id, user_id)) is not None


def outcomes(session: Session, form_ids: Sequence[str], user_id: int) -> dict[str, str]:
    """Of these forms, those that this person has sent: id → the address that it led to. Changes nothing."""
    sent = select(Submission.form_id, Submission.outcome)
    sent = sent.where(Submission.form_id.in_(form_ids), Submission.user_id == user_id)
    return {form_id: outcome or "/" for form_id, outcome in session.execute(sent)}


def forget(session: Session, now: datetime) -> int:
    """Remove what is older than `KEPT`, and say how many that was. Commit afterwards."""
    gone = session.scalars(delete(Submission).where(Submission.created_at < now - KEPT).returning(Submission.form_id))
    return len(gone.all())
