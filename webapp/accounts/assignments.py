"""What somebody is assigned beside their roles: workstreams they lead, teams they convene. The caller commits."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from webapp.library.vocabulary import Vocabulary
from webapp.mail import outbox
from webapp.people import audit
from webapp.people.models import Convener, User, WorkstreamLead, teams_convened_by, workstreams_of


@dataclass(frozen=True)
class Assigned:
    """Slugs of workstreams and of teams."""

    leads: frozenset[str] = frozenset()
    convenes: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.leads or self.convenes)


@dataclass
class _Found:
    leads: set[str] = field(default_factory=set)
    convenes: set[str] = field(default_factory=set)


def of(session: Session, user_id: int) -> Assigned:
    """What this person is assigned."""
    return Assigned(workstreams_of(session, user_id), teams_convened_by(session, user_id))


def of_everyone(session: Session) -> dict[int, Assigned]:
    """The same of everybody who is assigned anything, by their id."""
    found: dict[int, _Found] = {}
    for user_id, workstream in session.execute(select(WorkstreamLead.user_id, WorkstreamLead.workstream)):
        found.setdefault(user_id, _Found()).leads.add(workstream)
    for user_id, team in session.execute(select(Convener.user_id, Convener.team)):
        found.setdefault(user_id, _Found()).convenes.add(team)
    return {user_id: Assigned(frozenset(f.leads), frozenset(f.convenes)) for user_id, f in found.items()}


def in_words(assigned: Assigned | None, words: Vocabulary) -> list[str]:
    """`Leads Early Help`, `Convenes the North learning disability team`, in the order of the vocabularies."""
    if assigned is None:
        return []
    leads = [f"Leads {term.label}" for slug, term in words.terms("workstreams").items() if slug in assigned.leads]
    return leads + [f"Convenes the {team.label}" for slug, team in words.teams.items() if slug in assigned.convenes]


def assign(session: Session, user: User, wanted: Assigned, words: Vocabulary, *, by: int, now: datetime) -> bool:
    """Let `user` lead and convene what is `wanted`, and tell them what is new; False where that is so already.

    It holds from their next page on. What they have and `words` no longer knows stays: no form could show it.
    """
    was = of(session, user.id)
    leads = wanted.leads | {slug for slug in was.leads if slug not in words.terms("workstreams")}
    convenes = wanted.convenes | {slug for slug in was.convenes if slug not in words.teams}
    if (leads, convenes) == (was.leads, was.convenes):
        return False
    mine = WorkstreamLead.user_id == user.id
    session.execute(delete(WorkstreamLead).where(mine, WorkstreamLead.workstream.in_(was.leads - leads)))
    session.execute(delete(Convener).where(Convener.user_id == user.id, Convener.team.in_(was.convenes - convenes)))
    session.add_all(WorkstreamLead(user_id=user.id, workstream=slug) for slug in sorted(leads - was.leads))
    session.add_all(Convener(user_id=user.id, team=slug) for slug in sorted(convenes - was.convenes))
    entry = audit.append(
        session,
        now=now,
        actor=by,
        action="person.assigned",
        subject=("person", str(user.id)),
        before=_plain(was.leads, was.convenes),
        after=_plain(leads, convenes),
    )
    for slug in sorted(leads - was.leads):
        message = f"You now lead {words.label('workstreams', slug)}. What gets in the way comes to your queue."
        _notify(session, user, message, "/barriers/queue", f"{entry}:{slug}", now)
    for slug in sorted(convenes - was.convenes):
        message = f"You now convene the {words.label('teams', slug)}."
        _notify(session, user, message, f"/community/{slug}", f"{entry}:{slug}", now)
    return True


def _notify(session: Session, user: User, text: str, path: str, key: str, now: datetime) -> None:
    outbox.enqueue(
        session,
        now=now,
        to=[user.id],
        topic="assigned",
        subject=("assignment", key.partition(":")[2]),
        text=text,
        path=path,
        key=f"assigned:{key}",
        channels=(outbox.IN_PRODUCT,),
    )


def _plain(leads: Collection[str], convenes: Collection[str]) -> dict[str, list[str]]:
    return {"leads": sorted(leads), "convenes": sorted(convenes)}
