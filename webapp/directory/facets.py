"""The filters beside a list: every choice of every facet, with how many it would give."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from flask import current_app
from markupsafe import Markup

from webapp.directory.criteria import FACETS, Criteria
from webapp.library.build.pages import FACET_VOCABULARY
from webapp.library.generation.kept import PerGeneration
from webapp.library.terms import Term
from webapp.library.vocabulary import Vocabulary
from webapp.web.stencil import Stencil

SHORT = 7  # choices that may stand open without pushing the next facet out of sight
NUMBER = "\0"  # where a box says how many; no label can hold it
NOTHING, OPEN = Markup(""), Markup(" open")


class Box(NamedTuple):
    """A choice to tick, written out: before and after its number, off and on, and as it stands where there are none.

    A list has 160 of them. Written for each list anew they were a third of its time.
    """

    slug: str
    off: str
    on: str
    after: str
    none: str


class Facet(NamedTuple):
    """One group of boxes, written out but for what is on, and which choices how many have."""

    name: str
    stencil: Stencil
    boxes: list[Box]
    is_short: bool


def facets(criteria: Criteria, counts: Mapping[str, Mapping[str, int]], vocabulary: Vocabulary) -> Markup:
    """All facets in the order they are offered; `counts` are those of the search."""
    html = [
        _facet(_written(name, vocabulary), criteria.filters.get(name, ()), counts.get(name, {}), vocabulary)
        for name in FACETS
    ]
    return Markup("".join(html))  # nosec B704 # noqa: S704 - made safe by their templates; numbers are safe


def labels_on(criteria: Criteria, vocabulary: Vocabulary) -> list[tuple[str, str, str]]:
    """What is filtered by: facet, slug and label of each choice that is on."""
    return [
        (name, slug, vocabulary.label(FACET_VOCABULARY[name], slug))
        for name in FACETS
        for slug in criteria.filters.get(name, ())
    ]


def _facet(facet: Facet, on: tuple[str, ...], counts: Mapping[str, int], vocabulary: Vocabulary) -> str:
    number_of = counts.get
    boxes = [
        f"{ticked if slug in on else off}{number}{after}" if (number := number_of(slug, 0)) or slug in on else none
        for slug, off, ticked, after, none in facet.boxes
    ]
    labels = ", ".join([vocabulary.label(FACET_VOCABULARY[facet.name], slug) for slug in on])
    values = {
        "is_open": OPEN if on or facet.is_short else NOTHING,
        "chosen": _macros().chosen(labels) if on else NOTHING,
        "boxes": "".join(boxes),
    }
    return facet.stencil.filled_from(values)


def _written(name: str, vocabulary: Vocabulary) -> Facet:
    """A facet with every choice, written out once a vocabulary. `heading` stands over the first of several together."""
    known = _facets_of.of(vocabulary)
    if name not in known:
        words = FACET_VOCABULARY[name]
        over = _headings(words, vocabulary)
        last, boxes = "", []
        for slug, term in vocabulary.terms(words).items():
            heading = over.get(_belongs_to(term), "")
            boxes.append(_box(name, slug, term.label, heading if heading != last else ""))
            last = heading
        title = vocabulary.files[words].title
        stencil = Stencil(_macros().facet, "is_open", "chosen", "boxes", name=name, title=title)
        known[name] = Facet(name, stencil, boxes, len(boxes) <= SHORT)
    return known[name]


def _box(facet: str, slug: str, label: str, heading: str) -> Box:
    off, on = (_macros().choice(facet, slug, label, heading, NUMBER, is_on) for is_on in (False, True))
    (off, after), (on, _) = str(off).split(NUMBER), str(on).split(NUMBER)
    return Box(slug, off, on, after, str(_macros().no_choice(facet, slug, label, heading)))


def _macros() -> Any:
    return current_app.jinja_env.get_template("directory/_boxes.html").module


_facets_of = PerGeneration[dict[str, Facet]](lambda vocabulary: {})


def _headings(words: str, vocabulary: Vocabulary) -> dict[str, str]:
    file = vocabulary.files[words]
    return {group.slug: group.label for group in (*file.groups, *file.localities)}


def _belongs_to(term: Term) -> str:
    return term.group or term.locality
