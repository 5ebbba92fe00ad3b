"""What happened to a barrier, as everyone may read it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.barriers.models import Barrier, BarrierEvent, BarrierSupport
from webapp.barriers.statuses import Status

MOST = 500


@dataclass(frozen=True)
class BarrierStep:
    """One step of a timeline. `joined` is how many people joined, and `at` is then when the last of them did."""

    kind: str
    at: datetime
    team: str = ""
    status: Status | None = None
    text: str = ""
    joined: int = 0


def of(session: Session, barrier: Barrier) -> list[BarrierStep]:
    """Everything that happened to `barrier` and that everyone may see, oldest first; nobody is named.

    People who joined between two steps are one step.
    """
    mine = select(BarrierEvent).where(BarrierEvent.barrier_id == barrier.id)
    events = session.scalars(mine.order_by(BarrierEvent.at, BarrierEvent.id).limit(MOST))
    joins = select(BarrierSupport.created_at).where(BarrierSupport.barrier_id == barrier.id)
    steps = [BarrierStep(e.kind, e.at, e.team, e.status, e.text) for e in events]
    steps += [BarrierStep("joined", at, joined=1) for at in session.scalars(joins.order_by(BarrierSupport.created_at))]
    together: list[BarrierStep] = []
    for step in sorted(steps, key=lambda s: s.at):
        last = together[-1] if together else None
        if last and step.kind == last.kind == "joined":
            together[-1] = BarrierStep("joined", step.at, joined=last.joined + 1)
        else:
            together.append(step)
    return together
