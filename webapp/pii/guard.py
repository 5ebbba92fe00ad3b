"""The personal-data guard: what could say who somebody is, and text in which nothing of the kind was found.

    try:
        text = pii.clean(form.title.data)
    except pii.Identifying as found:
        advice = [pii.explain(match) for match in found.matches]

Only `CleanText` may be stored. The rules live beside this file; docs/privacy.md says what they find and how often.
"""

import re
from collections.abc import Collection, Sequence
from importlib import import_module

from webapp.pii.match import Match
from webapp.pii.normalise import plain
from webapp.pii.story import could_tell_who

__all__ = [
    "KINDS",
    "NUMBERS",
    "CleanText",
    "Identifying",
    "Match",
    "clean",
    "could_tell_who",
    "explain",
    "find",
    "numbers_somebody",
]

KINDS = (
    "nhs-number",
    "ni-number",
    "postcode",
    "phone",
    "email",
    "date-of-birth",
    "case-number",
    "bank",
    "name",
    "address",
)


NUMBERS = frozenset({"nhs-number", "ni-number"})  # always one person's, wherever they stand

NOT_WORDS = re.compile(r"[\W_]+")


class CleanText(str):
    """Text in which nothing identifying was found. Only `clean` makes it."""

    __slots__ = ()


class Identifying(ValueError):
    """The text could identify somebody. `matches` says what was seen and where, in the order of the text."""

    def __init__(self, matches: Sequence[Match]) -> None:
        # The message never holds the text: messages end up in logs.
        super().__init__(f"{len(matches)} things that could identify a person")
        self.matches = list(matches)


def find(
    text: str,
    *,
    case_patterns: Sequence[re.Pattern[str]] = (),
    not_about_a_person: Collection[str] = (),
    of_organisation: bool = False,
) -> list[Match]:
    """Everything in `text` that could identify a person, in the order of the text, none overlapping.

    `case_patterns` are this council's own forms of case number, besides the usual ones.
    `not_about_a_person` holds match texts that somebody has marked so: a venue's postcode, a public phone line.
    `of_organisation` says that the text is about an organisation, whose own contacts are then welcome in it.
    """
    seen = plain(text)
    marked = {_folded(phrase) for phrase in not_about_a_person}
    taken: list[Match] = []
    claimed = bytearray(len(text))
    from webapp.pii import rules  # here: their patterns are a quarter of the time of a start; see `load`

    for span in rules.every(seen.text, case_patterns):
        start, end = seen.typed(span.start, span.end)
        if not any(claimed[start:end]):
            claimed[start:end] = b"\1" * (end - start)
            taken.append(Match(span.kind, start, end, text[start:end]))
    unmarked = [match for match in taken if _folded(match.text) not in marked]
    if of_organisation:
        from webapp.pii import organisations  # here: it reads lists of names

        unmarked = organisations.private(text, unmarked)
    return sorted(unmarked, key=lambda match: match.start)


def clean(
    text: str,
    *,
    case_patterns: Sequence[re.Pattern[str]] = (),
    not_about_a_person: Collection[str] = (),
    of_organisation: bool = False,
) -> CleanText:
    """`text` as CleanText. Raises Identifying where something in it could identify a person."""
    matches = find(
        text, case_patterns=case_patterns, not_about_a_person=not_about_a_person, of_organisation=of_organisation
    )
    if matches:
        raise Identifying(matches)
    return CleanText(text)


def load() -> None:
    """Read every rule and list now. Whoever first looks at a text does so by itself, and waits for it."""
    for name in ("rules", "organisations"):
        import_module(f"webapp.pii.{name}")


def _folded(text: str) -> str:
    return " ".join(plain(text).text.casefold().split())


SAID = {
    "nhs-number": ("an NHS number", "Leave it out: say “an older man in M22” instead."),
    "ni-number": ("a National Insurance number", "Leave it out: nobody needs it to act on this."),
    "postcode": ("a full postcode", "Keep the first half only, such as “M22”."),
    "phone": ("a phone number", "Leave it out: say “by phone” instead."),
    "email": ("an e-mail address", "Leave it out: say “by e-mail” instead."),
    "date-of-birth": ("a date of birth", "Say an age group instead, such as “in her eighties”."),
    "case-number": ("a case number", "Leave it out: the gap is about a service, not one record."),
    "bank": ("a bank account or card", "Leave it out: nobody needs it to act on this."),
    "name": ("a person's name", "Say who they are instead, such as “a woman in her seventies” or “her son”."),
    "address": ("a street address", "Name the neighbourhood instead, or the first half of the postcode."),
}


def numbers_somebody(text: str) -> bool:
    """Whether `text` has a number in it that one person alone has: for names, addresses and the paths of pages."""
    return any(match.kind in NUMBERS for match in find(NOT_WORDS.sub(" ", text)))


def named(kind: str) -> str:
    """What a kind of match is called, as in "a phone number"."""
    return SAID[kind][0]


def explain(match: Match) -> str:
    """What was seen, in plain words, and how to put it instead.

    Only the beginning of a number is shown, so that what is read out or seen over a shoulder stays short.
    """
    thing, advice = SAID[match.kind]
    return f"This looks like {thing} ({_glimpse(match)}). {advice}"


def _glimpse(match: Match) -> str:
    shown = " ".join(match.text.split())
    if match.kind in ("name", "address", "date-of-birth"):
        return shown if len(shown) <= 40 else f"{shown[:39]}…"
    return f"{shown[:3].strip()} …"
