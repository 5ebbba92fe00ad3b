"""A sheet as a PDF for paper and for screen readers (PDF/UA-1): in normal letters, in large ones, in easy read.

How files are made, one at a time, is in webapp/web/typesetting.py.
"""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from webapp.packs import symbols
from webapp.packs.sheet import GONE, Sheet, SheetPart, sentences
from webapp.web import typesetting
from webapp.web.typesetting import breakable

LAYOUTS = {"normal": "Usual print", "large": "Large print (18 point)", "easy": "Easy read, with pictures"}
# Before the others, which have these letters or signs too. Quotes and dots of Chinese are as wide as its letters.
OWN_LETTERS: dict[str, list[Any]] = {
    "ur": [typesetting.USUAL_LETTERS, "Noto Nastaliq Urdu"],
    "zh-Hans": [{"name": typesetting.USUAL_LETTERS, "covers": "latin-in-cjk"}, "Noto Sans SC"],
}
# A file says a language and a country, and no script: of Chinese, the country that writes the simplified one.
PAPER_TAGS = {"zh-Hans": "zh-CN"}
TEMPLATE = Path(__file__).with_name("sheet.typ")

Address = Callable[[SheetPart], str]


def pdf(sheet: Sheet, layout: str, address: Address, code_words: str) -> bytes:
    """The file. `address` is what the code beside each part leads to, which `code_words` say; empty for no code.

    Raises KeyError for a layout that is none of LAYOUTS, and what `typesetting.made` raises.
    """
    if layout not in LAYOUTS:
        raise KeyError(layout)
    return typesetting.made(TEMPLATE, _data(sheet, layout, address, code_words))


def _data(sheet: Sheet, layout: str, address: Address, code_words: str) -> dict[str, Any]:
    say, code = sheet.tongue.say, sheet.tongue.code
    lang, _, region = PAPER_TAGS.get(code, code).partition("-")
    one_idea = sentences if layout == "easy" else lambda text: [text]
    return {
        "layout": layout,
        "title": breakable(sheet.title),
        "organisation": sheet.organisation,
        "letters": [*OWN_LETTERS.get(code, ()), *typesetting.LETTERS],
        "usual-letters": typesetting.LETTERS,
        "lang": lang,
        "region": region.lower() or None,
        "direction": sheet.tongue.direction,
        "warning": sheet.tongue.warning,
        "lead": _lead(sheet, any(address(part) for part in sheet.parts)),
        "end": [say(GONE)] if sheet.gone else [],
        "symbols": symbols.for_paper(),
        "parts": [_part(part, address(part), code_words, one_idea) for part in sheet.parts],
    }


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
                {"words": breakable(words), "href": line.href, "ours": line.is_ours}
                for line in row.lines
                for words in ([line.words] if line.href else one_idea(line.words))
            ],
        }
        for row in part.rows
    ]
    return {
        "title": breakable(part.title),
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
