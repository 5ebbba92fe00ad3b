"""What people call things (`content/vocabulary/thesaurus.yml`), ready to be looked up in what they type."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field

from webapp.library.problems import Problem
from webapp.library.search.text import STOP_WORDS, stem, stems, words
from webapp.library.source import Fault, Loader, read_yaml
from webapp.library.validation import problems_of

FILE = "thesaurus.yml"  # in the folder of vocabularies

# "struggles to", "unable to", "no longer": one way of saying that something does not work. All become CANNOT.
CANNOT = "cannot"
_NOT = """
cant cannot couldnt not no dont doesnt didnt wont isnt arent wasnt never unable struggle struggles struggling struggled
difficulty difficult trouble hard without longer
"""
_SELF = "himself herself themselves myself yourself oneself ourselves"
_PRONOUNS = "he she him her his hers they i me my mine we us ours their theirs someones somebodys"
# Forms that a stemmer cannot bring together, in words that needs are told with.
_IRREGULAR = """
lose lost losing loss; die died dying dead death; fall fell fallen; drink drank drunk; feel felt; get got getting;
go goes gone went; come came coming; give gave given giving; take took taken taking; leave left leaving; eat ate eaten;
hear heard; see saw seen; speak spoke spoken; read reading; buy bought; keep kept; tell told; know knew known;
forget forgot forgotten; hurt hurting; shake shook; write wrote written; drive drove driven; man men; woman women;
child children; wife wives; foot feet; tooth teeth
"""
_ABOUT = frozenset(_PRONOUNS.split())
_SAME_FORM = {form: group.split()[0] for group in _IRREGULAR.split(";") for form in group.split()}
_SAME_FORM |= dict.fromkeys(_NOT.split(), CANNOT) | dict.fromkeys(_SELF.split(), "self")
_SKIPPED = (STOP_WORDS | _ABOUT) - frozenset(_SAME_FORM)
REACH = 3  # other words that may stand between those of a phrase


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Lead(_File):
    """A need in plain words, and what may meet it, the best first."""

    when: tuple[str, ...] = Field(min_length=1)
    to: tuple[str, ...] = Field(min_length=1)


class Pin(_File):
    """Addresses of listings to put first, or never to show, for some words."""

    when: tuple[str, ...] = Field(min_length=1)
    first: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


class ThesaurusFile(_File):
    """The file as editors write it."""

    same: tuple[tuple[str, ...], ...] = ()
    leads: tuple[Lead, ...] = ()
    names: tuple[tuple[str, ...], ...] = ()
    little: str = ""
    pins: tuple[Pin, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase of the thesaurus found in what was typed. `at` are the positions of its words.

    `kind` is `same`, `lead` or `name`; `others` are the other names or the leads, the best first.
    """

    kind: str
    phrase: str
    at: frozenset[int]
    others: tuple[str, ...]


def tell(word: str) -> str:
    """A folded word in the form that phrases are compared in: `lost` gives `lose`; empty for words left out."""
    if word in _SAME_FORM:
        return _SAME_FORM[word]
    return "" if word in _SKIPPED else stem(word)


class Thesaurus:
    """Looks up phrases. Make one with `of`, or with `load` from the file that editors write."""

    def __init__(self, file: ThesaurusFile) -> None:
        self.little = frozenset(words(file.little))
        self._phrases: list[tuple[str, str, tuple[str, ...], tuple[str, ...]]] = []
        self._whole: dict[int, tuple[str, ...]] = {}  # phrases whose small words matter
        self._by_form: dict[str, list[int]] = {}
        self._same: dict[tuple[str, ...], list[str]] = {}
        for group in file.same:
            self._add("same", group, group)
            for name in group:
                self._same.setdefault(tuple(stems(name)), []).extend(group)
        for group in file.names:
            self._add("name", group, group)
        for lead in file.leads:
            self._add("lead", lead.when, lead.to)
        self._pins = [([_forms(phrase) for phrase in pin.when], pin) for pin in file.pins]
        self.words = frozenset(w for _, phrase, _, others in self._phrases for p in (phrase, *others) for w in words(p))

    @classmethod
    def of(cls, data: Any) -> "Thesaurus":
        """From the content of the file as plain data. Raises pydantic.ValidationError where it is wrong."""
        return cls(ThesaurusFile.model_validate(data or {}))

    def _add(self, kind: str, phrases: Sequence[str], others: Sequence[str]) -> None:
        for phrase in phrases:
            forms = _forms(phrase)
            if forms and forms != (CANNOT,):
                in_full = _in_full(words(phrase))
                if len(forms) == 1 and len(in_full) > 1:
                    self._whole[len(self._phrases)] = in_full
                for form in forms:
                    self._by_form.setdefault(form, []).append(len(self._phrases))
                self._phrases.append((kind, phrase, forms, tuple(others)))

    def phrases(self) -> Iterator[str]:
        """Every name of more than one word, to be found as a phrase in the texts of pages."""
        seen = {p for _, phrase, _, others in self._phrases for p in (phrase, *others)}
        return (p for p in sorted(seen) if len(words(p)) > 1)

    def same_as(self, name: str) -> Sequence[str]:
        """Other names for the same thing."""
        return self._same.get(tuple(stems(name)), ())

    def find(self, typed: Sequence[str]) -> list[Match]:
        """The longest phrases in folded words; one inside a longer one is left out. Longest first, then as typed."""
        forms = [tell(w) for w in typed]
        in_full = _in_full(typed)
        found: list[Match] = []
        for number in dict.fromkeys(n for form in forms if form for n in self._by_form.get(form, ())):
            kind, phrase, wanted, others = self._phrases[number]
            at = _where(wanted, forms)
            if at and (number not in self._whole or _stands(self._whole[number], in_full)):
                found.append(Match(kind, phrase, at, others))
        found.sort(key=lambda m: (-len(m.at), min(m.at)))
        return [m for m in found if not any(m.at < longer.at for longer in found)]

    def pinned(self, typed: Sequence[str]) -> tuple[tuple[str, ...], frozenset[str]]:
        """Addresses that editors put first for these folded words, in order, and those never to show."""
        forms = [tell(w) for w in typed]
        here = [pin for phrases, pin in self._pins if any(p and _where(p, forms) for p in phrases)]
        first = tuple(dict.fromkeys(path for pin in here for path in pin.first))
        return first, frozenset(path for pin in here for path in pin.never)

    @property
    def pinned_paths(self) -> frozenset[str]:
        """Every address that some pin names."""
        return frozenset(path for _, pin in self._pins for path in (*pin.first, *pin.never))


def _forms(phrase: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(form for w in words(phrase) if (form := tell(w))))


def _in_full(of: Sequence[str]) -> tuple[str, ...]:
    """Every word but articles, whoever it is about: "on his own" is `on`, `-`, `own`. One telling word is not enough
    to know such a phrase by ("her own home").
    """
    return tuple("-" if w in _ABOUT else tell(w) or w for w in of if w not in {"a", "an", "the"})


def _stands(phrase: tuple[str, ...], text: tuple[str, ...]) -> bool:
    return any(text[i : i + len(phrase)] == phrase for i in range(len(text) - len(phrase) + 1))


def _where(wanted: tuple[str, ...], forms: Sequence[str]) -> frozenset[int]:
    """Positions of all `wanted` forms within reach of one another, in any order; empty where they are not."""
    if any(form not in forms for form in wanted):
        return frozenset()
    if len(wanted) == 1:
        return frozenset({forms.index(wanted[0])})
    places = [i for i, form in enumerate(forms) if form in wanted]
    for start in places:
        told = [i for i in range(start, len(forms)) if forms[i]][: len(wanted) + REACH]
        at = {forms[i]: i for i in reversed(told) if forms[i] in wanted}
        if len(at) == len(wanted):
            return frozenset(at.values())
    return frozenset()


def load(path: Path, root: Path) -> tuple[Thesaurus, list[Problem]]:
    """Read the file; faults name it relative to `root`. With a fault, or no file, nothing has another name."""
    try:
        source = read_yaml(path, root)
    except FileNotFoundError:
        return Thesaurus(ThesaurusFile()), []
    except Fault as fault:
        return Thesaurus(ThesaurusFile()), fault.problems
    file, problems = problems_of(ThesaurusFile, source)
    return Thesaurus(file or ThesaurusFile()), problems


def parse(text: str) -> Thesaurus:
    """From the text of a file that was found good when the content was compiled; an empty text gives an empty one."""
    return Thesaurus.of(yaml.load(text, Loader=Loader))  # noqa: S506 - a CSafeLoader with fewer types
