"""A place that listings are called by: who types "near Ferry Lane Library" means where that is."""

from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from webapp.english import words as english
from webapp.library.search.parts import Parts
from webapp.library.search.places import Point, miles
from webapp.library.search.postings import Postings
from webapp.library.search.text import STOP_WORDS, stem

LONGEST = 6  # words of a name
ONE_PLACE = 0.5  # miles: what is called alike further apart is no one place
_SAID = ("near", "near to", "close to", "next to", "opposite", "round the corner from", "around the corner from")
_BEFORE = tuple(tuple(said.split()) for said in _SAID)


class Landmark(NamedTuple):
    """What it is called, and its point in degrees."""

    name: str
    point: Point


class NearLandmark(NamedTuple):
    """One that words say to be near, and where they do."""

    at: frozenset[int]
    name: str
    point: Point


class Landmarks:
    """Knows the titles of one index, and where their listings are: secret addresses have no points."""

    def __init__(self, postings: Postings, parts: Parts) -> None:
        self._postings = postings
        self._parts = parts

    def called(self, typed: Sequence[str]) -> Landmark | None:
        """The place whose name has the folded words `typed` side by side; None where none has, or several do."""
        stems = [stem(word) for word in typed if word not in STOP_WORDS]
        if not stems or (len(stems) == 1 and any(map(english.is_word, typed))):
            return None
        lists = [self._postings.in_title(s) for s in stems]
        lists += [self._postings.pair(f"{a} {b}") for a, b in pairwise(stems)]
        named = lists[0]
        for documents in lists[1:]:
            named = np.intersect1d(named, documents, assume_unique=True)
        points = self._parts.points[np.isin(self._parts.point_of, named)]
        if not len(points):
            return None
        middle = points.mean(axis=0)
        point = (float(middle[0]), float(middle[1]))
        if miles(point, points).max() > ONE_PLACE:
            return None
        name = self._parts.card(int(named[0]))["title"] if len(named) == 1 else " ".join(typed).title()
        return Landmark(name, point)

    def near_in(self, typed: Sequence[str], taken: Collection[int]) -> NearLandmark | None:
        """The place that folded words say to be near, by the longest of its names.

        `taken` are the positions of words that say something else.
        """
        for at in range(len(typed)):
            leading = max((len(w) for w in _BEFORE if tuple(typed[at : at + len(w)]) == w), default=0)
            if not leading:
                continue
            begin = at + leading
            while begin < len(typed) and typed[begin] in STOP_WORDS:
                begin += 1
            end = min((t for t in taken if t >= begin), default=len(typed))
            for until in range(min(end, begin + LONGEST), begin, -1):
                if typed[until - 1] not in STOP_WORDS and (found := self.called(typed[begin:until])):
                    return NearLandmark(frozenset(range(at, until)), *found)
        return None
