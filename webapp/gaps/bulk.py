"""One change of many gaps at once, and how it is undone.

Each gap is changed by the rules that a single one has, with its own entry in the trail and its own message. A gap
that cannot be changed so is left as it is, and said. Undoing puts each back that nobody has changed since.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.gaps import triage, unsent_news
from webapp.gaps.models import Gap, GapEvent
from webapp.gaps.statuses import Status
from webapp.gaps.triage_models import BulkChange, BulkItem
from webapp.mail import outbox
from webapp.people import User
from webapp.pii.guard import CleanText
from webapp.web.refusals import Refused, Stale

MOST = 100
UNDO = timedelta(hours=24)
STANDS = ("status", "status_reason", "answer", "answered_team")  # texts and codes that a change may replace
MOMENTS = ("closed_at", "answered_at", "answer_changed_at")
WHOSE = ("theme", "workstream", "owner_id", "answered_by_id")


@dataclass(frozen=True)
class WantedChange:
    """What is to become of each gap; None leaves it as it is. `owner` is an id, 0 for nobody."""

    status: Status | None = None
    reason: CleanText | None = None
    answer: CleanText | None = None  # for those without one, where the status closes them
    theme: str | None = None
    workstream: str | None = None
    owner: int | None = None


@dataclass
class BulkOutcome:
    """What became of it: the references of the changed gaps, and of those left alone with the reason."""

    changed: list[str] = field(default_factory=list)
    left: list[tuple[str, str]] = field(default_factory=list)
    number: int = 0  # of the change, to undo it by


def differences(gap: Gap, change: WantedChange) -> list[tuple[str, Any, Any]]:
    """(name, from, to) of all that `change` would change in `gap`; codes, ids and texts as they are kept."""
    wanted = {
        "status": change.status,
        "theme": change.theme,
        "workstream": change.workstream,
        "owner": None if change.owner is None else change.owner or "",
    }
    now = {"status": gap.status, "theme": gap.theme, "workstream": gap.workstream, "owner": gap.owner_id or ""}
    found = [(name, now[name], value) for name, value in wanted.items() if value is not None and value != now[name]]
    closing = change.status is not None and not change.status.is_open and change.status is not gap.status
    if closing and change.answer and not gap.answer:
        found.append(("answer", "", str(change.answer)))
    return found


def apply(
    session: Session, gaps: Sequence[Gap], change: WantedChange, by: User, now: datetime, *, seen: dict[str, int]
) -> BulkOutcome:
    """Change `gaps`, from `triage.locked_all`, whose versions were `seen` on the screen. Commit afterwards."""
    outcome = BulkOutcome()
    made = BulkChange(by_id=by.id, at=now)
    session.add(made)
    session.flush()
    for gap in gaps[:MOST]:
        before = _as_it_is(gap)
        try:
            changed = _change(session, gap, change, by, now, seen.get(gap.ref, 0))
        except Stale:
            outcome.left.append((gap.ref, "somebody changed it while you decided"))
            continue
        except Refused as refused:
            outcome.left.append((gap.ref, str(refused)))
            continue
        if changed:
            session.add(BulkItem(change_id=made.id, gap_id=gap.id, before=before, version=gap.version))
            outcome.changed.append(gap.ref)
        else:
            outcome.left.append((gap.ref, "it was like this already"))
    if outcome.changed:
        outcome.number = made.id
    else:
        session.delete(made)
    return outcome


def undoable(session: Session, number: int, by: User, now: datetime) -> int:
    """How many gaps can still be put back by `by`; 0 where there is nothing to undo."""
    made = session.get(BulkChange, number)
    if made is None or made.by_id != by.id or made.undone_at or now > made.at + UNDO:
        return 0
    return len(session.scalars(select(BulkItem.gap_id).where(BulkItem.change_id == number)).all())


def undo(session: Session, number: int, by: User, now: datetime) -> BulkOutcome:
    """Put each gap back as it was before the change, but for those that were changed since. Commit afterwards.

    Messages that nobody has read and that were not sent yet are taken back; the others are followed by a new one.
    Raises Refused where there is nothing to undo.
    """
    if not undoable(session, number, by, now):
        raise Refused("This change can no longer be undone. Change the gaps one by one.")
    items = {i.gap_id: i for i in session.scalars(select(BulkItem).where(BulkItem.change_id == number))}
    refs = [gap.ref for gap in session.scalars(select(Gap).where(Gap.id.in_(items)))]
    outcome = BulkOutcome()
    for gap in triage.locked_all(session, refs):
        if gap.version != items[gap.id].version or gap.merged_into_id:
            outcome.left.append((gap.ref, "it was changed since"))
        else:
            _put_back(session, gap, items[gap.id].before, by, now)
            outcome.changed.append(gap.ref)
    session.get_one(BulkChange, number).undone_at = now
    return outcome


def _change(session: Session, gap: Gap, change: WantedChange, by: User, now: datetime, version: int) -> bool:
    triage.check(gap, version)
    changed = False
    if change.status is not None and change.status is not gap.status:
        assert change.reason is not None
        answer = change.answer if not change.status.is_open and not gap.answer else None
        triage.change_status(session, gap, change.status, change.reason, by, now, version=version, answer=answer)
        changed = True
    theme = gap.theme if change.theme is None else change.theme
    workstream = gap.workstream if change.workstream is None else change.workstream
    owner = gap.owner_id if change.owner is None else change.owner or None
    return (
        triage.assign(session, gap, by, now, version=gap.version, theme=theme, workstream=workstream, owner=owner)
        or changed
    )


def _as_it_is(gap: Gap) -> dict[str, Any]:
    moments = {name: value.isoformat() if (value := getattr(gap, name)) else None for name in MOMENTS}
    return {name: getattr(gap, name) for name in (*STANDS, *WHOSE)} | moments


def _put_back(session: Session, gap: Gap, before: dict[str, Any], by: User, now: datetime) -> None:
    previous, status = (gap.status, gap.answer), Status(before["status"])
    values = {**before, "status": status}
    values |= {name: datetime.fromisoformat(before[name]) if before[name] else None for name in MOMENTS}
    changed = {name: value for name, value in values.items() if getattr(gap, name) != value}
    was = {name: _plain(getattr(gap, name)) for name in changed}
    for name, value in changed.items():
        setattr(gap, name, value)
    news_of_it = [triage.news_key(gap.ref, gap.version - step) for step in (0, 1)]
    triage.touch(gap, now)
    triage.record(session, gap, by, now, "undone", was, {name: _plain(value) for name, value in changed.items()})
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


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
