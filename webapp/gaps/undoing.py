"""A change that a commissioner made of one gap or of many, and how it is undone.

Undoing puts each back that nobody has changed since. Messages that nobody has read and that were not sent yet are taken
back; the others are followed by a new one.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.gaps import met_by, prototypes, search_terms, triage, unsent_news
from webapp.gaps.models import Gap, GapEvent
from webapp.gaps.statuses import Status
from webapp.gaps.triage_models import BulkChange, BulkItem
from webapp.mail import outbox
from webapp.people.models import User
from webapp.web.refusals import Refused

UNDO = timedelta(hours=24)
STANDS = (
    *("status", "status_reason", "answer", "answered_team", "answered_by_id"),
    *("theme", "workstream", "owner_id", "place", "audiences", "outcome", "budget"),
    *("words", "searches", "searchers"),
)
MOMENTS = ("closed_at", "answered_at", "answer_changed_at")
DAYS = ("target_on",)
BESIDE = ("linked", "tried")  # a page and a prototype that came with the change


@dataclass
class ChangeOutcome:
    """What became of it: the references of the changed gaps, and of those left alone with the reason."""

    changed: list[str] = field(default_factory=list)
    left: list[tuple[str, str]] = field(default_factory=list)
    number: int = 0  # of the change, to undo it by


def begin(session: Session, by: User, now: datetime) -> BulkChange:
    """A change to which `keep` adds what each gap was."""
    made = BulkChange(by_id=by.id, at=now)
    session.add(made)
    session.flush()
    return made


def as_it_is(gap: Gap) -> dict[str, Any]:
    """All of a gap that a change may replace, as JSON can hold it."""
    now = {name: triage.plain(getattr(gap, name)) for name in (*STANDS, *MOMENTS, *DAYS)}
    return {**now, "version": gap.version}


def keep(session: Session, made: BulkChange, gap: Gap, before: dict[str, Any]) -> None:
    """Note what `gap` was `before` the change, once it is made. Commit afterwards."""
    session.add(BulkItem(change_id=made.id, gap_id=gap.id, before=before, version=gap.version))


def undoable(session: Session, number: int, by: User, now: datetime) -> int:
    """How many gaps can still be put back by `by`; 0 where there is nothing to undo."""
    made = session.get(BulkChange, number)
    if made is None or made.by_id != by.id or made.undone_at or now > made.at + UNDO:
        return 0
    return len(session.scalars(select(BulkItem.gap_id).where(BulkItem.change_id == number)).all())


def undo(session: Session, number: int, by: User, now: datetime) -> ChangeOutcome:
    """Put each gap back as it was before the change, but for those that were changed since. Commit afterwards.

    Raises Refused where there is nothing to undo.
    """
    if not undoable(session, number, by, now):
        raise Refused("This change can no longer be undone. Change the gaps one by one.")
    items = {i.gap_id: i for i in session.scalars(select(BulkItem).where(BulkItem.change_id == number))}
    refs = [gap.ref for gap in session.scalars(select(Gap).where(Gap.id.in_(items)))]
    outcome = ChangeOutcome()
    for gap in triage.locked_all(session, refs):
        if gap.version != items[gap.id].version or gap.merged_into_id:
            outcome.left.append((gap.ref, "it was changed since"))
        else:
            _put_back(session, gap, items[gap.id].before, by, now)
            outcome.changed.append(gap.ref)
    session.get_one(BulkChange, number).undone_at = now
    return outcome


def _put_back(session: Session, gap: Gap, before: dict[str, Any], by: User, now: datetime) -> None:
    previous, steps = (gap.status, gap.answer), gap.version - before.get("version", gap.version - 1)
    _take_beside_away(session, gap, before, by, now)
    known = {name: value for name, value in before.items() if name in (*STANDS, *MOMENTS, *DAYS)}
    changed = {name: value for name, value in known.items() if triage.plain(getattr(gap, name)) != value}
    was = {name: triage.plain(getattr(gap, name)) for name in changed}
    for name, value in changed.items():
        setattr(gap, name, _typed(name, value))
    news_of_it = [triage.news_key(gap.ref, gap.version - step) for step in range(steps + 1)]
    triage.touch(gap, now)
    if "words" in changed:
        search_terms.index(session, gap)
        del was["words"], changed["words"]  # the trail holds no word of a search
    triage.record(session, gap, by, now, "undone", was, changed)
    if previous == (gap.status, gap.answer):
        return
    text = f"The last change is undone. It is “{gap.status.label}” again."
    session.add(GapEvent(gap_id=gap.id, kind="undone", at=now, team=by.team, status=gap.status, text=text))
    outbox.enqueue(
        session,
        now=now,
        to=unsent_news.take_back(session, news_of_it),
        topic="gap-status",
        subject=("gap", gap.ref),
        text=f"{gap.ref} is “{gap.status.label.lower()}” again: the last change was a mistake.",
        path=f"/gaps/{gap.ref}",
        key=triage.news_key(gap.ref, gap.version),
    )


def _take_beside_away(session: Session, gap: Gap, before: dict[str, Any], by: User, now: datetime) -> None:
    if before.get("linked"):
        met_by.unlink(session, gap, before["linked"], by, now)
    tried = prototypes.one(session, before["tried"]) if before.get("tried") else None
    if tried:
        prototypes.unlink(session, tried, gap, by, now)


def _typed(name: str, value: Any) -> Any:
    if name == "status":
        return Status(value)
    if value and name in MOMENTS:
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if value and name in DAYS else value
