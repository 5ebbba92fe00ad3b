"""Shows a reader which words of a text brought it here: `a <mark>walking</mark> group` for "walks". Floor 2."""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from markupsafe import Markup, escape

from webapp.library.search.text import fold, stem

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
HALF_TYPED = 3  # letters from which a word that begins like a typed one is marked


def marker(terms: Iterable[str]) -> Callable[[str], Markup]:
    """A function that marks `terms` (words as they were searched) in a plain text and makes it safe HTML.

    A word is marked where it has the stem of a term or begins with one.
    """
    folded = tuple(dict.fromkeys(part for term in terms for part in fold(term).split()))
    if not folded:
        return escape
    stems = frozenset(stem(word) for word in folded)
    beginnings = tuple(word for word in folded if len(word) >= HALF_TYPED)

    @lru_cache(maxsize=4096)
    def is_meant(word: str) -> bool:
        plain = fold(word)
        return stem(plain) in stems or plain.startswith(beginnings)

    def mark(text: str) -> Markup:
        done, at = [], 0
        for found in WORD.finditer(text):
            if is_meant(found[0]):
                done += [escape(text[at : found.start()]), Markup("<mark>"), escape(found[0]), Markup("</mark>")]
                at = found.end()
        return Markup("").join([*done, escape(text[at:])]) if done else escape(text)

    return mark
