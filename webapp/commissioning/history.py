"""What was done with a gap, as its audit trail has it, in words."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.audit import Entry
from webapp.gaps.models import Gap, GapSupport
from webapp.gaps.statuses import Status
from webapp.library.vocabulary import Vocabulary
from webapp.people import User

SAID = {
    "gap.reported": "Reported",
    "gap.joined": "One more person asked",
    "gap.left": "One person left again",
    "gap.told-more": "Somebody who asked added what they tried",
    "gap.taken-back": "Taken back",
    "gap.status": "Status changed",
    "gap.answered": "Answered",
    "gap.corrected": "Answer corrected",
    "gap.assigned": "Assigned",
    "gap.noted": "Private note added",
    "gap.linked": "Linked to what meets it",
    "gap.unlinked": "Link taken away",
    "gap.merged": "Merged",
    "gap.unmerged": "Taken apart again",
    "gap.split": "Split in two",
    "gap.undone": "A change of many gaps undone",
}
# Who asked is nobody's business, a commissioner's included: what they asked for is.
UNNAMED = {"gap.reported", "gap.joined", "gap.left", "gap.told-more", "gap.taken-back"}
VOCABULARIES = {
    "theme": "themes",
    "workstream": "workstreams",
    "place": "places",
    "audience": "audiences",
    "outcome": "outcomes",
}
OWNERS = ("owner", "owner_id", "answered_by_id")
NAMES = {"owner_id": "owner", "status_reason": "reason"}
UNSAID = {"closed_at", "answered_at", "answer_changed_at", "answered_team", "answered_by_id"}


@dataclass(frozen=True)
class Line:
    """One act: when, what, by whom (empty where that is not shown), and what became of what: (name, from, to)."""

    at: datetime
    what: str
    who: str
    changes: Sequence[tuple[str, str, str]]


def lines(session: Session, entries: Sequence[Entry], words: Vocabulary) -> list[Line]:
    """The entries in words, newest first."""
    actors = {entry.actor for entry in entries if entry.actor is not None}
    sides = [side for entry in entries for side in (entry.before, entry.after) if side]
    actors |= {side[name] for side in sides for name in OWNERS if side.get(name)}
    named = select(User.id, User.name).where(User.id.in_(actors))
    names = {number: str(name) for number, name in session.execute(named)}
    return [
        Line(
            entry.at,
            SAID.get(entry.action, entry.action),
            "" if entry.action in UNNAMED else _actor(entry, names),
            () if entry.action in UNNAMED else _changes(entry, words, names),
        )
        for entry in reversed(entries)
    ]


def teams(session: Session, gap: Gap) -> list[tuple[str, int]]:
    """How many people asked from each team (its slug), most first."""
    joined = select(GapSupport.team, func.count()).where(GapSupport.gap_id == gap.id).group_by(GapSupport.team)
    count = Counter({gap.reporter_team: 1})
    for team, people in session.execute(joined):
        count[team] += people
    return count.most_common()


def _actor(entry: Entry, names: dict[int, str]) -> str:
    if entry.actor is None:
        return "The command line"
    return names.get(entry.actor, "Someone who has left")


def _changes(entry: Entry, words: Vocabulary, names: dict[int, str]) -> list[tuple[str, str, str]]:
    before, after = entry.before or {}, entry.after or {}

    def say(name: str, value: Any) -> str:
        if value in (None, ""):
            return ""
        if name == "status":
            return Status(value).label
        if name in OWNERS:
            return names.get(value, "someone who has left")
        return words.label(VOCABULARIES[name], value) if name in VOCABULARIES else str(value)

    changed = [name for name in {**before, **after} if name not in UNSAID]
    return [(NAMES.get(name, name), say(name, before.get(name)), say(name, after.get(name))) for name in changed]
