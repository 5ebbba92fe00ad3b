"""Places that only listings know: "near Ferry Lane Library", and "in Thornwick" where no vocabulary has a Thornwick."""

from collections.abc import Callable, Collection, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from webapp.english import words as english
from webapp.library.search.parts import Parts
from webapp.library.search.places import Point, miles
from webapp.library.search.postings import Documents, Postings
from webapp.library.search.text import STOP_WORDS, stem

LONGEST = 6  # words of a name
ONE_PLACE = 0.5  # miles: what is called alike further apart is no one place
SETTLED = 1.5  # miles round the middle of those who write the name of a village or an estate
FEWEST, SHARE = 3, 0.7  # of them, and how many of all who write it must lie so near: else it is no place, or too large
_LEADING = frozenset({"in", "near", "around", "round", "at"})
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
        points = self._points_of(named)
        if not len(points):
            return None
        middle = points.mean(axis=0)
        point = (float(middle[0]), float(middle[1]))
        if miles(point, points).max() > ONE_PLACE:
            return None
        name = self._parts.card(int(named[0]))["title"] if len(named) == 1 else " ".join(typed).title()
        return Landmark(name, point)

    def _points_of(self, documents: Documents) -> NDArray[np.float32]:
        there = np.zeros(len(self._parts.rows), np.bool_)
        there[documents] = True
        return self._parts.points[there[self._parts.point_of]]

    def village(self, word: str) -> Landmark | None:
        """Where most of those listings are that write the folded `word`; None where they are here and there."""
        documents = self._postings.holding(stem(word))
        points = self._points_of(documents)
        if len(points) < FEWEST:
            return None
        latitude, longitude = np.sort(points, axis=0)[len(points) // 2]  # np.median would bring numpy.ma along, 4 MB
        near = points[miles((float(latitude), float(longitude)), points) <= SETTLED]
        if len(near) < SHARE * len(points):
            return None
        latitude, longitude = near.mean(axis=0)
        return Landmark(word.title(), (float(latitude), float(longitude)))

    def place_in(
        self, typed: Sequence[str], taken: Collection[int], known: Callable[[str], bool]
    ) -> NearLandmark | None:
        """The place in folded words that no vocabulary has: a landmark that is near, else a village behind "in".

        `taken` are the positions of words that say something else; of what is `known` none is a village's name.
        """
        if near := self._near_in(typed, taken):
            return near
        for at in range(1, len(typed)):
            word = typed[at]
            if typed[at - 1] not in _LEADING or at in taken or not word.isalpha() or english.is_word(word):
                continue
            if not known(word) and (found := self.village(word)):
                return NearLandmark(frozenset((at - 1, at)), *found)
        return None

    def _near_in(self, typed: Sequence[str], taken: Collection[int]) -> NearLandmark | None:
        """The landmark that folded words say to be near, by the longest of its names."""
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
