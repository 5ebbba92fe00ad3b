"""The ages that a listing says it is for, in its own words: `aged 50 and over`, `for 16-25 year olds`, `under 18s`."""

import re

from webapp.library.search.named_ages import OLDEST

_NUMBER = re.compile(r"(?<![:.\d£])\b\d\d\b(?![:.]\d)")
_OF_AGES = re.compile(r"\bage|\bover\b|\bunder\b|\byears?\b|\byrs?\b|\bolds?\b|\bplus\b|\d\s?\+", re.IGNORECASE)
_BEFORE, _AFTER = 32, 32  # characters that are looked at around a number: a text has many, and few of them are ages
_AND_OVER = "and (?:over|above|older|upwards?)|or (?:over|above|older)|upwards"
_TO = r"(?:\s?[-–—]\s?|\s(?:to|and)\s)"
# Each gives the first age and the last, either of which may be missing. Numbers of other things have other words about
# them: "over 20 years of experience", "10-12 Mondays", "under 30 minutes".
_SPANS = (
    rf"\bage[sd]?(?:\s(?:of|between|from))?\s(?P<a>\d\d){_TO}(?P<b>\d\d)\b",
    rf"\b(?P<a>\d\d){_TO}(?P<b>\d\d)[\s-]?(?:year|yr)s?[\s-]olds?\b",
    r"\bbetween (?:the )?(?:ages of )?(?P<a>\d\d) and (?P<b>\d\d) (?:years? of age|years? old)",
    rf"\bage[sd]?(?:\s(?:of|from))?\s(?P<a>\d\d)\s?(?:years?\s)?(?:of age\s)?(?:{_AND_OVER}|plus|\+)",
    rf"\b(?P<a>\d\d)(?:'?s)?\s(?:years?\s)?(?:of age\s)?(?:{_AND_OVER})",
    r"(?<![£\d.])\b(?P<a>\d\d)(?:\splus\b|\s?\+)(?!\s?(?:years|miles|minutes|members|people))",
    r"\bover[\s-](?:the age of )?(?P<a>\d0)'?s\b",
    r"\b(?:people|adults|residents|anyone|men|women|those|persons)\s(?:aged?\s)?over\s(?:the age of\s)?(?P<a>\d\d)\b",
    r"\bunder[\s-](?P<b>\d\d)'?s\b",
    r"\bunder (?:the age of|age) (?P<b>\d\d)\b",
)
_GIVEN = tuple(re.compile(span, re.IGNORECASE) for span in _SPANS)
_IN_TITLE = re.compile(r"\b(?P<a>1[1-9]|[2-9]\d)\s?[-–]\s?(?P<b>\d\d)\b(?!\s?[ap]m)")
_OLDEST_LIMIT = 80  # years: "88 and above" is no limit of age
_EXAM = 11  # "11 plus"


def given(title: str, summary: str, body: str) -> tuple[int, int] | None:
    """The ages that a listing is for, from and to in years; None where it gives none.

    A title and a summary say whom all of it is for. A body may tell of one session among others, so of it only the
    least age counts, and only where no part of it is for younger people.
    """
    named = _IN_TITLE.search(title)
    if named and (of_title := _ages(named)):
        return of_title
    if ages := _found(title) or _found(summary):
        return ages[0]
    ages = _found(body)
    return (min(least for least, _ in ages), OLDEST) if ages and all(most == OLDEST for _, most in ages) else None


def _found(text: str) -> list[tuple[int, int]]:
    """All ages that a text gives, the first one first."""
    text = text.replace("’", "'")
    matches: dict[int, tuple[int, int]] = {}
    for number in _NUMBER.finditer(text):
        first, last = max(0, number.start() - _BEFORE), number.end() + _AFTER
        if _OF_AGES.search(text, first, last):
            of_here = (m for pattern in _GIVEN for m in pattern.finditer(text, first, last))
            matches.update((m.start(), ages) for m in of_here if (ages := _ages(m)))
    return [matches[at] for at in sorted(matches)]


def _ages(match: re.Match[str]) -> tuple[int, int] | None:
    limits = match.groupdict()
    least = int(limits.get("a") or 0)
    if not limits.get("b"):
        return (least, OLDEST) if _EXAM < least <= _OLDEST_LIMIT else None
    most = int(limits["b"]) - (least == 0)
    return (least, most) if most > least + 1 else None
