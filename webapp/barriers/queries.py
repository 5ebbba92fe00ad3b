"""Lists of barriers with their filters, one barrier, and where each stands. Every answer is bounded."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from webapp.barriers.models import Barrier, BarrierSupport, id_of
from webapp.barriers.statuses import OPEN, Status
from webapp.gaps import queries as gap_queries
from webapp.gaps.models import WHOLE_CITY, Gap
from webapp.gaps.queries import CITYWIDE, SLUG
from webapp.gaps.statuses import Status as GapStatus
from webapp.pii import guard

ANY_OPEN = "open"  # how an address says every status that is not closed
LONGEST_QUERY = 100
MOST_WORDS = 6
MOST_VALUES = 20  # of one filter
MOST_COUNTED = 25_000
SORTS = {"newest": "Newest", "people": "Most people", "oldest": "Oldest"}
CODES = ("kind", "workstream", "theme")  # filters that are columns of the same name

# What the gap log says, in the words of barriers.
OF_GAP = {
    GapStatus.NEW: Status.NEW,
    GapStatus.UNDER_REVIEW: Status.LOOKING,
    GapStatus.PROTOTYPE: Status.ACTING,
    GapStatus.IN_PLAN: Status.ACTING,
    GapStatus.MET: Status.ANSWERED,
    GapStatus.NOT_NOW: Status.CANNOT,
}


@dataclass(frozen=True)
class BarrierFilters:
    """What a list shows. `from_args` drops what cannot be; a code that no vocabulary has finds nothing."""

    statuses: tuple[Status, ...] = ()
    kinds: tuple[str, ...] = ()
    workstreams: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    places: tuple[str, ...] = ()  # slugs, or CITYWIDE
    mine: bool = False
    q: str = ""
    sort: str = "newest"
    page: int = 1

    @classmethod
    def from_args(cls, args: Any) -> "BarrierFilters":
        """From an address (a MultiDict). A filter may be repeated, or hold several values with commas between them."""
        page, sort = args.get("page", "1"), args.get("sort", "")
        codes = {f"{name}s": tuple(v for v in _values(args, name) if SLUG.fullmatch(v)) for name in CODES}
        statuses = _values(args, "status")
        return cls(
            statuses=tuple(s for s in Status if s in statuses or (s.is_open and ANY_OPEN in statuses)),
            **codes,
            places=tuple(v for v in _values(args, "place") if SLUG.fullmatch(v)),
            mine=args.get("mine") == "1",
            q=" ".join(args.get("q", "").replace("\x00", "").split())[:LONGEST_QUERY],
            sort=sort if sort in SORTS else "newest",
            page=min(int(page), 10_000) if re.fullmatch(r"[1-9]\d{0,5}", page, re.ASCII) else 1,
        )

    def as_args(self, **changes: Any) -> dict[str, Any]:
        """The same filters as an address says them, with `changes`; the page is left out unless named.

        Words that could say who somebody is are left out: addresses are kept in browsers and in headers.
        """
        args = {
            "q": "" if guard.find(self.q) else self.q,
            "status": ANY_OPEN if self.statuses == OPEN else [s.value for s in self.statuses],
            **{name: list(getattr(self, f"{name}s")) for name in CODES},
            "place": list(self.places),
            "mine": "1" if self.mine else "",
            "sort": self.sort,
            **changes,
        }
        return {name: value for name, value in args.items() if value}

    @property
    def any(self) -> bool:
        """Whether anything is filtered at all."""
        return bool(self.q or set(self.as_args()) - {"sort"})


@dataclass(frozen=True)
class BarrierPage:
    """One page of a list. `number` counts from 1 and is never past the last; `more` says that `total` is not all."""

    barriers: Sequence[Barrier]
    total: int
    number: int
    pages: int
    more: bool = False


@dataclass(frozen=True)
class Stand:
    """Where a barrier stands: its own status and answer, or those of the gap that it is (`gap`, merged or not)."""

    status: Status
    reason: str
    answer: str
    answered_at: datetime | None
    answer_changed_at: datetime | None
    people: int
    gap: Gap | None = None


def one(session: Session, ref: str) -> Barrier | None:
    """The barrier called `ref` (BAR-0001), or None."""
    number = id_of(ref)
    return session.get(Barrier, number) if number else None


def stands(session: Session, barriers: Iterable[Barrier]) -> dict[int, Stand]:
    """Where each of `barriers` stands, by its id."""
    every = list(barriers)
    wanted = {barrier.gap_id for barrier in every if barrier.gap_id}
    gaps = {gap.id: gap for gap in session.scalars(select(Gap).where(Gap.id.in_(wanted)))} if wanted else {}
    found = {}
    for barrier in every:
        gap = gaps.get(barrier.gap_id or 0)
        found[barrier.id] = _of_gap(gap_queries.merge_target(session, gap)) if gap else _own(barrier)
    return found


def _of_gap(gap: Gap) -> Stand:
    status = OF_GAP[gap.status]
    details = (gap.status_reason, gap.answer, gap.answered_at, gap.answer_changed_at)
    return Stand(status, *details, gap.people, gap)


def _own(barrier: Barrier) -> Stand:
    details = (barrier.status_reason, barrier.answer, barrier.answered_at, barrier.answer_changed_at)
    return Stand(barrier.status, *details, barrier.people)


def states() -> Subquery:
    """Of every barrier `id`, `status`, `answered_at` and `closed_at`, as `stands` says them: to join and to count by.

    A gap that was merged counts as the one that it is part of, however often that was merged itself.
    """
    root = aliased(Gap)
    way = (
        select(Gap.id.label("start"), Gap.id.label("at"), Gap.merged_into_id.label("into"))
        .join(Barrier, Barrier.gap_id == Gap.id)
        .distinct()
        .cte("way", recursive=True)
    )
    onward = select(way.c.start, root.id, root.merged_into_id).join(root, root.id == way.c["into"])
    way = way.union(onward)
    main = aliased(Gap)
    ends = select(way.c.start, way.c.at).where(way.c["into"].is_(None)).subquery("ends")
    shown = case(*((main.status == of_gap, status.value) for of_gap, status in OF_GAP.items()), else_=Barrier.status)
    return (
        select(
            Barrier.id,
            shown.label("status"),
            case((main.id.is_not(None), main.answered_at), else_=Barrier.answered_at).label("answered_at"),
            case((main.id.is_not(None), main.closed_at), else_=Barrier.closed_at).label("closed_at"),
        )
        .outerjoin(ends, ends.c.start == Barrier.gap_id)
        .outerjoin(main, main.id == ends.c.at)
        .subquery("states")
    )


def wanted(filters: BarrierFilters, user_id: int) -> Select[Barrier]:
    """The barriers that `filters` ask for, in their order; `user_id` is who "mine" means."""
    query = select(Barrier).where(*_tests(filters))
    if filters.statuses:
        state = states()
        query = query.join(state, state.c.id == Barrier.id).where(state.c.status.in_(filters.statuses))
    if filters.mine:
        query = query.where(raised_by(user_id))
    return query.order_by(*ORDERS[filters.sort])


def _tests(filters: BarrierFilters) -> list[ColumnElement[bool]]:
    tests: list[ColumnElement[bool]] = []
    for word in filters.q.split()[:MOST_WORDS]:
        number = id_of(word.upper())
        tests.append(Barrier.id == number if number else Barrier.text.icontains(word, autoescape=True))
    for name in CODES:
        if chosen := getattr(filters, f"{name}s"):
            tests.append(getattr(Barrier, name).in_(chosen))
    if filters.places:
        tests.append(Barrier.place.in_([WHOLE_CITY if place == CITYWIDE else place for place in filters.places]))
    return tests


ORDERS: dict[str, tuple[ColumnElement[Any], ...]] = {
    "newest": (Barrier.created_at.desc(), Barrier.id.desc()),
    "oldest": (Barrier.created_at.asc(), Barrier.id.asc()),
    "people": (Barrier.people.desc(), Barrier.id.desc()),
}


def raised_by(user_id: int) -> ColumnElement[bool]:
    """Raised or shared by this person."""
    shared = select(BarrierSupport.barrier_id).where(BarrierSupport.user_id == user_id)
    return or_(Barrier.reporter_id == user_id, Barrier.id.in_(shared))


def page_of(session: Session, query: Select[Barrier], number: int, size: int) -> BarrierPage:
    """Page `number` of `query`, `size` long; the last page where there are fewer. Counts to MOST_COUNTED."""
    some = query.order_by(None).with_only_columns(Barrier.id).limit(MOST_COUNTED + 1).subquery()
    total = session.scalar(select(func.count()).select_from(some)) or 0
    more, total = total > MOST_COUNTED, min(total, MOST_COUNTED)
    pages = max(1, -(-total // size))
    number = min(number, pages)
    barriers = session.scalars(query.offset((number - 1) * size).limit(size)).all()
    return BarrierPage(barriers, total, number, pages, more)


def of_team(session: Session, team: str, *, since: datetime, limit: int = 50) -> Sequence[Barrier]:
    """What people of `team` raised since then, the newest first."""
    theirs = select(Barrier).where(Barrier.team == team, Barrier.created_at >= since)
    return session.scalars(theirs.order_by(Barrier.created_at.desc(), Barrier.id.desc()).limit(limit)).all()


def proposed_spotlights(session: Session, limit: int = 50) -> Sequence[Barrier]:
    """Barriers of which a lead proposed a spotlight (`spotlight` is its slug), the newest proposal first."""
    proposed = select(Barrier).where(Barrier.spotlight != "").order_by(Barrier.touched_at.desc(), Barrier.id.desc())
    return session.scalars(proposed.limit(limit)).all()


def waiting_by_workstream(session: Session, workstreams: Iterable[str]) -> Mapping[str, int]:
    """How many new barriers each of `workstreams` has for its lead to answer: those in the gap log are not theirs."""
    new = (Barrier.workstream.in_(list(workstreams)), Barrier.status == Status.NEW, Barrier.gap_id.is_(None))
    counted = select(Barrier.workstream, func.count()).where(*new).group_by(Barrier.workstream)
    return dict(session.execute(counted).all())


def _values(args: Any, name: str) -> list[str]:
    return [value for raw in args.getlist(name)[:MOST_VALUES] for value in raw.split(",")[:MOST_VALUES]]
