"""Easy-read pages: sentences that somebody who reads with help can take in at once."""

from collections.abc import Iterator

from webapp.library.checks.reading_age import sentences
from webapp.library.front_matter.source import Source
from webapp.library.problems import Problem

MOST_WORDS = 15  # in a sentence: "Making written information easier to understand", Department of Health, 2010


def faults(kind: str, source: Source) -> Iterator[Problem]:
    """Sentences of an easy-read page that are too long."""
    parts = source.front.get("parts")
    if kind != "easy-read" or not isinstance(parts, list):
        return
    for number, part in enumerate(parts):
        said = part.get("say") if isinstance(part, dict) else None
        for at, text in enumerate(said if isinstance(said, list) else ()):
            for sentence in sentences(str(text)):
                count = len(sentence.split())
                if count > MOST_WORDS:
                    message = f"this sentence has {count} words: easy read has {MOST_WORDS} or fewer"
                    yield source.problem(message, "parts", number, "say", at)
