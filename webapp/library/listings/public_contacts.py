"""Contacts that the directory publishes, in one spelling: what everybody can read there is nobody's secret."""

import re
from collections.abc import Iterator

from webapp.library.front_matter.model import Asset

NOT_SAID = re.compile(r"[^a-z0-9@]")
ABROAD = re.compile(r"^(?:0044|44)(?=[0-9]{9,10}$)")
EXTENSION = re.compile(r"\b(?:ext|x)\.? ?[0-9]+$")


def folded(text: str) -> str:
    """`text` in one spelling: "+44 161 496 0123" and "0161-496-0123" are the same, and so is a postcode in any case."""
    return ABROAD.sub("0", NOT_SAID.sub("", text.casefold()))


def of(asset: Asset) -> Iterator[str]:
    """The phones, e-mail addresses, postcodes and street addresses of a listing, folded; of no confidential place."""
    for contact in asset.contacts:
        if contact.phone:
            yield folded(contact.phone)
            yield folded(EXTENSION.sub("", contact.phone.casefold()))
        if contact.email:
            yield folded(contact.email)
    for place in asset.open_locations:
        if place.postcode:
            yield folded(place.postcode)
        # "2 Sample Street, Gorton" is written without the area, too.
        for part in (place.address or "").split(","):
            if any(character.isdigit() for character in part):
                yield folded(part)
