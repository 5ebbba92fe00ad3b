"""Shows a reader which words of a text brought it here: `a <mark>walking</mark> group` for "walks". Floor 2."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from markupsafe import Markup, escape

from webapp.library.search.text import fold, stem, words

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
BEGINS, ENDS = "\x02", "\x03"  # where a mark does, until the whole text has been made safe at once
HALF_TYPED = 3  # letters from which a word that begins like a typed one is marked
Phrase = tuple[str, ...]  # its stems


class Marked(dict[str, bool]):
    """Whether a word, as it is written, may be marked: by its stem, or as it begins. Each is looked at once."""

    def __init__(self, stems: Iterable[str], beginnings: tuple[str, ...]) -> None:
        self._stems, self._beginnings = frozenset(stems), beginnings

    def __missing__(self, word: str) -> bool:
        folded, root = _folded(word)
        self[word] = root in self._stems or folded.startswith(self._beginnings)
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
    alone = Marked(stems, beginnings)
    told = Marked(stems.union(by_first), beginnings) if by_first else alone

    def highlight(text: str) -> Markup:
        # Most texts of a page have none of the words, so that is found out first.
        if not any(map(told.__getitem__, WORD.findall(text))):
            return escape(text)
        if by_first:
            return _with_marks(text, _spans(text, alone, by_first))
        return _with_marks(text, (word.span() for word in WORD.finditer(text) if alone[word[0]]))

    return highlight


def _spans(text: str, alone: Marked, by_first: dict[str, list[Phrase]]) -> Iterator[tuple[int, int]]:
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
        elif alone[word]:
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
