"""Fields and attributes by which a publisher keeps an address back: `mask_exact_address: true`, or another name."""

import re
from collections.abc import Iterator
from enum import Enum
from functools import lru_cache
from typing import Any

from webapp.library.confidential.statements import is_kept_back_of_a_place
from webapp.library.confidential.text import plain

_WHERE = r"(?:address|location|venue|postcode|place|map|whereabouts)"
HIDES = re.compile(
    r"\b(?:confidential\w*|withh\w+|suppress\w*|redact\w*|undisclosed|unlisted|secret|masked)\b|^mask$"
    rf"|\b(?:mask\w*|hid(?:e|den)|private|sensitive|restrict\w*|protect\w*|anonymi[sz]ed?|do not|dont|no|not|exclude)\b"
    rf"(?: \w+){{0,3}} {_WHERE}|\b{_WHERE}(?: \w+)? (?:hidden|private|sensitive|restricted|protected|anonymi[sz]ed)\b"
    r"|^is (?:hidden|private|sensitive)$"
)
SHOWS = re.compile(
    rf"\b(?:show\w*|display\w*|publish\w*|shar\w+|disclos\w+|map\w*)(?: \w+){{0,3}} {_WHERE}|^(?:show|display) on map$"
    rf"|\b{_WHERE}(?: \w+){{0,2}} (?:public\w*|visible|shown|published|displayed|shareable|disclosed|mappable)\b"
    r"|\bpublic (?:address|location)\b|^is public$|^publicly visible$"
)
SAYS_HOW = re.compile(r"\b(?:visibility|privacy|sensitivity|disclosure|confidentiality|classification|publication)\b")
YES = {"true", "yes", "y", "1", "on", "t"}
NO = {"false", "no", "n", "0", "off", "f", "none", "never"}
KEPT = re.compile(
    r"\b(?:confidential|hidden|private|secret|masked|withheld|restricted|undisclosed|not public|unlisted)\b"
)
# A tag without a value must say exactly this: "Confidential" hides the address, "Confidential advice" does not.
ALONE = re.compile(
    rf"(?:strictly |fully )?(?:confidential|withheld|undisclosed|unlisted|masked|secret)(?: {_WHERE})?"
    rf"|(?:sensitive|hidden|private|protected|restricted) {_WHERE}"
)
# Of a location or an address these are enough.
PLACE_HIDES = re.compile(r"(?:is )?(?:hidden|hide|restricted|sensitive|private|unpublished)")
PLACE_SHOWS = re.compile(r"(?:is )?(?:public|visible|published|publish|shared|shown|show|displayed|display|listed)")
NAMES = ("label", "name", "key", "title", "attribute", "field", "property")
VALUES = ("value", "values", "answer", "val", "content")
peek = dict.get  # an import's objects remember what was asked for: to look for secrets is not to use a value
PAIRED = frozenset([*VALUES, "taxonomy_term", "taxonomy", "taxonomy_detail", "vocabulary"])


class Means(Enum):
    """What a field's name says of its value."""

    HIDE = "yes hides it"
    SHOW = "no hides it"
    HOW = "its value says how"
    NAMES = "it is the address, or a word in place of one"
    NOTHING = "it says nothing of this"


@lru_cache(4096)
def meaning(key: str) -> Means:
    """What a field called `key` says, however it is spelt: `isAddressHidden`, `Show on map?`."""
    text = plain(key[:200]).strip(" ?:.")
    if len(text.split()) > 6:  # a sentence: it is read as text
        return Means.NOTHING
    if SHOWS.search(text) and not HIDES.search(text):
        return Means.SHOW
    if HIDES.search(text):
        return Means.HIDE
    if re.fullmatch(rf"(?:\w+ )?{_WHERE}", text):
        return Means.NAMES
    return Means.HOW if SAYS_HOW.search(text) else Means.NOTHING


def hides(key: str, value: Any, *, of_place: bool = False) -> bool:
    """Whether a field `key` with `value` keeps an address back. `of_place`: it is a field of a location itself."""
    means = meaning(key)
    if of_place and means is Means.NOTHING:
        means = _of_place(key)
    if means is Means.NAMES:
        return isinstance(value, str) and _stands_for_it(plain(value))
    if means is Means.NOTHING or isinstance(value, dict | list):
        return False
    text = plain(str(value))
    if means is Means.SHOW:
        return text in NO or bool(KEPT.fullmatch(text))
    return (means is Means.HIDE and text in YES) or (len(text.split()) <= 4 and bool(KEPT.search(text)))


@lru_cache(4096)
def _of_place(key: str) -> Means:
    text = plain(key[:200])
    if PLACE_HIDES.fullmatch(text):
        return Means.HIDE
    return Means.SHOW if PLACE_SHOWS.fullmatch(text) else Means.NOTHING


def _stands_for_it(text: str) -> bool:
    """Whether what stands where an address should says that it is kept back."""
    return bool(KEPT.fullmatch(text)) or is_kept_back_of_a_place(text)


def pairs(holder: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """What an attribute says as (name, value), where a feed spells it as two fields.

    `{"label": "confidential", "value": "true"}`; with a taxonomy's term it is the taxonomy's name and the term's.
    """
    if PAIRED.isdisjoint(holder):  # most objects are no attributes
        return
    term = peek(holder, "taxonomy_term")
    named = [holder, term] if isinstance(term, dict) else [holder]
    names = [value for part in named for key in NAMES if isinstance(value := peek(part, key), str) and value.strip()]
    values = [value for key in VALUES if (value := peek(holder, key)) not in (None, "", [], {})]
    yield from ((name, value) for name in names for value in values)
    for part in named:
        taxonomy = peek(part, "taxonomy") or peek(part, "taxonomy_detail") or peek(part, "vocabulary")
        taxonomy = peek(taxonomy, "name") if isinstance(taxonomy, dict) else taxonomy
        if isinstance(taxonomy, str):
            yield from ((taxonomy, name) for name in names)


def has_value(holder: dict[str, Any]) -> bool:
    """Whether an attribute has a value beside its name."""
    return any(peek(holder, key) not in (None, "", [], {}) for key in VALUES)


def is_marked(holder: dict[str, Any]) -> bool:
    """Whether an attribute that has a name alone keeps an address back by it: `{"label": "Confidential address"}`."""
    if has_value(holder):
        return False
    term = peek(holder, "taxonomy_term")
    named = [holder, term] if isinstance(term, dict) else [holder]
    names = (peek(part, key) for part in named for key in NAMES)
    return any(isinstance(name, str) and ALONE.fullmatch(plain(name[:100])) for name in names)
