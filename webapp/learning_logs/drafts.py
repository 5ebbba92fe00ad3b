"""A log that is being written: saved on the server while it is typed, for its writer alone.

What could identify a person is left out of it, as of every form that was not sent: docs/decisions/log-drafts.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from webapp.accounts.drafts import ONE_TIME, without_identity
from webapp.db.upsert import insert
from webapp.learning_logs.models import LearningLogDraft
from webapp.learning_logs.writing import TEXTS
from webapp.web import submissions

KEPT = timedelta(days=30)
CHOICES = ("themes", "kind", "workstream", "place", "may_quote", "share")
SAYS_SOMETHING = {"helped", "themes", "in_the_way", *TEXTS}  # the other fields are answered before one has begun
FIELDS = {"form_id", *CHOICES, *SAYS_SOMETHING}
PAGE, SEEN = "from_page", "saw_draft"  # which page this is, and the state of the draft that it was made from
MOST_VALUES = 100  # of one draft
LONGEST = 10_000  # characters of one value: more than any field takes


@dataclass(frozen=True)
class Kept:
    """`left_out` says in words what could not be kept."""

    at: datetime
    left_out: list[str]


class Elsewhere(Exception):
    """Another page, perhaps on another device, has kept more since this one was opened: its words would be lost."""

    def __init__(self, at: datetime) -> None:
        super().__init__()
        self.at = at


def keep(
    session: Session, user_id: int, pairs: Iterable[tuple[str, str]], now: datetime, *, insist: bool = False
) -> Kept | None:
    """Keep what was typed in place of what was kept before. Commit afterwards.

    None where there is nothing to keep: nothing was typed, or the form has been sent meanwhile. Raises Elsewhere,
    unless its writer insists, where another page kept something that this page has not seen.
    """
    sent = list(pairs)
    typed = [(name, value[:LONGEST]) for name, value in sent if name in FIELDS and value.strip()][:MOST_VALUES]
    form_id = dict(typed).get("form_id", "")
    begun = any(name in SAYS_SOMETHING for name, _ in typed)
    if not begun or submissions.was_sent(session, form_id, user_id):
        # What was typed last may arrive after the log itself, and must not be offered as another.
        forget(session, user_id)
        return None
    page, seen = dict(sent).get(PAGE, ""), dict(sent).get(SEEN, "")
    page = page if ONE_TIME.fullmatch(page) else ""
    before = of(session, user_id, now)
    if before and not insist and before.fields.get(PAGE) != [page] and seen != stamp(before):
        raise Elsewhere(before.saved_at)
    safe, left_out = without_identity(typed)
    fields: dict[str, list[str]] = {PAGE: [page]}
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


def stamp(draft: LearningLogDraft) -> str:
    """Says which state of a draft a page was made from."""
    return str(int(draft.saved_at.timestamp() * 1_000_000))


def fields_of(draft: LearningLogDraft) -> MultiDict[str, str]:
    """The fields as the form takes them."""
    return MultiDict((name, value) for name, values in draft.fields.items() if name != PAGE for value in values)


def forget(session: Session, user_id: int) -> None:
    """Remove what this person was writing. Commit afterwards."""
    session.execute(delete(LearningLogDraft).where(LearningLogDraft.user_id == user_id))
