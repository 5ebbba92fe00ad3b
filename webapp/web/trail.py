"""The audit trail of one thing, in words: what each entry is called, who is named in it, and what became of what."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.db.statuses import WordedStatus
from webapp.english.dates import short_date
from webapp.library.vocabulary import Vocabulary
from webapp.people.audit import AuditEntry
from webapp.people.models import User


@dataclass(frozen=True)
class TrailLine:
    """One act: when, what, by whom (empty where that is not shown), and what became of what: (name, from, to)."""

    at: datetime
    what: str
    who: str
    changes: Sequence[tuple[str, str, str]]


@dataclass(frozen=True)
class Wording:
    """How the entries about one kind of thing are put into words.

    `actions` is what each action is called. Of `unnamed` actions neither person nor change is shown. `people` are
    the names under which an entry keeps somebody's id, `vocabularies` those under which it keeps a slug, each with
    the vocabulary that it is of, `days` those under which it keeps a day. `names` says what a name is called where that
    is something else; `hidden` names are left out.
    """

    actions: Mapping[str, str]
    unnamed: Collection[str]
    statuses: type[WordedStatus] | None = None
    people: Collection[str] = ()
    vocabularies: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    hidden: Collection[str] = ()
    days: Collection[str] = ()

    def __post_init__(self) -> None:
        """Let every page that shows these actions say them in the same words, and name nobody whom this does not."""
        WORDINGS.update(dict.fromkeys(self.actions, self))

    def lines(self, session: Session, entries: Sequence[AuditEntry], words: Vocabulary) -> list[TrailLine]:
        """The entries in words, newest first."""
        names = named(session, entries)
        return [self.line(entry, words, names) for entry in reversed(entries)]

    def line(self, entry: AuditEntry, words: Vocabulary, names: Mapping[int, str]) -> TrailLine:
        """One entry in words; `names` is what `named` gives."""
        what = self.actions.get(entry.action) or in_words(entry.action)
        if entry.action in self.unnamed:
            return TrailLine(entry.at, what, "", ())
        who = "The command line" if entry.actor is None else names.get(entry.actor, "Someone who has left")
        before, after = entry.before or {}, entry.after or {}
        changes = [
            (
                self.names.get(name, name),
                self._value(name, before.get(name), words, names),
                self._value(name, after.get(name), words, names),
            )
            for name in {**before, **after}
            if name not in self.hidden
        ]
        return TrailLine(entry.at, what, who, changes)

    def _value(self, name: str, value: Any, words: Vocabulary, names: Mapping[int, str]) -> str:
        if value in (None, "", []):
            return ""
        if isinstance(value, list):
            return ", ".join(self._value(name, one, words, names) for one in value)
        if name in self.days:
            return short_date(date.fromisoformat(value))
        if name == "status" and self.statuses:
            return self.statuses(value).label
        if name in self.people:
            return names.get(value, "someone who has left")
        return words.label(self.vocabularies[name], value) if name in self.vocabularies else str(value)


WORDINGS: dict[str, Wording] = {}  # by action


def unnamed() -> frozenset[str]:
    """The actions of which nobody is named."""
    return frozenset(action for action, wording in WORDINGS.items() if action in wording.unnamed)


def in_words(action: str) -> str:
    """What an action is called that nobody has worded: `listing.closure-ended` is “Listing: closure ended”."""
    kind, _, what = action.partition(".")
    return f"{kind.replace('-', ' ').capitalize()}: {what.replace('-', ' ')}"


def named(session: Session, entries: Iterable[AuditEntry]) -> dict[int, str]:
    """The names of the people in `entries`, by id: who did it, and whom what became of it names."""
    ids = set()
    for entry in entries:
        people = wording.people if (wording := WORDINGS.get(entry.action)) else ()
        sides = [side for side in (entry.before, entry.after) if side]
        ids |= {entry.actor} | {side[name] for side in sides for name in people if isinstance(side.get(name), int)}
    found = select(User.id, User.name).where(User.id.in_(ids - {None}))
    return {number: str(name) for number, name in session.execute(found)}
