"""Who leads each workstream, from what administrators assigned, and what each answered lately."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.barriers.models import Barrier
from webapp.barriers.statuses import CLOSED
from webapp.library.terms import Term
from webapp.library.vocabulary import Vocabulary
from webapp.people.models import User, WorkstreamLead

MOST = 2  # answers of one workstream
MOST_LEADS = 200


@dataclass(frozen=True, slots=True)
class Workstream:
    """`names` are of those who may sign in; `answered` the barriers that were closed last, with their answers."""

    term: Term
    names: Sequence[str]
    answered: Sequence[Barrier]


def workstreams(session: Session, words: Vocabulary) -> list[Workstream]:
    """Each workstream of content, in its order."""
    names: dict[str, list[str]] = defaultdict(list)
    led = select(WorkstreamLead.workstream, User.name).join(User, User.id == WorkstreamLead.user_id)
    led = led.where(User.disabled.is_(False)).order_by(User.name, User.id).limit(MOST_LEADS)
    for slug, name in session.execute(led):
        names[slug].append(name)
    return [
        Workstream(term, names[slug], _answered(session, slug)) for slug, term in words.terms("workstreams").items()
    ]


def _answered(session: Session, workstream: str) -> Sequence[Barrier]:
    """What became a gap is answered in the gap log, by others."""
    theirs = select(Barrier).where(Barrier.workstream == workstream, Barrier.status.in_(CLOSED))
    theirs = theirs.where(Barrier.gap_id.is_(None), Barrier.answered_at.is_not(None))
    return session.scalars(theirs.order_by(Barrier.answered_at.desc(), Barrier.id.desc()).limit(MOST)).all()
