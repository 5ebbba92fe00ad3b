"""Which pages say something else in the index once terms are called otherwise, though no file of theirs changed.

A page is found by the labels of its terms, by known phrases in its text, and in a series by what is no name of a place.
All of that stands in the words that the index holds, so the pages that it can concern are looked up there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from webapp.library.build.index import phrases_of
from webapp.library.build.pages import SPOKEN
from webapp.library.build.series import place_words
from webapp.library.search import thesaurus
from webapp.library.search.text import STOP_WORDS, stem, stems
from webapp.library.vocabulary import Vocabulary


@dataclass(frozen=True)
class Names:
    """What terms are called, and the thesaurus as written."""

    vocabulary: Vocabulary
    thesaurus: bytes

    def same(self, other: "Names") -> bool:
        return self.thesaurus == other.thesaurus and self.vocabulary.as_data() == other.vocabulary.as_data()

    def all(self) -> tuple[str, ...]:
        """Names of several words are found as phrases wherever they stand."""
        terms = (term for file in self.vocabulary.files.values() for term in file.terms)
        called = (name for term in terms for name in (term.label, *term.also))
        return (*thesaurus.parse(self.thesaurus.decode()).phrases(), *called)


@dataclass(frozen=True)
class Renaming:
    """From the names `before` to others, with the same slugs. `groups`: a page it concerns has all stems of one."""

    before: Names
    groups: frozenset[frozenset[str]]


UNTOLD = Renaming(Names(Vocabulary(), b""), frozenset({frozenset()}))  # no words tell which pages it concerns


def renaming_since(meta: Mapping[str, Any], after: Names) -> Renaming | None:
    """What changed since the generation whose meta.json is `meta`; None where nothing did; UNTOLD."""
    before = Names(Vocabulary.from_data(meta["vocabulary"]), meta["thesaurus"].encode())
    return None if before.same(after) else _renaming(before, after)


def _renaming(before: Names, after: Names) -> Renaming:
    groups = {
        frozenset(stems(term.label))
        for name in SPOKEN
        for slug, term in before.vocabulary.terms(name).items()
        if after.vocabulary.terms(name)[slug].label != term.label
    }
    phrases = phrases_of(before.all()) ^ phrases_of(after.all())
    groups |= {frozenset(phrase.split()) for phrase in phrases}
    places = place_words(before.vocabulary) ^ place_words(after.vocabulary)
    groups |= {frozenset({stem(word)} - STOP_WORDS) for word in places}
    return UNTOLD if frozenset() in groups else Renaming(before, frozenset(groups))
