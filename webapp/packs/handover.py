"""What becomes of somebody's packs when they leave: a colleague takes them, with their links, or they go.

Whoever has left can open none, and links to them do not work until somebody has taken them. See `links`.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from webapp.accounts import my_data
from webapp.packs.models import Pack, SharedLink
from webapp.people import audit
from webapp.people.models import User
from webapp.web import handover
from webapp.web.handover import Work

MOST_TAKERS = 1000


def colleagues(session: Session) -> list[tuple[int, str]]:
    """Everyone who may sign in: (id, name), by name."""
    able = select(User.id, User.name).where(is_here()).order_by(User.name, User.id)
    return [(number, name) for number, name in session.execute(able.limit(MOST_TAKERS))]


def is_here() -> ColumnElement[bool]:
    """Whether the person of a row may still sign in."""
    return User.disabled.is_(False)


def _held(session: Session, user_id: int) -> int:
    theirs = select(func.count()).select_from(Pack).where(Pack.owner_id == user_id, Pack.removed_at.is_(None))
    return session.scalar(theirs) or 0


def _give(session: Session, from_id: int, to_id: int, by: int | None, now: datetime) -> int:
    """The packs, their links and those to single listings; what was removed already stays behind, and goes."""
    theirs = select(Pack).where(Pack.owner_id == from_id, Pack.removed_at.is_(None)).with_for_update()
    packs = session.scalars(theirs).all()
    for pack in packs:
        pack.owner_id = to_id
    about = SharedLink.pack_id.is_(None) | SharedLink.pack_id.in_([pack.id for pack in packs])
    for link in session.scalars(select(SharedLink).where(SharedLink.owner_id == from_id, about)):
        link.owner_id = to_id
    session.flush()
    for pack in packs:
        subject, to = ("pack", str(pack.id)), {"owner": to_id}
        audit.append(
            session, now=now, actor=by, action="pack.given", subject=subject, before={"owner": from_id}, after=to
        )
    return len(packs)


handover.add(Work("packs", "support pack", "support packs", "/pack", _held, colleagues, _give))
my_data.add_through("pack_items", "pack_id", "packs")
