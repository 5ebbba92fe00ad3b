"""Addresses that only take letters. Nobody meets there, and it may be somebody's home: it never becomes a venue."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from webapp.library.importing import repair
from webapp.library.importing.notes import Notes
from webapp.library.importing.repair import objects, text

# What publishers call an address's kind: `address_type` and `location_type` in the standard (physical, postal or
# virtual), and other names in its earlier versions and in feeds that follow none.
KINDS = ("address_type", "address_types", "location_type", "location_types", "type", "types", "kind", "addressType")
LETTERS = re.compile(r"\b(post(?! office)|postal|mail|mailing|correspondence|billing|invoicing|registered)\b")
VENUE = re.compile(r"\b(physical|visit\w*|venue|site|premises|delivery|both)\b")
# A name or a line that says so by itself, whatever the kind.
NAMED = re.compile(
    r"^\W*((postal|mailing|correspondence|billing|post)( address(es)?)?( only)?|registered (office|address)( only)?"
    r"|address for (letters|post|correspondence))\W*$"
    r"|\bp\.? ?o\.? box\b|\bfreepost\b|(^|[\s,])c/o\s",
    re.IGNORECASE,
)
NAMES = ("name", "title", "attention", "address_1", "address_2")
# Running text that gives an address to write to; unless a later word asks people to come.
WRITE = re.compile(
    r"\b(write to|writing to|letters?|(by|in the) post|post(ed)? (it )?to|postal|mailing|correspondence"
    r"|send (\w+ ){0,5}to|cheques?|registered (office|address)|p\.? ?o\.? box|freepost)\b|\bc/o\b",
    re.IGNORECASE,
)
COME = re.compile(r"\b(visit|meet|held|come|venue|drop in|takes? place|based at|find us|turn up)\b", re.IGNORECASE)
BEFORE = 160  # characters in which words say what an address is for


def is_postal(holder: dict[str, Any]) -> bool:
    """Whether this address or location only takes letters, by its kind, its name or its first lines."""
    kinds = " ".join(_plain(kind) for key in KINDS for kind in _several(holder.get(key)))
    if VENUE.search(kinds):
        return any(NAMED.search(line) for line in _lines(holder, NAMES[2:]))
    return bool(LETTERS.search(kinds)) or any(NAMED.search(line) for line in _lines(holder, NAMES))


def venues(given: list[dict[str, Any]], notes: Notes) -> list[dict[str, Any]]:
    """The addresses of `given` at which something may happen, physical ones first."""
    kept = [address for address in given if not is_postal(address) and address.get("address_type") != "virtual"]
    if len(kept) < len(given) and any(is_postal(address) for address in given):
        notes.mended("a postal address is not where it happens: left out")
    return sorted(kept, key=lambda address: address.get("address_type") != "physical")


def postcodes(service: dict[str, Any], places: Iterable[dict[str, Any]]) -> set[str]:
    """The postcodes to which this service wants its letters, so that its text does not make a venue of one."""
    holders = [service, *(o for key in ("organization", "organisation") if isinstance(o := service.get(key), dict))]
    found: set[str] = set()
    for place in [*holders, *places]:
        for key in ("addresses", "physical_addresses", "postal_addresses"):
            for address in objects(place.get(key), key, Notes()):
                if key == "postal_addresses" or is_postal(address) or is_postal(place):
                    found.add(repair.postcode(text(address.get("postal_code"), key, Notes())))
    return found - {""}


def visited(words: str) -> list[str]:
    """Every postcode in running text that is not said to be for letters, each once."""
    return list(dict.fromkeys(_visited(words)))


def _visited(words: str) -> Iterator[str]:
    for code in repair.postcodes_in(words):
        at = re.search(re.escape(code).replace("\\ ", " ?"), words)
        before = words[max(0, at.start() - BEFORE) : at.start()] if at else ""
        writing = list(WRITE.finditer(before))
        if not writing or COME.search(before, writing[-1].end()):
            yield code


def _lines(holder: dict[str, Any], keys: Iterable[str]) -> Iterator[str]:
    return (value for key in keys if isinstance(value := holder.get(key), str))


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _plain(kind: Any) -> str:
    """`Postal_Address` and `{"name": "postalAddress"}` as words."""
    if isinstance(kind, dict):
        kind = kind.get("name") or kind.get("label")
    return re.sub(r"(?<=[a-z])(?=[A-Z])|[_\W]+", " ", kind).lower() if isinstance(kind, str) else ""
