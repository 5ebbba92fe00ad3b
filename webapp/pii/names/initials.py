"""Initials that stand for somebody: "P.K. from M22", "J. Patel", "service user AB"."""

import re
from collections.abc import Iterator

from webapp.pii.match import Span
from webapp.pii.names.institutions import INSTITUTION, THEORISTS
from webapp.pii.names.surnames import is_surname
from webapp.pii.names.words import ACRONYMS, NOT_NAMES, RELATIONS, SURELY_DOES
from webapp.pii.word_list import listed

PERSON = (
    r"client|citizen|service[ -]user|su|patient|resident|customer|tenant|son|daughter|husband|wife|mum|mother|dad"
    r"|father|sister|brother|niece|nephew|partner|lady|gentleman|neighbour|initials|grandson|granddaughter|pt|individual"
    r"|adult"
)
AFTER_PERSON = re.compile(
    rf"\b(?i:{PERSON})[\s:(]{{1,2}}(?P<who>[A-Z]\.\s?(?:[A-Z]\.?\s?)?(?:[A-Z]\.)?|[A-Z]{{1,3}})"
    r"(?=[\s,.;:)'!?]|$)(?!\s?[&+])"
)
DOTTED = re.compile(r"(?<![\w.])(?P<who>[A-Z]\.\s?[A-Z]\.?(?:\s?[A-Z]\.)?)(?=[\s,;:)'(]|$)")
PAIR = re.compile(r"(?<![\w.&/-])(?P<who>[A-Z]{2,3})(?=(?:'s)?[\s,(])")
SINGLE = re.compile(r"(?<![\w.'&/-])(?P<first>[A-Z](?:\.\s?|\s)(?:[A-Z](?:\.\s?|\s)){0,2})(?P<last>[A-Z][\w'-]{1,40})")
SURNAME_FIRST = re.compile(r"(?<![\w'-])(?P<last>[A-Z][\w'-]{1,40}),?\s(?P<first>[A-Z]\.(?:\s?[A-Z]\.)?)(?=[\s,;:)]|$)")
PLACE = re.compile(r",?\s?(?:is\s|lives\s)?(?:from|of|in|at|\(|near|,)\s?[A-Z]{1,2}\d[\dA-Z]?(?:\b|\d[A-Z]{2}\b)", re.I)
DOES = re.compile(
    r",?\s(?:"
    + "|".join(sorted(SURELY_DOES - {"uses", "used"}))
    + r"|is\s\d\d|is\s(?:an?\s\d\d|lonely|isolated|housebound|widowed))\b"
)
BEFORE = re.compile(r"\b(?:from|with|for|by|to|asked|told|rang|met|saw|visited|supported|and|about)\s$")
CITED = re.compile(r"[\s.,]*(?:(?:and|&|et al)[^()\n]{0,30})?,?\s?\(?\s?(?:19|20)\d\d")
AGE = re.compile(r",?\s?\(?(?:aged\s)?\d\d(?:[,)\s]|$|yrs|y)")
# "JS, 78, from Baguley", "JS (78) would like": two capitals, an age and what somebody does. Never "GP, 24, …" alone.
AGED = re.compile(
    r"(?:,\s|\s\()(?:aged\s)?(?:[1-9]\d|10\d)[,)],?\s"
    r"(?:from|lives|wants?|would|has|is|was|who|needs?|loves?|likes?|asked|misses|cannot|can't)\b"
)
OWNS = re.compile(r"'s\s(?:" + "|".join(sorted(RELATIONS - {"twin", "ex", "partner"})) + r")\b")
SHORT = listed(
    """
    uk us eu nhs eg ie am pm dob ni gp ot sw tv id it hr pa cv qa ba ma ed ad bc re os pc pr la ld mh
    """,
)


def find(text: str) -> Iterator[Span]:
    """Every set of initials in `text` (plain) that the sentence speaks of as a person."""
    for m in AFTER_PERSON.finditer(text):
        if m["who"] not in ACRONYMS and not _shouting(text, m):
            yield Span("name", m.start("who"), m.start("who") + len(m["who"].rstrip()))
    for m in DOTTED.finditer(text):
        letters = re.sub(r"[.\s]", "", m["who"]).lower()
        if letters not in SHORT and _someone(text, m):
            yield Span("name", m.start(), m.end())
    for m in PAIR.finditer(text):
        if m["who"] not in ACRONYMS and len(m["who"]) == 2 and not _shouting(text, m) and _someone(text, m):
            yield Span("name", m.start(), m.end())
    yield from _with_surname(text)


def _with_surname(text: str) -> Iterator[Span]:
    for pattern in (SINGLE, SURNAME_FIRST):
        for m in pattern.finditer(text):
            last = m["last"].lower().removesuffix("'s")
            dotted = "." in m["first"]
            if last in THEORISTS or last in NOT_NAMES or last in INSTITUTION or CITED.match(text, m.end()):
                continue
            if re.sub(r"[.\s]", "", m["first"]).lower() in SHORT:
                continue
            if (is_surname(last) and (dotted or m["first"].strip() not in ("I", "A"))) or (
                dotted
                and pattern is SINGLE
                and (
                    BEFORE.search(text[max(0, m.start() - 12) : m.start()])
                    or DOES.match(text, m.end())
                    or PLACE.match(text, m.end())
                )
            ):
                yield Span("name", m.start(), m.end())


def _someone(text: str, m: re.Match[str]) -> bool:
    return bool(
        PLACE.match(text, m.end())
        or DOES.match(text, m.end())
        or AGED.match(text, m.end())
        or OWNS.match(text, m.end())
        or (AGE.match(text, m.end()) and "." in m["who"])
    )


def _shouting(text: str, m: re.Match[str]) -> bool:
    """Whether the words round it are all capitals, so that two capitals say nothing."""
    letters = [c for c in text[max(0, m.start() - 20) : m.end() + 20] if c.isalpha()]
    return sum(c.isupper() for c in letters) > 0.7 * len(letters) and len(letters) > 6
