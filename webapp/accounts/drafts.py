"""A form that was sent after its sender's sign-in had ended: kept a day, for the same person only.

Why it is kept here and not in the sign-in page: docs/decisions/unsent-forms.md.
"""

import json
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from webapp.accounts.models import Draft
from webapp.pii import guard
from webapp.web import urls

LONGEST = 64 * 1024  # characters of JSON
MOST = 5  # a person
MARK = "kept"  # the field by which the form, when it is sent again, says which draft it was
NOT_TYPED = {"csrf_token", MARK}


def keep(session: Session, user_id: int, path: str, fields: Iterable[tuple[str, str]], now: datetime) -> Draft | None:
    """Keep what was typed, but for what could identify a person and for passwords. Commit afterwards.

    None where nothing was typed that is worth keeping: a form of one button, say, or one that is too long.
    """
    pairs = [(n, v) for n, v in fields if n not in NOT_TYPED and v.strip()]
    left_out = sorted({n for n, v in pairs if "password" in n or guard.find(v)})
    kept = [[n, v] for n, v in pairs if n not in left_out]
    typed = [n for n, _ in kept if n != "form_id"]
    if not typed or any("password" in n for n in left_out) or len(json.dumps(kept)) > LONGEST:
        return None
    draft = Draft(user_id=user_id, path=urls.harmless(path)[:2000], fields=kept, left_out=left_out, created_at=now)
    session.add(draft)
    session.flush()
    older = select(Draft.id).where(Draft.user_id == user_id).order_by(Draft.id.desc()).offset(MOST)
    for old in session.scalars(older).all():
        session.execute(delete(Draft).where(Draft.id == old))
    return draft


def latest(session: Session, user_id: int, since: datetime) -> Draft | None:
    """The last form kept for this person, if it was kept after `since`."""
    mine = select(Draft).where(Draft.user_id == user_id, Draft.created_at >= since)
    return session.scalar(mine.order_by(Draft.id.desc()).limit(1))


def drop(session: Session, user_id: int, draft_id: int) -> None:
    """Remove one form kept for this person. Commit afterwards."""
    session.execute(delete(Draft).where(Draft.id == draft_id, Draft.user_id == user_id))


def words_of(draft: Draft) -> list[tuple[str, str]]:
    """What was typed, to read: the name of each field in words, and its text. No ids or codes of our own."""
    return [(name_of(n), v) for n, v in draft.fields if n != "form_id"]


def name_of(field: str) -> str:
    """`what_is_missing` → What is missing"""
    return field.replace("_", " ").replace("-", " ").strip().capitalize()
