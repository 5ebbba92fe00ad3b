"""What was typed into a form or an address, as it is kept: cleaned once, here."""

import re
import unicodedata

from webapp.library.characters import writable

# A tab and a new line are typing; other controls, and marks that turn the direction of text, are not.
# Joiners (U+200C, U+200D) stay: Urdu and Persian need them.
UNTYPED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
NEW_LINE = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


def tidy(text: str | None) -> str:
    """`text` on one line: composed, without control characters, single spaces, none at the ends."""
    return " ".join(tidy_lines(text).split())


def tidy_lines(text: str | None) -> str:
    """`text` with its lines kept: composed, without control characters, nothing at the ends."""
    text = NEW_LINE.sub("\n", text or "").replace("\t", " ")
    text = unicodedata.normalize("NFC", UNTYPED.sub("", writable(text)))
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()


def number(text: str | None) -> int | None:
    """The number of a row that a form or an address names; None where it is none that a database could hold."""
    said = text or ""
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 10 else None
