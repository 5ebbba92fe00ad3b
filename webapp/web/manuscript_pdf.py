"""A manuscript as a PDF for paper and for screen readers (PDF/UA-1); `manuscript.typ` is the page."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from webapp.library.characters import writable
from webapp.web import typesetting
from webapp.web.manuscript import Bars, Bullets, Heading, Link, Manuscript, Paragraph, Part, Run, Table, runs_of
from webapp.web.typesetting import breakable

TEMPLATE = Path(__file__).with_name("manuscript.typ")
LETTER = Path(__file__).with_name("letter.typ")
APART = 30_000  # characters, some thirty pages: a larger file is made in a process of its own
MOST_CHARACTERS = 1_000_000
MOST_STRANGE = 500  # different characters that our letters are asked for; any more are told by name
STRANGE = re.compile(r"[^\s\x20-\x7e£–—‘’“”…\u200b]")
MM_A_CHARACTER, INSET_MM = 1.9, 4  # of a table, in usual letters
LINE_MM, ROW_MM, ROOM_MM = 8, 3, 230  # of a line in the widest letters, around each row, and on a page
LABEL_LONGEST = 24  # beside the bars of a chart
NAMED = "Characters that these letters do not draw, as emoji are, stand here by their names in square brackets."

Say = Callable[[str, int], str]


def write(manuscript: Manuscript) -> bytes:
    """The whole file. A character that no letters draw is told by its name.

    Raises TooLong beyond MOST_CHARACTERS, and what `typesetting.made_apart` raises.
    """
    words = _Words()
    _data(manuscript, words.count)
    if words.characters > MOST_CHARACTERS:
        raise typesetting.TooLong
    words.name_strange()
    make = typesetting.made_apart if words.characters > APART else typesetting.made
    return make(TEMPLATE, _data(manuscript, words.say) | {"named": NAMED if words.named else ""})


class _Words:
    """All words of a manuscript: counted first, then said in letters that we have."""

    def __init__(self) -> None:
        self.characters, self.named = 0, dict[str, str]()
        self._strange: Counter[str] = Counter()

    def count(self, words: str, _longest: int = 0) -> str:
        self.characters += len(words)
        self._strange.update(STRANGE.findall(writable(words)))
        return words

    def name_strange(self) -> None:
        known = {letter for letter, _ in self._strange.most_common(MOST_STRANGE) if _is_drawn(letter)}
        self.named = {letter: _name(letter) for letter in self._strange if letter not in known}

    def say(self, words: str, longest: int = typesetting.LONGEST) -> str:
        plain = STRANGE.sub(lambda found: self.named.get(found[0], found[0]), writable(words))
        return breakable(plain, longest)


@lru_cache(maxsize=10_000)
def _is_drawn(letter: str) -> bool:
    return typesetting.has_letters(LETTER, letter)


def _name(letter: str) -> str:
    return f"[{unicodedata.name(letter, f'character {ord(letter):X}').lower()}]"


def _data(manuscript: Manuscript, say: Say) -> dict[str, Any]:
    made, whole = manuscript.made, typesetting.LONGEST
    return {
        "title": say(manuscript.title, whole),
        "author": manuscript.author,
        "over": say(manuscript.over, whole),
        "about": say(manuscript.about, whole),
        "made": {name: getattr(made, name) for name in ("year", "month", "day", "hour", "minute", "second")},
        "letters": typesetting.LETTERS,
        "parts": [_part(part, say) for part in manuscript.parts],
    }


def _part(part: Part, say: Say) -> dict[str, Any]:
    whole = typesetting.LONGEST
    match part:
        case Heading(runs, level):
            return {"kind": "heading", "level": level, "runs": _runs(runs, say)}
        case Paragraph(words, small):
            lines = [say(line, whole) for line in words.split("\n") if line]
            return {"kind": "paragraphs", "small": small, "lines": lines}
        case Bullets(lines):
            return {"kind": "bullets", "lines": [say(line, whole) for line in lines]}
        case Table():
            return _table(part, say)
        case Bars():
            return _bars(part, say)


def _runs(runs: Sequence[Run], say: Say, longest: int = typesetting.LONGEST) -> list[dict[str, str]]:
    pairs = ((run.words, run.href) if isinstance(run, Link) else (run, "") for run in runs)
    return [{"words": say(words, longest), "href": href} for words, href in pairs]


def _table(part: Table, say: Say) -> dict[str, Any]:
    longest = [max(8, int((mm - INSET_MM) / MM_A_CHARACTER)) for mm in part.widths]
    first = part.rows[0] if part.rows else ()
    rows = [[_runs(runs_of(cell), say, most) for cell, most in zip(row, longest, strict=True)] for row in part.rows]
    heights = [_at_most(row, longest) for row in rows]
    return {
        "kind": "table",
        "heads": part.heads,
        "widths": part.widths,
        "figures": [place for place, cell in enumerate(first) if isinstance(cell, int)],
        "together": part.together and sum(heights) <= ROOM_MM,
        "rows": [{"cells": row, "whole": high <= ROOM_MM} for row, high in zip(rows, heights, strict=True)],
    }


def _at_most(row: Sequence[Sequence[dict[str, str]]], longest: Sequence[int]) -> int:
    """How high a row is on paper, in millimetres: what does not fit a page has to go on overleaf."""
    cells = ("".join(run["words"] for run in cell).split("\n") for cell in row)
    lines = (sum(len(line) // most + 1 for line in cell) for cell, most in zip(cells, longest, strict=True))
    return max(lines, default=0) * LINE_MM + ROW_MM


def _bars(part: Bars, say: Say) -> dict[str, Any]:
    most = max((figure for one in part.series for figure in one.figures), default=0)

    def bars(place: int) -> Sequence[dict[str, Any]]:
        return [
            {
                "share": one.figures[place] / most if most else 0,
                "hollow": one.hollow,
                "runs": _runs([Link(f"{one.figures[place]:,}", one.hrefs[place])], say),
            }
            for one in part.series
        ]

    rows = [{"label": say(label, LABEL_LONGEST), "bars": bars(place)} for place, label in enumerate(part.labels)]
    return {"kind": "bars", "heads": [part.what, *(one.name for one in part.series)], "rows": rows}
