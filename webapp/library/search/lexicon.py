"""The words of an index as they are written: for half-typed words and for spelling."""

from bisect import bisect_left
from collections.abc import Mapping

from webapp.library.search import ranking
from webapp.library.search.text import stem


class Lexicon:
    """Every word of the index with how often it is written."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._words = sorted(counts)
        self._counts = counts

    def __contains__(self, word: str) -> bool:
        return word in self._counts

    def beginning(self, prefix: str) -> list[str]:
        """Stems of the commonest words that begin with `prefix`, commonest first."""
        if len(prefix) < 2:
            return []
        start = bisect_left(self._words, prefix)
        end = bisect_left(self._words, prefix + "\U0010ffff", lo=start)
        found = sorted(self._words[start:end], key=lambda w: -self._counts[w])
        return list(dict.fromkeys(stem(w) for w in found))[: ranking.MAX_PREFIX_WORDS]
