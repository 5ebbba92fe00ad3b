"""Likely names of people."""

import re
from collections.abc import Iterator

from webapp.privacy.match import Span

HONORIFIC = re.compile(r"\b(?:Mr|Mrs|Ms|Mx|Dr|Miss|mr|mrs)\b\.?\s(?:[A-Z][\w'-]*)")


def find(text: str) -> Iterator[Span]:
    """Every likely name in `text`, which is plain."""
    for m in HONORIFIC.finditer(text):
        yield Span("name", m.start(), m.end())
