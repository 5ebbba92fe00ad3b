"""What everyone may do with barriers: raise one, take it back, say "me too", leave again.

Each function changes rows and adds to the audit trail; the view commits. Free text comes as `CleanText`, which only
the personal-data guard makes. A barrier of the kind `provision` is a gap as well: what was typed once goes to both,
and whoever shares the one has asked for the other.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from webapp.accounts import removal
from webapp.barriers.models import (
    PROVISION,
    Barrier,
    BarrierCounter,
    BarrierEvent,
    BarrierSource,
    BarrierSupport,
    id_of,
)
from webapp.barriers.statuses import Status
from webapp.db.counters import next_number
from webapp.db.held import held
from webapp.gaps import queries as gap_queries
from webapp.gaps import report as gap_log
from webapp.gaps.models import WHOLE_CITY, Gap
from webapp.mail import outbox
from webapp.people import audit
from webapp.people.models import User
from webapp.pii.guard import CleanText
from webapp.web.refusals import Refused

TAKE_BACK = timedelta(minutes=15)
SAME_REPORT = timedelta(days=1)


@dataclass(frozen=True)
class BarrierReport:
    """What a form knows of a barrier. All but the text are vocabulary slugs."""

    text: CleanText
    kind: str
    workstream: str
    place: str = WHOLE_CITY
    theme: str = ""
    source: BarrierSource = BarrierSource.DIRECT
    may_quote: bool = False


def sent_again(session: Session, raised: BarrierReport, reporter: User, now: datetime) -> Barrier | None:
    """The barrier that `reporter` raised in the same words within a day, or None."""
    ours = select(Barrier).where(Barrier.reporter_id == reporter.id, Barrier.created_at > now - SAME_REPORT)
    newest_first = session.scalars(ours.order_by(Barrier.id.desc()))
    return next((barrier for barrier in newest_first if barrier.text == str(raised.text)), None)


def record(session: Session, raised: BarrierReport, reporter: User, now: datetime) -> Barrier:
    """Put a new barrier before the lead of its workstream, and in the gap log where it is one. Commit afterwards."""
    barrier = Barrier(
        id=next_number(session, BarrierCounter),
        text=str(raised.text),
        kind=raised.kind,
        workstream=raised.workstream,
        team=reporter.team,
        place=raised.place,
        theme=raised.theme,
        source=raised.source,
        may_quote=raised.may_quote,
        reporter_id=reporter.id,
        created_at=now,
        people=1,
        status=Status.NEW,
        version=1,
    )
    session.add(barrier)
    session.flush()
    session.add(BarrierEvent(barrier_id=barrier.id, kind="raised", at=now, status=Status.NEW))
    if raised.kind == PROVISION:
        link_to_gap(session, barrier, reporter, reporter, now)
    codes = {"kind": barrier.kind, "workstream": barrier.workstream, "place": barrier.place, "theme": barrier.theme}
    _audit(session, barrier, reporter, now, "raised", after={code: slug for code, slug in codes.items() if slug})
    return barrier


def link_to_gap(session: Session, barrier: Barrier, reporter: User, by: User, now: datetime) -> Gap:
    """Report `barrier` to the gap log in its own words, and link both ways: its page is where the gap comes from.

    `reporter` is whose report it is, `by` who makes it. The same report of the same day is not made twice.
    """
    needed = CleanText(barrier.text)  # the guard read it before it was stored
    report = gap_log.GapReport(needed=needed, place=barrier.place, about=page_of(barrier))
    gap = gap_log.sent_again(session, report, reporter, now)
    gap = gap or gap_log.record(session, report, reporter, now, by=by)
    barrier.gap_id = gap.id
    session.add(BarrierEvent(barrier_id=barrier.id, kind="gap", at=now, text=gap.ref))
    return gap


def page_of(barrier: Barrier) -> str:
    """The address of the page that everyone reads."""
    return f"/barriers/{barrier.ref}"


def may_take_back(barrier: Barrier, user: User, now: datetime) -> bool:
    """Whether `user` may still remove what they raised: soon after, and before anyone else has acted on it."""
    mine = barrier.reporter_id == user.id
    return mine and barrier.people == 1 and barrier.version == 1 and now <= barrier.created_at + TAKE_BACK


def take_back(session: Session, barrier: Barrier, user: User, now: datetime) -> None:
    """Remove a barrier, and the gap that was made with it; its number is not given again. Commit afterwards.

    `barrier` comes from `locked`. Raises Refused where somebody shares it, a lead or a commissioner has begun, or it is
    too late.
    """
    if not may_take_back(barrier, user, now):
        raise Refused("This can no longer be taken back. Somebody shares it, or 15 minutes have passed.")
    if gap := held_gap(session, barrier):
        if gap.about != page_of(barrier):
            gap = None  # it was reported before, and stays
        else:
            gap_log.take_back(session, gap, user, now)
    session.execute(delete(BarrierEvent).where(BarrierEvent.barrier_id == barrier.id))
    outbox.forget(session, "barrier", barrier.ref)
    session.delete(barrier)
    _audit(session, barrier, user, now, "taken back")


def may_join(barrier: Barrier, gap: Gap | None) -> bool:
    """What is answered needs to be raised anew; anything else can still be shared. `gap` is the one that it is."""
    return gap_log.may_join(gap) if gap else barrier.status is not Status.ANSWERED


def join(session: Session, barrier: Barrier, user: User, now: datetime) -> bool:
    """Count `user` among those who meet this; False where nothing changed. `barrier` comes from `locked`.

    Where it is a gap they are counted there too. Raises Refused where it is answered. Commit afterwards.
    """
    if barrier.reporter_id == user.id or joined(session, barrier, user):
        return False
    gap = held_gap(session, barrier)
    if not may_join(barrier, gap):
        raise Refused("This is answered, so it can no longer be shared. If it still gets in the way, raise it again.")
    if gap:
        gap_log.join(session, gap, user, now)
    session.add(BarrierSupport(barrier_id=barrier.id, user_id=user.id, team=user.team, created_at=now))
    barrier.people += 1
    _audit(session, barrier, user, now, "joined")
    return True


def leave(session: Session, barrier: Barrier, user: User, now: datetime) -> bool:
    """Undo `join`, in the gap log too; False where there is nothing to undo. Commit afterwards."""
    support = joined(session, barrier, user)
    if support is None:
        return False
    if gap := held_gap(session, barrier):
        gap_log.leave(session, gap, user, now)
    session.delete(support)
    barrier.people -= 1
    _audit(session, barrier, user, now, "left")
    return True


def joined(session: Session, barrier: Barrier, user: User) -> BarrierSupport | None:
    """How `user` shares `barrier`; None where they do not."""
    return session.get(BarrierSupport, (barrier.id, user.id))


def locked(session: Session, ref: str) -> Barrier | None:
    """The barrier called `ref`, held until the commit so that nobody else changes it meanwhile; None if none."""
    return held(session, Barrier, id_of(ref))


def held_gap(session: Session, barrier: Barrier) -> Gap | None:
    """The gap that this barrier is, held; where it was merged, the one that it is part of now."""
    if barrier.gap_id is None:
        return None
    gap = gap_queries.merge_target(session, session.get_one(Gap, barrier.gap_id))
    return gap_log.locked(session, gap.ref)


def _audit(
    session: Session, barrier: Barrier, user: User, now: datetime, act: str, after: dict[str, str] | None = None
) -> None:
    session.flush()
    action = f"barrier.{act.replace(' ', '-')}"
    audit.append(session, now=now, actor=user.id, action=action, subject=("barrier", barrier.ref), after=after)


removal.keep("barrier_supports")  # somebody met this too: their number stays right, and nobody's name is in it
