"""PDF files that a screen reader reads as well as paper does (PDF/UA-1): a template, filled with data, becomes a file.

Typst makes them: docs/decisions/packs-on-paper.md. What people wrote goes in as JSON and is never markup. One file is
made at a time in a process, which then uses one processor and none of the interpreter's lock.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore, Lock
from typing import Any

from webapp.config.settings import ROOT

USUAL_LETTERS = "Atkinson Hyperlegible Next"
LETTERS = (USUAL_LETTERS, "Noto Naskh Arabic", "Noto Sans Bengali", "Noto Sans Gurmukhi", "Noto Sans SC")
FONTS = ROOT / "webapp" / "static" / "fonts"
AT_ONCE = 2  # one that is made and one that waits for it; whoever comes then hears that it is being made

UNDRAWN = re.compile(r"the text `\"(.+?)\"` could not be displayed with font")  # as Typst says it
UNDRAWN_STATUS = 3  # how a process says NoLetters
MOST_SECONDS = 20  # of a file in a process of its own
LONGEST = 29  # characters of one word that fit any line of ours

_places, _busy = BoundedSemaphore(AT_ONCE), Lock()


class BeingMade(Exception):
    """Others are being made just now."""


class NoLetters(Exception):
    """The words hold `letter`, which none of our letters draw: a file for screen readers may not leave it out."""

    def __init__(self, letter: str) -> None:
        super().__init__(f"no letters for {letter!r}")
        self.letter = letter


class TooLong(Exception):
    """More words than are made into a PDF while somebody waits."""


def made(template: Path, data: Mapping[str, Any]) -> bytes:
    """The file that `template`, a Typst file, makes of `data`, which it finds as JSON in `sys.inputs.data`.

    Raises BeingMade where others are made first, and NoLetters.
    """
    words = json.dumps(data, ensure_ascii=False)
    with _place():
        return _compiled(template, words)


def made_apart(template: Path, data: Mapping[str, Any]) -> bytes:
    """The same in a process of its own, for a large file: Typst keeps what its last ten took, and cannot be stopped.

    Raises TooLong after MOST_SECONDS, when that process is ended, and what `made` raises.
    """
    command = [sys.executable, "-m", __name__, str(template)]
    words, limit = json.dumps(data, ensure_ascii=False).encode(), MOST_SECONDS
    with _place():
        try:
            done = subprocess.run(  # nosec B603 # noqa: S603 - ourselves, never through a shell
                command, input=words, capture_output=True, timeout=limit, cwd=ROOT, check=False
            )
        except subprocess.TimeoutExpired:
            raise TooLong from None
    if done.returncode == UNDRAWN_STATUS:
        raise NoLetters(done.stderr.decode())
    if done.returncode:
        raise RuntimeError(f"no file of {template.name}: {done.stderr.decode()[-2000:]}")
    return done.stdout


def has_letters(template: Path, words: str) -> bool:
    """Whether `template`, which sets nothing but these words, can draw them all: some thousandths of a second.

    Raises BeingMade where others are made first.
    """
    try:
        with _place():
            _compiled(template, words)
    except NoLetters:
        return False
    return True


def breakable(words: str, longest: int = LONGEST) -> str:
    """`words` where one of more than `longest` characters, as an e-mail address is, may go on in the next line.

    Else it runs off the paper, or into the next column of a table.
    """
    long, piece = re.compile(rf"\S{{{longest + 1},}}"), re.compile(rf"[^@.]{{1,{longest // 2}}}|[@.]")
    return long.sub(lambda word: piece.sub("\\g<0>\u200b", word[0]), words)


@contextmanager
def _place() -> Iterator[None]:
    if not _places.acquire(blocking=False):
        raise BeingMade
    try:
        with _busy:
            yield
    finally:
        _places.release()


def _compiled(template: Path, words: str) -> bytes:
    import typst  # here: it is large, and few pages need it

    try:
        file = _compiler(template).compile(format="pdf", sys_inputs={"data": words}, pdf_standards=["ua-1"])
    except typst.TypstError as error:
        if undrawn := UNDRAWN.search(str(error)):
            raise NoLetters(undrawn[1]) from None
        raise
    assert isinstance(file, bytes)
    return file


@cache
def _compiler(template: Path) -> Any:
    import typst

    return typst.Compiler(str(template), font_paths=[str(FONTS)], ignore_system_fonts=True)


def _main() -> None:
    """From the standard input to the standard output: what `made_apart` starts."""
    try:
        sys.stdout.buffer.write(_compiled(Path(sys.argv[1]), sys.stdin.buffer.read().decode()))
    except NoLetters as missing:
        sys.stderr.buffer.write(missing.letter.encode())
        sys.exit(UNDRAWN_STATUS)


if __name__ == "__main__":
    _main()
