"""What was done with a barrier, as its audit trail has it, in words: for the leads of workstreams."""

from collections import Counter

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.barriers.models import Barrier, BarrierSupport
from webapp.barriers.statuses import Status
from webapp.web.trail import Wording

WORDING = Wording(
    actions={
        "barrier.raised": "Raised",
        "barrier.joined": "One more person shares it",
        "barrier.left": "One person left again",
        "barrier.status": "Status changed",
        "barrier.answered": "Answered",
        "barrier.corrected": "Answer corrected",
        "barrier.assigned": "Assigned",
        "barrier.gap": "Put in the gap log",
        "barrier.tried": "Linked to what is being tried",
        "barrier.spotlight": "Spotlight proposed",
    },
    # The history shows what was raised and never by whom: not even to leads.
    unnamed={"barrier.raised", "barrier.joined", "barrier.left"},
    statuses=Status,
    people={"owner_id"},
    vocabularies={"theme": "themes", "workstream": "workstreams", "kind": "barrier-kinds"},
    names={"owner_id": "owner"},
)


def teams(session: Session, barrier: Barrier) -> list[tuple[str, int]]:
    """How many people of each team (its slug) raised or share it, most first."""
    shared = select(BarrierSupport.team, func.count()).where(BarrierSupport.barrier_id == barrier.id)
    count = Counter({barrier.team: 1})
    for team, people in session.execute(shared.group_by(BarrierSupport.team)):
        count[team] += people
    return count.most_common()
