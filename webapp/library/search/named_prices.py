"""Prices that a search names, `under £6`, `less than a fiver`, and those that a listing gives."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from webapp.library.search.number_words import FROM_TEN, UNITS

DEAREST = 100  # pounds: what is more is a grant or a fee
_SAID = (*range(1, 16), 20)  # pounds that people say in words as a price
_NUMBERS_NAMED = {word: number for word, number in (UNITS | FROM_TEN).items() if number in _SAID}
_NUMBERS_NAMED |= {"couple": 3, "few": 5}
_COINS = {"fiver": 5, "tenner": 10}
_POUNDS = frozenset({"pound", "pounds", "quid"})
WORDS = frozenset((*_NUMBERS_NAMED, *_COINS, *_POUNDS))  # which are spelt right, whatever pages hold
# What leads to a price, as words; whether the price itself is too much.
_BELOW = {"under": True, "below": True, "less than": True, "cheaper than": True}
_LIMITS = _BELOW | dict.fromkeys(("up to", "no more than", "not more than", "at most", "maximum", "max", "for"), False)
_AFTER = {"or less": False, "or under": False, "max": False, "maximum": False, "at most": False}
_LEADING = "|".join(sorted(_LIMITS, key=len, reverse=True))
_TYPED = re.compile(
    rf"(?:\b(?:{_LEADING})\s+£\s?(\d+(?:\.\d\d?)?))|(?:£\s?(\d+(?:\.\d\d?)?)(?=\s+(?:{'|'.join(_AFTER)})\b))",
    re.IGNORECASE,
)
_GIVEN = re.compile(r"£\s?(\d{1,3})(?:\.\d\d)?(?![\d,])")


@dataclass(frozen=True, slots=True)
class NamedPrice:
    """`at` are the positions of its words, `most` is in whole pounds and still fits unless it is `below`."""

    at: frozenset[int]
    most: int
    below: bool

    @property
    def label(self) -> str:
        """What to call it."""
        return f"{'Under' if self.below else 'Up to'} £{self.most}"

    @property
    def terms(self) -> tuple[str, ...]:
        """What the index has for listings that give such a price."""
        return tuple(map(_term, range(self.most + (not self.below))))


def spelt(text: str) -> str:
    """A typed limit in words, where the sign would be lost: `under £6` as `under 6 pounds`, pence as a whole pound."""
    return _TYPED.sub(lambda found: found[0].split("£")[0] + f"{math.ceil(float(found[1] or found[2]))} pounds", text)


def find(typed: Sequence[str]) -> NamedPrice | None:
    """The first limit in folded words; None where there is none. "50 pounds" alone may be what somebody weighs."""
    for at in range(len(typed)):
        if amount := _amount(typed, at):
            end, most = amount
            limit = next(((n, _LIMITS[w]) for n, w in _before(typed, at) if w in _LIMITS), None)
            tail = next(((n, _AFTER[w]) for n, w in _following(typed, end) if w in _AFTER), None)
            if (limit or tail) and 0 < most <= DEAREST:
                first, last = at - (limit[0] if limit else 0), end + (tail[0] if tail else 0)
                return NamedPrice(frozenset(range(first, last)), most, limit[1] if limit else False)
    return None


def terms(text: str) -> set[str]:
    """What is indexed for the prices that a listing gives, each in whole pounds."""
    return {_term(int(pounds)) for pounds in _GIVEN.findall(text)} if "£" in text else set()


def _term(pounds: int) -> str:
    return f"£{pounds}"


def _amount(typed: Sequence[str], at: int) -> tuple[int, int] | None:
    """Where the amount that begins at `at` ends, and how many pounds it is."""
    start = at + (typed[at] in {"a", "the"})
    word, after = (typed[i] if i < len(typed) else "" for i in (start, start + 1))
    if word in _COINS:
        return start + 1, _COINS[word]
    unit = start + 1 + (after == "of")
    number = _NUMBERS_NAMED.get(word) or (int(word) if word.isascii() and word.isdigit() and len(word) < 4 else None)
    if number is not None and unit < len(typed) and typed[unit] in _POUNDS:
        return unit + 1, number
    return None


def _before(typed: Sequence[str], at: int) -> list[tuple[int, str]]:
    return [(n, " ".join(typed[at - n : at])) for n in (3, 2, 1) if n <= at]


def _following(typed: Sequence[str], end: int) -> list[tuple[int, str]]:
    return [(n, " ".join(typed[end : end + n])) for n in (2, 1)]
