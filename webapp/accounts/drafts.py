"""A form that was sent after its sender's sign-in had ended: kept a day, for the same person only.

Why it is kept here and not in the sign-in page: docs/decisions/unsent-forms.md.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from webapp.accounts.models import Draft
from webapp.people.models import User
from webapp.pii import guard
from webapp.web import unsent, urls
from webapp.web.unsent import Unsent

KEPT = timedelta(days=1)
MOST = 5  # a person
ONE_TIME = re.compile(r"[0-9a-f]{32}")  # an id that forms have; the guard might take its digits for somebody's
GAP = "[…]"  # stands where something was left out
NOT_KEPT = {"csrf_token", unsent.MARK}
LONGEST = 2000  # characters of an address


def keep(
    session: Session, user_id: int, fields: Iterable[tuple[str, str]], now: datetime, *, path: str, page: str
) -> Draft | None:
    """Keep what was typed, but for what could identify a person and for passwords. Commit afterwards.

    `path` is where the form was sent, `page` where it stood. None where nothing was typed that is worth keeping, as in
    a form that is one button, and for somebody who has left.
    """
    pairs = [(name, value) for name, value in fields if name not in NOT_KEPT and value.strip()]
    kept, left_out = without_identity(pairs)
    person = session.get(User, user_id)
    if person is None or person.disabled or not unsent.is_typed(kept):
        return None
    draft = Draft(
        user_id=user_id,
        path=urls.harmless(path)[:LONGEST],
        page=urls.harmless(page)[:LONGEST],
        fields=[list(pair) for pair in kept],
        left_out=left_out,
        created_at=now,
    )
    session.add(draft)
    session.flush()
    older = select(Draft.id).where(Draft.user_id == user_id).order_by(Draft.id.desc()).offset(MOST)
    for old in session.scalars(older).all():
        session.execute(delete(Draft).where(Draft.id == old))
    return draft


def of(session: Session, user_id: int, now: datetime) -> Sequence[Draft]:
    """The forms kept for this person, the newest first."""
    return session.scalars(select(Draft).where(*_mine(user_id, now)).order_by(Draft.id.desc())).all()


def count(session: Session, user_id: int, now: datetime) -> int:
    """How many forms are kept for this person."""
    return session.scalar(select(func.count()).select_from(Draft).where(*_mine(user_id, now))) or 0


def one(session: Session, user_id: int, draft_id: int, now: datetime) -> Draft | None:
    """One form kept for this person; None where it is gone, too old, or somebody else's."""
    return session.scalar(select(Draft).where(Draft.id == draft_id, *_mine(user_id, now)))


def drop(session: Session, user_id: int, draft_id: int) -> None:
    """Remove one form kept for this person. Commit afterwards."""
    session.execute(delete(Draft).where(Draft.id == draft_id, Draft.user_id == user_id))


def put_back(draft: Draft) -> Unsent:
    """`draft` for the page that its form stood on."""
    return Unsent(draft.id, MultiDict((name, value) for name, value in draft.fields), draft.left_out)


def address(draft: Draft) -> str:
    """The page with the form that `draft` was typed into, which is then filled in again."""
    return f"{draft.page}{'&' if '?' in draft.page else '?'}{unsent.ASKED}={draft.id}"


def without_identity(pairs: Sequence[tuple[str, str]]) -> tuple[list[tuple[str, str]], list[str]]:
    """What may be kept, and in words what may not.

    A field that names an organisation or a colleague, as forms may take, is kept as they would take it.
    """
    fields = unsent.fields_of(name for name, _ in pairs)
    kept, left_out = [], []
    for name, value in pairs:
        if name in unsent.OURS:
            kept += [(name, value)] if ONE_TIME.fullmatch(value) else []
            continue
        field, label = fields.get(name), unsent.label_of(name, fields)
        if (field and field.is_secret) or "password" in name:
            left_out.append(f"what you typed under “{label}”, which is never kept")
            continue
        is_free = field is not None and field.is_text and not field.is_guarded and not guard.numbers_somebody(value)
        seen = [] if is_free else guard.find(value)
        for match in reversed(seen):
            value = value[: match.start] + GAP + value[match.end :]
        left_out += [f"{guard.named(kind)} under “{label}”" for kind in dict.fromkeys(m.kind for m in seen)]
        kept.append((name, value))
    return kept, left_out


def _mine(user_id: int, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return Draft.user_id == user_id, Draft.created_at >= now - KEPT
