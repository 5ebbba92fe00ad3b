"""What a community passed on, and what became of it: barriers and gaps in one list, the last news first."""

import textwrap
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from webapp.barriers import queries as barrier_queries
from webapp.barriers.models import Barrier
from webapp.gaps import queries as gap_queries
from webapp.gaps.models import Gap

Row = TypeVar("Row", Gap, Barrier)
Moments = InstrumentedAttribute[datetime] | InstrumentedAttribute[datetime | None]
MOST = 8
SHORT = 200  # characters of an answer


@dataclass(frozen=True, slots=True)
class CommunityItem:
    """One line. `status` and `colour` are those of its tag; `at` is when there was last news of it."""

    ref: str
    title: str
    href: str
    status: str
    colour: str
    answer: str
    people: int
    at: datetime
    is_open: bool


def by_team(session: Session, team: str, most: int = MOST) -> list[CommunityItem]:
    """What people of `team` raised. A barrier that is in the gap log stands there once."""
    lines = [*_gaps(session, team, most), *_barriers(session, team, most)]
    return sorted(lines, key=lambda line: line.at, reverse=True)[:most]


def _gaps(session: Session, team: str, most: int) -> list[CommunityItem]:
    theirs = select(Gap).where(Gap.reporter_team == team)
    found: dict[int, CommunityItem] = {}
    for reported in _latest(session, theirs, Gap.created_at, Gap.touched_at, most):
        gap = gap_queries.merge_target(session, reported)
        at = max(filter(None, (gap.touched_at, reported.created_at)))
        status = gap.status
        found.setdefault(
            gap.id,
            CommunityItem(
                gap.ref,
                gap.title,
                f"/gaps/{gap.ref}",
                status.label,
                status.colour,
                _short(gap.answer),
                gap.people,
                at,
                status.is_open,
            ),
        )
    return list(found.values())


def _barriers(session: Session, team: str, most: int) -> list[CommunityItem]:
    theirs = select(Barrier).where(Barrier.team == team, Barrier.gap_id.is_(None))
    barriers = _latest(session, theirs, Barrier.created_at, Barrier.touched_at, most)
    stands = barrier_queries.stands(session, barriers)
    return [
        CommunityItem(
            barrier.ref,
            barrier.title,
            f"/barriers/{barrier.ref}",
            (stand := stands[barrier.id]).status.label,
            stand.status.colour,
            _short(stand.answer),
            stand.people,
            barrier.touched_at or barrier.created_at,
            stand.status.is_open,
        )
        for barrier in barriers
    ]


def _latest(session: Session, theirs: Select[Row], created: Moments, touched: Moments, most: int) -> list[Row]:
    """Those with the last news: what was raised last, and what was last worked on. Each is read from an index."""
    newest = theirs.order_by(created.desc()).limit(most)
    worked_on = theirs.where(touched.is_not(None)).order_by(touched.desc()).limit(most)
    return list(dict.fromkeys(row for query in (newest, worked_on) for row in session.scalars(query)))


def _short(answer: str) -> str:
    return textwrap.shorten(answer, SHORT, placeholder="…")
