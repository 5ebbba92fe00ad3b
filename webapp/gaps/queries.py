"""Lists of gaps with their filters, and one gap. Every answer is bounded."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from webapp.english.dates import day_of
from webapp.gaps import orders, owners, search_terms
from webapp.gaps.models import WHOLE_CITY, Gap, GapAudience, GapSupport, id_of
from webapp.gaps.statuses import OPEN, Status
from webapp.gaps.within import Within
from webapp.pii import guard

CITYWIDE = "citywide"  # how an address says `place` for the whole city, as an empty value says nothing
ANY_OPEN = "open"  # how an address says every status that is not closed
ME = "me"  # how an address says `owner` for the reader; `mine=1` says the same
NOBODY = "nobody"  # how an address says `owner` for a gap that nobody looks after
NOT_DECIDED = "none"  # and a theme, workstream … that is not chosen yet
MOST_WORDS = 6
LONGEST_QUERY = 100
MOST_VALUES = 20  # of one filter
MOST_COUNTED = 25_000
AGES = {"30": "Over 30 days", "90": "Over 90 days", "180": "Over 180 days"}
SUPPORTERS = {"2": "2 or more", "5": "5 or more", "10": "10 or more"}
WAITING = {
    "answer": "No answer yet",
    "news": "Nothing new for 60 days",
    "date": "Planned, with no date or a past one",
}
QUIET = timedelta(days=60)  # an open gap that nobody has touched for so long has been forgotten
SORTS = {"newest": "Newest", "people": "Most people", "oldest": "Oldest"}
CODES = ("theme", "audience", "outcome", "workstream", "team")  # filters by a slug, or NOT_DECIDED
CODED = {
    "theme": Gap.theme, "outcome": Gap.outcome, "workstream": Gap.workstream, "team": Gap.reporter_team,
}  # fmt: skip
FILTERS = (
    "status", "place", *CODES, "owner", "age", "supporters", "waiting", "residents", "when", "mine", "follows", "sort",
)  # fmt: skip
RESIDENTS = {"said": "A number is said"}
# A code of content. More than four digits may be somebody's number, and must not go into an address.
SLUG = re.compile(r"(?!(?:\D*\d){5})[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class GapFilters:
    """What a list shows. `from_args` drops what cannot be; a code that no vocabulary has finds nothing."""

    statuses: tuple[Status, ...] = ()
    places: tuple[str, ...] = ()  # slugs, or CITYWIDE
    themes: tuple[str, ...] = ()  # slugs, or NOT_DECIDED, here and in the three below
    audiences: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    workstreams: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()  # of those who reported
    owners: tuple[str, ...] = ()  # ids of people, or NOBODY
    mine: bool = False
    follows: bool = False  # for the page that everybody has: what the reader follows
    age: str = ""  # of AGES
    supporters: str = ""  # of SUPPORTERS
    waiting: str = ""  # of WAITING
    residents: str = ""  # of RESIDENTS
    within: Within | None = None
    q: str = ""
    sort: str = "newest"
    page: int = 1

    @classmethod
    def from_args(cls, args: Any, places: Sequence[str], sort: str = "newest") -> "GapFilters":
        """From an address (a MultiDict). `places` are the slugs there are; `sort` is the usual order.

        A filter may be repeated, or hold several values with commas between them.
        """
        page, wanted = args.get("page", "1"), args.get("sort", "")
        codes = {f"{name}s": tuple(v for v in _values(args, name) if SLUG.fullmatch(v)) for name in CODES}
        return cls(
            statuses=_statuses(_values(args, "status")),
            places=_places(_values(args, "place"), (*places, CITYWIDE)),
            **codes,
            owners=tuple(
                v for v in _values(args, "owner") if v == NOBODY or re.fullmatch(r"[1-9]\d{0,8}", v, re.ASCII)
            ),
            follows=args.get("follows") == "1",
            mine=args.get("mine") == "1" or ME in _values(args, "owner"),
            age=_one_of(args, "age", AGES),
            supporters=_one_of(args, "supporters", SUPPORTERS),
            waiting=_one_of(args, "waiting", WAITING),
            residents=_one_of(args, "residents", RESIDENTS),
            within=Within.read(args.get("when", "")),
            q=" ".join(args.get("q", "").replace("\x00", "").split())[:LONGEST_QUERY],
            sort=wanted if wanted in orders.EVERY else sort,
            page=min(int(page), 10_000) if re.fullmatch(r"[1-9]\d{0,5}", page, re.ASCII) else 1,
        )

    def as_args(self, **changes: Any) -> dict[str, Any]:
        """The same filters as an address says them, with `changes`; the page is left out unless named.

        Words that could say who somebody is are left out: addresses are kept in views, in browsers and in headers.
        """
        args = {
            "q": self._words,
            "status": ANY_OPEN if self.statuses == OPEN else [s.value for s in self.statuses],
            "place": list(self.places),
            **{name: list(getattr(self, f"{name}s")) for name in CODES},
            "owner": list(self.owners),
            "age": self.age,
            "supporters": self.supporters,
            "waiting": self.waiting,
            "residents": self.residents,
            "when": str(self.within) if self.within else "",
            "mine": "1" if self.mine else "",
            "follows": "1" if self.follows else "",
            "sort": self.sort,
            **changes,
        }
        return {name: value for name, value in args.items() if value}

    def unread(self, args: Any) -> list[str]:
        """What an address says that no filter could read, as `status “opne”`: left out, and its reader is told."""
        also = {"status": {ANY_OPEN, *self.statuses}, "owner": {ME}, "mine": {"1"}, "follows": {"1"}}
        read = {name: {value} if isinstance(value, str) else {*value} for name, value in self.as_args().items()}
        lost = [
            (name, value)
            for name in FILTERS
            for value in _values(args, name)
            if value not in read.get(name, set()) | also.get(name, set())
        ]
        return [f"{name} “{value[:40]}”" for name, value in dict.fromkeys(lost) if value]

    @cached_property
    def _words(self) -> str:
        return "" if guard.find(self.q) else self.q

    @property
    def any(self) -> bool:
        """Whether anything is filtered at all."""
        return bool(self.q or set(self.as_args()) - {"sort"})


@dataclass(frozen=True)
class GapPage:
    """One page of a list. `number` counts from 1 and is never past the last; `more` says that `total` is not all."""

    gaps: Sequence[Gap]
    total: int
    number: int
    pages: int
    more: bool = False


def _values(args: Any, name: str) -> list[str]:
    return [value for raw in args.getlist(name)[:MOST_VALUES] for value in raw.split(",")[:MOST_VALUES]]


def _one_of(args: Any, name: str, choices: dict[str, str]) -> str:
    value = args.get(name, "")
    return value if value in choices else ""


def _places(values: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    """The places there are in their order, then any that there are not: a list of those must not become all gaps."""
    gone = [value for value in dict.fromkeys(values) if value not in known and SLUG.fullmatch(value)]
    return (*(place for place in known if place in values), *gone)


def _statuses(values: Sequence[str]) -> tuple[Status, ...]:
    return tuple(s for s in Status if s in values or (s.is_open and ANY_OPEN in values))


def one(session: Session, ref: str) -> Gap | None:
    """The gap called `ref` (GAP-0001), or None."""
    number = id_of(ref)
    return session.get(Gap, number) if number else None


def merge_target(session: Session, gap: Gap) -> Gap:
    """The gap that `gap` is now part of, however often it was merged; itself where it stands on its own."""
    seen = {gap.id}
    while gap.merged_into_id and gap.merged_into_id not in seen:
        seen.add(gap.merged_into_id)
        gap = session.get_one(Gap, gap.merged_into_id)
    return gap


def merged_here(session: Session, gap: Gap) -> Sequence[Gap]:
    """The gaps that were merged into `gap`, the first reported first."""
    return session.scalars(select(Gap).where(Gap.merged_into_id == gap.id).order_by(Gap.id).limit(100)).all()


def wanted(filters: GapFilters, now: datetime, mine: ColumnElement[bool], places: Sequence[str] = ()) -> Select[Gap]:
    """The gaps that `filters` ask for, in their order; `mine` says what "mine" means to the reader.

    `places` are the slugs in the order of their names, for a list that is sorted by place.
    """
    query = select(Gap).where(Gap.merged_into_id.is_(None), *_tests(filters, now))
    if filters.mine:
        query = query.where(mine)
    return query.order_by(*orders.of(filters.sort, places))


def _tests(filters: GapFilters, now: datetime) -> list[ColumnElement[bool]]:
    typed = filters.q.split()[:MOST_WORDS]
    tests = [search_terms.says(word, begins=word is typed[-1]) for word in typed]
    if filters.statuses:
        tests.append(Gap.status.in_(filters.statuses))
    if filters.places:
        tests.append(Gap.place.in_([WHOLE_CITY if p == CITYWIDE else p for p in filters.places]))
    for name in CODES:
        if chosen := getattr(filters, f"{name}s"):
            tests.append(_is_for(chosen) if name == "audience" else _has_code(name, chosen))
    if filters.owners:
        people = Gap.owner_id.in_([int(owner) for owner in filters.owners if owner != NOBODY])
        tests.append(or_(people, ~owners.is_looked_after()) if NOBODY in filters.owners else people)
    if filters.age:
        tests.append(Gap.created_at < now - timedelta(days=int(filters.age)))
    if filters.supporters:
        tests.append(Gap.people >= int(filters.supporters))
    if filters.waiting:
        asked = {"answer": unanswered, "news": lambda: forgotten(now), "date": lambda: undated(day_of(now))}
        tests.append(asked[filters.waiting]())
    if filters.residents:
        tests.append(Gap.residents_low > 0)
    if filters.within:
        tests.append(filters.within.test)
    return tests


def _has_code(name: str, chosen: Sequence[str]) -> ColumnElement[bool]:
    return CODED[name].in_(["" if code == NOT_DECIDED else code for code in chosen])


def _is_for(chosen: Sequence[str]) -> ColumnElement[bool]:
    named = select(GapAudience.gap_id).where(GapAudience.audience.in_(chosen))
    anyone = ~exists().where(GapAudience.gap_id == Gap.id)
    return or_(Gap.id.in_(named), anyone) if NOT_DECIDED in chosen else Gap.id.in_(named)


def unanswered() -> ColumnElement[bool]:
    """Open, and nobody who asked has heard anything."""
    return and_(Gap.status.in_(OPEN), Gap.answered_at.is_(None))


def forgotten(now: datetime) -> ColumnElement[bool]:
    """Open, and no commissioner has done anything for a long time."""
    return and_(Gap.status.in_(OPEN), func.coalesce(Gap.touched_at, Gap.created_at) < now - QUIET)


def undated(today: date) -> ColumnElement[bool]:
    """In the plan, with no date by which it will be there, or one that is past."""
    return and_(Gap.status == Status.IN_PLAN, or_(Gap.target_on.is_(None), Gap.target_on < today))


def asked_by(user_id: int) -> ColumnElement[bool]:
    """Reported or joined by this person, or by way of one that was merged into it."""
    joined = select(GapSupport.gap_id).where(GapSupport.user_id == user_id)
    return or_(Gap.reporter_id == user_id, Gap.id.in_(joined))


def owned_by(user_id: int) -> ColumnElement[bool]:
    """Looked after by this person."""
    return Gap.owner_id == user_id


def page_of(session: Session, query: Select[Gap], number: int, size: int) -> GapPage:
    """Page `number` of `query`, `size` gaps long; the last page where there are fewer. Counts to MOST_COUNTED."""
    some = query.order_by(None).with_only_columns(Gap.id).limit(MOST_COUNTED + 1).subquery()
    total = session.scalar(select(func.count()).select_from(some)) or 0
    more, total = total > MOST_COUNTED, min(total, MOST_COUNTED)
    pages = max(1, -(-total // size))
    number = min(number, pages)
    gaps = session.scalars(query.offset((number - 1) * size).limit(size)).all()
    return GapPage(gaps, total, number, pages, more)
