"""What a detector hands back: one stretch of text that could say who somebody is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Match:
    """A stretch of the text as it was typed: `text[start:end] == match.text`."""

    kind: str
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Span:
    """A stretch of the plain text that detectors read (see `plain`)."""

    kind: str
    start: int
    end: int
