"""A change to one file as a patch that `git apply` and `git am` take: only the lines that differ, and whose it is."""

import re
from dataclasses import dataclass
from datetime import datetime
from difflib import unified_diff
from email.header import Header
from email.utils import format_datetime, formataddr

PLAIN_PATH = re.compile(r"[A-Za-z0-9_./+,@-]+")
NO_END = "\\ No newline at end of file\n"


@dataclass(frozen=True)
class PatchHeader:
    """What stands above the difference. `trailers` are lines such as `Reported-by: Gorton neighbourhood team`."""

    subject: str
    sender: tuple[str, str]  # a name, never a person's, and an address
    at: datetime
    trailers: tuple[str, ...] = ()


def difference(before: bytes, after: bytes, path: str, beside: int = 3) -> str:
    """The unified difference of a UTF-8 file at `path` of its repository; empty where there is none.

    `beside` lines before and after each change tell where it belongs; git takes fewer than its usual three.
    """
    old, new = _lines(before), _lines(after)
    made = list(unified_diff(old, new, quoted(f"a/{path}"), quoted(f"b/{path}"), n=beside))
    if not made:
        return ""
    header = f"diff --git {quoted(f'a/{path}')} {quoted(f'b/{path}')}\n"
    return header + "".join(line if line.endswith("\n") else f"{line}\n{NO_END}" for line in made)


def patch(differences: str, head: PatchHeader) -> str:
    """`differences`, of one file or more, under a head that `git am` reads and `git apply` passes by."""
    lines = [
        f"From {'0' * 40} Mon Sep 17 00:00:00 2001",
        f"From: {formataddr((_one_line(head.sender[0]), head.sender[1]))}",
        f"Date: {format_datetime(head.at)}",
        f"Subject: {_header(f'[PATCH] {_one_line(head.subject)}')}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=UTF-8",
        "Content-Transfer-Encoding: 8bit",
        "",
        *(_one_line(line) for line in head.trailers),
        "---",
        "",
    ]
    return "\n".join(lines) + differences


def quoted(path: str) -> str:
    """`path` as git writes it: in quotes, with numbers for what is not plain, where it has more than plain letters."""
    if PLAIN_PATH.fullmatch(path):
        return path
    letters = (chr(b) if 32 <= b < 127 and b not in b'"\\' else f"\\{b:03o}" for b in path.encode())
    return f'"{"".join(letters)}"'


def _lines(data: bytes) -> list[str]:
    """As git counts lines: a carriage return is a letter of its line."""
    return re.findall(r"[^\n]*\n|[^\n]+", data.decode())


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _header(words: str) -> str:
    return words if words.isascii() else Header(words, "utf-8", maxlinelen=900).encode()
