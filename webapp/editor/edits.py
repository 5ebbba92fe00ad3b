"""Edits as they are kept: typed, saved, live. Each function changes rows and adds to the trail; the view commits."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePosixPath

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from webapp.editor.models import Edit, EditState
from webapp.people import audit
from webapp.people.models import User

KIND = "edit"
KEPT = timedelta(days=30)  # a draft that nobody went on with, and what became live or was thrown away
MOST = 50


@dataclass(frozen=True)
class About:
    """What an edit settles: a correction or a suggestion, by its number."""

    kind: str
    number: int


def draft_of(session: Session, user_id: int, file: str) -> Edit | None:
    """What this person typed into `file` and did not save yet."""
    mine = select(Edit).where(Edit.author_id == user_id, Edit.file == file, Edit.state == EditState.DRAFT)
    return session.scalars(mine.order_by(Edit.id.desc()).limit(1)).one_or_none()


def waiting_for(session: Session, file: str) -> Edit | None:
    """The newest saved edit of `file` that readers do not see yet."""
    saved = select(Edit).where(Edit.file == file, Edit.state == EditState.WAITING)
    return session.scalars(saved.order_by(Edit.id.desc()).limit(1)).one_or_none()


def listed(session: Session, user_id: int) -> Sequence[Edit]:
    """Every edit that is saved, and this person's drafts; the newest first."""
    mine = (Edit.state != EditState.DRAFT) | (Edit.author_id == user_id)
    seen = select(Edit).where(mine, Edit.state != EditState.DROPPED)
    return session.scalars(seen.order_by(Edit.changed_at.desc()).limit(MOST)).all()


def count_drafts(session: Session, user_id: int) -> int:
    """How many files this person typed into and did not save."""
    mine = select(func.count()).select_from(Edit)
    return session.scalar(mine.where(Edit.author_id == user_id, Edit.state == EditState.DRAFT)) or 0


def keep(
    session: Session, by: User, file: str, base: str, text: str, summary: str, about: About | None, now: datetime
) -> Edit:
    """Keep what somebody typed into `file`, in place of what they typed there before. Commit afterwards."""
    edit = draft_of(session, by.id, file)
    if edit is None:
        edit = Edit(file=file, author_id=by.id, created_at=now, state=EditState.DRAFT)
        session.add(edit)
    edit.base, edit.text, edit.summary, edit.changed_at = base, text, summary, now
    if about:
        edit.about_kind, edit.about_id = about.kind, about.number
    session.flush()
    return edit


def new_branch(file: str) -> str:
    """The name of a branch for a change of `file` that no other has."""
    return f"edits/{PurePosixPath(file).stem[:60]}-{secrets.token_hex(3)}"


def saved(session: Session, edit: Edit, branch: str, commit: str, blob: str, by: User, now: datetime) -> None:
    """It is committed. Commit afterwards."""
    edit.state, edit.branch, edit.commit, edit.blob, edit.changed_at = EditState.WAITING, branch, commit, blob, now
    session.flush()
    after = {"file": edit.file, "branch": branch, "commit": commit}
    audit.append(session, now=now, actor=by.id, action="edit.saved", subject=(KIND, str(edit.id)), after=after)


def end(session: Session, edit: Edit, to: EditState, by: User | None, now: datetime) -> None:
    """Readers see it, or it was thrown away: its text goes. Commit afterwards."""
    before, edit.state, edit.text, edit.changed_at = edit.state, to, "", now
    session.flush()
    audit.append(
        session,
        now=now,
        actor=by.id if by else None,
        action=f"edit.{to.value}",
        subject=(KIND, str(edit.id)),
        before={"state": before},
        after={"file": edit.file, "commit": edit.commit},
    )


def forget(session: Session, now: datetime) -> int:
    """Remove what nobody went on with, and what is done; how many that were. Commit afterwards."""
    old = delete(Edit).where(Edit.changed_at < now - KEPT, Edit.state != EditState.WAITING)
    return len(session.scalars(old.returning(Edit.id)).all())
