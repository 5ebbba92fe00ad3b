"""A log that is being written: saved on the server while it is typed, for its writer alone.

What could identify a person is left out of it, as of every form that was not sent: docs/decisions/log-drafts.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from webapp.accounts.drafts import without_identity
from webapp.db.upsert import insert
from webapp.learning_logs.models import LearningLogDraft
from webapp.learning_logs.writing import TEXTS
from webapp.web import submissions

KEPT = timedelta(days=30)
CHOICES = ("themes", "kind", "workstream", "place", "may_quote", "share")
SAYS_SOMETHING = {"helped", "themes", "in_the_way", *TEXTS}  # the other fields are answered before one has begun
FIELDS = {"form_id", *CHOICES, *SAYS_SOMETHING}
MOST_VALUES = 100  # of one draft
LONGEST = 10_000  # characters of one value: more than any field takes


@dataclass(frozen=True)
class Kept:
    """`left_out` says in words what could not be kept."""

    at: datetime
    left_out: list[str]


def keep(session: Session, user_id: int, pairs: Iterable[tuple[str, str]], now: datetime) -> Kept | None:
    """Keep what was typed in place of what was kept before. Commit afterwards.

    None where there is nothing to keep: nothing was typed, or the form has been sent meanwhile.
    """
    typed = [(name, value[:LONGEST]) for name, value in pairs if name in FIELDS and value.strip()][:MOST_VALUES]
    form_id = dict(typed).get("form_id", "")
    begun = any(name in SAYS_SOMETHING for name, _ in typed)
    if not begun or submissions.was_sent(session, form_id, user_id):
        # What was typed last may arrive after the log itself, and must not be offered as another.
        forget(session, user_id)
        return None
    safe, left_out = without_identity(typed)
    fields: dict[str, list[str]] = {}
    for name, value in safe:
        fields.setdefault(name, []).append(value)
    row = {"fields": fields, "saved_at": now}
    kept = insert(session, LearningLogDraft).values(user_id=user_id, **row)
    session.execute(kept.on_conflict_do_update(index_elements=["user_id"], set_=row))
    return Kept(now, left_out)


def of(session: Session, user_id: int, now: datetime) -> LearningLogDraft | None:
    """What this person is writing; None where it is nothing, or was left for too long."""
    draft = session.get(LearningLogDraft, user_id)
    return draft if draft and draft.saved_at > now - KEPT else None


def fields_of(draft: LearningLogDraft) -> MultiDict[str, str]:
    """The fields as the form takes them."""
    return MultiDict((name, value) for name, values in draft.fields.items() for value in values)


def forget(session: Session, user_id: int) -> None:
    """Remove what this person was writing. Commit afterwards."""
    session.execute(delete(LearningLogDraft).where(LearningLogDraft.user_id == user_id))
