"""Where `near` is: a postcode, the district it begins with, a place by any of its names, or a listing by its title."""

from dataclasses import dataclass

from webapp.library.generation.reader import Generation
from webapp.library.search.places import tidy
from webapp.library.search.text import words
from webapp.library.vocabulary import Point, Vocabulary


@dataclass(frozen=True, slots=True)
class Near:
    """A point to measure from, and what to call it."""

    name: str
    point: Point


def locate(typed: str, gen: Generation) -> Near | None:
    """What `typed` stands for: a `place`, or `Ferry Lane Library`. None where nothing here is called that."""
    if near := place(typed, gen):
        return near
    landmark = gen.engine.landmarks.called(words(typed))
    return Near(landmark.name, landmark.point) if landmark else None


def place(typed: str, gen: Generation) -> Near | None:
    """The place that `typed` stands for: `M22 5RX`, `m22`, `Northenden`. None where no place is called that."""
    point = gen.engine.places.find(typed)
    if point is not None:
        return Near(tidy(typed), point)
    return _named(typed, gen.vocabulary)


def _named(typed: str, vocabulary: Vocabulary) -> Near | None:
    asked = words(typed)
    if not asked:
        return None
    for term in vocabulary.terms("places").values():
        if term.centre is None:
            continue
        for name in (term.label, *term.also):
            if words(name) == asked:
                return Near(name, term.centre)
    return None
