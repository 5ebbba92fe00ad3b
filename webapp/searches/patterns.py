"""What many people search for, and what of it they do not find. Nothing here can name anybody.

People are counted within a month, because their hash is another one in the next. Over several months the largest of
these numbers is taken: so many different people there were at the least.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.english.dates import local
from webapp.searches.models import CountedSearch

FEW = 2  # results: with these or fewer, a search counts as not answered
FEWEST_PEOPLE = 3  # words that fewer people searched for are shown to nobody
MOST_READ = 100_000  # searches: beyond these only the latest are looked at
SEVERAL = ""  # the place of a pattern that is about no single one


@dataclass(frozen=True, slots=True)
class Search:
    """One counted search. `outcomes` are all it touches: see `outcomes.Touching`."""

    month: str
    person: str
    words: str
    phrase: str
    places: tuple[str, ...]
    outcomes: frozenset[str]
    found: int

    @property
    def is_unmet(self) -> bool:
        return self.found <= FEW


@dataclass(frozen=True, slots=True)
class Pattern:
    """Searches for the same words about one place. `people` is how many there were at the least."""

    phrase: str
    words: str
    place: str
    searches: int
    people: int
    nothing: int  # how many of the searches found nothing at all


def read(session: Session, starts: datetime, ends: datetime, touching: Mapping[str, Iterable[str]]) -> list[Search]:
    """The searches from `starts` to before `ends`, latest first, at most MOST_READ.

    `touching` gives the outcomes of each activity.
    """
    wanted = (
        select(
            CountedSearch.at,
            CountedSearch.person,
            CountedSearch.words,
            CountedSearch.phrase,
            CountedSearch.places,
            CountedSearch.outcomes,
            CountedSearch.activities,
            CountedSearch.found,
        )
        .where(CountedSearch.at >= starts, CountedSearch.at < ends)
        .order_by(CountedSearch.at.desc(), CountedSearch.id.desc())
        .limit(MOST_READ)
    )
    return [
        Search(
            month=f"{at:%Y-%m}",  # in UTC, as the hash has it
            person=person,
            words=words,
            phrase=phrase,
            places=tuple(places),
            outcomes=frozenset(outcomes).union(*(touching.get(activity, ()) for activity in activities)),
            found=found,
        )
        for at, person, words, phrase, places, outcomes, activities, found in session.execute(wanted)
    ]


def people(searches: Iterable[Search]) -> int:
    """How many different people made `searches`, at the least."""
    by_month: dict[str, set[str]] = defaultdict(set)
    for search in searches:
        by_month[search.month].add(search.person)
    return max((len(them) for them in by_month.values()), default=0)


def patterns(searches: Iterable[Search]) -> list[Pattern]:
    """Words that at least three people searched for, those of most people first.

    A place of its own stands beside the words where at least three people searched for them there. What is left of
    the words, in other places or in none, is one more pattern if at least three people searched for that.
    """
    found = [pattern for phrase, those in _by_phrase(searches).items() for pattern in _by_place(phrase, those)]
    return sorted(found, key=_first)


def of_words(searches: Iterable[Search], place: str) -> list[Pattern]:
    """Words that at least three people searched for, all of them taken to be about `place`."""
    by_phrase = _by_phrase(searches)
    found = [_pattern(phrase, place, those) for phrase, those in by_phrase.items() if people(those) >= FEWEST_PEOPLE]
    return sorted(found, key=_first)


def in_cell(searches: Iterable[Search], place: str, outcome: str) -> list[Search]:
    """The searches that named `place` (none, for an empty one) and touch `outcome`."""
    return [search for search in in_place(searches, place) if outcome in search.outcomes]


def in_place(searches: Iterable[Search], place: str) -> list[Search]:
    """The searches that named `place`; those that named none for an empty one."""
    return [search for search in searches if (place in search.places if place else not search.places)]


def by_month(searches: Iterable[Search], since: datetime, until: datetime) -> list[tuple[str, int]]:
    """How many searches each month had (`2026-03`), from the one of `since` to the one of `until`."""
    counted = Counter(search.month for search in searches)
    first, last = local(since), local(until)
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [(month, counted[month]) for month in (f"{n // 12}-{n % 12 + 1:02}" for n in months)]


def _by_phrase(searches: Iterable[Search]) -> dict[str, list[Search]]:
    by_phrase: dict[str, list[Search]] = defaultdict(list)
    for search in searches:
        if search.phrase:
            by_phrase[search.phrase].append(search)
    return by_phrase


def _first(pattern: Pattern) -> tuple[int, int, str, str]:
    return -pattern.people, -pattern.searches, pattern.words, pattern.place


def _by_place(phrase: str, searches: Sequence[Search]) -> list[Pattern]:
    there: dict[str, list[Search]] = defaultdict(list)
    for search in searches:
        for place in search.places:
            there[place].append(search)
    placed = {place: those for place, those in there.items() if people(those) >= FEWEST_PEOPLE}
    left = [search for search in searches if not placed.keys() & set(search.places)]
    groups = [*placed.items(), *([(SEVERAL, left)] if people(left) >= FEWEST_PEOPLE else [])]
    return [_pattern(phrase, place, those) for place, those in groups]


def _pattern(phrase: str, place: str, searches: Sequence[Search]) -> Pattern:
    typed = Counter(search.words.casefold() for search in searches)
    words = min(typed, key=lambda words: (-typed[words], len(words), words))
    return Pattern(
        phrase=phrase,
        words=words,
        place=place,
        searches=len(searches),
        people=people(searches),
        nothing=sum(not search.found for search in searches),
    )
