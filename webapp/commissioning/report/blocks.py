"""The answer table of a report: a block for each open gap, with all that is known of it from every part of the site."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.barriers.models import Barrier
from webapp.commissioning.report.figures import first_of
from webapp.commissioning.report.listings import Offer, Offers
from webapp.commissioning.report.scope import Scope
from webapp.gaps import owners
from webapp.gaps.models import Gap, GapSupport
from webapp.gaps.prototype_models import Prototype, PrototypeGap
from webapp.gaps.statuses import OPEN
from webapp.library.generation.reader import Generation
from webapp.library.vocabulary import Vocabulary
from webapp.searches.beside import PatternLine

MOST_BLOCKS = 300
MOST_LISTINGS = 3  # of a block


@dataclass(frozen=True)
class GapBlock:
    """One open gap. `teams` are in words; `quotes` are what staff allowed to be quoted, and `unquoted` how many said
    something besides. `near` is None where the gap does not say what kind of thing it asks for.
    """

    gap: Gap
    teams: Sequence[str]
    quotes: Sequence[str]
    unquoted: int
    tried: Sequence[Prototype]
    near: Offer | None
    searched: Sequence[PatternLine]
    barriers: Sequence[Barrier]
    owner: str


@dataclass(frozen=True)
class _Asked:
    """What one member of staff said of a gap."""

    team: str
    evidence: str
    may_quote: bool


def of_open(
    session: Session, scope: Scope, gen: Generation, searched: Iterable[PatternLine], offers: Offers
) -> list[GapBlock]:
    """A block for each open gap of the scope whatever its days, those that most staff asked for first."""
    wanted = select(Gap.id).where(Gap.status.in_(OPEN), *scope.standing())
    gaps = first_of(session, wanted.order_by(Gap.people.desc(), Gap.id), MOST_BLOCKS)
    ids = [gap.id for gap in gaps]
    asked, tried, barriers = _asked(session, gaps), _tried(session, ids), _barriers(session, ids)
    found = _by_gap(searched)
    return [
        GapBlock(
            gap=gap,
            teams=_teams(asked[gap.id], gen.vocabulary),
            quotes=[one.evidence for one in asked[gap.id] if one.evidence and one.may_quote],
            unquoted=sum(1 for one in asked[gap.id] if one.evidence and not one.may_quote),
            tried=tried[gap.id],
            near=offers.near(gap, MOST_LISTINGS),
            searched=found.get(gap.ref, ()),
            barriers=barriers[gap.id],
            owner=owners.name_of(gap.owner),
        )
        for gap in gaps
    ]


def _asked(session: Session, gaps: Sequence[Gap]) -> Mapping[int, list[_Asked]]:
    asked: dict[int, list[_Asked]] = {gap.id: [_Asked(gap.reporter_team, gap.evidence, gap.may_quote)] for gap in gaps}
    columns = select(GapSupport.gap_id, GapSupport.team, GapSupport.evidence, GapSupport.may_quote)
    rows = session.execute(columns.where(GapSupport.gap_id.in_(asked)).order_by(GapSupport.created_at))
    for number, team, evidence, may_quote in rows:
        asked[number].append(_Asked(team, evidence, may_quote))
    return asked


def _teams(asked: Sequence[_Asked], words: Vocabulary) -> list[str]:
    """Without a figure beside each: see docs/decisions/residents-in-bands.md."""
    return sorted({words.label("teams", one.team) for one in asked if one.team})


def _tried(session: Session, ids: Sequence[int]) -> Mapping[int, list[Prototype]]:
    tried: dict[int, list[Prototype]] = defaultdict(list)
    query = select(PrototypeGap.gap_id, Prototype).join(Prototype, Prototype.id == PrototypeGap.prototype_id)
    rows = session.execute(query.where(PrototypeGap.gap_id.in_(ids)).order_by(Prototype.starts_on, Prototype.id))
    for number, prototype in rows:
        tried[number].append(prototype)
    return tried


def _barriers(session: Session, ids: Sequence[int]) -> Mapping[int, list[Barrier]]:
    barriers: dict[int, list[Barrier]] = defaultdict(list)
    for barrier in session.scalars(select(Barrier).where(Barrier.gap_id.in_(ids)).order_by(Barrier.id)):
        barriers[barrier.gap_id or 0].append(barrier)
    return barriers


def _by_gap(lines: Iterable[PatternLine]) -> Mapping[str, list[PatternLine]]:
    grouped: dict[str, list[PatternLine]] = defaultdict(list)
    for line in lines:
        for ref in line.gaps:
            grouped[ref].append(line)
    return grouped
