"""Where things are: postcodes, and miles between two points."""

import re
from collections.abc import Iterable, Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from webapp.library.search.postcodes import Postcodes
from webapp.library.search.text import words
from webapp.library.vocabulary import Vocabulary

Point = tuple[float, float]  # latitude and longitude in degrees

EARTH_MILES = 3958.76  # mean radius, IUGG

# Outward code (area and district), then inward code. Royal Mail's forms: A9, A99, AA9, AA99, A9A, AA9A.
OUTWARD = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?")
_POSTCODE = re.compile(r"\b([A-Z]{1,2}[0-9][A-Z0-9]?)(?:\s*([0-9][A-Z]{2}))?\b")


def miles(point: Point, points: NDArray[np.float32]) -> NDArray[np.float32]:
    """Great-circle distance from `point` to each of `points` (m × 2, degrees): m distances in miles (haversine)."""
    here = np.radians(np.array(point, np.float32))
    there = np.radians(points)
    half = np.sin((there - here) / 2) ** 2
    inner = half[:, 0] + np.cos(here[0]) * np.cos(there[:, 0]) * half[:, 1]
    return (2 * EARTH_MILES) * np.arcsin(np.sqrt(np.minimum(inner, 1)))


def tidy(code: str) -> str:
    """A postcode as it is written: `m225rx` becomes `M22 5RX`, `m22` becomes `M22`. Anything else is upper case."""
    code = " ".join(code.upper().split())
    joined = code.replace(" ", "")
    whole = re.fullmatch(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})", joined)
    return f"{whole[1]} {whole[2]}" if whole else code


def without_inward(near: str) -> str:
    """`M22 5RX` as `M22`: a full postcode may be one household's. The name of a place stays as it is."""
    first = tidy(near).split(" ")[0]
    return first if OUTWARD.fullmatch(first) else near


def around(near: Iterable[str], vocabulary: Vocabulary) -> Iterator[str]:
    """The slugs of the neighbourhoods that a postcode, or its first half, lies in, or that have such a name."""
    for place in filter(None, map(without_inward, near)):
        for slug, term in vocabulary.terms("places").items():
            if place in term.outward or words(place) in [words(name) for name in (term.label, *term.also)]:
                yield slug


class Places:
    """Finds the point that a postcode or an outward code stands for."""

    def __init__(self, outward: Mapping[str, Point], postcodes: Postcodes | None = None) -> None:
        """`outward` gives the centre of each district by its code; `postcodes` the national file, where loaded."""
        self._outward = {code.upper(): (float(p[0]), float(p[1])) for code, p in outward.items()}
        self._postcodes = postcodes

    def knowing(self, districts: Mapping[str, Point]) -> "Places":
        """The same with the districts that listings lie in, where the content does not say where those are."""
        return Places({**districts, **self._outward}, self._postcodes)

    def find(self, code: str) -> Point | None:
        """Where `M22 5RX`, `m225rx` or `M22` is. A full postcode that is not known falls back to its district."""
        tidied = tidy(code)[:12]
        if self._postcodes is not None and " " in tidied:
            point = self._postcodes.find(tidied)
            if point is not None:
                return point
        return self._outward.get(tidied.split(" ")[0])

    def in_words(self, words: str) -> tuple[str, Point, tuple[int, int]] | None:
        """The first postcode in a text that can be placed: its code, its point, and where it stands in the text."""
        for match in _POSTCODE.finditer(words.upper()):
            code = f"{match[1]} {match[2]}" if match[2] else match[1]
            point = self.find(code)
            if point is not None:
                return code, point, match.span()
        return None
