"""The figures of a page as files. Each says what the page says, and no more."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from webapp.english import dates
from webapp.insights.sections import Section, formatted
from webapp.web import csv, xlsx

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
HEADS = (("Figures", 40), ("Of", 44), ("What", 30), ("Figure", 14), ("Unit", 10))
NOT_SHOWN = "“Not shown”: fewer than five people are behind it, or it would give such a figure away."
WIDEST = 7  # columns of a table on a page of paper; a wider one is cut into several
TEXT_MM, FIRST_MM = 174, 54


def make(kind: str, title: str, sections: Sequence[Section], organisation: str, now: datetime) -> bytes:
    """The whole file of one of KINDS."""
    if kind == "csv":
        rows = "".join(csv.line(row) for row in lines(sections))
        return (csv.BOM + csv.line([words for words, _ in HEADS]) + rows).encode()
    return _workbook(sections) if kind == "xlsx" else _document(title, sections, organisation, now)


def lines(sections: Sequence[Section]) -> Iterator[tuple[str, str, str, int | float | str, str]]:
    """One line for each figure: its section, row and column, the figure, and its unit."""
    for section in sections:
        for row in section.rows:
            for head, value in zip(section.heads, row.values, strict=True):
                yield section.title, row.label, head.words, formatted(None) if value is None else value, head.unit


def _workbook(sections: Sequence[Section]) -> bytes:
    return b"".join(xlsx.pieces("Insights", [xlsx.ColumnHead(*head) for head in HEADS], lines(sections)))


def _document(title: str, sections: Sequence[Section], organisation: str, now: datetime) -> bytes:
    from webapp.web import word  # here: its library is large, and no page needs it

    document = word.begin(title, author=organisation or "Signpost", over=organisation)
    word.paragraph(document, f"Made on {dates.moment(now)}. {NOT_SHOWN}")
    for section in sections:
        word.heading(document, section.title)
        for line in (section.lead, *section.notes):
            word.paragraph(document, line)
        for start in range(0, len(section.heads), WIDEST - 1):
            heads = section.heads[start : start + WIDEST - 1]
            rows = [
                (row.label, *(formatted(v, head.unit) for v, head in zip(row.values[start:], heads, strict=False)))
                for row in section.rows
            ]
            each = (TEXT_MM - FIRST_MM) // len(heads)
            widths = (TEXT_MM - each * len(heads), *[each] * len(heads))
            word.table(document, (section.what, *(head.words for head in heads)), rows, widths)
    return word.as_bytes(document)
