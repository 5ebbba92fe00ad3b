"""All that a commissioner says of one gap at once: one press, one commit, and one message to the people who asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from webapp.gaps import handing_over, met_by, prototypes, triage, undoing
from webapp.gaps.models import Gap
from webapp.gaps.statuses import WORTH_TELLING, Status
from webapp.people.models import User
from webapp.pii.guard import CleanText
from webapp.web.refusals import Refused


@dataclass(frozen=True)
class GapWork:
    """What a commissioner wants of a gap. `about` is what `triage.assign` takes; None of the others changes nothing.

    `met_by` is the path of a listing that is there, `prototype` the number of an undecided one. `quiet` tells nobody.
    The day that a gap is planned for is in `about` too.
    """

    status: Status
    reason: CleanText | None = None
    answer: CleanText | None = None
    note: CleanText | None = None
    met_by: str = ""
    prototype: int | None = None
    quiet: bool = False
    about: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class WorkDone:
    """What was done, in sentences; `number` of the change to undo it by, 0 where there is nothing to undo."""

    said: list[str] = field(default_factory=list)
    number: int = 0


def save(session: Session, gap: Gap, work: GapWork, by: User, now: datetime, *, version: int) -> WorkDone:
    """Do all that is different to `gap`, from `report.locked`. Commit afterwards.

    Raises Stale; Refused as `triage.change_status` does, and where a reason belongs to no new status.
    """
    triage.check(gap, version)
    before, done = undoing.as_it_is(gap), WorkDone()
    made = undoing.begin(session, by, now)
    _change_status(session, gap, work, by, now, before, done)
    if work.answer is not None and gap.answer != str(work.answer):
        triage.answer(session, gap, work.answer, by, now, version=gap.version, quiet=work.quiet)
        done.said.append(
            "The answer is published." if work.quiet else "The answer is published. Everyone who asked has been told."
        )
    owner = gap.owner_id
    if triage.assign(session, gap, by, now, version=gap.version, **work.about):
        done.said.append(f"{gap.ref} is saved.")
    if gap.owner_id not in (owner, None, by.id):
        handing_over.tell(session, [gap], by, now)
    if gap.version != version:
        undoing.keep(session, made, gap, before)
        done.number = made.id
    else:
        session.delete(made)
    if work.note is not None:
        triage.note(session, gap, work.note, by, now)
        done.said.append("The note is added. Only commissioners can read it.")
    return done


def _change_status(
    session: Session, gap: Gap, work: GapWork, by: User, now: datetime, before: dict[str, Any], done: WorkDone
) -> None:
    """The status with what belongs to it; `before` notes what must go again where it is undone."""
    to = work.status
    if to is gap.status:
        if work.reason is not None:
            raise Refused("This is the reason for a new status. Choose the status, or leave the reason empty")
        return
    if work.met_by and to is Status.MET:
        before["linked"] = work.met_by if work.met_by not in met_by.paths(session, gap) else ""
        met_by.name(session, gap, to, work.met_by, by, now)
    if to is Status.PROTOTYPE and work.prototype:
        _try(session, gap, work, by, now, before)
    if gap.status is not to:
        more: dict[str, Any] = {"answer": work.answer, "target_on": work.about.get("target_on"), "quiet": work.quiet}
        triage.change_status(session, gap, to, work.reason, by, now, version=gap.version, **more)
    told = not work.quiet and (to in WORTH_TELLING or work.answer is not None)
    done.said.append(f"{gap.ref} is now “{to.label}”." + (" The people who asked are told." if told else ""))


def _try(session: Session, gap: Gap, work: GapWork, by: User, now: datetime, before: dict[str, Any]) -> None:
    prototype = prototypes.locked(session, work.prototype or 0)
    if prototype is None:
        raise triage.PrototypeNeeded("There is no such prototype any more. Choose another, or plan one")
    if prototypes.link(session, prototype, gap, by, now, reason=work.reason, quiet=work.quiet):
        before["tried"] = prototype.id
