"""The audit trail as administrators look through it: filters, pages that never count or skip, and words.

Who asked for something, or told something, is promised to nobody else: those entries are here without a name, and
looking for a name does not find them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from webapp.english.dates import HERE
from webapp.library.vocabulary import Vocabulary
from webapp.people.audit import AuditEntry
from webapp.people.models import User
from webapp.web import asked_days, trail
from webapp.web.text import number, tidy
from webapp.web.trail import TrailLine, Wording

PAGE_SIZE = 50
AT_ONCE = 1_000  # entries of a file
MOST_PEOPLE = 50  # who can be meant by one word
MOST_CODES = 200
PROGRAM = "program"  # how an address says `who` for what no person did
OTHERS = Wording(
    actions={
        "person.added": "Person added",
        "person.roles": "Roles or team changed",
        "person.disabled": "Sign-in stopped",
        "person.enabled": "Sign-in allowed again",
        "person.password": "Password changed",
        "person.removed": "Removed",
        "person.linked": "Signs in with the work account from now on",
        "person.second-factor": "Codes from the phone set up",
        "person.no-second-factor": "No more asked for codes from the phone",
        "person.link-made": "A link to sign in was made on the server",
        "person.link-used": "Signed in by a link from the server",
        "person.assigned": "Workstreams or teams to look after changed",
        "data-key.made": "Own data key made",
        "data-key.renewed": "Own data key renewed",
        "data-key.ended": "Own data key ended",
        "service-key.made": "Service key made",
        "service-key.renewed": "Service key renewed",
        "service-key.ended": "Service key ended",
        "correction.sent": "Correction sent",
        "suggestion.sent": "Group suggested",
        "session.feedback": "Feedback after a session",
        "listing.outcome": "Said how pointing somebody there went",
        "listing.outcome-undone": "Took that back",
        "pack.given": "Pack given in spite of a private address",
    },
    unnamed={
        "correction.sent", "suggestion.sent", "session.feedback", "listing.outcome", "listing.outcome-undone",
        "pack.given",
    },
)  # fmt: skip


@dataclass(frozen=True)
class TrailFilters:
    """What is looked for. `since` and `until` are days, both included; `notices` say what was left out."""

    who: str = ""
    action: str = ""
    kind: str = ""
    ref: str = ""
    since: date | None = None
    until: date | None = None
    notices: tuple[str, ...] = ()

    @classmethod
    def from_args(cls, args: Any) -> "TrailFilters":
        """From an address. What cannot be read is left out, and a notice says so."""
        who, action, kind, ref = (tidy(args.get(name, ""))[:200] for name in ("who", "action", "kind", "ref"))
        notices: list[str] = []
        since, until = asked_days.day(args.get("from", ""), notices), asked_days.day(args.get("to", ""), notices)
        return cls(who, action, kind, ref, since, until, tuple(notices))

    def as_args(self, **changes: Any) -> dict[str, Any]:
        """The same as an address says it, with `changes`."""
        days = {"from": self.since, "to": self.until}
        args = {name: getattr(self, name) for name in ("who", "action", "kind", "ref")}
        args |= {name: day.isoformat() for name, day in days.items() if day}
        return {name: value for name, value in {**args, **changes}.items() if value}


@dataclass(frozen=True)
class TrailPage:
    """Entries, newest first. `older` and `newer` are the ids to go on from, or None where there are no more."""

    entries: Sequence[AuditEntry]
    older: int | None = None
    newer: int | None = None


def wanted(session: Session, filters: TrailFilters) -> Select[AuditEntry]:
    """The entries that `filters` ask for, without an order."""
    return select(AuditEntry).where(*_tests(session, filters))


def _tests(session: Session, filters: TrailFilters) -> Iterator[ColumnElement[bool]]:
    if filters.who == PROGRAM:
        yield AuditEntry.actor.is_(None)
    elif filters.who:
        yield AuditEntry.actor.in_(_people(session, filters.who))
        yield AuditEntry.action.not_in(trail.unnamed())
    if filters.action:
        yield AuditEntry.action == filters.action
    if filters.kind:
        yield AuditEntry.kind == filters.kind
    if filters.ref:
        yield AuditEntry.ref == filters.ref
    if filters.since:
        yield AuditEntry.at >= datetime.combine(filters.since, time(), HERE)
    if filters.until:
        yield AuditEntry.at < datetime.combine(filters.until + timedelta(days=1), time(), HERE)


def _people(session: Session, words: str) -> Sequence[int]:
    meant = or_(User.name.icontains(words, autoescape=True), User.email.icontains(words, autoescape=True))
    return session.scalars(select(User.id).where(meant).order_by(User.id).limit(MOST_PEOPLE)).all()


def page(session: Session, query: Select[AuditEntry], args: Any) -> TrailPage:
    """One page of `query`: the newest, or those before or after the id that the address names."""
    before, after = number(args.get("before")), number(args.get("after"))
    if after and not before:
        found = _some(session, query.where(AuditEntry.id > after).order_by(AuditEntry.id.asc()))
        shown = list(reversed(found[:PAGE_SIZE]))
        more = len(found) > PAGE_SIZE
        return TrailPage(shown, older=shown[-1].id if shown else after + 1, newer=shown[0].id if more else None)
    if before:
        query = query.where(AuditEntry.id < before)
    found = _some(session, query.order_by(AuditEntry.id.desc()))
    shown = found[:PAGE_SIZE]
    newer = (shown[0].id if shown else before - 1) if before else None
    return TrailPage(shown, older=shown[-1].id if len(found) > PAGE_SIZE else None, newer=newer)


def _some(session: Session, query: Select[AuditEntry]) -> list[AuditEntry]:
    return list(session.scalars(query.limit(PAGE_SIZE + 1)))


def some(session: Session, query: Select[AuditEntry]) -> list[AuditEntry]:
    """The newest entries of `query`, at most AT_ONCE."""
    return list(session.scalars(query.order_by(AuditEntry.id.desc()).limit(AT_ONCE)))


def lines(session: Session, entries: Sequence[AuditEntry], words: Vocabulary) -> list[TrailLine]:
    """The entries in words, in their order."""
    names = trail.named(session, entries)
    return [trail.WORDINGS.get(entry.action, OTHERS).line(entry, words, names) for entry in entries]


def codes(session: Session, column: InstrumentedAttribute[str]) -> list[str]:
    """Every value that `column` has, a look into its index each: the trail itself may be of any length."""
    first = select(func.min(column).label("code")).cte("codes", recursive=True)
    following = select(func.min(column)).where(column > first.c.code).scalar_subquery()
    every = first.union_all(select(following).where(first.c.code.is_not(None)))
    found = select(every.c.code).where(every.c.code.is_not(None)).limit(MOST_CODES)
    return list(session.scalars(found))
