"""What people call things (`content/vocabulary/thesaurus.yml`), ready to be looked up in what they type."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from webapp.library.front_matter.source import Fault, Loader, parse_yaml, read_data
from webapp.library.front_matter.validation import problems_of
from webapp.library.problems import Problem
from webapp.library.search.clauses import JOINING
from webapp.library.search.phrase_match import PhraseMatch, told_once
from webapp.library.search.text import hyphened, joined, stems, words
from webapp.library.search.text import pairs as side_by_side
from webapp.library.search.typed_text import LEAD_BETWEEN, Forms, TypedText, by_stem
from webapp.library.search.word_forms import CANNOT, in_full, turning, word_form

FILE = "thesaurus.yml"  # in the folder of vocabularies
# Other words that may stand between those of a phrase: a need is told in many ways, a service is named in one.
NEAR = {"lead": LEAD_BETWEEN, "hint": LEAD_BETWEEN, "same": 1, "kinds": 1, "name": 0}
IN_ORDER = ">"  # between words of a need that must stand in this order
CLASS = re.compile(r"\{([a-z-]+)\}")


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


class Saying(_File):
    """A condition that no vocabulary has a word for: `weekend`, `no charge`, `women only`.

    `facets` are the choices that meet it, `parts` the parts of a day, `age` years from and to. `text` are words that
    say it in a listing without such a facet; without them, those of `when` do. With `with_day` it counts beside a day
    alone: "Friday night", but not "wanders at night".
    """

    when: tuple[str, ...] = Field(min_length=1)
    label: str
    group: Literal["day", "part", "cost", "age", "audience", "language", "access", "open"]
    facets: Mapping[str, tuple[str, ...]] = {}
    parts: tuple[Literal["morning", "afternoon", "evening"], ...] = ()
    age: tuple[int, int] | None = None
    text: tuple[str, ...] = ()
    with_day: bool = False


class ThesaurusFile(_File):
    """The file as editors write it."""

    same: tuple[tuple[str, ...], ...] = ()
    kinds: tuple[Lead, ...] = ()
    classes: Mapping[str, str] = {}
    alike: tuple[str, ...] = ()
    leads: tuple[Lead, ...] = ()
    hints: tuple[Lead, ...] = ()
    names: tuple[tuple[str, ...], ...] = ()
    little: str = ""
    plain: str = ""
    pins: tuple[Pin, ...] = ()
    conditions: tuple[Saying, ...] = ()
    anything: str = ""


class Thesaurus:
    """Looks up phrases. Make one with `of`, or with `load` from the file that editors write."""

    def __init__(self, file: ThesaurusFile) -> None:
        self.little = frozenset(words(file.little))
        self.anything = frozenset(words(file.anything))
        self.conditions = file.conditions
        self._alike: dict[str, str] = {}
        for group in file.alike:
            first, *others = words(group)
            self._alike.update((word_form(other), word_form(first)) for other in others)
        self._classes: dict[str, list[str]] = defaultdict(list)  # form → names of the classes it is in
        self.classes = {name: words(members) for name, members in file.classes.items()}
        for name, members in file.classes.items():
            for form in dict.fromkeys(self.word_form(w) for w in words(members)):
                self._classes[form].append(f"{{{name}}}")
        self._little_forms = {self.word_form(w) for w in self.little}
        self._close: set[int] = set()  # phrases of one telling word: nothing else may be told between
        self._ordered: set[int] = set()  # phrases whose words must stand as they are written
        self._phrases: list[tuple[str, str, Forms, tuple[str, ...]]] = []
        self._whole: dict[int, Forms] = {}  # phrases whose small words matter
        self._turned: dict[int, frozenset[str]] = {}  # phrases with small words that turn their sense
        self._by_form: dict[str, list[int]] = {}
        self._same: dict[Forms, list[str]] = {}
        for alike in file.same:
            self._add("same", alike, alike)
            for name in alike:
                self._same.setdefault(tuple(stems(name)), []).extend(alike)
        for alike in file.names:
            self._add("name", alike, alike)
        for kind, leads in (("kinds", file.kinds), ("lead", file.leads), ("hint", file.hints)):
            for lead in leads:
                self._add(kind, lead.when, lead.to)
        self._pins = [([self._forms(phrase) for phrase in pin.when], pin) for pin in file.pins]
        typed_about = [file.plain, *file.classes.values(), *file.alike]
        named = {p for _, phrase, _, others in self._phrases for p in (phrase, *others)}
        self.words = frozenset(w for text in (*typed_about, *named) for w in words(text))
        # `dropin` is written `drop-in` here: who types it means the two words.
        self.compounds = {
            bare: tuple(words(whole))
            for name in named
            for whole, bare in zip(hyphened(name), joined(name), strict=True)
        }

    @classmethod
    def of(cls, data: Any) -> "Thesaurus":
        """From the content of the file as plain data. Raises pydantic.ValidationError where it is wrong."""
        return cls(ThesaurusFile.model_validate(data or {}))

    def _add(self, kind: str, phrases: Sequence[str], others: Sequence[str]) -> None:
        for phrase in phrases:
            forms = self._forms(phrase)
            if not forms or forms == (CANNOT,):
                continue
            if IN_ORDER in phrase:
                forms = tuple(form for part in phrase.split(IN_ORDER) for form in self._forms(part))
                self._ordered.add(len(self._phrases))
            every = words(phrase)
            if len(forms) == 1 and len(every) == 1 and kind in ("same", "kinds", "name"):
                # The name of a service is known by its stem alone: who "lost" keys asks for nothing about "loss".
                forms = (by_stem(every[0]),)
            elif len(forms) == 1 and len(in_full(every)) > 1 and not CLASS.search(phrase):
                self._whole[len(self._phrases)] = in_full(every)
            elif len(forms) > 1 and (small := turning(every)):
                self._turned[len(self._phrases)] = small
            if len(forms) > 1 and kind in ("lead", "hint"):
                telling = sum(form != CANNOT and form not in self._little_forms for form in forms)
                if telling == 0:
                    self._whole[len(self._phrases)] = in_full(every)
                elif telling == 1:
                    self._close.add(len(self._phrases))
            for form in forms:
                self._by_form.setdefault(form, []).append(len(self._phrases))
            self._phrases.append((kind, phrase, forms, tuple(others)))

    def word_form(self, word: str) -> str:
        """A folded word in the form that phrases are compared in, `mam` as `mum`; empty for words left out."""
        form = word_form(word)
        return self._alike.get(form, form)

    def _forms(self, phrase: str) -> Forms:
        of_classes = [f"{{{name}}}" for name in CLASS.findall(phrase)]
        plain = (form for w in words(CLASS.sub(" ", phrase)) if (form := self.word_form(w)))
        return tuple(dict.fromkeys([*plain, *of_classes]))

    def phrases(self) -> Iterator[str]:
        """Every name of more than one word, to be found as a phrase in the texts of pages."""
        seen = {p for _, phrase, _, others in self._phrases for p in (phrase, *others)}
        seen.update(name for said in self.conditions for name in (*said.when, *said.text))
        return (p for p in sorted(seen) if len(words(p)) > 1)

    @cached_property
    def pairs(self) -> frozenset[str]:
        """Every two stems that stand side by side in a name: `repair cafe`."""
        return frozenset(pair for name in self.phrases() for pair in side_by_side(stems(name)))

    def same_as(self, name: str) -> Sequence[str]:
        """Other names for the same thing."""
        return self._same.get(tuple(stems(name)), ())

    def is_in(self, name: str, word: str) -> bool:
        """Whether a folded word belongs to a class of the file."""
        return f"{{{name}}}" in self._classes.get(self.word_form(word), ())

    def find(self, typed: Sequence[str], clauses: Collection[int] = (), child: int | None = None) -> list[PhraseMatch]:
        """The longest phrases in folded words; one inside a longer one is left out. Longest first, then as typed.

        `clauses` are the positions at which another clause begins. Nothing is told or named across one but what is
        joined so itself ("men who talk"): "keeps falling, scared to go out" has no "fear of falling". At `child` stands
        the age of one: "he's 14 and looks after his mum" tells what "a boy looks after his mum" does.
        """
        query = TypedText(typed, self.word_form, self._classes, self.little, child)
        found: list[PhraseMatch] = []
        for number in dict.fromkeys(n for form in query.places for n in self._by_form.get(form, ())):
            kind, phrase, wanted, others = self._phrases[number]
            if kind == "name" and len(wanted) > 1:
                at = query.in_a_row(wanted)
            else:
                at = (query.in_order if number in self._ordered else query.where)(wanted, NEAR[kind])
            across = [typed[begin] for begin in clauses if min(at, default=0) < begin <= max(at, default=0)]
            if across and not JOINING.intersection(words(phrase)).issuperset(across):
                continue
            alone = typed[min(at)] if len(at) == 1 and kind in ("lead", "hint") else ""
            if alone in self.little and number not in self._whole and words(phrase) != [alone]:
                continue  # "needed" may hint at volunteering; who "needs" something tells nothing
            if at and number in self._close and (query.tells_between(at) or query.negates_what_follows(at)):
                continue
            if not at or not self._turned.get(number, frozenset()) <= set(typed):
                continue
            if number not in self._whole or query.holds(self._whole[number]):
                found.append(PhraseMatch(kind, phrase, at, others))
        found = sorted(told_once(found), key=lambda m: (-len(m.at), min(m.at)))
        # What is left out for stretching leaves out nothing itself: the fall of "frightened to go out after a fall".
        kept = [m for m in found if not any(m.stretches_over(other) for other in found)]
        kept = [m for m in kept if not any(m.at < other.at for other in kept)]
        needs = [m for m in kept if m.is_need]
        return [m for m in kept if not (m.is_need and any(query.tells_no_more(m, other) for other in needs))]

    def pinned(self, typed: Sequence[str]) -> tuple[tuple[str, ...], frozenset[str]]:
        """Addresses that editors put first for these folded words, in order, and those never to show."""
        if not self._pins:
            return (), frozenset()
        query = TypedText(typed, self.word_form, self._classes, self.little)
        here = [pin for phrases, pin in self._pins if any(p and query.where(p) for p in phrases)]
        first = tuple(dict.fromkeys(path for pin in here for path in pin.first))
        return first, frozenset(path for pin in here for path in pin.never)

    @property
    def pinned_paths(self) -> frozenset[str]:
        """Every address that some pin names."""
        return frozenset(path for _, pin in self._pins for path in (*pin.first, *pin.never))


def load(path: Path, root: Path) -> tuple[Thesaurus, list[Problem]]:
    """Read the file; faults name it relative to `root`. With a fault, or no file, nothing has another name."""
    named = path.relative_to(root).as_posix()
    try:
        book, problems = _loaded(read_data(path, named), named)
    except FileNotFoundError:
        return Thesaurus(ThesaurusFile()), []
    except Fault as fault:
        return Thesaurus(ThesaurusFile()), fault.problems
    return book, list(problems)


def last_good(
    folder: Path, root: Path, meta: Mapping[str, Any] | None, *, sound: bool = False
) -> tuple[bytes, list[Problem]]:
    """The file in `folder` as written; where it has a fault, as `meta`, meta.json of the last generation, has it.

    `sound` says that the program was the same then: what `meta` has needs no second look.
    """
    file, kept = folder / FILE, (meta or {}).get("thesaurus", "").encode()
    written = file.read_bytes() if file.is_file() else b""
    if sound and written and written == kept:
        return kept, []
    _, problems = load(file, root)
    return (kept if problems else written), problems


@lru_cache(maxsize=2)  # it takes a third of a second, for which a preview would wait at every save
def _loaded(data: bytes, named: str) -> tuple[Thesaurus, tuple[Problem, ...]]:
    file, problems = problems_of(ThesaurusFile, parse_yaml(data, named))
    # The same process opens the content that it has compiled: it finds there what is made here.
    return parse(data.decode()) if file and not problems else Thesaurus(file or ThesaurusFile()), tuple(problems)


@lru_cache(maxsize=2)
def parse(text: str) -> Thesaurus:
    """From the text of a file that was found good when the content was compiled; an empty text gives an empty one."""
    return Thesaurus.of(yaml.load(text, Loader=Loader))  # nosec B506 # noqa: S506 - a CSafeLoader with fewer types
