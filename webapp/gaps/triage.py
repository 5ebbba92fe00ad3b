"""What commissioners do with a gap: change its status, answer the people who asked, say whose it is, note things.

`gap` comes from `reporting.locked`. A change made from a page that is out of date raises Stale and changes nothing.
The view commits.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.gaps import followers
from webapp.gaps.models import Gap, GapEvent, GapNote, GapSupport, id_of, ref_of
from webapp.gaps.prototype_models import Prototype, PrototypeGap
from webapp.gaps.report import text_of
from webapp.gaps.statuses import CLOSED, WORTH_TELLING, Status
from webapp.gaps.triage_models import GapLink
from webapp.mail import outbox
from webapp.people import audit
from webapp.people.models import User
from webapp.pii.guard import CleanText
from webapp.web.refusals import Refused, Stale

DIRECTORY = "/directory/"  # what a listing's address begins with
COLUMNS = {"owner": "owner_id"}  # where what a form says is kept under another name


class AnswerNeeded(Refused):
    """A gap is closed only with an answer that everyone can read."""


class ListingNeeded(Refused):
    """A gap is met only by something: a listing of the directory that everyone can open."""


class PrototypeNeeded(Refused):
    """Something is being tried only where there is a prototype that says what, and until when."""


class DateNeeded(Refused):
    """What is planned has a day by which it will be there, so that it can be asked for when that has passed."""


def change_status(
    session: Session,
    gap: Gap,
    to: Status,
    reason: CleanText | None,
    by: User,
    now: datetime,
    *,
    version: int,
    answer: CleanText | None = None,
    target_on: date | None = None,
    quiet: bool = False,
) -> None:
    """Give the gap a new status, with the reason that everyone can read, an answer, and the day it is planned for.

    `quiet` tells nobody, and needs no reason: for what changes nothing for the people who asked. What closes a gap, or
    answers it for the first time, is never quiet.

    Raises Stale; Refused where the status is the same, goes back to new, or may not be quiet; AnswerNeeded where it
    would close the gap and nothing has been answered; ListingNeeded where it would be met and no listing is linked
    (`met_by.link`); PrototypeNeeded where no undecided prototype is about it (`prototypes.link`); DateNeeded where it
    would be planned and nothing says for when.
    """
    check(gap, version)
    _check_move(session, gap, to, answer, target_on)
    if quiet:
        refuse_quiet(gap, to, answer)

    before, planned, words = gap.status, gap.target_on, text_of(reason)
    gap.status, gap.status_reason = to, words
    gap.closed_at = (gap.closed_at or now) if to in CLOSED else None
    gap.target_on = target_on or gap.target_on
    touch(gap, now)
    session.add(GapEvent(gap_id=gap.id, kind="status", at=now, team=by.team, status=to, text=words))
    if answer is not None:
        _put_answer(session, gap, answer, by, now)
    if not quiet and (answer is not None or to in WORTH_TELLING):
        _notify(session, gap, by, now, f"{gap.ref} is now “{to.label}”.")
    was: dict[str, Any] = {"status": before}
    after: dict[str, Any] = {"status": to, "reason": words}
    if gap.target_on != planned:
        was["target_on"], after["target_on"] = plain(planned), plain(gap.target_on)
    record(session, gap, by, now, "moved-quietly" if quiet else "status", was, after)


def _check_move(session: Session, gap: Gap, to: Status, answer: CleanText | None, target_on: date | None) -> None:
    if to is gap.status:
        raise Refused(f"The status is already “{to.label}”. Choose another, or correct the answer instead.")
    if to is Status.NEW:
        raise Refused("A gap that has been looked at cannot be new again. Choose “Under review”.")
    if to in CLOSED and not (gap.answer or answer):
        raise AnswerNeeded(f"Write the answer: “{to.label}” closes the gap, and the people who asked must hear why")
    if to is Status.MET and not _has_listing(session, gap):
        raise ListingNeeded("Name the listing that meets it, so that the people who asked can find it")
    if to is Status.PROTOTYPE and not _is_tried(session, gap):
        raise PrototypeNeeded("Choose the prototype that tries it, or plan one first: “Prototype” says what is tried")
    if to is Status.IN_PLAN and not (gap.target_on or target_on):
        raise DateNeeded(
            "Say by when it should be there: the people who asked read it, and you are asked once it passes"
        )


def refuse_quiet(gap: Gap, to: Status, answer: CleanText | None) -> None:
    """Raises Refused where the people who asked must hear of a change to the status `to`, or of this new `answer`."""
    if to in CLOSED and to is not gap.status:
        raise Refused(f"“{to.label}” closes the gap, so the people who asked must hear it. Take the tick away.")
    if answer is not None and not gap.answer:
        raise Refused("This is the first answer, so the people who asked must hear it. Take the tick away.")


def _has_listing(session: Session, gap: Gap) -> bool:
    linked = select(GapLink.path).where(GapLink.gap_id == gap.id, GapLink.path.startswith(DIRECTORY))
    return session.scalar(linked.limit(1)) is not None


def _is_tried(session: Session, gap: Gap) -> bool:
    undecided = select(Prototype.id).where(Prototype.decision.is_(None))
    linked = select(PrototypeGap.gap_id).where(PrototypeGap.gap_id == gap.id, PrototypeGap.prototype_id.in_(undecided))
    return session.scalar(linked.limit(1)) is not None


def answer(
    session: Session, gap: Gap, text: CleanText, by: User, now: datetime, *, version: int, quiet: bool = False
) -> None:
    """Answer the people who asked, or correct the answer: both versions stay in the history.

    A correction may be `quiet`: a slip of the pen is no news. Raises Stale; Refused where a correction changes nothing,
    or where a first answer would be quiet.
    """
    check(gap, version)
    if gap.answer == str(text):
        raise Refused("The answer already says this. Change it, or leave it as it is.")
    if quiet:
        refuse_quiet(gap, gap.status, text)
    corrects = bool(gap.answer)
    touch(gap, now)
    _put_answer(session, gap, text, by, now)
    if quiet:
        return
    _notify(session, gap, by, now, f"{gap.ref} has {'a corrected' if corrects else 'an'} answer.")


def assign(session: Session, gap: Gap, by: User, now: datetime, *, version: int, **wanted: Any) -> bool:
    """Say what the gap is about (`theme`), who can act (`workstream`), who looks after it (`owner`, an id or None).

    Further names put right what was reported (`place`, `audiences`, a list, `outcome`, `activity`) and say what is
    planned (`target_on`, a date or None, `budget`, pounds or None). What is not named stays. False where nothing is
    new. Raises Stale; DateNeeded where a gap in the plan would lose its day.
    """
    check(gap, version)
    before = {name: _kept(gap, name) for name in wanted}
    after = {name: value for name, value in wanted.items() if before[name] != value}
    if not after:
        return False
    if gap.status is Status.IN_PLAN and after.get("target_on", gap.target_on) is None and gap.target_on:
        raise DateNeeded("What is planned needs a day. Give another one, or choose another status")
    for name, value in after.items():
        setattr(gap, COLUMNS.get(name, name), value)
    touch(gap, now)
    was, became = ({name: plain(side[name]) for name in after} for side in (before, after))
    record(session, gap, by, now, "assigned", was, became)
    return True


def note(session: Session, gap: Gap, text: CleanText, by: User, now: datetime) -> None:
    """Add a private note, which only commissioners read. The trail says that there is one, not what it says."""
    session.add(GapNote(gap_id=gap.id, author_id=by.id, at=now, text=text_of(text)))
    record(session, gap, by, now, "noted")


def locked_all(session: Session, refs: Iterable[str]) -> list[Gap]:
    """The gaps called `refs` that there are, held until the commit; in one order, so that nobody waits in a ring."""
    numbers = sorted({number for ref in refs if (number := id_of(ref))})
    wanted = select(Gap).where(Gap.id.in_(numbers)).order_by(Gap.id).with_for_update()
    return list(session.scalars(wanted.execution_options(populate_existing=True)))


def check(gap: Gap, version: int) -> None:
    """Raises Stale where `version` is not the one there is; Refused where the gap is now part of another."""
    if gap.version != version:
        raise Stale
    if gap.merged_into_id:
        raise Refused(f"{gap.ref} was merged into {ref_of(gap.merged_into_id)}. Work on that one, or take them apart.")


def touch(gap: Gap, now: datetime) -> None:
    """Note that a commissioner changed the gap: what was made from an older version of it is refused."""
    gap.version += 1
    gap.touched_at = now


def asked(session: Session, gaps: Sequence[Gap], *, but: User) -> list[int]:
    """The ids of everyone who reported or joined any of `gaps`, each once, without the person who acts."""
    joined = session.scalars(select(GapSupport.user_id).where(GapSupport.gap_id.in_([gap.id for gap in gaps])))
    people: Collection[int | None] = {*(gap.reporter_id for gap in gaps), *joined}
    return sorted(number for number in people if number is not None and number != but.id)


def listening(session: Session, gaps: Sequence[Gap], *, but: User) -> list[int]:
    """The ids of everyone who asked for or follows any of `gaps`, each once, without the person who acts."""
    return sorted({*asked(session, gaps, but=but), *followers.of(session, gaps)} - {but.id})


def _kept(gap: Gap, name: str) -> Any:
    return getattr(gap, COLUMNS.get(name, name))


def _put_answer(session: Session, gap: Gap, text: CleanText, by: User, now: datetime) -> None:
    before, corrects = gap.answer, bool(gap.answer)
    gap.answer, gap.answered_by_id, gap.answered_team = str(text), by.id, by.team
    if corrects:
        gap.answer_changed_at = now
    else:
        gap.answered_at = now
    kind = "corrected" if corrects else "answered"
    session.add(GapEvent(gap_id=gap.id, kind=kind, at=now, team=by.team, text=str(text)))
    record(session, gap, by, now, kind, {"answer": before} if corrects else None, {"answer": str(text)})


def _notify(session: Session, gap: Gap, by: User, now: datetime, text: str) -> None:
    """Tell everyone who asked or follows it, but not the person who did it."""
    outbox.enqueue(
        session,
        now=now,
        to=listening(session, [gap], but=by),
        topic="gap-answered" if gap.answer else "gap-status",
        subject=("gap", gap.ref),
        text=text,
        path=f"/gaps/{gap.ref}",
        key=news_key(gap.ref, gap.version),
    )


def plain(value: Any) -> Any:
    """As the trail can hold it: days as 2026-03-03."""
    return value.isoformat() if isinstance(value, date) else value


def news_key(ref: str, version: int) -> str:
    """What the message about this version of the gap is known by."""
    return f"gap:{ref}:{version}"


def record(
    session: Session, gap: Gap, by: User, now: datetime, act: str, before: dict | None = None, after: dict | None = None
) -> None:
    """Add `act` to the gap's audit trail."""
    session.flush()
    action = f"gap.{act}"
    audit.append(session, now=now, actor=by.id, action=action, subject=("gap", gap.ref), before=before, after=after)
