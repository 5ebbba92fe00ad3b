"""Where front matter begins and ends, and what to say where it does not."""

import re

from webapp.library.problems import Problem

FENCE = "---"
NEARLY_FENCE = re.compile(r"\s*(?:[-–—]{1,9}|([_*+=.~])\1{1,8}|[-–—]{2,9}\s.*)\s*")  # what somebody wrote for it
KEY_LINE = re.compile(r"[\w-]+:(?:\s|$)")
FRONT_LINE = re.compile(r"\s|#(?!#+ )|-(?: |$)|[\w-]+:(?:\s|$)|$")  # how a line of front matter begins

UNCLOSED = "the text begins here, but the front matter above it is not closed: put a line `---` between them"


def first_line(text: str) -> str:
    """What to do about a page whose first line is not `---`."""
    first = text.partition("\n")[0]
    if first.strip() and NEARLY_FENCE.fullmatch(first):
        return "the first line must be `---`, three hyphens and nothing else"
    if text.lstrip().startswith(FENCE):
        return "take away what stands before the first `---`, empty lines too"
    return "the first line must be `---`"


def unclosed(lines: list[str], file: str) -> Problem:
    """Where the front matter should have ended."""
    begins = text_at(lines, after_empty=False)
    before = lines[1 : begins or None]
    nearly = next((n for n, line in enumerate(before, 2) if line.strip() and NEARLY_FENCE.fullmatch(line)), 0)
    if nearly:
        message = (
            "this line does not close the front matter: write `---`, three hyphens and nothing else, at its left edge"
        )
        return Problem(file, nearly, message)
    last = next((n for n in range(len(lines), 1, -1) if lines[n - 1].strip()), 1)
    return Problem(file, begins or last, UNCLOSED if begins else "the front matter is not closed: put `---` below it")


def text_at(lines: list[str], after_empty: bool = True) -> int:
    """The line (from 1) where text stands among front matter, below an empty line or anywhere; 0 where none does."""
    for number in range(2, len(lines)):
        if not FRONT_LINE.match(lines[number]) and not (after_empty and lines[number - 1].strip()):
            return number + 1
    return 0
