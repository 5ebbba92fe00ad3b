"""What somebody looks after, and who takes it when they leave. Features say what there is; `accounts` asks.

handover.add(Work("gaps", "open gap", "open gaps", "/commissioning/gaps?mine=1", held, takers, give))
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from webapp.people import audit

LEFT = "Owner has left"  # what stands where the name of an owner would, until somebody takes it


@dataclass(frozen=True)
class Work:
    """One kind of thing that has an owner. `path` is where its owner finds it.

    `held(session, user_id)` is how many of them somebody has, `takers(session)` who may have them: (id, name), by
    name. `give(session, from_id, to_id, by, now)` hands over all of them and says how many; `by` is None on the
    command line. The caller commits.
    """

    key: str
    one: str
    many: str
    path: str
    held: Callable[[Session, int], int]
    takers: Callable[[Session], list[tuple[int, str]]]
    give: Callable[[Session, int, int, int | None, datetime], int]

    def counted(self, count: int) -> str:
        """`1 open gap`, `3 open gaps`."""
        return f"{count} {self.one if count == 1 else self.many}"


WORK: dict[str, Work] = {}


def add(work: Work) -> Work:
    """Let `work` be handed over when somebody leaves."""
    WORK[work.key] = work
    return work


def held_by(session: Session, user_id: int) -> dict[str, int]:
    """How much of each kind somebody looks after; kinds of which they have none are left out."""
    counts = {key: work.held(session, user_id) for key, work in WORK.items()}
    return {key: count for key, count in counts.items() if count}


def in_words(held: dict[str, int]) -> str:
    """`3 open gaps and 1 open barrier`."""
    return " and ".join(WORK[key].counted(count) for key, count in held.items())


def give(
    session: Session, rows: Sequence[Any], kind: str, field: str, to_id: int, by: int | None, now: datetime
) -> int:
    """Make somebody the owner of `rows`, which are held; the trail of each says so under `field`. How many."""
    for row in rows:
        before = {field: row.owner_id}
        row.owner_id = to_id
        row.version += 1
        session.flush()
        subject = (kind, row.ref)
        audit.append(
            session, now=now, actor=by, action=f"{kind}.assigned", subject=subject, before=before, after={field: to_id}
        )
    return len(rows)
