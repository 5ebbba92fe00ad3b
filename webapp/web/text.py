"""What was typed into a form or an address, as it is kept: cleaned once, here."""

import re
import unicodedata

from webapp.library.characters import writable

# A tab and a new line are typing; other controls, and marks that turn the direction of text, are not.
# Joiners (U+200C, U+200D) stay: Urdu and Persian need them.
UNTYPED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
NEW_LINE = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")

LONG = 60  # letters: what is said again in a sentence is no longer
LARGEST = 2**31 - 1  # https://www.postgresql.org/docs/current/datatype-numeric.html: `integer`


def tidy(text: str | None) -> str:
    """`text` on one line: composed, without control characters, single spaces, none at the ends."""
    return " ".join(tidy_lines(text).split())


def tidy_lines(text: str | None) -> str:
    """`text` with its lines kept: composed, without control characters, nothing at the ends."""
    text = NEW_LINE.sub("\n", text or "").replace("\t", " ")
    text = unicodedata.normalize("NFC", UNTYPED.sub("", writable(text)))
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()


def shortened(text: str) -> str:
    """`text`, or where it is longer than `LONG` letters its first whole words and `…`."""
    if len(text) <= LONG:
        return text
    return f"{text[:LONG].rsplit(' ', 1)[0].rstrip()}…"


def number(text: str | None) -> int | None:
    """The number of a row that a form or an address names; None where it is none that a database could hold."""
    return int(text) if text and re.fullmatch(ROW_NUMBER, text) else None


def _up_to(most: int) -> str:
    """A pattern of the whole numbers from 1 to `most`, as we write them: 7, never 007 or ٧. `most` is 10 or more."""
    digits = str(most)
    fewer = rf"[1-9][0-9]{{0,{len(digits) - 2}}}"
    least = [1] + [0] * (len(digits) - 1)
    smaller = [
        rf"{digits[:at]}[{least[at]}-{int(digit) - 1}][0-9]{{{len(digits) - at - 1}}}"
        for at, digit in enumerate(digits)
        if int(digit) > least[at]
    ]
    return "|".join([fewer, *smaller, digits])


ROW_NUMBER = _up_to(LARGEST)
