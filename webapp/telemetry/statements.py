"""Statements as they may be told: without values."""

import re

# Values are sent beside a statement. Should one stand in it all the same, it goes.
VALUES = re.compile(r"'(?:[^']|'')*'|\b\d+(?:\.\d+)?\b")
PLACES = r"\((?:\s*(?:\?|%\(\w+\)s(?:::\w+)?)\s*,?)+\)"
MANY = re.compile(rf"{PLACES}(?:\s*,\s*{PLACES})*")  # of one row or several
LONGEST = 1_000


def without_values(statement: str) -> str:
    """`statement` on one line, without any value, a list of places for them as one, cut at 1,000 characters."""
    line = MANY.sub("(…)", VALUES.sub("…", " ".join(statement.split())))
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"
