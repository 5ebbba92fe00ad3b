"""PDF files that a screen reader reads as well as paper does (PDF/UA-1): a template, filled with data, becomes a file.

Typst makes them: docs/decisions/packs-on-paper.md. What people wrote goes in as JSON and is never markup. One file is
made at a time in a process, which then uses one processor and none of the interpreter's lock.
"""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore, Lock
from typing import Any

from webapp.config import ROOT

USUAL_LETTERS = "Atkinson Hyperlegible Next"
FONTS = ROOT / "webapp" / "static" / "fonts"
AT_ONCE = 2  # one that is made and one that waits for it; whoever comes then hears that it is being made

UNDRAWN = re.compile(r"the text `\"(.+?)\"` could not be displayed with font")  # as Typst says it
LONGEST = 29  # characters of one word that fit any line of ours

_places, _busy = BoundedSemaphore(AT_ONCE), Lock()


class BeingMade(Exception):
    """Others are being made just now."""


class NoLetters(Exception):
    """The words hold `letter`, which none of our letters draw: a file for screen readers may not leave it out."""

    def __init__(self, letter: str) -> None:
        super().__init__(f"no letters for {letter!r}")
        self.letter = letter


def made(template: Path, data: Mapping[str, Any]) -> bytes:
    """The file that `template`, a Typst file, makes of `data`, which it finds as JSON in `sys.inputs.data`.

    Raises BeingMade where others are made first, and NoLetters.
    """
    words = json.dumps(data, ensure_ascii=False)
    with _place():
        return _compiled(template, words)


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
