"""Ages named in words: `60s`, `over 65`, `50+`, `18 to 25`, `72 year old`, `82yo`, `he's 19`, `widow 78`."""

import re
from collections.abc import Sequence

from webapp.library.search.number_words import FROM_TEN, UNITS

YOUNGEST, OLDEST = 10, 110  # what is less is a price, a number of weeks or an age in school; more is a house
OLDEST_CHILD = 17
_DECADES = "thirties forties fifties sixties seventies eighties nineties"
_OVER, _UNDER = frozenset(("over", "above", "past")), frozenset(("under", "below"))
_PLUS = frozenset(("plus", "upwards"))
_YEARS = frozenset(("year", "years", "yr", "yrs"))
_YEARS_OLD = _YEARS | {"old", "olds"}
_IN_WORDS = {word: str(number) for word, number in FROM_TEN.items()}
_IN_WORDS |= {word: f"{10 * n}s" for n, word in enumerate(_DECADES.split(), 3)}
# Who "is 19" is that old, where nothing follows that is counted ("is 20 minutes away", "is 19 stone").
_IS = frozenset(("hes", "shes", "im", "whos", "am", "turned", "turning"))
_WHO = "he she who mum dad nan grandad mother father wife husband son daughter brother sister"
_SUBJECTS = frozenset(_WHO.split())
_MORE = "and but who with so now next wants needs lives living has on"
_GOES_ON = frozenset(_MORE.split())
_AFTER_NUMBER = frozenset(("wants", "needs", "lives", "living", "who"))  # of somebody: "22 wants a job"
_OF_WHOM = frozenset(("man", "woman", "lady", "gentleman", "lad", "lass", "girl", "boy", "person", "age"))
# Who is named before an age ("young carer 14"), where nothing is counted after it ("carer 20 hours a week").
_NAMED = "carer male female widow widower client resident patient pensioner"
_PERSON = (_OF_WHOM | _SUBJECTS | frozenset(_NAMED.split())) - {"age", "he", "she", "who"}
_COUNTED = "stone minute hour day week month mile pound metre mg time people of to"
_COUNT = frozenset(form for unit in _COUNTED.split() for form in (unit, f"{unit}s"))
_AND_MORE = re.compile(r"(?<![£\d.])(\d\d)\s?\+")

NamedAge = tuple[frozenset[int], tuple[int, int], str]  # positions of its words, from and to in years, what to call it


def spelt(text: str) -> str:
    """An age and more in words, where the sign would be lost: `50+` as `50 plus`."""
    return _AND_MORE.sub(r"\1 plus ", text)


def find(typed: Sequence[str]) -> NamedAge | None:
    """The first age in folded words; None where there is none."""
    if not any(word[0].isdigit() or word in _IN_WORDS for word in typed):
        return None
    digits, places = _in_digits(typed)
    for at, word in enumerate(digits):
        found = (
            _decade(digits, at, word) or _limit(digits, at, word) or _span(digits, at, word) or _exact(digits, at, word)
        )
        if found:
            end = max(found[0]) + 1
            while end < len(digits) and digits[end] in _YEARS_OLD:  # "18 to 25 year olds"
                end += 1
            at_all = (*found[0], *range(max(found[0]) + 1, end))
            return frozenset(place for i in at_all for place in places[i]), found[1], found[2]
    return None


def child(typed: Sequence[str]) -> int | None:
    """The position of the age of a child, the first in folded words; None where there is none."""
    found = find(typed)
    if not found or found[1][1] > OLDEST_CHILD:
        return None
    return next(at for at in sorted(found[0]) if typed[at][0].isdigit() or typed[at] in _IN_WORDS)


def _in_digits(typed: Sequence[str]) -> tuple[list[str], list[tuple[int, ...]]]:
    """The words with numbers in digits, `eighty two` as `82`, and the positions that each of them stands for."""
    found: list[str] = []
    places: list[tuple[int, ...]] = []
    for at, word in enumerate(typed):
        if at and word in UNITS and 20 <= FROM_TEN.get(typed[at - 1], 0) < 100:
            found[-1], places[-1] = str(int(found[-1]) + UNITS[word]), (at - 1, at)
        else:
            found.append(_IN_WORDS.get(word, word))
            places.append((at,))
    return found, places


def _decade(typed: Sequence[str], at: int, word: str) -> NamedAge | None:
    first = _age(word.removesuffix("s")) if word.endswith("s") else None
    if first is None or first % 10 or (at and typed[at - 1] in _OVER | _UNDER):
        return None
    return frozenset((at,)), (first, first + 9), f"In their {first}s"


def _limit(typed: Sequence[str], at: int, word: str) -> NamedAge | None:
    after = typed[at + 1] if at + 1 < len(typed) else ""
    if word in _OVER | _UNDER and (number := _age(after.removesuffix("s"))) is not None:
        both = frozenset((at, at + 1))
        if word in _OVER:
            return both, (number, OLDEST), f"Over {number}"
        return both, (0, number - 1), f"Under {number}"
    number = _age(word)
    if number is not None and after in _PLUS:
        return frozenset((at, at + 1)), (number, OLDEST), f"Over {number}"
    if number is not None and after == "and" and "over" in typed[at + 2 : at + 3]:
        return frozenset((at, at + 1, at + 2)), (number, OLDEST), f"Over {number}"
    return None


def _span(typed: Sequence[str], at: int, word: str) -> NamedAge | None:
    first = _age(word)
    for last_at in (at + 1, at + 2):
        last = _age(typed[last_at]) if first is not None and last_at < len(typed) else None
        joined = " ".join(typed[at + 1 : last_at]) in ("", "to", "and")
        if first is not None and last is not None and first < last and joined:
            return frozenset(range(at, last_at + 1)), (first, last), f"{first} to {last}"
    return None


def _exact(typed: Sequence[str], at: int, word: str) -> NamedAge | None:
    if (number := _age(word.removesuffix("yo"))) is not None and word.endswith("yo"):
        return frozenset((at,)), (number, number), f"Age {number}"
    number = _age(word)
    if number is None:
        return None
    if at and typed[at - 1] in ("aged", "age"):
        return frozenset((at - 1, at)), (number, number), f"Age {number}"
    if typed[at + 1 : at + 2] and typed[at + 1] in _YEARS and "old" in typed[at + 2 : at + 3]:
        return frozenset((at, at + 1, at + 2)), (number, number), f"Age {number}"
    before, further = (typed[i] if i >= 0 else "" for i in (at - 1, at - 2))
    said = before in _IS or (before == "is" and further in _SUBJECTS) or (before == "of" and further in _OF_WHOM)
    after = typed[at + 1] if at + 1 < len(typed) else ""
    if said and (not after or after in _GOES_ON):
        return frozenset((at - 1, at)), (number, number), f"Age {number}"
    if (before in _PERSON and after not in _COUNT) or after in _AFTER_NUMBER:
        return frozenset((at,)), (number, number), f"Age {number}"
    return None


def _age(word: str) -> int | None:
    if not (word.isascii() and word.isdigit() and len(word) <= 3):
        return None
    return int(word) if YOUNGEST <= int(word) <= OLDEST else None
