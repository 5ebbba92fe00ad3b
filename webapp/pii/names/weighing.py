"""How likely a run of words is somebody's name: what the rules say, weighed with the words round it.

A logistic model. Its weights are in `weights.json`, learnt from the labelled sentences by `python -m tools.weigh_names`
(docs/decisions/weighing-names.md). It holds no name: what it sees of a name is whether a list or the dictionary has
it, how it is written, and how it ends.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from webapp.english import words as english
from webapp.pii.names.care import CARE, CARED_FOR, NOT_PEOPLE, OFFICE
from webapp.pii.names.first_names import ALSO_WORDS, SURE
from webapp.pii.names.institutions import HOLY, INSTITUTION, THEORISTS
from webapp.pii.names.small_letters import BEARERS, BUILDINGS
from webapp.pii.names.surnames import ALSO_WORDS as SURNAME_WORDS
from webapp.pii.names.surnames import is_surname
from webapp.pii.names.words import (
    DOES,
    HAS,
    NOT_NAMES,
    PEOPLE,
    RELATIONS,
    SPEECH,
    SPEECH_WITH,
    SURELY_DOES,
    THINGS,
)
from webapp.pii.tokens import Word
from webapp.pii.word_list import listed, read

FILE = Path(__file__).with_name("weights.json")
FIRST = SURE | ALSO_WORDS
WHERE = listed("in near around across outside the a an")  # after these, a place or a thing
NEAR = 8  # words before and after that are looked at
# What stands near an author, an artist or a character, and near a law or an inquiry, and not near a neighbour.
WORKS = read("works")
LEGAL = read("legal_words")
PRONOUNS = frozenset(["he", "she", "his", "her", "him", "hers", "himself", "herself"])
CLASSES: Mapping[str, frozenset[str]] = {
    "surely": SURELY_DOES,
    "does": DOES,
    "care": CARE,
    "cared": CARED_FOR,
    "office": OFFICE,
    "inst": INSTITUTION,
    "bears": BEARERS | BUILDINGS,
    "thing": THINGS,
    "works": WORKS,
    "legal": LEGAL,
    "relation": RELATIONS,
    "people": PEOPLE,
    "has": HAS,
    "speech": SPEECH,
    "spokewith": SPEECH_WITH,
    "pronoun": PRONOUNS,
    "holy": HOLY,
    "place": NOT_PEOPLE,
}
KINDS = {
    word: tuple(name for name, listed in CLASSES.items() if word in listed)
    for word in frozenset().union(*CLASSES.values())
}
BEFORE_THAT = frozenset(["spokewith", "care", "works", "people", "thing", "legal"])
YEAR = re.compile(r"(?:'s)?,?\s?\(?(?:18|19|20)\d\d\b")


def worth_it(found: list[Word], at: int) -> bool:
    """Whether a word that no rule takes for a name could be one all the same."""
    word = found[at]
    if word.small in NOT_NAMES or len(word.small) < 3 or word.shouted:
        return False
    if at and word.close and found[at - 1].small in WHERE:
        return False  # "an older couple in Northbrook"
    if not word.capital:
        return word.small in FIRST and not word.small.endswith("-")
    begins_a_sentence = word.begins and word.small not in FIRST and at + 1 < len(found) and found[at + 1].capital
    return not (
        begins_a_sentence and found[at + 1].close and english.is_word(word.small)
    )  # "Rang Ife": of whom is meant


def goes_on(found: list[Word], begun: int, at: int) -> bool:
    """Whether the word at `at` belongs to the run of capitals that began at `begun`."""
    word = found[at]
    return (
        found[begun].capital
        and word.capital
        and word.close
        and not found[at - 1].owns
        and at - begun < 4
        and word.small not in NOT_NAMES
        and word.small not in INSTITUTION
    )


def weight(text: str, found: Sequence[Word], at: int, last: int, *, ruled: bool) -> float:
    """The log-odds that the words from `at` to `last` name somebody; `ruled` says that the rules think so."""
    weights = _weights()
    return sum(weights.get(feature, 0.0) for feature in features(text, found, at, last, ruled=ruled))


def features(text: str, found: Sequence[Word], at: int, last: int, *, ruled: bool) -> Iterator[str]:
    """What the model sees of a run of words and of its neighbours, each as a short word."""
    word, end = found[at], found[last]
    verdict = "r" if ruled else "u"
    yield "always"
    yield verdict
    first, behind = _listed(word), _surname(end) if last > at else "lone"
    begins = "b" if word.begins else "m"
    yield f"first={first}"
    yield f"{verdict} first={first} {begins}"
    yield f"last={behind}"
    yield f"{verdict} last={behind} first={first}"
    yield f"length={last - at}"
    yield f"{begins} capital={word.capital}"
    if word.shouted:
        yield f"shouted {first}"
    if first in ("none", "english"):
        yield f"ends={word.small[-2:]}"
        if is_surname(word.small):
            yield "bysurname"
    if end.owns:
        yield f"owns {verdict}"
    if word.small in THEORISTS or end.small in THEORISTS:
        yield "theorist"
    if YEAR.match(text, end.end):
        yield "year"
    yield from _before(found, at, verdict, first)
    yield from _after(text, found, last, verdict, first)
    yield from _round(found, at, last, verdict)


def _before(found: Sequence[Word], at: int, verdict: str, first: str) -> Iterator[str]:
    word = found[at]
    if not at:
        yield "p="
        return
    before = found[at - 1]
    gap = "" if word.close else word.gap.strip()[:1] or "\\"
    yield f"pgap={gap}"
    if gap in ".!?;:\\":
        return
    yield f"p={before.small}"
    if before.capital:
        yield f"p capital {first} {'b' if before.begins else 'm'}"
    for name in KINDS.get(before.small, ()):
        yield f"p {name}"
        yield f"p {name} {first}"
    if at > 1 and before.gap == " ":
        yield f"pp={found[at - 2].small} {before.small}"
        for name in BEFORE_THAT.intersection(KINDS.get(found[at - 2].small, ())):
            yield f"pp {name} {before.small}"


def _after(text: str, found: Sequence[Word], last: int, verdict: str, first: str) -> Iterator[str]:
    owns = "'s" if found[last].owns else ""
    if last + 1 >= len(found):
        yield f"n= {text[found[last].end : found[last].end + 1]}"
        return
    after = found[last + 1]
    gap = "" if after.close else after.gap.strip()[:1] or "\\"
    if gap:
        yield f"ngap={gap}"
    if gap and gap not in ",(&-'":
        return
    case = "C" if after.capital else "c"
    yield f"n={owns}{after.small}"
    yield f"ncase {case} {first}"
    for name in KINDS.get(after.small, ()):
        yield f"n{owns}{case} {name}"
        yield f"n{owns}{case} {name} {first} {verdict}"
    second = found[last + 2] if last + 2 < len(found) and found[last + 2].close else None
    if second:
        yield f"nn={after.small} {second.small}"
        for name in KINDS.get(second.small, ()):
            yield f"nn{owns} {name}"
            if after.small not in KINDS:
                yield f"nn{owns} . {name}"


def _round(found: Sequence[Word], at: int, last: int, verdict: str) -> Iterator[str]:
    after: set[str] = set()
    for step in range(last + 1, min(len(found), last + 1 + NEAR)):
        if found[step].begins:
            break
        after.update(KINDS.get(found[step].small, ()))
    before: set[str] = set()
    for step in range(at - 1, max(-1, at - 1 - NEAR), -1):
        before.update(KINDS.get(found[step].small, ()))
        if found[step].begins:
            break
    for side, kinds in (("after", after), ("before", before)):
        for kind in kinds:
            yield f"{side} {kind}"
            yield f"{verdict} {side} {kind}"


def _listed(word: Word) -> str:
    small = word.small.split("-")[0]
    if small in SURE:
        return "sure"
    if small in ALSO_WORDS:
        return "also"
    if small in NOT_NAMES or small in INSTITUTION or small in NOT_PEOPLE or small in THINGS or small in PEOPLE:
        return "not"
    return "english" if english.is_word(small) else "none"


def _surname(word: Word) -> str:
    if not is_surname(word.small):
        return "english" if english.is_word(word.small) else "none"
    return "also" if word.small in SURNAME_WORDS else "surname"


@cache
def _weights() -> dict[str, float]:
    loaded: dict[str, float] = json.loads(FILE.read_text("utf-8")) if FILE.exists() else {}
    return loaded
