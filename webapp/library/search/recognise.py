"""Places, audiences and other choices that are named in the words: offered as filters, never applied unasked."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from webapp.library.search.query import Recognised
from webapp.library.search.text import STOP_WORDS, stem, words

MOST = 6
# Words in the labels of many choices, which single out none of them.
_EMPTY = frozenset(
    stem(w) for w in words("people person living with loss needs or and their adults groups support other")
)


class NamedTerm(Protocol):
    """One choice of a vocabulary."""

    @property
    def slug(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def also(self) -> Sequence[str]: ...


class Recogniser:
    """Finds the names of choices in words."""

    def __init__(self, groups: Mapping[str, Iterable[NamedTerm]]) -> None:
        """`groups` maps a facet to its terms, in the order in which they are to be offered."""
        self._by_first: dict[str, list[tuple[frozenset[str], Recognised]]] = {}
        self.words: set[str] = set()
        for group, terms in groups.items():
            for term in terms:
                for name in (term.label, *term.also):
                    self.words.update(words(name))
                    stems = _significant(words(name))
                    for s in stems:
                        self._by_first.setdefault(s, []).append((stems, Recognised(group, term.slug, term.label, name)))

    def find(self, typed: Sequence[str]) -> tuple[Recognised, ...]:
        """Choices of which a whole name is among the folded words `typed`; those named by more words first."""
        by_stem: dict[str, str] = {}
        for word in typed:
            by_stem.setdefault(stem(word), word)
        best: dict[tuple[str, str], tuple[int, Recognised]] = {}
        for s in by_stem:
            for stems, named in self._by_first.get(s, ()):
                if stems <= by_stem.keys():
                    key = (named.group, named.slug)
                    if key not in best or best[key][0] < len(stems):
                        at = " ".join(by_stem[t] for t in by_stem if t in stems)
                        best[key] = (len(stems), Recognised(named.group, named.slug, named.label, at))
        ordered = sorted(best.values(), key=lambda found: -found[0])
        return tuple(named for _, named in ordered[:MOST])


def _significant(name: Sequence[str]) -> frozenset[str]:
    every = frozenset(stem(w) for w in name if w not in STOP_WORDS)
    return (every - _EMPTY) or every
