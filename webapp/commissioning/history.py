"""What was done with a gap, as its audit trail has it, in words."""

from collections import Counter

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.gaps.models import Gap, GapSupport
from webapp.gaps.statuses import Status
from webapp.web.trail import Wording

WORDING = Wording(
    actions={
        "gap.reported": "Reported",
        "gap.joined": "One more member of staff asked",
        "gap.left": "One person left again",
        "gap.told-more": "Somebody who asked added what they tried",
        "gap.taken-back": "Taken back",
        "gap.status": "Status changed",
        "gap.moved-quietly": "Status changed, and nobody told",
        "gap.answered": "Answered",
        "gap.corrected": "Answer corrected",
        "gap.assigned": "Assigned",
        "gap.noted": "Private note added",
        "gap.linked": "Linked to what meets it",
        "gap.unlinked": "Link taken away",
        "gap.merged": "Merged",
        "gap.unmerged": "Taken apart again",
        "gap.split": "Split in two",
        "gap.searched": "Searches added",
        "gap.undone": "A change undone",
    },
    # The history shows what was asked for and never by whom: not even to commissioners.
    unnamed={"gap.reported", "gap.joined", "gap.left", "gap.told-more", "gap.taken-back"},
    statuses=Status,
    people={"owner", "owner_id", "answered_by_id"},
    vocabularies={
        "theme": "themes",
        "workstream": "workstreams",
        "place": "places",
        "audience": "audiences",
        "audiences": "audiences",
        "outcome": "outcomes",
    },
    names={
        "owner_id": "owner",
        "audiences": "audience",
        "status_reason": "reason",
        "target_on": "planned by",
    },
    days={"target_on"},
    hidden={"closed_at", "answered_at", "answer_changed_at", "answered_team", "answered_by_id"},
)


def teams(session: Session, gap: Gap) -> list[tuple[str, int]]:
    """How many colleagues asked from each team (its slug), most first."""
    joined = select(GapSupport.team, func.count()).where(GapSupport.gap_id == gap.id).group_by(GapSupport.team)
    count = Counter({gap.reporter_team: 1})
    for team, people in session.execute(joined):
        count[team] += people
    return count.most_common()
