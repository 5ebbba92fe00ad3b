"""The filters beside a list: every choice of every facet, with how many it would give."""

from collections.abc import Mapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from markupsafe import Markup, escape

from webapp.directory.criteria import FACETS, Criteria
from webapp.library.pages import FACET_VOCABULARY
from webapp.library.vocabulary import Term, Vocabulary

SHORT = 7  # choices that may stand open without pushing the next facet out of sight


@dataclass(frozen=True, slots=True)
class Option:
    """One box to tick. `heading` stands over the first of several that belong together.

    Slug, label and heading are safe to write as they are: a page has 160 of these, and making each safe again in
    the template was a third of its time.
    """

    slug: str
    label: Markup
    count: int
    is_on: bool
    heading: Markup


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
    options = tuple(
        Option(slug, label, counts.get(slug, 0), slug in on, heading)
        for slug, label, heading in _choices(words, vocabulary)
    )
    chosen = tuple(vocabulary.label(words, slug) for slug in on)
    return Facet(name, vocabulary.files[words].title, options, chosen)


def _choices(words: str, vocabulary: Vocabulary) -> list[tuple[str, Markup, Markup]]:
    """Slug, label and heading of every choice, safe to write; made once a vocabulary."""
    known = _choices_of.setdefault(vocabulary, {})
    if words not in known:
        over = _headings(words, vocabulary)
        last, choices = "", []
        for slug, term in vocabulary.terms(words).items():
            heading = over.get(_belongs_to(term), "")
            choices.append((slug, escape(term.label), escape(heading if heading != last else "")))
            last = heading
        known[words] = choices
    return known[words]


_choices_of: WeakKeyDictionary[Vocabulary, dict[str, list[tuple[str, Markup, Markup]]]] = WeakKeyDictionary()


def _headings(words: str, vocabulary: Vocabulary) -> dict[str, str]:
    file = vocabulary.files[words]
    return {group.slug: group.label for group in (*file.groups, *file.localities)}


def _belongs_to(term: Term) -> str:
    return term.group or term.locality
