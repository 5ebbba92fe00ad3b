"""One report that holds two things becomes two gaps."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.db.counters import next_number
from webapp.gaps import followers, search_terms, triage
from webapp.gaps.counted import recount
from webapp.gaps.models import Gap, GapCounter, GapEvent, GapSupport
from webapp.gaps.residents import Band
from webapp.gaps.statuses import Status
from webapp.mail import outbox
from webapp.people.models import User
from webapp.pii.guard import CleanText
from webapp.web.refusals import Refused


@dataclass(frozen=True)
class Halves:
    """What stays in the gap and what becomes a new one, and who asked for the new one as well."""

    stays: CleanText
    goes: CleanText
    reporter: bool = True
    supporters: bool = True


def split(session: Session, gap: Gap, halves: Halves, by: User, now: datetime, *, version: int) -> Gap:
    """Take one half of `gap`, from `reporting.locked`, into a new gap, and return that. Commit afterwards.

    Where the reporter does not ask for it, the commissioner does. Those who are counted for it are told.
    Raises Stale; Refused where both halves say the same.
    """
    triage.check(gap, version)
    if str(halves.stays) == str(halves.goes):
        raise Refused("Both texts say the same. Leave in each only what belongs there.")
    new = _half(session, gap, halves, by, now)
    before = gap.needed
    gap.needed = str(halves.stays)
    triage.touch(gap, now)
    followers.bring(session, new, gap, now)
    search_terms.index(session, gap)
    session.add(GapEvent(gap_id=gap.id, kind="split", at=now, team=by.team, text=f"The other half is {new.ref}."))
    session.add(GapEvent(gap_id=new.id, kind="split", at=now, team=by.team, text=f"It was reported in {gap.ref}."))
    change = {"needed": gap.needed, "other half": new.ref}
    triage.record(session, gap, by, now, "split", {"needed": before}, change)
    triage.record(session, new, by, now, "split", after={"from": gap.ref})
    outbox.enqueue(
        session,
        now=now,
        to=triage.listening(session, [new], but=by),
        topic="gap-split",
        subject=("gap", new.ref),
        text=f"{gap.ref} held two things. The other one is now {new.ref}.",
        path=f"/gaps/{new.ref}",
        key=f"split:{new.ref}",
        channels=(outbox.IN_PRODUCT,),
    )
    return new


def _half(session: Session, gap: Gap, halves: Halves, by: User, now: datetime) -> Gap:
    codes = {name: getattr(gap, name) for name in ("place", "audiences", "outcome", "theme", "workstream", "owner_id")}
    new = Gap(
        id=next_number(session, GapCounter),
        needed=str(halves.goes),
        **codes,
        reporter_id=gap.reporter_id if halves.reporter else by.id,
        reporter_team=gap.reporter_team if halves.reporter else by.team,
        created_at=gap.created_at if halves.reporter else now,
        residents=gap.residents if halves.reporter else Band.NOT_SAID,
        status=Status.NEW,
        version=1,
        touched_at=now,
        split_from_id=gap.id,
    )
    session.add(new)
    session.flush()
    session.add(GapEvent(gap_id=new.id, kind="reported", at=new.created_at, status=Status.NEW))
    search_terms.index_new(session, new)
    if halves.supporters:
        _bring_supporters(session, gap, new)
    recount(session, new)
    return new


def _bring_supporters(session: Session, gap: Gap, new: Gap) -> None:
    for one in session.scalars(select(GapSupport).where(GapSupport.gap_id == gap.id)).all():
        if one.user_id != new.reporter_id:
            names = ("user_id", "team", "evidence", "may_quote", "residents", "created_at")
            session.add(GapSupport(gap_id=new.id, **{name: getattr(one, name) for name in names}))
