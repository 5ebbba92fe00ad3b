"""Statements as they may be told: without values."""

import re

# Values are sent beside a statement. Should one stand in it all the same, it goes; so does any remark.
VALUES = re.compile(
    r"\bE'(?:[^'\\]|''|\\.)*'"  # of PostgreSQL, where a backslash takes a quote in
    r"|'(?:[^']|'')*'"
    r"|\$(\w*)\$.*?\$\1\$"  # of PostgreSQL, between tags of one's own
    r"|/\*.*?\*/"
    r"|\b(?:0x[0-9a-f]+|\d+(?:\.\d+)?(?:e[+-]?\d+)?)\b",
    re.IGNORECASE,
)
PLACES = r"\((?:\s*(?:\?|%\(\w+\)s(?:::\w+)?)\s*,?)+\)"
MANY = re.compile(rf"{PLACES}(?:\s*,\s*{PLACES})*")  # of one row or several
LONGEST = 1_000


def without_values(statement: str) -> str:
    """`statement` on one line, without any value, a list of places for them as one, cut at 1,000 characters."""
    line = MANY.sub("(…)", VALUES.sub("…", " ".join(statement.split())))
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"
