"""Shows a reader which words of a text brought it here: `a <mark>walking</mark> group` for "walks". Floor 2."""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from markupsafe import Markup, escape

from webapp.library.search.text import fold, stem, words

WORD = re.compile(r"([^\W_]+(?:['’][^\W_]+)*)")
BEGINS, ENDS = "\x02", "\x03"  # where a mark does, until the whole text has been made safe at once
ALONE, FIRST = 1, 2
HALF_TYPED = 3  # letters from which a word that begins like a typed one is marked
Phrase = tuple[str, ...]  # its stems


class Marked(dict[str, int]):
    """What a word, as it is written, is marked for: ALONE, by its stem or as it begins, FIRST of a phrase, or nothing.

    Each is looked at once.
    """

    def __init__(self, stems: Iterable[str], beginnings: tuple[str, ...], firsts: Iterable[str]) -> None:
        self._stems, self._beginnings, self._firsts = frozenset(stems), beginnings, frozenset(firsts)

    def __missing__(self, word: str) -> int:
        folded, root = _folded(word)
        is_alone = root in self._stems or folded.startswith(self._beginnings)
        self[word] = ALONE * is_alone | FIRST * (root in self._firsts)
        return self[word]


def highlighter(terms: Iterable[str]) -> Callable[[str], Markup]:
    """A function that highlights `terms` (as they were searched) in a plain text and makes it safe HTML.

    A word is marked where it has the stem of a term or begins with one; a term of several words only as a whole.
    """
    asked = [words(term) for term in terms]
    singles = {phrase[0] for phrase in asked if len(phrase) == 1}
    phrases = [tuple(stem(word) for word in phrase) for phrase in asked if len(phrase) > 1]
    if not singles and not phrases:
        return escape
    stems = {stem(word) for word in singles}
    by_first: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        by_first.setdefault(phrase[0], []).append(phrase)
    beginnings = tuple(word for word in singles if len(word) >= HALF_TYPED)
    marked = Marked(stems, beginnings, by_first)

    def highlight(text: str) -> Markup:
        parts = WORD.split(text)  # every second one is a word
        for_what = [marked[word] for word in parts[1::2]]
        if not any(for_what):
            return escape(text)
        past = 0
        for at, why in enumerate(for_what):
            if not why or at < past:
                continue  # or in the middle of a phrase that is marked
            phrases = by_first[_folded(parts[2 * at + 1])[1]] if why & FIRST else []
            past = at + max(_long(parts, at, phrases), why & ALONE)
            if past > at:
                parts[2 * at + 1] = f"{BEGINS}{parts[2 * at + 1]}"
                parts[2 * past - 1] += ENDS
        safe = str(escape("".join(parts)))
        return Markup(safe.replace(BEGINS, "<mark>").replace(ENDS, "</mark>"))  # nosec B704 # noqa: S704 - our own tags

    return highlight


def _long(parts: list[str], at: int, phrases: list[Phrase]) -> int:
    """How many words the longest of the phrases has that stands at that word; 0 where none does."""
    begin = 2 * at + 1
    here = (p for p in phrases if tuple([_folded(word)[1] for word in parts[begin : begin + 2 * len(p) : 2]]) == p)
    return max(map(len, here), default=0)


@lru_cache(maxsize=20_000)  # listings say the same few thousand words
def _folded(word: str) -> tuple[str, str]:
    """A word as it is compared, and its stem."""
    folded = fold(word)
    return folded, stem(folded)
