"""The text of a file as a browser shows it and sends it back, and the bytes it becomes.

A browser knows one end of a line alone and no byte order mark. Lines that nobody touched keep their own bytes.
"""

import re
from collections import Counter
from difflib import SequenceMatcher

MOST = 64 * 1024  # bytes: a long page is 20 kB, and what a form sends may be three times as long as the text
MARK = b"\xef\xbb\xbf"
LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n)|([^\r\n]+)")
NEW_LINE = re.compile(r"\r\n|\r")

Line = tuple[str, str]  # its words, and how it ends


class NotForABrowser(Exception):
    """The file cannot be changed in a browser. The message is one sentence that says why."""


def shown(data: bytes) -> str:
    """The text of a file as a browser shows it, each line ended by one newline. Raises NotForABrowser."""
    if len(data) > MOST:
        raise NotForABrowser(f"The file is {len(data) // 1024} kB, and {MOST // 1024} kB are the most for a browser.")
    try:
        return one_way(data.removeprefix(MARK).decode("utf-8"))
    except UnicodeDecodeError:
        raise NotForABrowser("The file is not UTF-8 text: save it as UTF-8 with a program for texts first.") from None


def has_mark(data: bytes) -> bool:
    """Whether the file begins with a byte order mark, which no page may have: it goes when the file is saved."""
    return data.startswith(MARK)


def one_way(text: str) -> str:
    """`text` with each line ended by one newline."""
    return NEW_LINE.sub("\n", text)


def as_bytes(typed: str, before: bytes = b"") -> bytes:
    """The file that says `typed`, where it held `before` (UTF-8). A line that both have keeps its own end.

    New lines end as most of the file's do. The last line has an end only where `typed` has one.
    """
    old, new = _lines(before.removeprefix(MARK).decode("utf-8")), _lines(one_way(typed))
    usual = Counter(end for _, end in old if end).most_common(1) or [("\n", 0)]
    kept = _kept(old, new)
    made = (words + ((kept.get(at) or usual[0][0]) if end else "") for at, (words, end) in enumerate(new))
    return "".join(made).encode()


def _kept(old: list[Line], new: list[Line]) -> dict[int, str]:
    """How the lines of `new` ended that were there before, by their number."""
    blocks = SequenceMatcher(None, [words for words, _ in old], [words for words, _ in new], autojunk=False)
    return {b.b + step: old[b.a + step][1] for b in blocks.get_matching_blocks() for step in range(b.size)}


def _lines(text: str) -> list[Line]:
    return [(m[3], "") if m[3] is not None else (m[1], m[2]) for m in LINE.finditer(text)]
