"""Shows a reader which words of a text brought it here: `a <mark>walking</mark> group` for "walks". Floor 2."""

import re
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

from markupsafe import Markup, escape

from webapp.library.search.text import fold, stem, words

WORD = re.compile(r"([^\W_]+(?:['’][^\W_]+)*)")
BEGINS, ENDS = "\x02", "\x03"  # where a mark does, until the whole text has been made safe at once
ALONE, FIRST = 1, 2
HALF_TYPED = 3  # letters from which a word that begins like a typed one is marked
Phrase = tuple[str, ...]  # its stems


class Highlighter:
    """Highlights terms, as they were searched, in plain texts, and makes them safe HTML.

    A word is marked where it has the stem of a term or begins with one; a term of several words only as a whole.
    """

    def __init__(self, terms: Iterable[str]) -> None:
        asked = [words(term) for term in terms]
        singles = {phrase[0] for phrase in asked if len(phrase) == 1}
        self._phrases: dict[str, list[Phrase]] = {}  # by their first
        for phrase in ([stem(word) for word in several] for several in asked if len(several) > 1):
            self._phrases.setdefault(phrase[0], []).append(tuple(phrase))
        beginnings = tuple(word for word in singles if len(word) >= HALF_TYPED)
        self._marked = Marked({stem(word) for word in singles}, beginnings, self._phrases)

    def __call__(self, text: str) -> Markup:
        """One text."""
        return Markup(self.all([text])[0])  # nosec B704 # noqa: S704 - it was made safe

    def all(self, texts: Sequence[str]) -> list[str]:
        """Each of the texts, made safe: in one go, which takes half the time for those of a page."""
        # As YAML has no NUL, no text of the content has one; one that has is shown without.
        parts = WORD.split("\0".join([text.replace("\0", "") for text in texts]))  # every second one is a word
        past = 0
        for at, why in enumerate(map(self._marked.__getitem__, parts[1::2])):
            if not why or at < past:
                continue  # or in the middle of a phrase that is marked
            past = at + max(self._long(parts, at) if why & FIRST else 0, why & ALONE)
            if past > at:
                parts[2 * at + 1] = f"{BEGINS}{parts[2 * at + 1]}"
                parts[2 * past - 1] += ENDS
        safe = str(escape("".join(parts)))
        return safe.replace(BEGINS, "<mark>").replace(ENDS, "</mark>").split("\0")

    def _long(self, parts: list[str], at: int) -> int:
        """How many words the longest phrase has that stands at that word of `parts`; 0 where none does."""
        begin, longest = 2 * at + 1, 0
        second = _folded(parts[begin + 2])[1] if begin + 2 < len(parts) else ""
        for phrase in self._phrases[_folded(parts[begin])[1]]:
            if phrase[1] == second and len(phrase) > longest:
                there = parts[begin : begin + 2 * len(phrase) - 1]
                is_there = tuple([_folded(word)[1] for word in there[::2]]) == phrase
                if is_there and not any("\0" in between for between in there[1::2]):
                    longest = len(phrase)
        return longest


class Marked(dict[str, int]):
    """What a word, as it is written, is marked for: ALONE, by its stem or as it begins, FIRST of a phrase, or nothing.

    Each is looked at once.
    """

    def __init__(self, stems: Collection[str], beginnings: tuple[str, ...], firsts: Iterable[str]) -> None:
        self._why = dict.fromkeys(stems, ALONE) | {root: FIRST | ALONE * (root in stems) for root in firsts}
        self._beginnings = beginnings

    def __missing__(self, word: str) -> int:
        folded, root = _folded(word)
        why = self._why.get(root, 0)
        if folded.startswith(self._beginnings):
            why |= ALONE
        self[word] = why
        return why


@lru_cache(maxsize=20_000)  # listings say the same few thousand words
def _folded(word: str) -> tuple[str, str]:
    """A word as it is compared, and its stem."""
    folded = fold(word)
    return folded, stem(folded)
