"""What is asked of the directory, made from an address and made into one again.

Nothing in an address can be wrong enough to refuse: what cannot be read is left out, and a notice says so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from webapp.directory.nearness import Near, locate
from webapp.library.build.pages import FACET_VOCABULARY
from webapp.library.generation.reader import Generation
from webapp.library.search.query import SORTS, Query, Recognised, Results
from webapp.library.search.text import words as words_of
from webapp.library.vocabulary import Vocabulary
from webapp.web.text import number, shortened

PATH = "/directory"
EVERYTHING = f"{PATH}?near="  # from everywhere: the bare address begins from the place of who opens it
PAGE_SIZE = 20
LONGEST_WORDS = 200
LONGEST_NEAR = 60
CUT = "Your search was long, so only its beginning was used."
FARTHEST = 100.0  # miles
LAST_PAGE = 1_000_000
# The facets of the address, in the order in which they are offered.
FACETS = ("activity", "audience", "day", "cost", "access", "referral", "language", "place", "outcome")
GAP_FACETS = ("place", "audience", "outcome", "activity")  # of which the form of a gap has a question each


@dataclass(frozen=True, slots=True)
class Criteria:
    """One search of the directory. `notices` says what of the address was left out, and why."""

    words: str = ""
    near: Near | None = None
    near_typed: str = ""  # as it was typed, for the box
    within: float | None = None
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    open_only: bool = False
    sort: str = "best"
    page: int = 1
    exact: bool = False
    each: bool = False  # a row for each of a series
    on_map: bool = False  # the same list with a map above it
    notices: tuple[str, ...] = ()

    @classmethod
    def from_args(cls, args: MultiDict[str, str], gen: Generation) -> "Criteria":
        """From the parameters of an address (see contract: `q`, `near`, `within`, facets, `open`, `sort`, `page`)."""
        notices: list[str] = []
        words = asked_words(args.get("q", ""), notices)
        near_typed = _tidy(args.get("near", ""))[:LONGEST_NEAR]
        near = locate(near_typed, gen) if near_typed else None
        if near_typed and near is None:
            notices.append(f"We do not know where “{near_typed}” is, so these are from everywhere.")
        return cls(
            words=words,
            near=near,
            near_typed=near_typed,
            within=_miles(args.get("within", ""), notices),
            filters=_filters(args, gen.vocabulary, notices),
            open_only=args.get("open", "") in {"1", "true", "yes", "on"},
            sort=args["sort"] if args.get("sort") in SORTS else "best",
            page=_page(args.get("page", "")),
            exact=args.get("exact") == "1",
            each=args.get("each") == "1",
            on_map=args.get("view") == "map",
            notices=tuple(notices),
        )

    def query(self, today: date, closed: frozenset[str] = frozenset(), in_series: int = 0) -> Query:
        """The same, as the search engine is asked. `closed` are the listings that were marked as closed.

        `in_series`: how many others of a series a row brings along; 0 gives each a row.
        """
        return Query(
            words=self.words,
            kinds=frozenset({"asset"}),
            filters=self.filters,
            near=self.near.point if self.near else None,
            within=self.within,
            open_only=self.open_only,
            closed=closed,
            sort=self.sort,
            page=self.page,
            size=PAGE_SIZE,
            exact=self.exact,
            in_series=0 if self.each else in_series,
            today=today,
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but words is asked for."""
        return bool(self.filters or self.open_only or self.near or self.within)

    def has(self, facet: str, slug: str) -> bool:
        return slug in self.filters.get(facet, ())

    def but(self, **changes: Any) -> "Criteria":
        """These criteria with a change, from the first page on."""
        return replace(self, page=1, **changes)

    def adding(self, facet: str, slug: str) -> "Criteria":
        chosen = self.filters.get(facet, ())
        return self if slug in chosen else self.but(filters={**self.filters, facet: (*chosen, slug)})

    def removing(self, facet: str, slug: str = "") -> "Criteria":
        """Without one choice of a facet, or without the whole facet."""
        left = tuple(s for s in self.filters.get(facet, ()) if slug and s != slug)
        others = {name: slugs for name, slugs in self.filters.items() if name != facet}
        return self.but(filters={**others, facet: left} if left else others)

    def address(self) -> str:
        """Where these criteria are found. Only what is asked for is in it, always in one order."""
        pairs = [("q", self.words), ("near", self.near_typed)]
        if self.within is not None:
            pairs.append(("within", f"{self.within:g}"))
        pairs += [(facet, slug) for facet in FACETS for slug in self.filters.get(facet, ())]
        pairs += [("open", "1" if self.open_only else ""), ("exact", "1" if self.exact else "")]
        pairs += [("each", "1" if self.each else "")]
        pairs += [("sort", self.sort if self.sort != "best" else "")]
        pairs += [("view", "map" if self.on_map else "")]
        pairs += [("page", str(self.page) if self.page > 1 else "")]
        asked = [(name, value) for name, value in pairs if value]
        return f"{PATH}?{urlencode(asked)}" if asked else EVERYTHING

    def gap_address(self, recognised: Sequence[Recognised] = ()) -> str:
        """The form that tells commissioners what is missing, filled in with what was looked for.

        A place that the words named (`recognised`) is filled in where none was chosen.
        """
        if not self.near_typed and "place" not in self.filters:
            named = next((r for r in recognised if r.group in ("place", "near")), None)
            if named and named.group == "place":
                return self.adding("place", named.slug).gap_address()
            if named:
                return replace(self, near_typed=named.slug).gap_address()
        asked = [("q", self.words), ("near", self.near_typed)]
        for facet in dict.fromkeys((*GAP_FACETS, *FACETS)):
            asked += [(facet, slug) for slug in self.filters.get(facet, ())]
        asked += [("within", f"{self.within:g}" if self.within is not None else ""), ("open", "1" * self.open_only)]
        asked = [(name, value) for name, value in asked if value]
        return f"/gaps/new?{urlencode(asked)}" if asked else "/gaps/new"


def asked_words(typed: str, notices: list[str]) -> str:
    """What of `typed` is searched for; `notices` gains a sentence on what is not."""
    words = _tidy(typed)
    if len(words) > LONGEST_WORDS:
        notices.append(CUT)
    if words.strip() and not words_of(words):
        notices.append(f"“{shortened(words.strip())}” has no word to search for, so it was left out.")
        return ""
    return words[:LONGEST_WORDS]


def all_notices(notices: tuple[str, ...], results: Results) -> tuple[str, ...]:
    """`notices`, and that only the beginning of the words was searched for."""
    return (*notices, CUT) if results.cut and CUT not in notices else notices


def _tidy(text: str) -> str:
    """On one line, without what cannot be seen; a space at the end stays, as it says that a word is finished."""
    plain = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(plain.split()) + (" " if plain[-1:] == " " and plain.strip() else "")


def _miles(value: str, notices: list[str]) -> float | None:
    if not value.strip():
        return None
    try:
        miles = float(value)
    except ValueError:
        miles = 0.0
    if not 0 < miles <= FARTHEST:  # refuses what is no number at all, as `nan` is
        notices.append(f"“{shortened(value)}” is not a distance in miles, so it was left out.")
        return None
    return miles


def _filters(args: MultiDict[str, str], vocabulary: Vocabulary, notices: list[str]) -> dict[str, tuple[str, ...]]:
    chosen: dict[str, tuple[str, ...]] = {}
    gone: list[str] = []
    for facet in FACETS:
        if facet not in args:
            continue
        known = vocabulary.terms(FACET_VOCABULARY[facet])
        asked = dict.fromkeys(value for value in args.getlist(facet) if value)
        gone += [value for value in asked if value not in known]
        if kept := tuple(value for value in asked if value in known):
            chosen[facet] = kept
    if len(gone) == 1:
        notices.append(f"There is no filter called “{shortened(gone[0])}” any more, so it was left out.")
    elif gone:
        notices.append(f"{len(gone)} filters do not exist any more, so they were left out.")
    return chosen


def _page(value: str) -> int:
    return min(number(value) or 1, LAST_PAGE)
