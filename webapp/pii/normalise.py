"""The text as detectors read it: no invisible characters, one shape for each digit, dash, space and apostrophe.

Nobody types a zero-width space on purpose, but copied text is full of them, and a number that holds one is
still that number. Every character of the plain text remembers where it stood in the typed text.
"""

import unicodedata
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

DASHES = "‐‑‒–—―−﹘﹣－"
APOSTROPHES = "‘’‛ʼʹ′`´＇"
QUOTES = "“”„«»"
SAME = {**dict.fromkeys(DASHES, "-"), **dict.fromkeys(APOSTROPHES, "'"), **dict.fromkeys(QUOTES, '"')}
# Format characters (zero-width spaces, joiners, direction marks, soft hyphens), controls and variation selectors.
UNSEEN = {"Cf", "Cc", "Cs", "Cn", "Co"}


@dataclass(frozen=True)
class Plain:
    """`text` and, for each of its characters and its end, the place in what was typed."""

    text: str
    places: Sequence[int]

    def typed(self, start: int, end: int) -> tuple[int, int]:
        """Where the stretch `start:end` of the plain text stands in what was typed."""
        return self.places[start], self.places[end - 1] + 1


def plain(typed: str) -> Plain:
    """`typed` made plain, in one pass."""
    if typed.isascii() and typed.isprintable():
        return Plain(typed, range(len(typed) + 1))
    text: list[str] = []
    places = array("q")
    for place, character in enumerate(typed):
        for shape in _shapes(character):
            text.append(shape)
            places.append(place)
    places.append(len(typed))
    return Plain("".join(text), places)


def _shapes(character: str) -> str:
    if character in "\n\r\t":
        return character
    if character.isascii():
        return character if character.isprintable() else ""
    if character in SAME:
        return SAME[character]
    category = unicodedata.category(character)
    if category in UNSEEN or "\ufe00" <= character <= "\ufe0f":
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category in ("Zs", "Zl", "Zp"):
        return " "
    # NFKC gives full-width and styled letters their ordinary shape. Longer answers (one Arabic ligature is
    # 18 letters) would let a short text grow, and name nobody.
    shape = unicodedata.normalize("NFKC", character)
    return shape if len(shape) <= 3 else character
