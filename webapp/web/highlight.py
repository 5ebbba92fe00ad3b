"""Shows a reader which words of a text brought it here: `a <mark>walking</mark> group` for "walks". Floor 2."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from markupsafe import Markup, escape

from webapp.library.search.text import fold, stem, words

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
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
        # Most texts of a page have none of the words, and few a phrase, so that is found out first.
        for_what = max(map(marked.__getitem__, WORD.findall(text)), default=0)
        if for_what == 0:
            return escape(text)
        if for_what >= FIRST:
            return _with_marks(text, _spans(text, marked, by_first))
        return _with_marks(text, (word.span() for word in WORD.finditer(text) if marked[word[0]]))

    return highlight


def _spans(text: str, marked: Marked, by_first: dict[str, list[Phrase]]) -> Iterator[tuple[int, int]]:
    """Where each word or phrase that is marked begins and ends."""
    found = [(word.start(), word.end(), word[0]) for word in WORD.finditer(text)]
    roots = [_folded(word)[1] for _, _, word in found]
    past = 0
    for at, (start, end, word) in enumerate(found):
        if at < past:
            continue  # in the middle of a phrase that is marked
        long = [len(p) for p in by_first.get(roots[at], ()) if tuple(roots[at : at + len(p)]) == p]
        past = at + max(long, default=0)
        if past > at:
            yield start, found[past - 1][1]
        elif marked[word] & ALONE:
            yield start, end


def _with_marks(text: str, spans: Iterable[tuple[int, int]]) -> Markup:
    done: list[str] = []
    copied = 0
    for start, end in spans:
        done += (text[copied:start], BEGINS, text[start:end], ENDS)
        copied = end
    safe = str(escape("".join([*done, text[copied:]])))
    return Markup(safe.replace(BEGINS, "<mark>").replace(ENDS, "</mark>"))  # nosec B704 # noqa: S704 - the tags are ours


@lru_cache(maxsize=20_000)  # listings say the same few thousand words
def _folded(word: str) -> tuple[str, str]:
    """A word as it is compared, and its stem."""
    folded = fold(word)
    return folded, stem(folded)
