"""What commissioners do with a prototype: plan it, link gaps to it, note what is learned, decide.

    prototype = prototypes.create(db.session, plan, user, now)
    prototypes.link(db.session, prototype, reporting.locked(db.session, "GAP-0001"), user, now)
    db.session.commit()

A linked gap takes the status “Prototype”, and the people who asked are told. A decision moves no gap by itself: the
person who decides moves each one with `triage.change_status`. Take `locked` before a change. The view commits.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from webapp.gaps import triage
from webapp.gaps.models import Gap, GapEvent, ref_of
from webapp.gaps.prototype_models import Decision, Prototype, PrototypeGap, PrototypeNote
from webapp.gaps.statuses import Status
from webapp.people import audit
from webapp.people.models import User
from webapp.pii.guard import CleanText
from webapp.web.refusals import Refused, Stale

MOST_GAPS = 50
MOST_UNDECIDED = 200  # of a list


@dataclass(frozen=True)
class PrototypePlan:
    """What a commissioner writes of a prototype. `place` is a vocabulary slug, or empty for the whole city."""

    title: CleanText
    public: CleanText
    hypothesis: CleanText
    tries: CleanText
    measure: CleanText
    place: str
    starts_on: date
    ends_on: date
    cost: int | None = None  # pounds


@dataclass(frozen=True)
class PrototypeDecision:
    """What a commissioner decides: what it became, what was learned for everyone, what it cost and whom it reached.

    `cost` is in pounds and `reached` a number of people; None where nobody knows.
    """

    decision: Decision
    became: CleanText
    learned: CleanText
    cost: int | None = None
    reached: int | None = None


def create(session: Session, plan: PrototypePlan, by: User, now: datetime) -> Prototype:
    """Add a prototype. Commit afterwards."""
    prototype = Prototype(**_values(plan), created_at=now, created_by_id=by.id, version=1)
    session.add(prototype)
    session.flush()
    _audit(session, prototype, by, now, "planned", after=_coded(_values(plan)))
    return prototype


def edit(session: Session, prototype: Prototype, plan: PrototypePlan, by: User, now: datetime, *, version: int) -> None:
    """Change the plan; nothing happens where nothing is different. Raises Stale."""
    _check(prototype, version)
    before = {name: getattr(prototype, name) for name in _values(plan)}
    changed = {name: value for name, value in _values(plan).items() if before[name] != value}
    if not changed:
        return
    for name, value in changed.items():
        setattr(prototype, name, value)
    prototype.version += 1
    _audit(session, prototype, by, now, "changed", _coded({name: before[name] for name in changed}), _coded(changed))


def link(
    session: Session,
    prototype: Prototype,
    gap: Gap,
    by: User,
    now: datetime,
    *,
    reason: CleanText | None = None,
    quiet: bool = False,
) -> bool:
    """Make `gap`, from `report.locked`, one that this prototype is about; False where it is already.

    Its status becomes “Prototype”, with the public sentence as the reason where no other is given, so that everyone can
    read what is tried. Where `quiet`, nobody is told.
    Raises Refused where the prototype is decided, the gap is met or merged, or there are too many.
    """
    if prototype.decision:
        raise Refused("This prototype is decided. Plan another one for this gap.")
    if session.get(PrototypeGap, (prototype.id, gap.id)):
        return False
    if gap.merged_into_id:
        raise Refused(f"{gap.ref} is part of {ref_of(gap.merged_into_id)} now. Add that one instead.")
    if gap.status is Status.MET:
        raise Refused(f"{gap.ref} is met, so there is nothing to try for it.")
    linked = select(func.count()).where(PrototypeGap.prototype_id == prototype.id)
    if (session.scalar(linked) or 0) >= MOST_GAPS:
        raise Refused(f"A prototype can be about {MOST_GAPS} gaps at the most.")
    session.add(PrototypeGap(prototype_id=prototype.id, gap_id=gap.id, at=now))
    session.flush()
    public = CleanText(prototype.public)  # the guard read it before it was stored
    if gap.status is Status.PROTOTYPE:
        session.add(GapEvent(gap_id=gap.id, kind="tried", at=now, team=by.team, text=str(public)))
    else:
        more: dict[str, Any] = {"version": gap.version, "quiet": quiet}
        triage.change_status(session, gap, Status.PROTOTYPE, reason or public, by, now, **more)
    _audit(session, prototype, by, now, "linked", after={"gap": gap.ref})
    return True


def unlink(session: Session, prototype: Prototype, gap: Gap, by: User, now: datetime) -> bool:
    """Undo `link`; False where there is nothing to undo. The gap keeps its status: that is for a person to change."""
    found = session.get(PrototypeGap, (prototype.id, gap.id))
    if found is None:
        return False
    session.delete(found)
    _audit(session, prototype, by, now, "unlinked", before={"gap": gap.ref})
    return True


def note(session: Session, prototype: Prototype, text: CleanText, by: User, now: datetime) -> None:
    """Add something that was learned. The trail says that there is one, not what it says."""
    session.add(PrototypeNote(prototype_id=prototype.id, author_id=by.id, at=now, text=str(text)))
    _audit(session, prototype, by, now, "noted")


def decide(
    session: Session,
    prototype: Prototype,
    decided: PrototypeDecision,
    by: User,
    now: datetime,
    *,
    version: int,
) -> None:
    """Decide, or change what was decided. Each linked gap's page shows what was learned; no gap is moved.

    Raises Stale; Refused where nothing is different.
    """
    _check(prototype, version)
    after = _values(decided)
    before = {name: getattr(prototype, name) for name in after}
    if before == after:
        raise Refused("This is what was decided already. Change it, or leave it as it is.")
    for name, value in after.items():
        setattr(prototype, name, value)
    prototype.decided_at = prototype.decided_at or now
    prototype.version += 1
    if any(before[name] != after[name] for name in ("decision", "learned")):
        text = f"{decided.decision.sentence} {decided.learned}"
        for gap_id in session.scalars(select(PrototypeGap.gap_id).where(PrototypeGap.prototype_id == prototype.id)):
            session.add(GapEvent(gap_id=gap_id, kind="learned", at=now, team=by.team, text=text))
    changed = {name for name, value in after.items() if before[name] != value}
    was = {name: before[name] for name in changed} if before["decision"] else None
    _audit(session, prototype, by, now, "decided", was, {name: after[name] for name in after if name in changed})


def locked(session: Session, number: int) -> Prototype | None:
    """The prototype with this number, held until the commit; None where there is none."""
    wanted = select(Prototype).where(Prototype.id == number).with_for_update()
    return session.scalars(wanted.execution_options(populate_existing=True)).one_or_none()


def one(session: Session, number: int) -> Prototype | None:
    """The prototype with this number and its gaps, or None."""
    return session.scalars(select(Prototype).where(Prototype.id == number).options(_with_gaps())).one_or_none()


def undecided(session: Session) -> Sequence[Prototype]:
    """Those without a decision, the first to end first, with their gaps."""
    query = select(Prototype).where(Prototype.decision.is_(None)).order_by(Prototype.ends_on, Prototype.id)
    return session.scalars(query.options(_with_gaps()).limit(MOST_UNDECIDED)).all()


def decided(session: Session, *, limit: int, offset: int = 0) -> tuple[Sequence[Prototype], int]:
    """Those with a decision, the latest first, with their gaps; and how many there are altogether."""
    mine = Prototype.decision.is_not(None)
    query = select(Prototype).where(mine).order_by(Prototype.decided_at.desc(), Prototype.id.desc())
    count = session.scalar(select(func.count()).select_from(Prototype).where(mine)) or 0
    return session.scalars(query.options(_with_gaps()).limit(limit).offset(offset)).all(), count


def count_due(session: Session, today: date) -> int:
    """How many are past their last day and undecided."""
    query = select(func.count()).select_from(Prototype).where(Prototype.decision.is_(None), Prototype.ends_on < today)
    return session.scalar(query) or 0


def of_gap(session: Session, gap: Gap) -> Sequence[Prototype]:
    """What was and is tried for `gap`, the latest first."""
    mine = select(PrototypeGap.prototype_id).where(PrototypeGap.gap_id == gap.id)
    query = select(Prototype).where(Prototype.id.in_(mine)).order_by(Prototype.starts_on.desc(), Prototype.id.desc())
    return session.scalars(query.limit(20)).all()


def between(session: Session, since: date, until: date, *, limit: int) -> Sequence[Prototype]:
    """Those under way on some day from `since` to `until`, both included, with their gaps."""
    during = (Prototype.starts_on <= until, Prototype.ends_on >= since)
    query = select(Prototype).where(*during).order_by(Prototype.starts_on, Prototype.id)
    return session.scalars(query.options(_with_gaps()).limit(limit)).all()


def notes(session: Session, numbers: Sequence[int], *, limit: int) -> Sequence[PrototypeNote]:
    """What was learned in these prototypes, oldest first; the latest `limit` of it."""
    wanted = select(PrototypeNote).where(PrototypeNote.prototype_id.in_(numbers))
    latest = wanted.order_by(PrototypeNote.id.desc()).options(selectinload(PrototypeNote.author)).limit(limit)
    return list(reversed(session.scalars(latest).all()))


def _with_gaps() -> Any:
    return selectinload(Prototype.links).selectinload(PrototypeGap.gap)


def _check(prototype: Prototype, version: int) -> None:
    if prototype.version != version:
        raise Stale


def _values(written: PrototypePlan | PrototypeDecision) -> dict[str, Any]:
    """As the columns hold it: plain text where it is text."""
    return {name: str(value) if isinstance(value, CleanText) else value for name, value in asdict(written).items()}


def _coded(values: Mapping[str, Any]) -> dict[str, Any]:
    """As the trail can hold them: days as 2026-03-03."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def _audit(
    session: Session,
    prototype: Prototype,
    by: User,
    now: datetime,
    act: str,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    session.flush()
    audit.append(
        session,
        now=now,
        actor=by.id,
        action=f"prototype.{act}",
        subject=("prototype", str(prototype.id)),
        before=before,
        after=after,
    )
