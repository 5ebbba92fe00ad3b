"""What happened to a gap, as everyone may read it."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.gaps.models import Gap, GapEvent, GapSupport
from webapp.gaps.statuses import Status


@dataclass(frozen=True)
class GapStep:
    """One step of a timeline. `joined` is how many people joined, and `at` is then when the last of them did."""

    kind: str
    at: datetime
    team: str = ""
    status: Status | None = None
    text: str = ""
    joined: int = 0
    evidence: tuple[str, ...] = field(default=())


def of(session: Session, gap: Gap) -> list[GapStep]:
    """Everything that happened to `gap` and that everyone may see, oldest first; nobody is named.

    People who joined between two steps are one step.
    """
    events = session.scalars(select(GapEvent).where(GapEvent.gap_id == gap.id).order_by(GapEvent.at, GapEvent.id))
    joins = session.execute(
        select(GapSupport.created_at, GapSupport.evidence)
        .where(GapSupport.gap_id == gap.id)
        .order_by(GapSupport.created_at)
    )
    steps = [GapStep(e.kind, e.at, e.team, e.status, e.text) for e in events]
    steps += [GapStep("joined", at, joined=1, evidence=(text,) if text else ()) for at, text in joins]
    together: list[GapStep] = []
    for step in sorted(steps, key=lambda s: s.at):
        last = together[-1] if together else None
        if last and step.kind == last.kind == "joined":
            evidence = last.evidence + step.evidence
            together[-1] = GapStep("joined", step.at, joined=last.joined + 1, evidence=evidence)
        else:
            together.append(step)
    return together
