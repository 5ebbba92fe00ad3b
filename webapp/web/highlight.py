"""Shows a reader which words of a text brought it here: `a <mark>walking</mark> group` for "walks". Floor 2."""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup, escape

from webapp.library.search.text import fold, stem, words

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
HALF_TYPED = 3  # letters from which a word that begins like a typed one is marked


class ReadText(NamedTuple):
    """A text made ready to be highlighted: `plain` is what is shown where nothing in it is.

    Each of `words` is where it begins and ends, the word as it is compared, and its stem.
    """

    words: tuple[tuple[int, int, str, str], ...]
    stems: frozenset[str]
    folded: str
    plain: Markup


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
    beginnings = tuple(word for word in singles if len(word) >= HALF_TYPED)
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        by_first.setdefault(phrase[0], []).append(phrase)

    firsts = stems.union(by_first)

    def highlight(text: str) -> Markup:
        read, roots, folded, plain = _read(text)
        if firsts.isdisjoint(roots) and not any(word in folded for word in beginnings):
            return plain  # as most texts of a page, so it is found out first
        done, copied, past = [], 0, 0
        for at, (start, end, typed, root) in enumerate(read):
            if at < past:
                continue  # in the middle of a phrase that is marked
            if root in by_first:
                long = [len(p) for p in by_first[root] if tuple(word[3] for word in read[at : at + len(p)]) == p]
                past = at + max(long, default=0)
                end = read[past - 1][1] if past > at else end
            if past <= at and root not in stems and not typed.startswith(beginnings):
                continue
            done.append(f"{escape(text[copied:start])}<mark>{escape(text[start:end])}</mark>")
            copied = end
        # Every piece of the text was made safe above; the tags are ours.
        return Markup("".join([*done, str(escape(text[copied:]))])) if done else plain  # noqa: S704

    return highlight


@lru_cache(maxsize=2_000)  # titles and summaries of what is found most, some 3 kB each
def _read(text: str) -> ReadText:
    words = tuple((word.start(), word.end(), *_folded(word[0])) for word in WORD.finditer(text))
    return ReadText(words, frozenset(word[3] for word in words), " ".join(word[2] for word in words), escape(text))


@lru_cache(maxsize=20_000)  # listings say the same few thousand words
def _folded(word: str) -> tuple[str, str]:
    """A word as it is compared, and its stem."""
    folded = fold(word)
    return folded, stem(folded)
