"""Ages named in words: `60s`, `over 65`, `50 plus`, `18 to 25`, `72 year old`."""

from collections.abc import Sequence

YOUNGEST, OLDEST = 10, 110  # what is less is a price, a number of weeks or an age in school; more is a house
_DECADES = ["thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"]
_OVER, _UNDER = frozenset(("over", "above", "past")), frozenset(("under", "below"))
_PLUS = frozenset(("plus", "upwards"))
_YEARS = frozenset(("year", "years", "yr", "yrs"))

NamedAge = tuple[frozenset[int], tuple[int, int], str]  # positions of its words, from and to in years, what to call it


def find(typed: Sequence[str]) -> NamedAge | None:
    """The first age in folded words; None where there is none."""
    for at, word in enumerate(typed):
        found = _decade(typed, at, word) or _limit(typed, at, word) or _span(typed, at, word) or _exact(typed, at, word)
        if found:
            return found
    return None


def _decade(typed: Sequence[str], at: int, word: str) -> NamedAge | None:
    before = typed[at - 1] if at else ""
    if word in _DECADES:
        first = 30 + 10 * _DECADES.index(word)
    elif (number := _age(word.removesuffix("s"))) is not None and word.endswith("s") and number % 10 == 0:
        first = number
    else:
        return None
    if before in _OVER | _UNDER:
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
    number = _age(word)
    if number is None:
        return None
    if at and typed[at - 1] in ("aged", "age"):
        return frozenset((at - 1, at)), (number, number), f"Age {number}"
    if typed[at + 1 : at + 2] and typed[at + 1] in _YEARS and "old" in typed[at + 2 : at + 3]:
        return frozenset((at, at + 1, at + 2)), (number, number), f"Age {number}"
    return None


def _age(word: str) -> int | None:
    if not (word.isascii() and word.isdigit() and len(word) <= 3):
        return None
    return int(word) if YOUNGEST <= int(word) <= OLDEST else None
