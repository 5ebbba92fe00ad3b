"""The report as a Word document: real headings, tables whose first row is a header on each page, A4."""

from collections.abc import Sequence
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

from webapp.dates import moment, short_date
from webapp.library.vocabulary import Vocabulary
from webapp.reporting import charts
from webapp.reporting.charts import ChartBar
from webapp.reporting.report import METHOD, MOST_ANSWERS, MOST_GAPS, GapStatistics, Tried
from webapp.web import word

CHART_MM, CELL_MARGINS_MM = 70, 4


def write(report: GapStatistics, words: Vocabulary, organisation: str) -> bytes:
    """The whole file."""
    document = word.begin(report.title, author=organisation or "Signpost", over=organisation)
    word.paragraph(document, f"Made on {moment(report.made)} from the gap log{_of(organisation)}.")
    word.heading(document, "Headline figures")
    word.table(document, ("What", "How many"), report.headline)
    word.heading(document, "Trend by month")
    rows = [(pair.label, pair.reported, pair.answered, pair.closed) for pair in report.months]
    word.table(document, ("Month", "Reported", "First answered", "Closed"), rows)
    for title, what, bars in (
        ("By status", "Status", report.statuses),
        ("By place", "Place", report.places),
        ("By theme", "Theme", report.themes),
    ):
        word.heading(document, title)
        _chart(document, what, bars)
    _gaps(document, report, words)
    _unfound(document, report)
    _answers(document, report, words)
    _prototypes(document, report.tried, words)
    word.heading(document, "How this was counted")
    for line in METHOD:
        word.bullet(document, line)
    return word.as_bytes(document)


def _gaps(document: Any, report: GapStatistics, words: Vocabulary) -> None:
    word.heading(document, "What was asked for")
    if report.figures.all.gaps > len(report.gaps):
        word.paragraph(
            document, f"The {MOST_GAPS} that most people asked for. The files of the gap log hold all of them."
        )
    rows = [
        (gap.ref, gap.needed, charts.place_name(gap.place, words), gap.people, gap.status.label) for gap in report.gaps
    ]
    heads = ("Number", "What was needed", "Place", "People who asked", "Status")
    word.table(document, heads, rows, widths=(22, 66, 40, 20, 26))


def _unfound(document: Any, report: GapStatistics) -> None:
    word.heading(document, "What was searched for and not found")
    if report.unfound_in_all > len(report.unfound):
        word.paragraph(
            document, f"The {len(report.unfound)} that most people searched for, of {report.unfound_in_all:,}."
        )
    rows = []
    for line in report.unfound:
        p, refs = line.pattern, ", ".join(line.gaps) or "None"
        rows.append((p.words, line.place, p.searches, p.people, line.offered, refs))
    heads = ("Words", "Place", "Searches", "People, at least", "Listings now", "Open gaps")
    word.table(document, heads, rows, widths=(44, 44, 20, 20, 20, 26))


def _answers(document: Any, report: GapStatistics, words: Vocabulary) -> None:
    word.heading(document, "Answers given")
    if not report.answers:
        word.paragraph(document, "None was given for the first time within these days.")
    elif report.answered > len(report.answers):
        word.paragraph(document, f"The latest {MOST_ANSWERS} of {report.answered:,}.")
    for gap in report.answers:
        word.heading(document, f"{gap.ref}: {gap.title}", 2)
        assert gap.answered_at
        where = charts.place_name(gap.place, words)
        word.paragraph(document, f"{where}. {gap.status.label}. Answered on {short_date(gap.answered_at)}.")
        word.paragraph(document, gap.answer)


def _prototypes(document: Any, tried: Sequence[Tried], words: Vocabulary) -> None:
    word.heading(document, "What was tried, and what was learned")
    if not tried:
        word.paragraph(document, "No prototype was under way within these days.")
    for one in tried:
        p = one.prototype
        word.heading(document, p.title, 2)
        days = f"{short_date(p.starts_on)} to {short_date(p.ends_on)}"
        word.paragraph(document, f"{charts.place_name(p.place, words)}, {days}. {p.public}")
        rows = [
            ("Gaps it is about", ", ".join(link.gap.ref for link in p.links) or "None"),
            ("What we thought would happen", p.hypothesis),
            ("What was tried", p.tries),
            ("How we would know", p.measure),
            ("Decision", f"{p.decision.label}. {p.became}" if p.decision else "Not decided yet"),
        ]
        rows += [("What was learned", p.learned)] if p.learned else []
        rows += [(f"Noted on {short_date(note.at)}", note.text) for note in one.notes]
        word.table(document, ("About", "What was written"), rows, widths=(46, 128))


def _chart(document: Any, what: str, bars: Sequence[ChartBar]) -> None:
    """A table with its chart in it: each bar is a shaded line, as long as its figure, that no screen reader reads."""
    rows = [(bar.label, "", bar.gaps, bar.people) for bar in bars]
    table = word.table(document, (what, "Chart", "Gaps", "People who asked"), rows, widths=(58, CHART_MM, 20, 26))
    for bar, cell in zip(bars, table.columns[1].cells[1:] if table else (), strict=True):
        if bar.width:
            _draw(cell.paragraphs[0], bar.width / charts.LONGEST)


def _draw(paragraph: Any, share: float) -> None:
    """Shade the line from the left to `share` (0 to 1) of the width of a chart."""
    paragraph.paragraph_format.right_indent = Mm((1 - share) * (CHART_MM - CELL_MARGINS_MM))
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", str(word.TEAL))):
        shade.set(qn(f"w:{name}"), value)
    properties = paragraph._p.get_or_add_pPr()
    # The schema wants shading before spacing and indents, in this order.
    properties.insert_element_before(shade, "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def _of(organisation: str) -> str:
    return f" of {organisation}" if organisation else ""
