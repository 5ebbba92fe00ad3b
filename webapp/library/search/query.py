"""A search: what a reader asks for, and the results."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from webapp.library.search.text import words

SORTS = ("best", "distance", "verified", "name")


@dataclass(frozen=True, slots=True)
class Query:
    """One search. `filters` maps a facet to slugs: any of them within a facet, all facets together.

    `near` is (latitude, longitude) in degrees, `within` miles of it. `open_only` leaves out what is known to be full
    or is not running. `exact` searches for the words as typed: no correction of spelling. `titled` leaves only what has
    the subject in its title and all that was typed somewhere; `named` what has all of it somewhere, by some name. With
    `in_series`, one row stands for all of a series, and has so many of the others with it at most; 0 gives each a row
    of its own. `today` is what "verified recently" is counted from.
    """

    words: str = ""
    kinds: frozenset[str] = frozenset()
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    near: tuple[float, float] | None = None
    within: float | None = None
    open_only: bool = False
    closed: frozenset[str] = frozenset()
    sort: str = "best"
    page: int = 1
    size: int = 20
    exact: bool = False
    titled: bool = False
    named: bool = False
    in_series: int = 0
    today: date = field(default_factory=date.today)


@dataclass(frozen=True, slots=True)
class Recognised:
    """A place, audience or other choice named in the words: offered as a filter.

    `group` is a facet, or `near` for a postcode, whose `slug` is then the code itself (`M22`).
    `words` are those of the query that it was recognised by.
    """

    group: str
    slug: str
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Understood:
    """A condition that the words name, and that was applied: what meets it goes first.

    `group` is what it is about: place, day, part (of a day), cost, age, audience, language, access, open. `facets` are
    the choices that meet it, by facet, and `parts` those of a day. `without` is the query without its words.
    """

    group: str
    label: str
    without: str
    facets: tuple[tuple[str, tuple[str, ...]], ...] = ()
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """One result. `miles` is None where no place was asked for or the page has no point.

    `why` names what it was found for besides the typed words: `befriending`. `fits` says that it meets all conditions.
    `others` are those of its series that it stands for, the nearest or best first, and `more` how many are left out.
    """

    row: int
    card: dict[str, Any]
    miles: float | None = None
    why: tuple[str, ...] = ()
    fits: bool = True
    others: tuple["Hit", ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class Results:
    """One page of results, of `total` in all; `pages` are counted by rows.

    `facets` counts each choice of a facet under every other facet's filters. `corrected` is the query as it was
    searched where its spelling was mended; `mended` are the words of it that were typed in another way. `offered` is
    the query with a likelier spelling that was *not* searched. `missing` are the typed words that no page of the kinds
    asked for has, under whatever filter; `partly` says that others of the words are there. `also` are the other names
    searched. `terms` are the words to mark in a text. `cut` says that the query was too long and only its beginning was
    searched. `near` is the point that distances are measured from. `understood` are the conditions that the words name,
    of which the first `fitting` results meet all; `subject` are the words without them. `closest` are the kinds of
    activity that are shown in place of what nobody offers: sport for bowls. `literal` says that some page has a typed
    word, or another name of it; otherwise all were led to.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: dict[str, dict[str, int]]
    page: int
    pages: int
    corrected: str | None = None
    mended: tuple[str, ...] = ()
    offered: str | None = None
    missing: tuple[str, ...] = ()
    partly: bool = False
    also: tuple[str, ...] = ()
    recognised: tuple[Recognised, ...] = ()
    terms: tuple[str, ...] = ()
    cut: bool = False
    near: tuple[float, float] | None = None
    closest: tuple[Recognised, ...] = ()
    literal: bool = True
    understood: tuple[Understood, ...] = ()
    fitting: int | None = None  # None where nothing was named, or where another order than the best was asked for
    subject: str = ""

    def found_for(self, typed: str) -> str:
        """The `typed` words that the results match, as they were searched; empty where they match none."""
        if not self.literal:
            return ""
        text = (self.corrected or typed).strip()
        if not self.missing or not self.total:
            return text
        gone = frozenset(self.missing)
        return " ".join(word for word in text.split() if not gone.issuperset(words(word))) if self.partly else ""
