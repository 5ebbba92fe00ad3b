"""A sheet as a PDF for paper and for screen readers (PDF/UA-1): in normal letters, in large ones, in easy read.

Typst makes it: docs/decisions/packs-on-paper.md. One is made at a time in a process, in about a twentieth of a second.
"""

import json
import re
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from threading import BoundedSemaphore, Lock
from typing import Any

from webapp.config import ROOT
from webapp.packs import symbols
from webapp.packs.sheet import GONE, Sheet, SheetPart, sentences

LAYOUTS = {"normal": "Usual print", "large": "Large print (18 point)", "easy": "Easy read, with pictures"}
USUAL_LETTERS = "Atkinson Hyperlegible Next"
LETTERS = {"ur": "Noto Nastaliq Urdu"}  # before the others, which have these letters too
FONTS = ROOT / "webapp" / "static" / "fonts"
TEMPLATE = Path(__file__).with_name("sheet.typ")
AT_ONCE = 2  # one that is made and one that waits for it; whoever comes then hears that it is being made

UNDRAWN = re.compile(r"the text `\"(.+?)\"` could not be displayed with font")  # as Typst says it
LONG_WORD, PIECE = re.compile(r"[!-~]{30,}"), re.compile(r"[^@.]{1,20}|[@.]")

Address = Callable[[SheetPart], str]
_places, _busy = BoundedSemaphore(AT_ONCE), Lock()


class BeingMade(Exception):
    """Others are being made just now."""


class NoLetters(Exception):
    """The words hold `letter`, which none of our letters draw: a file for screen readers may not leave it out."""

    def __init__(self, letter: str) -> None:
        super().__init__(f"no letters for {letter!r}")
        self.letter = letter


def pdf(sheet: Sheet, layout: str, address: Address, code_words: str) -> bytes:
    """The file. `address` is what the code beside each part leads to, which `code_words` say; empty for no code.

    Raises KeyError for a layout that is none of LAYOUTS, BeingMade where others are made first, and NoLetters.
    """
    if layout not in LAYOUTS:
        raise KeyError(layout)
    data = json.dumps(_data(sheet, layout, address, code_words), ensure_ascii=False)
    if not _places.acquire(blocking=False):
        raise BeingMade
    try:
        with _busy:
            return _made(data)
    finally:
        _places.release()


def _made(data: str) -> bytes:
    import typst  # here: it is large, and few pages need it

    try:
        made = _compiler().compile(format="pdf", sys_inputs={"data": data}, pdf_standards=["ua-1"])
    except typst.TypstError as error:
        if undrawn := UNDRAWN.search(str(error)):
            raise NoLetters(undrawn[1]) from None
        raise
    assert isinstance(made, bytes)
    return made


@cache
def _compiler() -> Any:
    import typst

    return typst.Compiler(str(TEMPLATE), font_paths=[str(FONTS)], ignore_system_fonts=True)


def _data(sheet: Sheet, layout: str, address: Address, code_words: str) -> dict[str, Any]:
    say = sheet.tongue.say
    one_idea = sentences if layout == "easy" else lambda text: [text]
    return {
        "layout": layout,
        "title": _breakable(sheet.title),
        "organisation": sheet.organisation,
        "letters": LETTERS.get(sheet.tongue.code, USUAL_LETTERS),
        "lang": sheet.tongue.code.partition("-")[0],
        "region": sheet.tongue.code.partition("-")[2].lower() or None,
        "direction": sheet.tongue.direction,
        "warning": sheet.tongue.warning,
        "lead": _lead(sheet, any(address(part) for part in sheet.parts)),
        "end": [say(GONE)] if sheet.gone else [],
        "symbols": symbols.for_paper(),
        "parts": [_part(part, address(part), code_words, one_idea) for part in sheet.parts],
    }


def _breakable(words: str) -> str:
    """`words` where a long one, as an e-mail address is, may go on in the next line: else it runs off the paper."""
    return LONG_WORD.sub(lambda word: PIECE.sub("\\g<0>\u200b", word[0]), words)


def _lead(sheet: Sheet, has_codes: bool) -> list[str]:
    say = sheet.tongue.say
    begins = say("Some things that you may like.") if sheet.parts else say("There is nothing in it yet.")
    codes = [say("Point the camera of a phone at a square to open its page.")] if has_codes else []
    return [begins, *codes, say("From {organisation}, {date}.", organisation=sheet.organisation, date=sheet.made)]


def _part(part: SheetPart, address: str, code_words: str, one_idea: Callable[[str], list[str]]) -> dict[str, Any]:
    rows = [
        {
            "symbol": row.symbol,
            "label": row.label,
            "lines": [
                {"words": _breakable(words), "href": line.href, "ours": line.is_ours}
                for line in row.lines
                for words in ([line.words] if line.href else one_idea(line.words))
            ],
        }
        for row in part.rows
    ]
    return {
        "title": _breakable(part.title),
        "summary": one_idea(part.summary) if part.summary else [],
        "warning": part.warning,
        "checked": part.checked,
        "rows": rows,
        "address": address,
        "code": _code(address) if address else None,
        "code_words": f"{code_words}: {part.title}",
    }


def _code(address: str) -> str:
    import segno

    file = BytesIO()
    # An ordinary code: many phones read no Micro QR.
    segno.make_qr(address, error="m").save(file, kind="svg", border=4, light="#fff")
    return file.getvalue().decode()
