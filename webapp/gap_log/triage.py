"""What commissioners do with a gap: change its status, answer the people who asked, say whose it is, note things.

`gap` comes from `reporting.locked`. A change made from a page that is out of date raises Stale and changes nothing.
The view commits.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import audit, outbox
from webapp.gap_log.models import Gap, GapEvent, GapNote, GapSupport
from webapp.gap_log.reporting import Refused, written
from webapp.gap_log.statuses import CLOSED, WORTH_TELLING, Status
from webapp.people import User
from webapp.pii import CleanText


class Stale(Exception):
    """Somebody else changed the gap since the page was opened."""


class AnswerNeeded(Refused):
    """A gap is closed only with an answer that everyone can read."""


def change_status(
    session: Session,
    gap: Gap,
    to: Status,
    reason: CleanText,
    by: User,
    now: datetime,
    *,
    version: int,
    answer: CleanText | None = None,
) -> None:
    """Give the gap a new status, with the reason that everyone can read, and an answer where there is none yet.

    Raises Stale; Refused where the status is the same, or goes back to new; AnswerNeeded where it would close the
    gap and nothing has been answered.
    """
    _check(gap, version)
    if to is gap.status:
        raise Refused(f"The status is already “{to.label}”. Choose another, or correct the answer instead.")
    if to is Status.NEW:
        raise Refused("A gap that has been looked at cannot be new again. Choose “Under review”.")
    if to in CLOSED and not (gap.answer or answer):
        raise AnswerNeeded(f"Write the answer: “{to.label}” closes the gap, and the people who asked must hear why")

    before = gap.status
    gap.status, gap.status_reason = to, str(reason)
    gap.closed_at = (gap.closed_at or now) if to in CLOSED else None
    gap.version += 1
    session.add(GapEvent(gap_id=gap.id, kind="status", at=now, team=by.team, status=to, text=str(reason)))
    if answer is not None:
        _put_answer(session, gap, answer, by, now)
    if answer is not None or to in WORTH_TELLING:
        _tell(session, gap, by, now, f"{gap.ref} is now: {to.label.lower()}.")
    _audit(session, gap, by, now, "status", {"status": before}, {"status": to, "reason": str(reason)})


def answer(session: Session, gap: Gap, text: CleanText, by: User, now: datetime, *, version: int) -> None:
    """Answer the people who asked, or correct the answer: both versions stay in the history. Raises Stale.

    Raises Refused where a correction changes nothing.
    """
    _check(gap, version)
    if gap.answer == str(text):
        raise Refused("The answer already says this. Change it, or leave it as it is.")
    corrects = bool(gap.answer)
    gap.version += 1
    _put_answer(session, gap, text, by, now)
    _tell(session, gap, by, now, f"{gap.ref} has {'a corrected' if corrects else 'an'} answer.")


def assign(
    session: Session, gap: Gap, by: User, now: datetime, *, version: int, theme: str, workstream: str, owner: int | None
) -> None:
    """Say what the gap is about (`theme`), who can act (`workstream`) and who looks after it (`owner`, an id)."""
    _check(gap, version)
    before = {"theme": gap.theme, "workstream": gap.workstream, "owner": gap.owner_id}
    after = {"theme": theme, "workstream": workstream, "owner": owner}
    if before == after:
        return
    gap.theme, gap.workstream, gap.owner_id = theme, workstream, owner
    gap.version += 1
    changed = [name for name in before if before[name] != after[name]]
    _audit(session, gap, by, now, "assigned", {n: before[n] for n in changed}, {n: after[n] for n in changed})


def note(session: Session, gap: Gap, text: CleanText, by: User, now: datetime) -> None:
    """Add a private note, which only commissioners read. The trail says that there is one, not what it says."""
    session.add(GapNote(gap_id=gap.id, author_id=by.id, at=now, text=written(text)))
    _audit(session, gap, by, now, "noted")


def _check(gap: Gap, version: int) -> None:
    if gap.version != version:
        raise Stale


def _put_answer(session: Session, gap: Gap, text: CleanText, by: User, now: datetime) -> None:
    before, corrects = gap.answer, bool(gap.answer)
    gap.answer, gap.answered_by_id, gap.answered_team = str(text), by.id, by.team
    if corrects:
        gap.answer_changed_at = now
    else:
        gap.answered_at = now
    kind = "corrected" if corrects else "answered"
    session.add(GapEvent(gap_id=gap.id, kind=kind, at=now, team=by.team, text=str(text)))
    _audit(session, gap, by, now, kind, {"answer": before} if corrects else None, {"answer": str(text)})


def _tell(session: Session, gap: Gap, by: User, now: datetime, text: str) -> None:
    """Tell everyone who asked, but not the person who did it."""
    joined = session.scalars(select(GapSupport.user_id).where(GapSupport.gap_id == gap.id))
    people = {gap.reporter_id, *joined} - {None, by.id}
    outbox.tell(
        session,
        now=now,
        to=sorted(people),
        topic="gap-answered" if gap.answer else "gap-status",
        subject=("gap", gap.ref),
        text=text,
        path=f"/gaps/{gap.ref}",
        key=f"gap:{gap.ref}:{gap.version}",
    )


def _audit(
    session: Session, gap: Gap, by: User, now: datetime, act: str, before: dict | None = None, after: dict | None = None
) -> None:
    session.flush()
    action = f"gap.{act}"
    audit.append(session, now=now, actor=by.id, action=action, subject=("gap", gap.ref), before=before, after=after)
