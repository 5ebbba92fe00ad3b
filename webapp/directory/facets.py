"""The filters beside a list: every choice of every facet, with how many it would give."""

from collections.abc import Mapping
from dataclasses import dataclass

from webapp.directory.criteria import FACETS, Criteria
from webapp.library.pages import FACET_VOCABULARY
from webapp.library.vocabulary import Term, Vocabulary

SHORT = 7  # choices that may stand open without pushing the next facet out of sight


@dataclass(frozen=True, slots=True)
class Option:
    """One box to tick. `heading` stands over the first of several that belong together."""

    slug: str
    label: str
    count: int
    is_on: bool
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Facet:
    """One group of boxes. `chosen` are the labels of those that are on."""

    name: str
    title: str
    options: tuple[Option, ...]
    chosen: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        return bool(self.chosen) or len(self.options) <= SHORT


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
    over = _headings(words, vocabulary)
    options, last = [], ""
    for slug, term in vocabulary.terms(words).items():
        heading = over.get(_belongs_to(term), "")
        options.append(Option(slug, term.label, counts.get(slug, 0), slug in on, heading if heading != last else ""))
        last = heading
    chosen = tuple(option.label for option in options if option.is_on)
    return Facet(name, vocabulary.files[words].title, tuple(options), chosen)


def _headings(words: str, vocabulary: Vocabulary) -> dict[str, str]:
    file = vocabulary.files[words]
    return {group.slug: group.label for group in (*file.groups, *file.localities)}


def _belongs_to(term: Term) -> str:
    return term.group or term.locality
