"""The words of a listing as the rule reads them: without marks, tags and the shapes that hide a word from a search."""

import html
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

SHORT = 120  # characters
# What `Statement.what` calls them.
NAME, ORGANISATION, TAG = "its name", "the name of its organisation", "a tag"
PLACE, LINK = "a location", "a web or e-mail address"

_INLINE = re.compile(r"(?<=\w)</?(?:b|i|em|strong|u|span|font|small|sup|sub|mark)\b[^<>]*>(?=\w)", re.IGNORECASE)
_BREAK = re.compile(r"</?(?:p|div|li|ul|ol|h[1-6]|tr|td|table)\b[^<>]*>", re.IGNORECASE)
_LINE = re.compile(r"\n(?!\s*(?:\n|[-*+#|•·]|\d+[.)]))")  # goes on in the next line; no new paragraph or item
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")
_SENTENCE = re.compile(r"[.!?;](?:\s|$)|\n")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")  # breaks a word without being seen
_APOSTROPHE = re.compile("['’‘`´ʼ]")


@dataclass(frozen=True)
class Statement:
    """Some words of a listing, as `plain` makes them.

    `what` names them in a report: "its name". `own`: they say what the listing itself is, so one word in them is sure.
    """

    what: str
    text: str
    own: bool = False


def plain(text: str) -> str:
    """`text` in small letters, without marks, tags and apostrophes; a line for each paragraph and item of a list."""
    return _short(text) if len(text) < SHORT else _plain(text)


def _plain(text: str) -> str:
    if "&" in text:
        text = html.unescape(html.unescape(text))
    if "<" in text:
        text = re.sub(r"<[^<>]*>", " ", _BREAK.sub("\n\n", _INLINE.sub("", text)))
    if not text.isascii():
        text = _UNSEEN.sub("", unicodedata.normalize("NFKC", text))
    text = _APOSTROPHE.sub("", _CAMEL.sub(" ", _LINE.sub(" ", text))).lower()
    text = re.sub(r"[-_/–—‑‐*|>]+", " ", text)
    return "\n".join(line for row in text.split("\n") if (line := " ".join(row.split())))


_short = lru_cache(16_384)(_plain)  # the names and tags of a feed stand in it again and again


def sentences(text: str) -> list[str]:
    """Plain text in sentences; a line is one too."""
    return _SENTENCE.split(text)


def any_in(hints: Iterable[str], text: str) -> bool:
    """Whether `text` holds one of `hints`: far quicker than the patterns that are looked for then."""
    return any(hint in text for hint in hints)
