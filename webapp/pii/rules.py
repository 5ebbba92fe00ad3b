"""Every rule of the guard, in turn. Their patterns take long to compile: `guard` loads this with the first text."""

import re
from collections.abc import Iterator, Sequence

from webapp.pii import bank, births, cases, codes, numbers
from webapp.pii.addresses import find as addresses
from webapp.pii.match import Span
from webapp.pii.names import find as names

DIGIT = re.compile(r"[0-9]")


def every(text: str, case_patterns: Sequence[re.Pattern[str]]) -> Iterator[Span]:
    """What each detector sees; the surest first, because the first to claim a stretch of text keeps it."""
    digits = bool(DIGIT.search(text))
    yield from codes.emails(text)
    if digits:
        yield from codes.national_insurance(text)
    yield from births.find(text)
    yield from cases.find(text, case_patterns, usual=digits)
    if digits:
        yield from bank.find(text)
    yield from numbers.find(text)
    if digits:
        yield from codes.postcodes(text)
    yield from addresses.find(text)
    yield from names.find(text)
