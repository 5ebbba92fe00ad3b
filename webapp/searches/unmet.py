"""Words that several people searched for and that found nothing, and words that nobody used at all."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.searches.finished import phrase_of
from webapp.searches.models import CountedSearch

FEWEST_PEOPLE = 3  # words that fewer people searched for are shown to nobody
MOST_READ = 50_000  # searches, the latest
ENOUGH = 1000  # counted searches, before it means anything that a word is not among them


@dataclass(frozen=True, slots=True)
class Unfound:
    """Words that found nothing. `people` is how many different ones searched for them, at the least."""

    words: str
    people: int
    searches: int


def unfound(session: Session, since: datetime) -> list[Unfound]:
    """What found nothing since then, for at least three people: those of most people first.

    A person is another hash each month, so people are counted within months and the largest number is taken.
    """
    columns = (CountedSearch.phrase, CountedSearch.words, CountedSearch.at, CountedSearch.person)
    wanted = select(*columns).where(CountedSearch.at >= since, CountedSearch.found == 0, CountedSearch.phrase != "")
    people: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    typed: dict[str, list[str]] = defaultdict(list)
    latest = wanted.order_by(CountedSearch.at.desc(), CountedSearch.id.desc()).limit(MOST_READ)
    for phrase, words, at, person in session.execute(latest):
        people[phrase][f"{at:%Y-%m}"].add(person)
        typed[phrase].append(words)
    found = [
        Unfound(max(set(typed[phrase]), key=lambda w: (typed[phrase].count(w), w)), most, len(typed[phrase]))
        for phrase, months in people.items()
        if (most := max(len(those) for those in months.values())) >= FEWEST_PEOPLE
    ]
    return sorted(found, key=lambda one: (-one.people, -one.searches, one.words))


def never_searched(session: Session, groups: Iterable[Sequence[str]], since: datetime) -> list[Sequence[str]]:
    """Those of `groups` of names of which nobody searched for any; none while too few searches are counted."""
    recent = CountedSearch.at >= since
    if len(session.scalars(select(CountedSearch.id).where(recent).limit(ENOUGH)).all()) < ENOUGH:
        return []
    having: dict[str, set[int]] = defaultdict(set)
    phrases = session.scalars(select(CountedSearch.phrase).where(recent).distinct().limit(MOST_READ))
    for number, phrase in enumerate(phrases):
        for one in phrase.split():
            having[one].add(number)

    def was_searched(name: str) -> bool:
        stems = phrase_of(name).split()
        return bool(stems) and bool(set.intersection(*(having.get(one, set()) for one in stems)))

    return [group for group in groups if not any(was_searched(name) for name in group)]
