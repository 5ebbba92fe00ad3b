"""Addresses of homes: house numbers with their streets, and homes that have none."""

from collections.abc import Iterator

from webapp.pii.addresses import homes, streets
from webapp.pii.match import Span
from webapp.pii.windows import lowered


def find(text: str) -> Iterator[Span]:
    """Every address in `text`, which is plain."""
    small = lowered(text)
    yield from streets.find(text, small)
    yield from homes.find(text, small)
