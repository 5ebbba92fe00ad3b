"""The parts of a text that a slow pattern need read: those round a rare word or number, which a quick one finds."""

import re
from collections.abc import Iterator

LONGEST_WORD = 40


def lowered(text: str) -> str:
    """`text` in small letters, character for character, so that places in it are places in `text`.

    Patterns that need not ignore case find their first letter ten times as fast.
    """
    small = text.lower()
    if len(small) == len(text):
        return small
    return "".join(low if len(low := character.lower()) == 1 else character for character in text)


def windows(text: str, near: re.Pattern[str], before: int, after: int) -> Iterator[tuple[int, int]]:
    """Start and end of each stretch from `before` characters before a match of `near` to `after` behind it.

    Stretches that touch are one, and none ends within a word.
    """
    start = end = -1
    for m in near.finditer(text):
        if end < 0:
            start = max(0, m.start() - before)
        elif m.start() - before > end:
            yield start, _whole(text, end)
            start = m.start() - before
        end = min(len(text), m.end() + after)
    if end >= 0:
        yield start, _whole(text, end)


def _whole(text: str, end: int) -> int:
    furthest = min(len(text), end + LONGEST_WORD)
    while end < furthest and text[end].isalnum():
        end += 1
    return end
