"""One change of many gaps at once.

Each gap is changed by the rules that a single one has, with its own entry in the trail and its own message. A gap
that cannot be changed so is left as it is, and said. `undoing` takes it back.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from webapp.gaps import triage, undoing
from webapp.gaps.models import Gap
from webapp.gaps.statuses import Status
from webapp.gaps.undoing import ChangeOutcome
from webapp.people.models import User
from webapp.pii.guard import CleanText
from webapp.web.refusals import Refused, Stale

MOST = 100


@dataclass(frozen=True)
class WantedChange:
    """What is to become of each gap; None leaves it as it is. `owner` is an id, 0 for nobody."""

    status: Status | None = None
    reason: CleanText | None = None
    answer: CleanText | None = None  # for those without one, where the status closes them
    theme: str | None = None
    workstream: str | None = None
    owner: int | None = None
    target_on: date | None = None  # where the status plans them
    quiet: bool = False


def differences(gap: Gap, change: WantedChange) -> list[tuple[str, Any, Any]]:
    """(name, from, to) of all that `change` would change in `gap`; codes, ids and texts as they are kept."""
    wanted = {
        "status": change.status,
        "theme": change.theme,
        "workstream": change.workstream,
        "owner": None if change.owner is None else change.owner or "",
    }
    now = {"status": gap.status, "theme": gap.theme, "workstream": gap.workstream, "owner": gap.owner_id or ""}
    found: list[tuple[str, Any, Any]] = [
        (name, now[name], value) for name, value in wanted.items() if value is not None and value != now[name]
    ]
    closing = change.status is not None and not change.status.is_open and change.status is not gap.status
    if closing and change.answer and not gap.answer:
        found.append(("answer", "", str(change.answer)))
    if change.target_on and change.target_on != gap.target_on and change.status is not gap.status:
        found.append(("planned by", gap.target_on or "", change.target_on))
    return found


def apply(
    session: Session, gaps: Sequence[Gap], change: WantedChange, by: User, now: datetime, *, seen: dict[str, int]
) -> ChangeOutcome:
    """Change `gaps`, from `triage.locked_all`, whose versions were `seen` on the screen. Commit afterwards."""
    outcome = ChangeOutcome()
    made = undoing.begin(session, by, now)
    for gap in gaps[:MOST]:
        before = undoing.as_it_is(gap)
        try:
            changed = _change(session, gap, change, by, now, seen.get(gap.ref, 0))
        except Stale:
            outcome.left.append((gap.ref, "somebody changed it while you decided"))
            continue
        except Refused as refused:
            outcome.left.append((gap.ref, str(refused)))
            continue
        if changed:
            undoing.keep(session, made, gap, before)
            outcome.changed.append(gap.ref)
        else:
            outcome.left.append((gap.ref, "it was like this already"))
    if outcome.changed:
        outcome.number = made.id
    else:
        session.delete(made)
    return outcome


def _change(session: Session, gap: Gap, change: WantedChange, by: User, now: datetime, version: int) -> bool:
    triage.check(gap, version)
    changed = False
    if change.status is not None and change.status is not gap.status:
        more: dict[str, Any] = {"quiet": change.quiet}
        more["answer"] = change.answer if not change.status.is_open and not gap.answer else None
        more["target_on"] = change.target_on if change.status is Status.IN_PLAN else None
        triage.change_status(session, gap, change.status, change.reason, by, now, version=version, **more)
        changed = True
    wanted = {"theme": change.theme, "workstream": change.workstream, "owner": change.owner}
    told: dict[str, Any] = {name: value for name, value in wanted.items() if value is not None}
    if "owner" in told:
        told["owner"] = told["owner"] or None
    return triage.assign(session, gap, by, now, version=gap.version, **told) or changed
