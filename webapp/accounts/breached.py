"""Passwords that were lost in breaches elsewhere, in a file that a council keeps on the machine: nothing leaves it.

The file is that of Have I Been Pwned, ordered by hash, as its downloader writes it: a line `SHA1:COUNT` for each, the
hash in capitals, https://haveibeenpwned.com/Passwords. Some 40 GB are looked through in about as many reads.
"""

import hashlib
import unicodedata
from pathlib import Path

DIGITS = 40  # of a SHA-1
LONGEST_LINE = 80
ADVICE = "Choose another: this password was lost in a breach of some other site, so that guessers try it first"
NOT_LOOKED_AT = "We could not look whether this password was lost elsewhere, so it is not taken. Try again later"


def fault(file: Path | None, password: str) -> str:
    """What is wrong with a new password that is in `file`, as advice; empty where it is not, or there is no file."""
    try:
        return ADVICE if file and is_breached(file, password) else ""
    except OSError:
        return NOT_LOOKED_AT


def is_breached(file: Path, password: str) -> bool:
    """Whether `password` is in `file`, as it was typed or as we keep it. Raises OSError where it cannot be read."""
    forms = {password, unicodedata.normalize("NFKC", password)}
    return any(_is_in(file, _hash(form)) for form in forms)


def _hash(password: str) -> bytes:
    # SHA-1 is the name of a line here, and protects nothing.
    return hashlib.sha1(password.encode("utf-8", "replace"), usedforsecurity=False).hexdigest().upper().encode()


def _is_in(file: Path, wanted: bytes) -> bool:
    """Whether a line begins with `wanted`, by halves: the one that could begins at `low` or after, before `high`."""
    with file.open("rb") as lines:
        low, high = 0, file.stat().st_size
        while low < high:
            middle = (low + high) // 2
            lines.seek(max(middle - 1, 0))
            if middle:
                lines.readline(LONGEST_LINE)  # to the first line that begins at the middle or after it
            line = lines.readline(LONGEST_LINE)
            if line[:DIGITS] == wanted:
                return True
            if line and line[:DIGITS] < wanted:
                low = lines.tell()
            else:
                high = middle
    return False
