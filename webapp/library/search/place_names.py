"""The names of places, known by how they begin where somebody types on, or by most of their letters."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence

from webapp.english import words as english
from webapp.library.search.text import words

LONGEST = 4  # words of a name that is looked for as a whole
BEGUN = 4  # letters that a name of one word is known by, where nothing else begins so
ALIKE = 3  # letters that a misspelt name begins with, as the name does


class PlaceNames:
    """All names of the places of a site."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = sorted({" ".join(words(name)) for name in names})
        self._words = frozenset(word for name in self._names for word in name.split())

    def is_meant(self, word: str, near: str) -> bool:
        """Whether `near` is a word of a name that `word`, which is none and two slips from it at most, stands for."""
        return near in self._words and word[:ALIKE] == near[:ALIKE]

    def going_on(self, typed: Sequence[str], going_on: Callable[[str], Iterable[str]]) -> str | None:
        """The last of the folded words `typed` as it goes on, where that can only be in the name of a place.

        `going_on` gives all words known here that begin with one: `wythens` is Wythenshawe where no other does.
        """
        last = typed[-1]
        for size in range(min(LONGEST, len(typed)), 0, -1):
            whole = self._words_after(" ".join(typed[-size:]), size)
            if not whole:
                continue
            word = whole.pop()
            if whole or word == last or (size == 1 and (len(last) < BEGUN or english.is_word(last))):
                return None
            return word if size > 1 or all(other.startswith(word) for other in going_on(last)) else None
        return None

    def _words_after(self, begun: str, size: int) -> set[str]:
        """What stands in the place of the last of the `size` words of `begun` in names that begin so."""
        first = bisect_left(self._names, begun)
        end = bisect_left(self._names, begun + "\U0010ffff", lo=first)
        return {name.split()[size - 1] for name in self._names[first:end]}
