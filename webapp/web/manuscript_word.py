"""A manuscript as a Word file: real headings, contents, charts that Word draws, tables with a header on each page.

Import it where a file is asked for: python-docx is large, and no page needs it.
"""

from collections.abc import Sequence
from typing import Any

from docx.shared import Pt

from webapp.library.characters import writable
from webapp.web import word, word_charts, word_refs
from webapp.web.manuscript import (
    Bars,
    Bullets,
    Heading,
    Link,
    Manuscript,
    Paragraph,
    Part,
    Run,
    Table,
    runs_of,
    words_of,
)
from webapp.web.word_charts import ChartSeries


def write(manuscript: Manuscript) -> bytes:
    """The whole file."""
    document = word.begin(manuscript.title, author=manuscript.author, over=manuscript.over)
    word.paragraph(document, manuscript.about)
    word_refs.contents(document, manuscript.chapters)
    for part in manuscript.parts:
        _write(document, part)
    return word.as_bytes(document)


def _write(document: Any, part: Part) -> None:
    match part:
        case Heading(runs, level, name) if name:
            word_refs.heading(document, words_of(runs), name, level)
        case Heading(runs, level):
            _runs(document.add_heading(level=level), runs)
        case Paragraph(words, small):
            word.paragraph(document, words, small=small)
        case Bullets(lines):
            for line in lines:
                made = document.add_paragraph(style="List Bullet")
                made.add_run(writable(line)).font.size = Pt(9.5)
        case Table():
            _table(document, part)
        case Bars(title, _, labels, series, upright):
            drawn = [ChartSeries(one.name, one.figures, one.hollow) for one in series]
            word_charts.bars(document, title, labels, drawn, upright=upright)


def _runs(line: Any, runs: Sequence[Run], size: Pt | None = None) -> None:
    for run in runs:
        made = word_refs.link(line, run.words, run.href) if isinstance(run, Link) else line.add_run(writable(run))
        made.font.size = size


def _table(document: Any, part: Table) -> None:
    plain = [[cell if isinstance(cell, str | int) else "" for cell in row] for row in part.rows]
    made = word.table(document, part.heads, plain, widths=part.widths, together=part.together)
    if made is None:
        return
    cells = made._cells[len(part.heads) :]  # one look-up, as `word.table` has it
    for place, value in enumerate(value for row in part.rows for value in row):
        if not isinstance(value, str | int):
            _runs(cells[place].paragraphs[0], runs_of(value), Pt(10))
