"""Who looks after a barrier. It has no owner after its owner has left, until somebody takes it."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.barriers.models import Barrier
from webapp.barriers.statuses import OPEN
from webapp.people.models import User, WorkstreamLead
from webapp.web import handover
from webapp.web.handover import LEFT, Work


def leads(session: Session) -> list[tuple[int, str]]:
    """Everyone who leads a workstream and may sign in: (id, name), by name."""
    theirs = select(User.id, User.name).where(User.disabled.is_(False), User.id.in_(select(WorkstreamLead.user_id)))
    return [(number, name) for number, name in session.execute(theirs.order_by(User.name, User.id))]


def names(session: Session, barriers: Iterable[Barrier]) -> dict[int, str]:
    """Who looks after each of `barriers` that somebody does: the name, by the barrier's id."""
    able = dict(leads(session))
    return {barrier.id: able.get(barrier.owner_id, LEFT) for barrier in barriers if barrier.owner_id}


def _held(session: Session, user_id: int) -> int:
    theirs = select(func.count()).select_from(Barrier).where(Barrier.owner_id == user_id, Barrier.status.in_(OPEN))
    return session.scalar(theirs) or 0


def _give(session: Session, from_id: int, to_id: int, by: int | None, now: datetime) -> int:
    """Each barrier's own trail says so."""
    theirs = select(Barrier).where(Barrier.owner_id == from_id, Barrier.status.in_(OPEN)).order_by(Barrier.id)
    barriers = session.scalars(theirs.with_for_update().execution_options(populate_existing=True)).all()
    return handover.give(session, barriers, "barrier", "owner_id", to_id, by, now)


handover.add(Work("barriers", "open barrier", "open barriers", "/barriers/queue", _held, leads, _give))
