"""Where one thing that somebody tells ends and another begins, and which of them is what they want."""

import re
from collections.abc import Collection, Sequence

from webapp.library.search.text import words

_BETWEEN_CLAUSES = re.compile(r"[,;:!?…–—]|\.(?=\s)| - ")
_JOIN = "but because so while although though since who which until when if whose then"
JOINING = frozenset(_JOIN.split())
_WISHES = frozenset(("want", "wants", "wanting", "needs", "needing", "looking for", "would like", "wishes", "hopes"))


def begins(text: str, typed: Sequence[str]) -> frozenset[int]:
    """The positions in `typed`, the folded words of `text`, at which another clause begins."""
    found = {at for at, word in enumerate(typed) if word in JOINING}
    at = 0
    for part in _BETWEEN_CLAUSES.split(text)[:-1]:
        at += len(words(part))
        found.add(at)
    return frozenset(found)


def wished(typed: Sequence[str], clauses: Collection[int] = ()) -> frozenset[int]:
    """The places of what somebody wants: `to volunteer` in "wants to volunteer but uses a wheelchair". None if unsaid.

    `clauses` are the places at which another clause begins.
    """
    for at, word in enumerate(typed):
        if word in _WISHES or " ".join(typed[at : at + 2]) in _WISHES:
            until = min((c for c in clauses if c > at + 1), default=len(typed))
            return frozenset(range(at + 1, until))
    return frozenset()
