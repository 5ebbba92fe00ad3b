"""The filters beside a list: every choice of every facet, with how many it would give."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import current_app
from markupsafe import Markup

from webapp.directory.criteria import FACETS, Criteria
from webapp.library.build.pages import FACET_VOCABULARY
from webapp.library.generation.kept import PerGeneration
from webapp.library.terms import Term
from webapp.library.vocabulary import Vocabulary

SHORT = 7  # choices that may stand open without pushing the next facet out of sight
NUMBER = "\0"  # where a box says how many; no label can hold it


@dataclass(frozen=True, slots=True)
class Box:
    """A choice to tick, written out: before and after its number, off and on, and as it stands where there are none.

    A list has 160 of them. Written for each list anew they were a third of its time.
    """

    slug: str
    off: tuple[str, str]
    on: tuple[str, str]
    none: str

    def with_number(self, number: int, is_on: bool) -> str:
        if not number and not is_on:
            return self.none
        before, after = self.on if is_on else self.off
        return f"{before}{number}{after}"


@dataclass(frozen=True, slots=True)
class Facet:
    """One group of boxes. `chosen` are the labels of those that are on."""

    name: str
    title: str
    boxes: Markup
    is_short: bool
    chosen: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        return bool(self.chosen) or self.is_short


def facets(criteria: Criteria, counts: Mapping[str, Mapping[str, int]], vocabulary: Vocabulary) -> list[Facet]:
    """All facets in the order they are offered; `counts` are those of the search."""
    return [_facet(name, criteria.filters.get(name, ()), counts.get(name, {}), vocabulary) for name in FACETS]


def labels_on(criteria: Criteria, vocabulary: Vocabulary) -> list[tuple[str, str, str]]:
    """What is filtered by: facet, slug and label of each choice that is on."""
    return [
        (name, slug, vocabulary.label(FACET_VOCABULARY[name], slug))
        for name in FACETS
        for slug in criteria.filters.get(name, ())
    ]


def _facet(name: str, on: tuple[str, ...], counts: Mapping[str, int], vocabulary: Vocabulary) -> Facet:
    words = FACET_VOCABULARY[name]
    boxes = _boxes(name, vocabulary)
    html = "".join([box.with_number(counts.get(box.slug, 0), box.slug in on) for box in boxes])
    chosen = tuple(vocabulary.label(words, slug) for slug in on)
    # The boxes were made safe by their template; numbers are safe.
    return Facet(name, vocabulary.files[words].title, Markup(html), len(boxes) <= SHORT, chosen)  # noqa: S704


def _boxes(name: str, vocabulary: Vocabulary) -> list[Box]:
    """Every choice of a facet, written out once a vocabulary. `heading` stands over the first of several together."""
    known = _boxes_of.of(vocabulary)
    if name not in known:
        words = FACET_VOCABULARY[name]
        over = _headings(words, vocabulary)
        last, boxes = "", []
        for slug, term in vocabulary.terms(words).items():
            heading = over.get(_belongs_to(term), "")
            boxes.append(_box(name, slug, term.label, heading if heading != last else ""))
            last = heading
        known[name] = boxes
    return known[name]


def _box(facet: str, slug: str, label: str, heading: str) -> Box:
    macros = current_app.jinja_env.get_template("directory/_boxes.html").module
    off, on = (macros.choice(facet, slug, label, heading, NUMBER, is_on) for is_on in (False, True))  # type: ignore[attr-defined]
    none = macros.no_choice(facet, slug, label, heading)  # type: ignore[attr-defined]
    return Box(slug, _halves(off), _halves(on), str(none))


def _halves(box: str) -> tuple[str, str]:
    before, _, after = str(box).partition(NUMBER)
    return before, after


_boxes_of = PerGeneration[dict[str, list[Box]]](lambda vocabulary: {})


def _headings(words: str, vocabulary: Vocabulary) -> dict[str, str]:
    file = vocabulary.files[words]
    return {group.slug: group.label for group in (*file.groups, *file.localities)}


def _belongs_to(term: Term) -> str:
    return term.group or term.locality
