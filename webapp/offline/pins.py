"""Pages of guidance that somebody wants to read without a signal. The view commits."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from webapp.db.locks import one_at_a_time
from webapp.db.upsert import insert
from webapp.library.build.pages import Page
from webapp.offline.models import LONGEST_PATH, PinnedPage
from webapp.web.refusals import Refused

KINDS = frozenset({"toolkit", "tec", "spotlight", "handout", "change", "easy-read"})
MOST = 30


def of(session: Session, user_id: int) -> Sequence[PinnedPage]:
    """What this person pinned, the newest first."""
    wanted = select(PinnedPage).where(PinnedPage.user_id == user_id)
    return session.scalars(wanted.order_by(PinnedPage.pinned_at.desc(), PinnedPage.path).limit(MOST)).all()


def pin(session: Session, user_id: int, page: Page, now: datetime) -> None:
    """Pin `page`; what is pinned already stays where it is. Raises Refused where there are too many."""
    one_at_a_time(session, f"pins of {user_id}")
    known = [row.path for row in of(session, user_id)]
    if page.path not in known and len(known) >= MOST:
        raise Refused(f"Not pinned: you have {MOST} pages pinned already. Take one off first.")
    row = {"user_id": user_id, "path": page.path[:LONGEST_PATH], "title": page.title[:300], "pinned_at": now}
    session.execute(insert(session, PinnedPage).values(row).on_conflict_do_nothing())


def unpin(session: Session, user_id: int, path: str) -> None:
    """Take a page off the list."""
    session.execute(delete(PinnedPage).where(PinnedPage.user_id == user_id, PinnedPage.path == path))
