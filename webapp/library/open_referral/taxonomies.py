"""Our vocabularies as taxonomies: what a service is about, whom it is for, where, and where its record comes from."""

from collections.abc import Iterable
from typing import Any

from webapp.library.open_referral import ids
from webapp.library.vocabulary import Vocabulary

# The vocabularies that say something of a service, and what each is for.
PUBLISHED = {
    "activities": "What happens there.",
    "audiences": "Whom it is for.",
    "outcomes": "What it helps with: the wellbeing areas and outcomes of the Care Act 2014.",
    "places": "The neighbourhoods that it serves.",
    "access": "What makes it easier to take part.",
    "costs": "What it costs, in bands.",
    "referral": "How one joins.",
    "languages": "Languages that are spoken there.",
    "capacity": "Whether it takes new people.",
}
SOURCES = "sources"  # the directories that records were taken over from
OTHERS = "other-terms"  # what else a publisher classes it as: terms that none of our vocabularies has
DESCRIBED = {
    SOURCES: "The directory that a record was taken over from, which keeps it right.",
    OTHERS: "What the publisher of a record also classes it as.",
}
TITLES = {SOURCES: "Source of the record", OTHERS: "Also listed as"}


def taxonomy_id(name: str) -> str:
    return ids.named("taxonomy", name)


def term_id(name: str, slug: str) -> str:
    return ids.named("term", name, slug)


class Taxonomies:
    """Every taxonomy of a vocabulary. `terms` are records of terms by id, `records` those of taxonomies, in order."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self.terms: dict[str, dict[str, Any]] = {}
        self.records: dict[str, dict[str, Any]] = {}
        for name, description in PUBLISHED.items():
            file = vocabulary.files.get(name)
            if file is None:
                continue
            self._begin(name, file.title, description)
            for group in (*file.groups, *file.localities):
                self._add(name, f"group {group.slug}", group.label, f"{group.label} ({file.title})", "")
            for term in file.terms:
                above = term.group or term.locality
                parent = f"group {above}" if above else ""
                self._add(name, term.slug, term.label, f"{term.label} ({file.title})", parent)

    def term(self, name: str, slug: str) -> dict[str, Any] | None:
        """A term's record; None where its vocabulary has dropped it or is not published."""
        return self.terms.get(term_id(name, slug))

    def free(self, name: str, label: str) -> dict[str, Any]:
        """The term `label` of SOURCES or OTHERS, which no vocabulary lists; it is known from now on."""
        if taxonomy_id(name) not in self.records:
            self._begin(name, TITLES[name], DESCRIBED[name])
        return self._add(name, label, label, f"{TITLES[name]}: {label}", "")

    def know(self, terms: Iterable[dict[str, Any]]) -> None:
        """Take in terms that services carry and no vocabulary has."""
        for term in terms:
            for name, title in TITLES.items():
                if term["taxonomy_id"] == taxonomy_id(name) and term["id"] not in self.terms:
                    if term["taxonomy_id"] not in self.records:
                        self._begin(name, title, DESCRIBED[name])
                    self.terms[term["id"]] = term

    def _begin(self, name: str, title: str, description: str) -> None:
        made = taxonomy_id(name)
        self.records[made] = {"id": made, "name": title, "description": description}

    def _add(self, name: str, slug: str, label: str, description: str, parent: str) -> dict[str, Any]:
        made = {
            "id": term_id(name, slug),
            "name": label,
            "description": description,
            **({"parent_id": term_id(name, parent)} if parent else {}),
            "taxonomy": self.records[taxonomy_id(name)]["name"],
            "taxonomy_id": taxonomy_id(name),
            "term": label,
        }
        return self.terms.setdefault(made["id"], made)
