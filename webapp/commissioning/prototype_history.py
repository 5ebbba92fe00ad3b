"""What was done with a prototype, as its audit trail has it, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.english.dates import short_date
from webapp.gaps.prototype_models import Decision
from webapp.library.vocabulary import Vocabulary
from webapp.people.audit import AuditEntry
from webapp.people.models import User
from webapp.web.small_numbers import people_in_words

SAID = {
    "prototype.planned": "Planned",
    "prototype.changed": "Plan changed",
    "prototype.linked": "Gap added",
    "prototype.unlinked": "Gap taken off",
    "prototype.noted": "Learning added",
    "prototype.decided": "Decided",
}
NAMES = {
    "title": "Title", "public": "In one sentence", "hypothesis": "What we think will happen",
    "tries": "What is tried", "measure": "How we will know", "place": "Where", "starts_on": "First day",
    "ends_on": "Last day", "decision": "Decision", "became": "What became of it", "learned": "What was learned",
    "gap": "Gap", "cost": "Cost", "reached": "Reached",
}  # fmt: skip


@dataclass(frozen=True)
class HistoryLine:
    """One act: when, what, by whom, and what became of what: (name, from, to)."""

    at: datetime
    what: str
    who: str
    changes: Sequence[tuple[str, str, str]]


def lines(session: Session, entries: Sequence[AuditEntry], words: Vocabulary) -> list[HistoryLine]:
    """The entries in words, newest first. What was planned at first is on the page already, or in a later change."""
    actors = {entry.actor for entry in entries if entry.actor is not None}
    named = session.execute(select(User.id, User.name).where(User.id.in_(actors)))
    names = {number: str(name) for number, name in named}
    return [
        HistoryLine(
            entry.at,
            SAID.get(entry.action, entry.action),
            names.get(entry.actor or 0, "Someone who has left"),
            () if entry.action == "prototype.planned" else _changes(entry, words),
        )
        for entry in reversed(entries)
    ]


def _changes(entry: AuditEntry, words: Vocabulary) -> list[tuple[str, str, str]]:
    before, after = entry.before or {}, entry.after or {}
    names = list(dict.fromkeys([*before, *after]))
    changed = [name for name in names if before.get(name) != after.get(name)]
    return [
        (NAMES.get(name, name), _say(name, before.get(name), words), _say(name, after.get(name), words))
        for name in changed
    ]


def _say(name: str, value: Any, words: Vocabulary) -> str:
    if value is None:
        return ""
    if name == "place":
        return words.label("places", value) if value else "Whole city"
    if name == "decision":
        return Decision(value).label if value else ""
    if name == "reached":
        return people_in_words(value)
    if name == "cost":
        return f"£{value:,}"
    if name in ("starts_on", "ends_on"):
        return short_date(date.fromisoformat(value))
    return str(value)
