"""What the services of an edition are chosen by, in columns: one line each, in the order of the edition."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from webapp.library.generation.kept import PerGeneration
from webapp.library.generation.reader import Generation
from webapp.library.open_referral import edition
from webapp.library.open_referral.edition import Edition
from webapp.library.search.text import words

Mask = NDArray[np.bool_]
Lines = NDArray[np.int32]
NONE = np.zeros(0, np.int32)
UNKNOWN = np.nan  # of an age that is not said, or a place without a point


class Catalogue:
    """Columns of one edition. `size` services; `at_*` has a line for each of their places."""

    def __init__(self, held: Edition) -> None:
        self.edition = held
        facts = held.facts()
        self.size = len(facts)
        self.ids = {fact["id"]: line for line, fact in enumerate(facts)}
        self.paths = [fact["path"] for fact in facts]
        self.numbers = {path: line for line, path in enumerate(self.paths)}
        self.first = np.array([fact["first"] for fact in facts], np.int32)
        self.last = np.array([fact["last"] for fact in facts], np.int32)
        self.modified = np.array([fact["modified"] for fact in facts], np.int64)
        ages = [[UNKNOWN if age is None else age for age in fact["ages"]] for fact in facts]
        self.ages = np.array(ages, np.float32).reshape(-1, 2)
        self.sources = [fact["source"] for fact in facts]
        self.everywhere = np.array([fact["everywhere"] for fact in facts], np.bool_)
        self._lines = {
            "term": _grouped(fact["terms"] for fact in facts),
            "taxonomy": _grouped(fact["taxonomies"] for fact in facts),
            "organization": _grouped([fact["organization"]["id"]] for fact in facts),
            "place": _grouped(fact["places"] for fact in facts),
        }
        times = [(line, *time) for line, fact in enumerate(facts) for time in fact["times"]]
        self.times = np.array(times, np.int32).reshape(-1, 4)  # line, days, begins, ends: see record._times
        at = [(line, *place[1:]) for line, fact in enumerate(facts) for place in fact["at"]]
        self.at_service = np.array([place[0] for place in at], np.int32)
        self.at_points = np.array([[UNKNOWN if p is None else p for p in place[1:]] for place in at], np.float32)
        self.at_points = self.at_points.reshape(-1, 2)
        self.at_ids = {place[0]: number for number, place in enumerate(p for fact in facts for p in fact["at"])}
        self.organizations = [orjson.loads(row) for row in held["organizations"]]
        self._numbers = {record["id"]: number for number, record in enumerate(self.organizations)}

    def lines(self, kind: str, value: str) -> Lines:
        """The services with this `term`, `taxonomy`, `organization` (ids) or `place` (a slug)."""
        return self._lines[kind].get(value, NONE)

    def organization_number(self, identity: str) -> int | None:
        """Where the organisation with this id stands in `organizations`; None where there is none."""
        return self._numbers.get(identity)

    def having(self, kind: str, *values: str) -> Mask:
        """The services with any of `values`."""
        mask = np.zeros(self.size, np.bool_)
        for value in values:
            mask[self.lines(kind, value)] = True
        return mask

    def visible(self, today: date) -> Mask:
        """The services that readers see on `today`."""
        day = today.toordinal()
        return (self.first <= day) & (day <= self.last)

    def found(self, text: str) -> Mask:
        """The services that have, for each word of `text`, a word that begins with it."""
        rows = self.edition["found"]
        mask = np.ones(self.size, np.bool_)
        for word in dict.fromkeys(words(text)):
            begins = np.array(_places_of(rows.bytes, f" {word}".encode()), np.int64)
            has = np.zeros(self.size, np.bool_)
            has[np.searchsorted(rows.ends, begins, side="right") - 1] = True
            mask &= has
        return mask


def of(gen: Generation) -> Catalogue:
    """The columns of what is published of `gen`. Raises OSError where its edition can be neither read nor made."""
    return _catalogues.of(gen)


_catalogues = PerGeneration[Catalogue](lambda gen: Catalogue(edition.of(gen)))


def says(record: dict[str, Any], text: str) -> bool:
    """Whether a small record has, in its name or description, a word that begins with each word of `text`."""
    known = words(f"{record['name']} {record['description']}")
    return all(any(word.startswith(asked) for word in known) for asked in words(text))


def _grouped(values: Iterable[list[str]]) -> dict[str, Lines]:
    lines: dict[str, list[int]] = {}
    for line, held in enumerate(values):
        for value in held:
            lines.setdefault(value, []).append(line)
    return {value: np.unique(np.array(found, np.int32)) for value, found in lines.items()}


def _places_of(held: Any, word: bytes) -> list[int]:
    """Where `word` stands in `held`. A row has no word twice, so there are not many more than rows."""
    found, at = [], held.find(word)
    while at >= 0:
        found.append(at)
        at = held.find(word, at + 1)
    return found
