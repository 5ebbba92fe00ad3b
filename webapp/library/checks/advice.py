"""What would read better, and what somebody should look at: shown on request, and never a fault."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from webapp.library.build.manifest import ManifestEntry
from webapp.library.checks import markdown, values
from webapp.library.checks.reading_age import LONGEST_SENTENCE, long_sentences, reading_age
from webapp.library.confidential import listings as confidential
from webapp.library.front_matter.source import Fault, Source, read_page
from webapp.library.problems import Problem
from webapp.library.vocabulary import Vocabulary
from webapp.pii import guard

# A listing is handed to people; guidance is read by professionals. A grade over these is worth another look.
OLDEST = {"asset": 12.0, "update": 14.0}
OLDEST_OTHERS = 15.0
PERSONAL = {"nhs-number", "ni-number", "date-of-birth", "case-number", "name"}  # a venue has the other kinds
INVENTED = {"spotlight", "handout"}  # their case prompts name people who do not exist, and say so
BEGINS = re.compile(r"\s*(?:#{1,6}\s+|[-*+]\s+|[0-9]+\.\s+|>\s?|!!! *\w+\s*|\[\^[^\]]*\]:|:\s+)")  # a line of its own
MARKS = re.compile(r"\[\^[^\]]*\]|[*_`]|\]\([^)]*\)|!?\[")
WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
SHORTEST_NAME = 7  # letters; shorter names are too like other words


def advise(content: Path, entries: Mapping[str, ManifestEntry], words: Vocabulary, today: date) -> list[Problem]:
    """Everything of the kind for the pages of `entries`."""
    spelling = Spelling(words)
    problems: list[Problem] = []
    for file, entry in entries.items():
        try:
            source = read_page(content.parent / file, content.parent)
        except (Fault, OSError):
            continue
        kept_back = confidential.verdict(source.front, source.body) if entry.kind == "asset" else None
        for problem in _of(source, entry, words, spelling, today):
            quiet = confidential.quiet(problem, kept_back) if kept_back else problem
            problems.append(replace(quiet, level="advice"))
    return problems


def _of(
    source: Source, entry: ManifestEntry, words: Vocabulary, spelling: "Spelling", today: date
) -> Iterator[Problem]:
    if "imported" in source.front:
        yield from markdown.faults(entry.kind, source)
        yield from values.faults(entry.kind, source, words)
    if entry.next_review and entry.next_review < today.isoformat():
        key = ("verified",) if entry.kind == "asset" else ("reviewed",)
        yield source.problem(
            f"its review was due by {entry.next_review}: {entry.owner or 'nobody yet'} looks after it", *key
        )
    if entry.expires and entry.expires < today.isoformat():
        yield source.problem(f"readers saw it until {entry.expires}: delete the file, or set a later day", "expires")
    if entry.kind in {"toolkit", "tec"} and "category" not in source.front:
        yield Problem(source.file, 1, "it stands on no shelf: add a `category`")
    yield from _summary(source)
    yield from _reading(source, entry.kind)
    yield from _personal(source, entry.kind)
    yield from spelling.of(source)


def _summary(source: Source) -> Iterator[Problem]:
    summary = source.front.get("summary")
    if isinstance(summary, str) and len(summary.split()) > LONGEST_SENTENCE:
        message = f"the summary has {len(summary.split())} words: use {LONGEST_SENTENCE} or fewer"
        yield source.problem(message, "summary")


def _reading(source: Source, kind: str) -> Iterator[Problem]:
    words = prose(source.body)
    for sentence, count in long_sentences(words):
        opening = sentence.split()[:4]
        at = re.search(r"[\s\W]+".join(map(re.escape, opening)), source.body)
        message = f"this sentence has {count} words: use {LONGEST_SENTENCE} or fewer"
        yield source.body_problem(message, at.start()) if at else Problem(source.file, source.body_line, message)
    age = reading_age(words)
    most = OLDEST.get(kind, OLDEST_OTHERS)
    if age is not None and age > most:
        message = f"the reading age is about {age:.0f}: aim for {most:.0f} or less, with shorter sentences and words"
        yield Problem(source.file, source.body_line, message)


def prose(body: str) -> str:
    """The words of a page, a paragraph or list item a line, without tables and code."""
    lines: list[str] = []
    joins = False
    for line in markdown.CODE.sub("", body).split("\n"):
        if not line.strip() or line.lstrip().startswith(("|", "<")):
            joins = False
            continue
        begins = BEGINS.match(line)
        text = MARKS.sub("", line[begins.end() :] if begins else line.strip())
        if joins and not begins:
            lines[-1] += f" {text}"
        else:
            lines.append(text)
        joins = not line.startswith("#")
    return "\n".join(lines)


def _personal(source: Source, kind: str) -> Iterator[Problem]:
    for match in guard.find(source.body):
        if match.kind in PERSONAL and not (match.kind == "name" and kind in INVENTED):
            yield source.body_problem(guard.explain(match), match.start)


class Spelling:
    """Names of the vocabulary, to find where a page spells one in another way."""

    def __init__(self, words: Vocabulary) -> None:
        self._names: dict[str, str] = {}  # `drop in` and `dropin` → Drop-in
        self._single: dict[str, str] = {}  # wythenshawe → Wythenshawe
        self._known: set[str] = set()
        for name, file in words.files.items():
            for term in file.terms:
                for spelling in (term.label, *term.also):
                    self._known |= {word.casefold() for word in WORD.findall(spelling)}
                    if "-" in term.label and spelling == term.label:
                        self._names[_bare(spelling)] = spelling
                if name == "places":
                    for spelling in WORD.findall(" ".join((term.label, *term.also))):
                        if len(spelling) >= SHORTEST_NAME and spelling[0].isupper():
                            self._single[spelling.casefold()] = spelling
        self._sorted = sorted(self._single)
        self._seen: dict[str, str] = {}

    def of(self, source: Source) -> Iterator[Problem]:
        """Where the body of a page spells a name unlike the vocabulary does."""
        found = list(WORD.finditer(source.body))
        for number, match in enumerate(found):
            word = match[0]
            if word[0].isupper() and len(word) >= SHORTEST_NAME - 1 and word.casefold() not in self._known:
                meant = self._near(word)
                if meant:
                    yield source.body_problem(f"`{word}`: the vocabulary spells it `{meant}`", match.start())
            for length in (1, 2, 3):
                if number + length > len(found):
                    break
                phrase = source.body[match.start() : found[number + length - 1].end()]
                meant = self._names.get(_bare(phrase), "")
                if meant and phrase.casefold() != meant.casefold() and "\n" not in phrase and len(phrase) < 60:
                    yield source.body_problem(f"`{phrase}`: the vocabulary spells it `{meant}`", match.start())

    def _near(self, word: str) -> str:
        folded = word.casefold().removesuffix("'s").removesuffix("’s")
        if folded in self._known:
            return ""
        if folded not in self._seen:
            begin = bisect_right(self._sorted, folded[0])
            alike = [name for name in self._sorted[begin:] if name[0] == folded[0]]
            near = get_close_matches(folded, alike, n=1, cutoff=0.88)
            self._seen[folded] = self._single[near[0]] if near else ""
        return self._seen[folded]


def _bare(words: str) -> str:
    return re.sub(r"[^a-z0-9]", "", words.casefold())
