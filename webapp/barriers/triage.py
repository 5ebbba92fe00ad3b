"""What the lead of a workstream does with a barrier: say where it stands, answer, pass it on, make something of it.

`barrier` comes from `report.locked`. A change made from a page that is out of date raises Stale and changes nothing.
Everyone who raised or shared it is told once of each change that is worth telling. The view commits.

Where a barrier is a gap, its status and answer are given in the gap log: `change_status` and `answer` refuse.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.barriers import report
from webapp.barriers.models import Barrier, BarrierEvent, BarrierSupport
from webapp.barriers.statuses import CLOSED, WORTH_TELLING, Status
from webapp.gaps import prototypes
from webapp.gaps import report as gap_log
from webapp.gaps.models import Gap
from webapp.gaps.prototype_models import Prototype
from webapp.gaps.triage import AnswerNeeded
from webapp.mail import outbox
from webapp.people import audit
from webapp.people.models import User
from webapp.pii.guard import CleanText
from webapp.web.refusals import Refused, Stale


def change_status(
    session: Session,
    barrier: Barrier,
    to: Status,
    reason: CleanText,
    by: User,
    now: datetime,
    *,
    version: int,
    answer: CleanText | None = None,
) -> None:
    """Give the barrier a new status, with the reason that everyone can read, and an answer where there is none yet.

    Raises Stale; Refused where the status is the same, goes back to new, or is the gap log's to give; AnswerNeeded
    where it would close the barrier and nothing has been answered.
    """
    _check_own(barrier, version)
    if to is barrier.status:
        raise Refused(f"The status is already “{to.label}”. Choose another, or correct the answer instead.")
    if to is Status.NEW:
        raise Refused("What has been looked at cannot be new again. Choose “Being looked at”.")
    if to in CLOSED and not (barrier.answer or answer):
        raise AnswerNeeded(f"Write the answer: “{to.label}” closes it, and the people who raised it must hear why")
    before = barrier.status
    _stands(session, barrier, to, str(reason), by, now)
    if answer is not None:
        _put_answer(session, barrier, answer, by, now)
    if answer is not None or to in WORTH_TELLING:
        _notify(session, barrier, by, now, f"{barrier.ref} is now “{to.label}”.")
    _record(session, barrier, by, now, "status", {"status": before}, {"status": to, "reason": str(reason)})


def answer(session: Session, barrier: Barrier, text: CleanText, by: User, now: datetime, *, version: int) -> None:
    """Answer the people who raised or share it, or correct the answer: both versions stay in the history.

    Raises Stale; Refused where a correction changes nothing, or the answer is the gap log's to give.
    """
    _check_own(barrier, version)
    if barrier.answer == str(text):
        raise Refused("The answer already says this. Change it, or leave it as it is.")
    corrects = bool(barrier.answer)
    _touch(barrier, now)
    _put_answer(session, barrier, text, by, now)
    _notify(session, barrier, by, now, f"{barrier.ref} has {'a corrected' if corrects else 'an'} answer.")


def assign(
    session: Session,
    barrier: Barrier,
    by: User,
    now: datetime,
    *,
    version: int,
    kind: str,
    theme: str,
    workstream: str,
    owner: int | None,
) -> bool:
    """Put right what it is about, who looks after it (an id), or pass it to another workstream. False if nothing new.

    Another workstream is a step that everyone can see, and its lead finds it in their queue. Raises Stale.
    """
    _check(barrier, version)
    wanted: dict[str, Any] = {"kind": kind, "theme": theme, "workstream": workstream, "owner_id": owner}
    before = {name: getattr(barrier, name) for name in wanted}
    after = {name: value for name, value in wanted.items() if before[name] != value}
    if not after:
        return False
    if "workstream" in after:
        after["owner_id"] = None if owner == before["owner_id"] else owner  # whoever had it has passed it on
        session.add(_step(barrier, "moved", by, now, text=workstream))
    for name, value in after.items():
        setattr(barrier, name, value)
    _touch(barrier, now)
    _record(session, barrier, by, now, "assigned", {name: before[name] for name in after}, after)
    return True


def make_gap(session: Session, barrier: Barrier, by: User, now: datetime, *, version: int) -> Gap:
    """Put the barrier in the gap log, for everyone who raised or shares it. Its answer will be given there.

    Raises Stale; Refused where it is there already.
    """
    _check(barrier, version)
    if barrier.gap_id:
        raise Refused("This is in the gap log already.")
    reporter = session.get(User, barrier.reporter_id) if barrier.reporter_id else None
    gap = report.link_to_gap(session, barrier, reporter or by, by, now)
    for person in _sharers(session, barrier):
        gap_log.join(session, gap, person, now, by=by)
    _touch(barrier, now)
    _notify(session, barrier, by, now, f"{barrier.ref} is in the gap log now, as {gap.ref}.")
    _record(session, barrier, by, now, "gap", after={"gap": gap.ref})
    return gap


def try_out(session: Session, barrier: Barrier, prototype: Prototype, by: User, now: datetime, *, version: int) -> None:
    """Say that `prototype`, from `prototypes.locked` or just created, is tried for this barrier.

    A barrier that is a gap is linked there, and its people are told by the gap log. Raises Stale; Refused where it has
    a prototype, or that one is decided.
    """
    _check(barrier, version)
    if barrier.prototype_id:
        raise Refused("Something is being tried for this already.")
    if prototype.decision:
        raise Refused("This prototype is decided. Choose one that is still going, or plan another.")
    barrier.prototype_id = prototype.id
    session.add(_step(barrier, "tried", by, now, text=prototype.public))
    if barrier.gap_id:
        gap = report.held_gap(session, barrier)
        assert gap is not None
        prototypes.link(session, prototype, gap, by, now)
        _touch(barrier, now)
    else:
        _stands(session, barrier, Status.ACTING, prototype.public, by, now)
        _notify(session, barrier, by, now, f"Something is being tried for {barrier.ref}.")
    _record(session, barrier, by, now, "tried", after={"prototype": prototype.id})


def propose_spotlight(
    session: Session, barrier: Barrier, title: CleanText, slug: str, by: User, now: datetime, *, version: int
) -> None:
    """Propose a spotlight session about it, at `slug`. Raises Stale; Refused where one is proposed already."""
    _check(barrier, version)
    if barrier.spotlight:
        raise Refused("A spotlight about this is proposed already.")
    barrier.spotlight = slug
    session.add(_step(barrier, "spotlight", by, now, text=str(title)))
    if barrier.gap_id:
        _touch(barrier, now)
    else:
        _stands(session, barrier, Status.ACTING, f"A spotlight session is proposed: {title}", by, now)
        _notify(session, barrier, by, now, f"A spotlight about {barrier.ref} is proposed.")
    _record(session, barrier, by, now, "spotlight", after={"spotlight": slug, "title": str(title)})


def _check(barrier: Barrier, version: int) -> None:
    if barrier.version != version:
        raise Stale


def _check_own(barrier: Barrier, version: int) -> None:
    _check(barrier, version)
    if barrier.gap_id:
        raise Refused("This is in the gap log. Its status and answer are given there, so that it is answered once.")


def _touch(barrier: Barrier, now: datetime) -> None:
    barrier.version += 1
    barrier.touched_at = now


def _stands(session: Session, barrier: Barrier, to: Status, reason: str, by: User, now: datetime) -> None:
    barrier.status, barrier.status_reason = to, reason
    barrier.closed_at = (barrier.closed_at or now) if to in CLOSED else None
    _touch(barrier, now)
    session.add(_step(barrier, "status", by, now, status=to, text=reason))


def _step(
    barrier: Barrier, kind: str, by: User, now: datetime, *, status: Status | None = None, text: str = ""
) -> BarrierEvent:
    return BarrierEvent(barrier_id=barrier.id, kind=kind, at=now, team=by.team, status=status, text=text)


def _put_answer(session: Session, barrier: Barrier, text: CleanText, by: User, now: datetime) -> None:
    before, corrects = barrier.answer, bool(barrier.answer)
    barrier.answer = str(text)
    if corrects:
        barrier.answer_changed_at = now
    else:
        barrier.answered_at = now
    kind = "corrected" if corrects else "answered"
    session.add(_step(barrier, kind, by, now, text=str(text)))
    _record(session, barrier, by, now, kind, {"answer": before} if corrects else None, {"answer": str(text)})


def _sharers(session: Session, barrier: Barrier) -> list[User]:
    theirs = select(User).join(BarrierSupport).where(BarrierSupport.barrier_id == barrier.id)
    return list(session.scalars(theirs.order_by(BarrierSupport.created_at, User.id)).unique())


def _notify(session: Session, barrier: Barrier, by: User, now: datetime, text: str) -> None:
    """Tell everyone who raised or shares it, each once, but not the person who did it."""
    shared = session.scalars(select(BarrierSupport.user_id).where(BarrierSupport.barrier_id == barrier.id))
    people = {*shared, barrier.reporter_id} - {None, by.id}
    outbox.enqueue(
        session,
        now=now,
        to=sorted(number for number in people if number is not None),
        topic="barrier-answered" if barrier.answer else "barrier-status",
        subject=("barrier", barrier.ref),
        text=text,
        path=report.page_of(barrier),
        key=f"barrier:{barrier.ref}:{barrier.version}",
    )


def _record(
    session: Session,
    barrier: Barrier,
    by: User,
    now: datetime,
    act: str,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    session.flush()
    subject = ("barrier", barrier.ref)
    audit.append(session, now=now, actor=by.id, action=f"barrier.{act}", subject=subject, before=before, after=after)
