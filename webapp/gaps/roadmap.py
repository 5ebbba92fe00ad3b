"""What is being done about gaps and by when, as everyone may read it: tried, planned, there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from webapp.gaps.models import Gap
from webapp.gaps.prototype_models import Prototype, PrototypeGap
from webapp.gaps.statuses import Status

MOST = 100  # of each part
LATELY = timedelta(days=182)


@dataclass(frozen=True)
class RoadmapPart:
    """Gaps that are planned for one quarter, in words: “April to June 2027”; `late` where their day has passed."""

    words: str
    gaps: Sequence[Gap]
    late: bool = False


@dataclass(frozen=True)
class Roadmap:
    """`tried` are prototypes without a decision, with their gaps; `met` what became met lately, the newest first."""

    tried: Sequence[Prototype]
    planned: Sequence[RoadmapPart]
    met: Sequence[Gap]

    def __bool__(self) -> bool:
        return bool(self.tried or self.planned or self.met)

    @property
    def gaps(self) -> list[Gap]:
        """Every gap on it."""
        tried = [link.gap for prototype in self.tried for link in prototype.links]
        return [*tried, *(gap for part in self.planned for gap in part.gaps), *self.met]


def roadmap(session: Session, today: date, now: datetime, *, place: str | None = None) -> Roadmap:
    """The roadmap of all places, or of one (its slug, or empty for the whole city). At most MOST of each part."""
    here = () if place is None else (Gap.place == place,)
    planned = select(Gap).where(Gap.status == Status.IN_PLAN, Gap.merged_into_id.is_(None), *here)
    by_day = planned.order_by(Gap.target_on.is_(None), Gap.target_on, Gap.id).limit(MOST)
    met = select(Gap).where(Gap.status == Status.MET, Gap.merged_into_id.is_(None), Gap.closed_at > now - LATELY, *here)
    return Roadmap(
        _tried(session, place),
        list(_parts(session.scalars(by_day).all(), today)),
        session.scalars(met.order_by(Gap.closed_at.desc(), Gap.id.desc()).limit(MOST)).all(),
    )


def _tried(session: Session, place: str | None) -> Sequence[Prototype]:
    query = select(Prototype).where(Prototype.decision.is_(None)).order_by(Prototype.ends_on, Prototype.id)
    if place is not None:
        query = query.where(Prototype.place == place)
    with_gaps = selectinload(Prototype.links).selectinload(PrototypeGap.gap)
    return session.scalars(query.options(with_gaps).limit(MOST)).all()


def _parts(gaps: Sequence[Gap], today: date) -> list[RoadmapPart]:
    late = [gap for gap in gaps if gap.target_on and gap.target_on < today]
    undated = [gap for gap in gaps if not gap.target_on]
    quarters: dict[str, list[Gap]] = {}
    for gap in gaps:
        if gap.target_on and gap.target_on >= today:
            quarters.setdefault(quarter(gap.target_on), []).append(gap)
    parts = [RoadmapPart("Its day has passed: a commissioner is asked for another", late, late=True)]
    parts += [RoadmapPart(words, those) for words, those in quarters.items()]
    parts.append(RoadmapPart("No day yet", undated))
    return [part for part in parts if part.gaps]


def quarter(day: date) -> str:
    """`April to June 2027`"""
    first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    last = first.replace(month=first.month + 2)
    return f"{first:%B} to {last:%B} {day.year}"
