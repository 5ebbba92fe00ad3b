"""What editors decided about addresses that looked secret, so that the next import abides by it.

`confidential: false` under a location says that everybody may know it. It holds for that address alone: where the feed
moves the service, the new address is hidden until somebody decides again.
"""

import re
from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

from webapp.library.confidential.listings import is_undecided
from webapp.library.front_matter.edit import edited
from webapp.library.front_matter.source import Fault, parse_page, read_data
from webapp.library.listings.table import ORDER
from webapp.library.search.text import words

SHOWN = re.compile(r"(\bconfidential: *)false\b")


def key_of(place: Mapping[str, Any]) -> str:
    """What makes a location the same one in the feed's next version."""
    return " ".join(words(" ".join(str(place.get(key) or "") for key in ("name", "address", "postcode"))))


def shown(assets: Path) -> dict[str, frozenset[str]]:
    """The locations below `assets` that an editor decided to show: the listing's id → `key_of` each."""
    found: dict[str, frozenset[str]] = {}
    for path in assets.rglob("*.md"):
        try:
            data = read_data(path, path.name)
            if not SHOWN.search(data.decode("utf-8", "replace")):
                continue
            front = parse_page(data, path.name).front
        except (Fault, OSError):
            continue
        places = front.get("locations")
        listed = [place for place in places if isinstance(place, dict)] if isinstance(places, list) else []
        keys = frozenset(key_of(place) for place in listed if place.get("confidential") is False)
        if keys:
            found[str(front.get("id", "")).lower()] = keys
    return found


def without(text: str) -> str:
    """The text of a file as it was before an editor decided to show an address: deciding is not editing."""
    return SHOWN.sub(r"\1true", text)


def made_secret(data: bytes) -> bytes | None:
    """A file that an editor has changed, with its undecided locations marked; None where there are none.

    Raises CannotEdit where that must be done by hand, Fault where the file cannot be read.
    """
    front = deepcopy(parse_page(data, "file").front)
    places = front.get("locations")
    open_ones = [p for p in places if isinstance(p, dict) and is_undecided(p)] if isinstance(places, list) else []
    for place in open_ones:
        place["confidential"] = True
    return edited(data, front, ORDER) if open_ones else None
