"""One page of the directory: what was found, said in words, with everything beside and below it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from markupsafe import Markup

from webapp.directory import series, understood
from webapp.directory.alternatives import OtherSearch, alternatives
from webapp.directory.criteria import PAGE_SIZE, Criteria, all_notices
from webapp.directory.facets import facets, labels_on
from webapp.directory.guidance import GuidancePage, guidance
from webapp.directory.named_times import NamedTimes
from webapp.directory.rows import NOBODY, ListingRows, rows
from webapp.english import dates
from webapp.library.generation.reader import Generation
from webapp.library.search.places import Point
from webapp.library.search.query import Results
from webapp.upkeep.closures import Closures, overlaid
from webapp.web.text import shortened
from webapp.web.things_to_do import things_to_do

DISTANCES = (1.0, 2.0, 3.0, 5.0, 10.0)  # miles
SORT_WORDS = {"best": "Best match", "distance": "Nearest", "verified": "Checked most recently", "name": "A to Z"}

Link = tuple[str, str]  # words and address


@dataclass(frozen=True, slots=True)
class ListingSearch:
    """What the template shows. `found` is the heading; `chips` take one filter away each, `understood` what was named.

    `nearly_at` is the row before which a line says that the rest meets not all of that; `instead` says what is shown in
    place of what nobody offers; `notices` what of it all could not be asked.
    """

    criteria: Criteria
    results: Results
    notices: tuple[str, ...]
    found: str
    rows: ListingRows
    facets: Markup
    chips: list[Link]
    sorts: list[tuple[str, str, bool]]
    offers: list[Link]
    alternatives: list[OtherSearch]
    distances: list[tuple[float, bool]]
    understood: list[Link]
    nearly_at: int | None
    instead: str
    guidance: Sequence[GuidancePage]
    things_to_do: Sequence[Link]

    @property
    def first(self) -> int:
        """The number of the first row in the whole list, from 1."""
        return _first(self.results)

    @property
    def number(self) -> str:
        """`1 group`, `23 groups`."""
        return _number(self.results.total)

    @property
    def gap_href(self) -> str:
        """Where the gap is told, filled in with what was looked for and where."""
        return that_counts(self.criteria, self.results).gap_address(self.results.recognised)

    @property
    def is_elsewhere(self) -> bool:
        """Whether the words name another place than the box beside them, which is set aside then."""
        counts = measured_from(self.criteria, self.results)
        return bool(is_named(self.results) and self.criteria.near and counts and counts[1] != self.criteria.near.point)

    @property
    def on(self) -> int:
        """How many filters are on."""
        return sum(len(slugs) for slugs in self.criteria.filters.values()) + self.criteria.open_only


def listing(
    criteria: Criteria, gen: Generation, now: datetime, closures: Closures, confirmed: Mapping[str, date] = NOBODY
) -> ListingSearch:
    """The page of `criteria` at the moment `now`, with what is marked as closed.

    `confirmed`: path of a listing → the last day that somebody here said that it is right.
    """
    today = dates.day_of(now)
    results = gen.search(criteria.query(today, frozenset(closures), series.MOST))
    hits = overlaid(results.hits, closures)
    if criteria.sort == "best":
        hits = [series.led(hit, now) for hit in hits]
    shown = rows(
        hits,
        gen,
        now,
        confirmed,
        times=NamedTimes.of(criteria, results),
        terms=results.terms,
        each=lambda title: criteria.but(words=" ".join(title.split()), each=True).address(),
        first=_first(results) if criteria.on_map else None,
    )
    return ListingSearch(
        criteria=criteria,
        results=results,
        notices=all_notices(criteria.notices, results),
        found=_found(criteria, results),
        rows=shown,
        facets=facets(criteria, results.facets, gen.vocabulary),
        chips=_chips(criteria, results, gen),
        sorts=_sorts(criteria, results),
        offers=understood.offers(criteria, results),
        alternatives=alternatives(criteria, results.total, gen, today, closures),
        distances=_distances(criteria) if results.near else [],
        understood=understood.chips(criteria, results),
        nearly_at=understood.nearly_at(results),
        instead=understood.instead(results),
        guidance=guidance(criteria.words, gen, today) if criteria.page == 1 else (),
        things_to_do=things_to_do(criteria.words),
    )


def _first(results: Results) -> int:
    return (results.page - 1) * PAGE_SIZE + 1


def _found(criteria: Criteria, results: Results) -> str:
    """`23 groups within 2 miles of M22 for “walking”`."""
    fitting = results.total if results.fitting is None else results.fitting
    nearly = results.total - fitting
    number = _number(fitting)
    words = results.found_for(criteria.words)
    start = measured_from(criteria, results)
    named = start[0] if start else ""
    if is_named(results) and criteria.within is None:
        named = ""  # the words that are quoted say it
    if named and criteria.within is not None:
        number += f" within {_miles(criteria.within)} of {named}"
    elif named:
        number += f", nearest {named} first" if criteria.sort == "distance" else f" near {named}"
    if not results.total:
        words = criteria.words.strip()
        if results.missing and not results.partly:
            return f"Nothing for “{shortened(words)}”"  # here or elsewhere
    if criteria.words and not words:
        number += " that may help"
    elif words:
        number += f" for “{shortened(words)}”"
    if results.closest:
        number = f"Nothing for “{shortened(' '.join(results.missing))}”. {number}"
    return f"{number}, {nearly:,} nearly" if nearly else number


def is_named(results: Results) -> bool:
    """Whether the words name a place: then it counts, and not the one in the box."""
    return any(named.group == "place" for named in results.understood)


def that_counts(criteria: Criteria, results: Results) -> Criteria:
    """`criteria` with the one place that counts."""
    return replace(criteria, near=None, near_typed="") if is_named(results) else criteria


def measured_from(criteria: Criteria, results: Results) -> tuple[str, Point] | None:
    """The place that distances are measured from, by name and point."""
    label = next((named.label for named in results.understood if named.group == "place"), "")
    if label and results.near:
        return label, results.near
    return (criteria.near.name, criteria.near.point) if criteria.near else None


def _number(total: int) -> str:
    return "No groups" if not total else "1 group" if total == 1 else f"{total:,} groups"


def _chips(criteria: Criteria, results: Results, gen: Generation) -> list[Link]:
    chips = []
    if criteria.near and not is_named(results):
        chips.append((f"Near {criteria.near.name}", criteria.but(near=None, near_typed="", within=None).address()))
    if criteria.within is not None and criteria.near:
        chips.append((f"Within {_miles(criteria.within)}", criteria.but(within=None).address()))
    if criteria.open_only:
        chips.append(("Taking people", criteria.but(open_only=False).address()))
    on = labels_on(criteria, gen.vocabulary)
    return chips + [(label, criteria.removing(name, slug).address()) for name, slug, label in on]


def _sorts(criteria: Criteria, results: Results) -> list[tuple[str, str, bool]]:
    """Orders to choose from: value, words, whether it is the one shown. By distance only from somewhere."""
    able = [name for name in SORT_WORDS if name != "distance" or results.near]
    shown = criteria.sort if criteria.sort in able else "best"
    return [(name, SORT_WORDS[name], name == shown) for name in able]


def _miles(within: float) -> str:
    return f"{within:g} {'mile' if within == 1 else 'miles'}"


def _distances(criteria: Criteria) -> list[tuple[float, bool]]:
    own = {criteria.within} if criteria.within is not None else set()
    return [(miles, miles == criteria.within) for miles in sorted({*DISTANCES, *own})]
