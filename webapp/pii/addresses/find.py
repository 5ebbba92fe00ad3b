"""Addresses of homes: house numbers with their streets, and homes that have none."""

from collections.abc import Iterator

from webapp.pii.addresses import homes, living, streets
from webapp.pii.addresses.words import PERSON, SERVICE
from webapp.pii.match import Span
from webapp.pii.windows import lowered


def find(text: str) -> Iterator[Span]:
    """Every address in `text`, which is plain."""
    small = lowered(text)
    for span in (*streets.find(text, small), *homes.find(text, small), *living.find(text, small)):
        if not _of_a_service(text, span):
            yield span


def _of_a_service(text: str, span: Span) -> bool:
    """Whether a service stands straight before an address and nobody is spoken of: "the day centre at 45 Oak Road"."""
    around = f"{text[max(0, span.start - 90) : span.start]} {text[span.end : span.end + 70]}"
    return bool(SERVICE.search(text[max(0, span.start - 48) : span.start])) and not PERSON.search(around)
