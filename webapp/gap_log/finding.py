"""Reading the gap log: lists with their filters, similar gaps, one gap's timeline. Every answer is bounded."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from webapp.gap_log.models import WHOLE_CITY, Gap, GapEvent, GapSupport, id_of
from webapp.gap_log.statuses import OPEN, Status

CITYWIDE = "citywide"  # how an address says `place` for the whole city, as an empty value says nothing
ANY_OPEN = "open"  # how an address says every status that is not closed
MOST_WORDS = 6
LONGEST_QUERY = 100
AGES = {"30": "Over 30 days", "90": "Over 90 days", "180": "Over 180 days"}
SORTS = {"newest": "Newest", "people": "Most people", "oldest": "Oldest"}
# Words in nearly every report: they say nothing of what is missing.
COMMON = frozenset(
    re.findall(
        r"\w+",
        """a an and any are as at be but by can could do for from get group groups has have here in into is it local
        need needed needs near no not of on or our out people person service so some somewhere someone somebody
        something support that the their them there they this to up want wants was we who with would you""",
    )
)


@dataclass(frozen=True)
class Filters:
    """What a list shows. Values are checked: `from_args` drops what does not exist."""

    statuses: tuple[Status, ...] = ()
    places: tuple[str, ...] = ()  # slugs, or CITYWIDE
    mine: bool = False
    age: str = ""  # of AGES
    q: str = ""
    sort: str = "newest"
    page: int = 1

    @classmethod
    def from_args(cls, args: Any, places: Sequence[str], sort: str = "newest") -> "Filters":
        """From an address (a MultiDict). `places` are the slugs there are; `sort` is the usual order."""
        wanted = args.get("sort", "")
        page = args.get("page", "1")
        return cls(
            statuses=_statuses(args.getlist("status")),
            places=tuple(p for p in (*places, CITYWIDE) if p in args.getlist("place")),
            mine=args.get("mine") == "1",
            age=args.get("age", "") if args.get("age") in AGES else "",
            q=" ".join(args.get("q", "").replace("\x00", "").split())[:LONGEST_QUERY],
            sort=wanted if wanted in SORTS else sort,
            page=min(int(page), 10_000) if re.fullmatch(r"[1-9]\d{0,5}", page, re.ASCII) else 1,
        )

    def as_args(self, **changes: Any) -> dict[str, Any]:
        """The same filters as an address says them, with `changes`; the page is left out unless named."""
        args = {
            "q": self.q,
            "status": ANY_OPEN if self.statuses == OPEN else [s.value for s in self.statuses],
            "place": list(self.places),
            "age": self.age,
            "mine": "1" if self.mine else "",
            "sort": self.sort,
            **changes,
        }
        return {name: value for name, value in args.items() if value}

    @property
    def any(self) -> bool:
        return bool(self.statuses or self.places or self.mine or self.age or self.q)


@dataclass(frozen=True)
class Page:
    """One page of a list. `number` counts from 1 and is never past the last."""

    gaps: Sequence[Gap]
    total: int
    number: int
    pages: int


@dataclass(frozen=True)
class Step:
    """One step of a timeline. `joined` is how many people joined, and `at` is then when the last of them did."""

    kind: str
    at: datetime
    team: str = ""
    status: Status | None = None
    text: str = ""
    joined: int = 0
    evidence: tuple[str, ...] = field(default=())


def _statuses(values: Sequence[str]) -> tuple[Status, ...]:
    return tuple(s for s in Status if s in values or (s.is_open and ANY_OPEN in values))


def one(session: Session, ref: str) -> Gap | None:
    """The gap called `ref` (GAP-0001), or None."""
    number = id_of(ref)
    return session.get(Gap, number) if number else None


def wanted(filters: Filters, now: datetime, mine: ColumnElement[bool]) -> Select[Gap]:
    """The gaps that `filters` ask for, in their order; `mine` says what "mine" means to the reader."""
    query = select(Gap)
    if filters.statuses:
        query = query.where(Gap.status.in_(filters.statuses))
    if filters.places:
        query = query.where(Gap.place.in_([WHOLE_CITY if p == CITYWIDE else p for p in filters.places]))
    if filters.mine:
        query = query.where(mine)
    if filters.age:
        query = query.where(Gap.created_at < now - timedelta(days=int(filters.age)))
    for word in filters.q.split()[:MOST_WORDS]:
        query = query.where(_says(word))
    return query.order_by(*ORDERS[filters.sort])


ORDERS: dict[str, tuple[ColumnElement[Any], ...]] = {
    "newest": (Gap.created_at.desc(), Gap.id.desc()),
    "oldest": (Gap.created_at.asc(), Gap.id.asc()),
    "people": (Gap.people.desc(), Gap.id.desc()),
}


def asked_by(user_id: int) -> ColumnElement[bool]:
    """Reported or joined by this person."""
    joined = select(GapSupport.gap_id).where(GapSupport.user_id == user_id)
    return or_(Gap.reporter_id == user_id, Gap.id.in_(joined))


def owned_by(user_id: int) -> ColumnElement[bool]:
    """Looked after by this person."""
    return Gap.owner_id == user_id


def page_of(session: Session, query: Select[Gap], number: int, size: int) -> Page:
    """Page `number` of `query`, `size` gaps long; the last page where there are fewer."""
    total = session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    pages = max(1, -(-total // size))
    number = min(number, pages)
    return Page(session.scalars(query.offset((number - 1) * size).limit(size)).all(), total, number, pages)


def similar(session: Session, said: str, place: str = WHOLE_CITY, *, limit: int = 5) -> list[Gap]:
    """Open gaps that share words with `said`, nearest first; the same place counts as much as one word.

    Looks at no more than 300 gaps. A single short word in common is not enough when more were said.
    """
    stems = _stems(said)
    if not stems:
        return []
    share = or_(*(_says(stem) for stem in stems))
    query = select(Gap).where(Gap.status.in_(OPEN), share).order_by(Gap.people.desc(), Gap.id.desc()).limit(300)
    scored = [(_shared(gap, stems), gap.place == place, gap) for gap in session.scalars(query)]
    enough = 1 if len(stems) < 3 else 2
    near = [(shared + same, gap) for shared, same, gap in scored if shared + (same and shared > 0) >= enough]
    return [gap for _, gap in sorted(near, key=lambda pair: (-pair[0], -pair[1].people))[:limit]]


def timeline(session: Session, gap: Gap) -> list[Step]:
    """Everything that happened to `gap` and that everyone may see, oldest first; nobody is named.

    People who joined between two steps are one step.
    """
    events = session.scalars(select(GapEvent).where(GapEvent.gap_id == gap.id).order_by(GapEvent.at, GapEvent.id))
    joins = session.execute(
        select(GapSupport.created_at, GapSupport.evidence)
        .where(GapSupport.gap_id == gap.id)
        .order_by(GapSupport.created_at)
    )
    steps = [Step(e.kind, e.at, e.team, e.status, e.text) for e in events]
    steps += [Step("joined", at, joined=1, evidence=(said,) if said else ()) for at, said in joins]
    together: list[Step] = []
    for step in sorted(steps, key=lambda s: s.at):
        last = together[-1] if together else None
        if last and step.kind == last.kind == "joined":
            said = last.evidence + step.evidence
            together[-1] = Step("joined", step.at, joined=last.joined + 1, evidence=said)
        else:
            together.append(step)
    return together


def _says(word: str) -> ColumnElement[bool]:
    columns = [Gap.needed.icontains(word, autoescape=True), Gap.words.icontains(word, autoescape=True)]
    number = id_of(word.upper())
    return or_(*columns, Gap.id == number) if number else or_(*columns)


def _stems(said: str) -> list[str]:
    """The telling words of `said`, eight at most, without the endings that hide that two are one."""
    words = re.findall(r"[^\W\d_]{3,}", said[:500].lower())
    stems = [re.sub(r"(?<=\w{4})(ing|ers|er|es|ed|s)$", "", word) for word in words if word not in COMMON]
    return list(dict.fromkeys(stems))[:8]


def _shared(gap: Gap, stems: Sequence[str]) -> int:
    said = f"{gap.needed} {gap.words}".lower()
    return sum(stem in said for stem in stems)
