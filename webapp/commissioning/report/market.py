"""The market position chapter: what exists for each group of people and each place, is asked, missing and intended."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from webapp.commissioning.report import cross_tab
from webapp.commissioning.report.figures import Count, Stages
from webapp.commissioning.report.links import GapLinks, coded
from webapp.commissioning.report.listings import Offer, Offers
from webapp.commissioning.report.scope import Scope
from webapp.gaps.statuses import Status
from webapp.library.vocabulary import Vocabulary

INTENDED = (Status.PROTOTYPE, Status.IN_PLAN)


@dataclass(frozen=True)
class MarketLine:
    """One group of people, or one place. `missing` counts open gaps for which nothing is tried or planned yet.

    `hrefs` leads from `asked`, `missing`, `prototype` and `in-plan` to their gaps.
    """

    name: str
    exists: Offer
    asked: Count
    missing: int
    trying: int
    planned: int
    hrefs: Mapping[str, str]

    @property
    def nothing_missing(self) -> str:
        """What is said where no gap is missing an intention: there is none, or each has one."""
        return "Each has something tried or planned" if self.asked.gaps else "Nothing reported"


@dataclass
class _Group:
    whole: Count = field(default_factory=Count)
    by_status: dict[Status, int] = field(default_factory=lambda: defaultdict(int))


@dataclass(frozen=True)
class Market:
    """Both tables of the chapter."""

    by_audience: Sequence[MarketLine]
    by_place: Sequence[MarketLine]


def of(scope: Scope, of_audiences: Stages, of_places: Stages, offers: Offers, words: Vocabulary) -> Market:
    """Of the open gaps by audience and by place, as `figures` counts them.

    Every group and place of the scope is there, those without a gap too: what exists there is part of the position.
    """
    whom, where = _groups(of_audiences), _groups(of_places)
    audiences = [scope.audience] if scope.audience else _every(words.terms("audiences"), whom)
    places = list(scope.places) or _every(words.terms("places"), where)
    return Market(
        by_audience=_most_first(
            _line("audience", slug, whom[slug], scope, offers, words) for slug in audiences if slug or "" in whom
        ),
        by_place=_most_first(_line("place", slug, where[slug], scope, offers, words) for slug in places),
    )


def _every(known: Iterable[str], counted: Mapping[str, _Group]) -> list[str]:
    """All that content names, and what gaps still name though content does not any more, so that it adds up."""
    return list(dict.fromkeys(["", *known, *sorted(counted)]))


def _groups(stages: Stages) -> Mapping[str, _Group]:
    groups: dict[str, _Group] = defaultdict(_Group)
    for (slug, status), count in stages.items():
        groups[slug].whole.add(count)
        groups[slug].by_status[status] += count.gaps
    return groups


def _line(dimension: str, slug: str, group: _Group, scope: Scope, offers: Offers, words: Vocabulary) -> MarketLine:
    links, here = GapLinks(scope), {dimension: coded(dimension, slug)}
    facets = {"place": scope.places, "audience": (scope.audience,) if scope.audience else ()}
    of_status = {status: links.to(**{"status": status.value, **here}) for status in INTENDED}
    nothing_yet = ",".join(s.value for s in Status if s.is_open and s not in INTENDED)
    return MarketLine(
        name=cross_tab.name(dimension, slug, words),
        exists=offers.of({**facets, dimension: (slug,)} if slug else facets),
        asked=group.whole,
        missing=group.whole.gaps - sum(group.by_status[status] for status in INTENDED),
        trying=group.by_status[Status.PROTOTYPE],
        planned=group.by_status[Status.IN_PLAN],
        hrefs={
            "asked": links.open(**here),
            "missing": links.to(**{"status": nothing_yet, **here}),
            **{status.value: href for status, href in of_status.items()},
        },
    )


def _most_first(lines: Any) -> list[MarketLine]:
    return sorted(lines, key=lambda line: (-line.asked.gaps, -line.asked.staff, line.name))
