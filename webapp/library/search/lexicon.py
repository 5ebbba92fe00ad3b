"""The words of an index as they are written: for half-typed words, and for spelling."""

import math
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from webapp.library.search import ranking
from webapp.library.search.text import stem

_ALIKE = (
    "aeiouy",
    "ckqs",
    "sz",
    "fv",
    "gj",
    "dt",
    "bp",
    "mn",
    "lr",
    "iy",
    "ae",
    "xs",
)  # letters easily heard as another
_SILENT = ("kn", "gn", "wr", "ps")
_VOWELS_AND_TWINS = {(a, b) for group in _ALIKE for a in group for b in group if a != b}
_HEARD_AS = str.maketrans("eiouykqszxvjtpnr", "aaaaacccccfgdbml")  # one letter for all that _ALIKE joins


class Lexicon:
    """Every word of the index with how often it is written, and words that are known to be right besides."""

    def __init__(self, counts: Mapping[str, int], also: Collection[str] = ()) -> None:
        """`also` are words of the thesaurus and the vocabularies, which no page need hold."""
        self._counts = {w: n for w, n in counts.items() if not w.isdigit()}
        self._also = frozenset(also)
        self._written_stems = {stem(w) for w in self._counts}
        self._stems = self._written_stems | {stem(w) for w in self._also}
        self._words = sorted(self._counts)
        self._known = sorted(self._also)
        self._found: dict[str, str | None] = {}
        self._likely: dict[str, list[str]] = {}
        choices = sorted({w for w in (*self._counts, *self._also) if 3 <= len(w) <= ranking.MAX_WORD and w.isalpha()})
        self._choices = choices
        self._lengths = np.array([len(w) for w in choices], np.int8)
        self._letters, self._pairs = _signatures(choices)

    def knows(self, word: str) -> bool:
        """Whether some form of the word is written somewhere, or it is known to be right."""
        return self.has(word) or stem(word) in self._stems

    def has(self, word: str) -> bool:
        """Whether the word itself is written somewhere, or known to be right."""
        return word in self._counts or word in self._also or word.isdigit()

    def writes(self, of: Collection[str]) -> bool:
        """Whether all of these stems are written somewhere in the pages."""
        return all(s in self._written_stems for s in of)

    def times(self, word: str) -> int:
        """How often the word is written in the pages."""
        return self._counts.get(word, 0)

    def beginning(self, prefix: str) -> list[str]:
        """The commonest words that begin with `prefix`, commonest first; none for a single letter."""
        if len(prefix) < 2:
            return []
        start = bisect_left(self._words, prefix)
        end = bisect_left(self._words, prefix + "\U0010ffff", lo=start)
        return sorted(self._words[start:end], key=lambda w: (-self._counts[w], w))[: ranking.MAX_PREFIX_WORDS]

    def known_beginning(self, prefix: str, most: int = 3) -> list[str]:
        """Words of the thesaurus and vocabularies that begin with `prefix`, shortest first, `most` of them."""
        start = bisect_left(self._known, prefix)
        end = bisect_left(self._known, prefix + "\U0010ffff", lo=start)
        return sorted(self._known[start:end], key=lambda w: (len(w), w))[:most]

    def nearest(self, word: str) -> str | None:
        """The word most likely meant by a misspelt one; None where nothing is near.

        One slip in a word of four or five letters, two in a longer one. Letters that sound alike count for half. Of
        words as near, a slip of the hand goes first (`chiar` is chair before it is choir), then the commoner.
        """
        if len(word) < 4 or len(word) > ranking.MAX_WORD or not word.isalpha():
            return None
        if word not in self._found:
            if len(self._found) > ranking.MAX_SLIPS_KEPT:
                self._found.clear()
            self._found[word] = self._nearest(word, 1 if len(word) < 6 else 2)
        return self._found[word]

    def likely(self, word: str) -> list[str]:
        """The words that a misspelt one may be meant for, two slips from it at most, the likeliest first."""
        if len(word) < 4 or len(word) > ranking.MAX_WORD or not word.isalpha():
            return []
        if word not in self._likely:
            if len(self._likely) > ranking.MAX_SLIPS_KEPT:
                self._likely.clear()
            self._likely[word] = [other for _, other in sorted(self._costs(word, 2))[: ranking.MAX_LIKELY]]
        return self._likely[word]

    def _nearest(self, word: str, slips: int) -> str | None:
        cost, best = min(self._costs(word, slips), key=lambda found: found[0], default=(math.inf, None))
        return best if cost < slips + 0.01 else None

    def _costs(self, word: str, slips: int) -> Iterator[tuple[float, str]]:
        for number in self._candidates(word, slips):
            other = self._choices[number]
            cost = distance(word, other, slips)
            if cost > slips:
                continue
            cost += -0.5 if _with_silent_letter(other) == word else 0.0 if other[0] == word[0] else 0.5
            cost -= 0.5 if _of_the_hand(word, other) else 0.0
            cost -= min(0.45, 0.06 * math.log1p(self._counts.get(other, 0) + (3 if other in self._also else 0)))
            yield cost, other

    def split(self, word: str) -> tuple[str, str] | None:
        """The two words that were typed as one: `lunchclub`. Both must be written in the pages; the commonest pair."""
        parts = [(word[:i], word[i:]) for i in range(3, len(word) - 2)]
        known = [(a, b) for a, b in parts if self.times(a) and self.times(b)]
        return max(known, key=lambda p: min(self.times(p[0]), self.times(p[1])), default=None)

    def _candidates(self, word: str, slips: int) -> NDArray[np.intp]:
        """Words that cannot be ruled out by their length, their letters or their pairs of letters."""
        letters, pairs = _signatures([word])
        near = np.abs(self._lengths - len(word)) <= slips
        near &= np.bitwise_count(self._letters ^ letters[0]) <= 2 * slips
        found = np.flatnonzero(near)
        apart = np.bitwise_count(self._pairs[found] ^ pairs[0])
        found = found[apart <= 6 * slips]  # two letters swapped change three pairs in each word
        if len(found) > ranking.MAX_CANDIDATES:
            apart = np.bitwise_count(self._pairs[found] ^ pairs[0])
            found = found[np.argsort(apart, kind="stable")[: ranking.MAX_CANDIDATES]]
        return found


def _with_silent_letter(word: str) -> str:
    """A word as it sounds that begins with a letter which is not heard: `knitting` as `nitting`."""
    return word[1:] if word.startswith(_SILENT) else ""


def is_slip(word: str, other: str) -> bool:
    """Whether `word`, which is no word, is so near to `other` that nothing else was meant.

    Two neighbouring letters swapped, or one doubled or no more so, are a slip of the hand in a word of any length. What
    else may be a slip is one in longer words alone, one in every six letters: a short word that nobody knows here
    (`padel`) is as likely to be new as to be wrong.
    """
    most = len(word) / ranking.LETTERS_A_SLIP
    return _of_the_hand(word, other) or (most >= ranking.SLIP and distance(word, other, most) <= most)


def _of_the_hand(a: str, b: str) -> bool:
    if len(a) == len(b):
        at = next((i for i in range(len(a) - 1) if a[i] != b[i]), None)
        return at is not None and a[at] == b[at + 1] and a[at + 1] == b[at] and a[at + 2 :] == b[at + 2 :]
    short, long = sorted((a, b), key=len)
    return any(long[i] == long[i - 1] and long[:i] + long[i + 1 :] == short for i in range(1, len(long)))


def letters_of(word: str) -> frozenset[str]:
    """The letters of a word, those that are easily heard as another as one of them."""
    return frozenset(word.translate(_HEARD_AS))


def may_be_near(word: str, letters: frozenset[str], other: str, others: frozenset[str], most: float) -> bool:
    """Whether two words can lie within `most` slips of each other, by their lengths and their `letters_of` alone.

    Half a slip makes a word longer or shorter by one letter at most, and a whole one exchanges two letters.
    """
    return abs(len(word) - len(other)) <= 2 * most and len(letters ^ others) <= 2 * most


def distance(a: str, b: str, most: float) -> float:
    """Slips between two words: letters missing, added, wrong or swapped (optimal string alignment).

    A letter for one that sounds alike counts half, and so does a doubled letter. Above `most`, any larger number.
    """
    before: list[float] = []
    last = [float(i) for i in range(len(b) + 1)]
    for i, x in enumerate(a, 1):
        row = [float(i)]
        least = cost = row[0]
        for j, y in enumerate(b, 1):
            # Compared one by one: with `min` it takes half as long again, the most of a misspelt search.
            cost += 0.5 if j > 1 and y == b[j - 2] else 1.0
            swapped = last[j - 1] + (0.0 if x == y else 0.5 if (x, y) in _VOWELS_AND_TWINS else 1.0)
            dropped = last[j] + (0.5 if i > 1 and x == a[i - 2] else 1.0)
            if swapped < cost:
                cost = swapped
            if dropped < cost:
                cost = dropped
            if i > 1 and j > 1 and x == b[j - 2] and y == a[i - 2] and before[j - 2] + 1.0 < cost:
                cost = before[j - 2] + 1.0
            if cost < least:
                least = cost
            row.append(cost)
        if least > most:
            return most + 1
        before, last = last, row
    return last[-1]


def _signatures(words: list[str]) -> tuple[NDArray[np.uint32], NDArray[np.uint64]]:
    """Which letters a word holds, a bit each, and which pairs of letters, hashed to 64 bits."""
    letters = np.zeros(len(words), np.uint32)
    pairs = np.zeros(len(words), np.uint64)
    for number, word in enumerate(words):
        codes = [ord(c) for c in word]
        held = paired = 0
        for code in codes:
            held |= 1 << (code & 31)
        for x, y in pairwise(codes):
            paired |= 1 << ((x * 31 + y) & 63)
        letters[number], pairs[number] = held, paired
    return letters, pairs
