"""What was done with a barrier, as its audit trail has it, in words: for the leads of workstreams."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.audit import Entry
from webapp.barriers.models import Barrier, BarrierSupport
from webapp.barriers.statuses import Status
from webapp.library.vocabulary import Vocabulary
from webapp.people import User

SAID = {
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
}
# Who raised or shares something is nobody's business, a lead's included: what they raised is.
UNNAMED = {"barrier.raised", "barrier.joined", "barrier.left"}
VOCABULARIES = {"theme": "themes", "workstream": "workstreams", "kind": "barrier-kinds"}
NAMES = {"owner_id": "owner"}


@dataclass(frozen=True)
class Line:
    """One act: when, what, by whom (empty where that is not shown), and what became of what: (name, from, to)."""

    at: datetime
    what: str
    who: str
    changes: Sequence[tuple[str, str, str]]


def lines(session: Session, entries: Sequence[Entry], words: Vocabulary) -> list[Line]:
    """The entries in words, newest first."""
    sides = [side for entry in entries for side in (entry.before, entry.after) if side]
    people = {entry.actor for entry in entries} | {side.get("owner_id") for side in sides}
    named = select(User.id, User.name).where(User.id.in_(people - {None}))
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


def teams(session: Session, barrier: Barrier) -> list[tuple[str, int]]:
    """How many people of each team (its slug) raised or share it, most first."""
    shared = select(BarrierSupport.team, func.count()).where(BarrierSupport.barrier_id == barrier.id)
    count = Counter({barrier.team: 1})
    for team, people in session.execute(shared.group_by(BarrierSupport.team)):
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
        if name == "owner_id":
            return names.get(value, "someone who has left")
        return words.label(VOCABULARIES[name], value) if name in VOCABULARIES else str(value)

    return [
        (NAMES.get(name, name), say(name, before.get(name)), say(name, after.get(name))) for name in {**before, **after}
    ]
