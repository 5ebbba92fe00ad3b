"""The words that content may use: one YAML file each in `content/vocabulary/`."""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, cast

from webapp.library.front_matter.source import Fault, Source, parse_yaml, read_data
from webapp.library.front_matter.validation import problems_of
from webapp.library.problems import Problem, did_you_mean, or_list
from webapp.library.terms import ContactPoint, FeedTerm, Group, Point, Team, TeamsFile, Term, VocabularyFile, model_of

# Every file a site needs. More may be added: they are loaded and may be used by editors' own tools.
REQUIRED = (
    "places", "outcomes", "activities", "audiences", "access", "costs", "referral", "languages", "days",
    "capacity", "themes", "toolkit-categories", "tec-categories", "workstreams", "teams",
    "barrier-kinds",
)  # fmt: skip
NOT_TERMS = {"thesaurus"}  # files of another shape, read by whoever uses them

NAMES = frozenset({"label", "short", "also", "hint"})  # of a term: a page names it by its slug

MOST_MEANT = 4  # more terms than this that share a word are no help


@dataclass(frozen=True, eq=False)  # compared by identity: what is worked out from one is kept beside it
class Vocabulary:
    """All files together, by name. Made by `load`; `as_data` and `from_data` carry it in a generation."""

    files: Mapping[str, VocabularyFile] = field(default_factory=dict)

    def terms(self, name: str) -> dict[str, Term]:
        """The terms of one vocabulary by slug, in order. Raises KeyError where there is no such vocabulary."""
        return self._terms[name]

    def label(self, name: str, slug: str) -> str:
        """What to call a term; the slug itself where the vocabulary has dropped it."""
        term = self._terms.get(name, {}).get(slug)
        return term.label if term else slug.replace("-", " ").capitalize()

    def short(self, name: str, slug: str) -> str:
        """What to call a term where there is little room."""
        term = self._terms.get(name, {}).get(slug)
        return (term.short or term.label) if term else self.label(name, slug)

    def advice(self, name: str, value: str) -> str:
        """What to write instead of `value`, which is no slug of the vocabulary `name`: `: did you mean …?`.

        A term is meant where its label or another name of it was written; then every term with those words in its
        slug (`wythenshawe` is part of two neighbourhoods), even where they are misspelt; then the slug most like it.
        """
        terms, folded = self._terms[name], _folded(value)
        named = [t.slug for t in terms.values() if folded in {_folded(word) for word in (t.label, *t.also)}]
        if not named and len(folded) > 2:
            named = [slug for slug in terms if f" {folded} " in f" {_folded(slug)} "]
        if not named:
            named = [
                slug for slug in terms if difflib.get_close_matches(folded, _folded(slug).split(), n=1, cutoff=0.85)
            ]
        if 0 < len(named) <= MOST_MEANT:
            return f": did you mean {or_list(named)}?"
        return did_you_mean(value, terms)

    @property
    def teams(self) -> dict[str, Team]:
        """The teams by slug, in order."""
        return cast(dict[str, Team], self._terms["teams"])

    @property
    def contacts(self) -> dict[str, ContactPoint]:
        """Whom to ring, by slug, in order; empty where the site has none."""
        return cast(dict[str, ContactPoint], self._terms.get("contacts", {}))

    @property
    def team_kinds(self) -> tuple[Group, ...]:
        """The headings under which teams stand."""
        return cast(TeamsFile, self.files["teams"]).kinds

    @cached_property
    def _terms(self) -> dict[str, dict[str, Term]]:
        return {name: {t.slug: t for t in file.terms} for name, file in self.files.items()}

    @property
    def localities(self) -> tuple[Group, ...]:
        return self.files["places"].localities

    @property
    def outward(self) -> dict[str, Point]:
        """Centre of each postcode district by its code (`M22`)."""
        return self.files["places"].outward

    def as_data(self) -> dict[str, Any]:
        return {name: file.model_dump(mode="json", exclude_defaults=True) for name, file in self.files.items()}

    def checked_with(self) -> dict[str, Any]:
        """What it takes to check and render a page: the same without what terms are called."""
        data = self.as_data()
        for file in data.values():
            file["terms"] = [{key: said for key, said in term.items() if key not in NAMES} for term in file["terms"]]
        return data

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Vocabulary":
        return cls({name: model_of(name).model_validate(value) for name, value in data.items()})


def _folded(words: str) -> str:
    return " ".join(words.lower().replace("-", " ").replace("_", " ").split())


def load(folder: Path, root: Path) -> tuple[Vocabulary, list[Problem]]:
    """Read every vocabulary in `folder`; faults name files relative to `root`.

    A file with a fault is left out of the vocabulary, so that the caller can fall back on its last good version.
    """
    files: dict[str, VocabularyFile] = {}
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.yml")):
        if path.stem in NOT_TERMS:
            continue
        named = path.relative_to(root).as_posix()
        try:
            file, faults = _loaded(read_data(path, named), named, path.stem)
        except Fault as fault:
            problems += fault.problems
            continue
        problems += faults
        if file is not None and not faults:
            files[path.stem] = file
    where = folder.relative_to(root).as_posix()
    problems += _means_nothing(files, f"{where}/feed-terms.yml")
    problems += [
        Problem(f"{where}/{name}.yml", 1, f"this vocabulary is missing: add {where}/{name}.yml")
        for name in REQUIRED
        if not (folder / f"{name}.yml").exists()
    ]
    return Vocabulary(files), problems


def _means_nothing(files: Mapping[str, VocabularyFile], named: str) -> Iterator[Problem]:
    """Where the words of feeds are said to mean a term that we do not have."""
    for term in cast(tuple[FeedTerm, ...], files["feed-terms"].terms) if "feed-terms" in files else ():
        for name, slugs in term.means.items():
            known = {one.slug for one in files[name].terms} if name in files else set()
            for slug in slugs:
                if slug not in known:
                    near = did_you_mean(slug, known) or ""
                    yield Problem(named, 1, f"`{term.slug}` means `{slug}`, which is not in {name}.yml{near}")


@lru_cache(maxsize=64)  # they seldom change, and a preview reads them at every save
def _loaded(data: bytes, named: str, name: str) -> tuple[VocabularyFile | None, tuple[Problem, ...]]:
    source = parse_yaml(data, named)
    file, faults = problems_of(model_of(name), source)
    return file, (*faults, *_repeats(source))


def _repeats(source: Source) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    terms = source.front.get("terms")
    for i, term in enumerate(terms if isinstance(terms, list) else []):
        slug = term.get("slug") if isinstance(term, dict) else None
        if isinstance(slug, str):
            if slug in seen:
                line = source.line("terms", i)
                yield Problem(source.file, line, f"`{slug}` is listed twice: it is also on line {seen[slug]}")
            seen.setdefault(slug, source.line("terms", i))
