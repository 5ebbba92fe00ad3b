"""The report as a Word document: real headings, tables whose first row is a header on each page, A4."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from webapp.dates import moment, short_date
from webapp.library.characters import writable
from webapp.library.vocabulary import Vocabulary
from webapp.reporting import charts
from webapp.reporting.charts import Bar
from webapp.reporting.report import METHOD, MOST_ANSWERS, MOST_GAPS, Report, Tried

TEAL = RGBColor(0x0B, 0x5D, 0x5E)
CHART_MM, CELL_MARGINS_MM = 70, 4


def write(report: Report, words: Vocabulary, organisation: str) -> bytes:
    """The whole file."""
    document = Document()
    _prepare(document, report, organisation)
    document.add_heading(_text(report.title), 0)
    _paragraph(document, f"Made on {moment(report.made)} from the gap log{_of(organisation)}.")
    _section(document, "Headline figures")
    _table(document, ("What", "How many"), report.headline)
    _section(document, "Trend by month")
    rows = [(pair.label, pair.reported, pair.answered, pair.closed) for pair in report.months]
    _table(document, ("Month", "Reported", "First answered", "Closed"), rows)
    for title, what, bars in (
        ("By status", "Status", report.statuses),
        ("By place", "Place", report.places),
        ("By theme", "Theme", report.themes),
    ):
        _section(document, title)
        _chart(document, what, bars)
    _gaps(document, report, words)
    _unfound(document, report)
    _answers(document, report, words)
    _prototypes(document, report.tried, words)
    _section(document, "How this was counted")
    for line in METHOD:
        document.add_paragraph(line, style="List Bullet")
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _gaps(document: Any, report: Report, words: Vocabulary) -> None:
    _section(document, "What was asked for")
    if report.figures.all.gaps > len(report.gaps):
        _paragraph(document, f"The {MOST_GAPS} that most people asked for. The files of the gap log hold all of them.")
    rows = [
        (gap.ref, gap.needed, charts.place_name(gap.place, words), gap.people, gap.status.label) for gap in report.gaps
    ]
    heads = ("Number", "What was needed", "Place", "People who asked", "Status")
    _table(document, heads, rows, widths=(22, 66, 40, 20, 26))


def _unfound(document: Any, report: Report) -> None:
    _section(document, "What was searched for and not found")
    if report.unfound_in_all > len(report.unfound):
        _paragraph(document, f"The {len(report.unfound)} that most people searched for, of {report.unfound_in_all:,}.")
    rows = []
    for line in report.unfound:
        p, refs = line.pattern, ", ".join(line.gaps) or "None"
        rows.append((p.words, line.place, p.searches, p.people, line.offered, refs))
    heads = ("Words", "Place", "Searches", "People, at least", "Listings now", "Open gaps")
    _table(document, heads, rows, widths=(44, 44, 20, 20, 20, 26))


def _answers(document: Any, report: Report, words: Vocabulary) -> None:
    _section(document, "Answers given")
    if not report.answers:
        _paragraph(document, "None was given for the first time within these days.")
    elif report.answered > len(report.answers):
        _paragraph(document, f"The latest {MOST_ANSWERS} of {report.answered:,}.")
    for gap in report.answers:
        document.add_heading(_text(f"{gap.ref}: {gap.title}"), 2)
        assert gap.answered_at
        where = charts.place_name(gap.place, words)
        _paragraph(document, f"{where}. {gap.status.label}. Answered on {short_date(gap.answered_at)}.")
        for paragraph in filter(None, gap.answer.split("\n")):
            _paragraph(document, paragraph)


def _prototypes(document: Any, tried: Sequence[Tried], words: Vocabulary) -> None:
    _section(document, "What was tried, and what was learned")
    if not tried:
        _paragraph(document, "No prototype was under way within these days.")
    for one in tried:
        p = one.prototype
        document.add_heading(_text(p.title), 2)
        days = f"{short_date(p.starts_on)} to {short_date(p.ends_on)}"
        _paragraph(document, f"{charts.place_name(p.place, words)}, {days}. {p.public}")
        rows = [
            ("Gaps it is about", ", ".join(link.gap.ref for link in p.links) or "None"),
            ("What we thought would happen", p.hypothesis),
            ("What was tried", p.tries),
            ("How we would know", p.measure),
            ("Decision", f"{p.decision.label}. {p.became}" if p.decision else "Not decided yet"),
        ]
        rows += [("What was learned", p.learned)] if p.learned else []
        rows += [(f"Noted on {short_date(note.at)}", note.text) for note in one.notes]
        _table(document, ("About", "What was written"), rows, widths=(46, 128))


def _prepare(document: Any, report: Report, organisation: str) -> None:
    """A4, our language and colours, and what a library or a screen reader asks of a file."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(18)
    section.top_margin = section.bottom_margin = Mm(18)
    about = document.core_properties
    about.title, about.author, about.language = _text(report.title), _text(organisation or "Signpost"), "en-GB"
    about.comments = ""
    styles = document.styles
    for style in ("Normal", "Title", "Heading 1", "Heading 2"):
        fonts = styles[style].element.get_or_add_rPr().get_or_add_rFonts()
        for name in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{name}"), "Arial")
        for theme in ("asciiTheme", "hAnsiTheme", "cstheme", "eastAsiaTheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
    styles["Normal"].font.size = Pt(11)
    for style, size in (("Title", 22), ("Heading 1", 16), ("Heading 2", 12)):
        styles[style].font.size, styles[style].font.color.rgb = Pt(size), TEAL
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    styles["Normal"].element.get_or_add_rPr().append(language)


def _section(document: Any, title: str) -> None:
    document.add_heading(title, 1)


def _paragraph(document: Any, text: str) -> None:
    document.add_paragraph(_text(text))


def _chart(document: Any, what: str, bars: Sequence[Bar]) -> None:
    """A table with its chart in it: each bar is a shaded line, as long as its figure, that no screen reader reads."""
    rows = [(bar.label, "", bar.gaps, bar.people) for bar in bars]
    table = _table(document, (what, "Chart", "Gaps", "People who asked"), rows, widths=(58, CHART_MM, 20, 26))
    for bar, cell in zip(bars, table.columns[1].cells[1:] if table else (), strict=True):
        if bar.width:
            _draw(cell.paragraphs[0], bar.width / charts.LONGEST)


def _draw(paragraph: Any, share: float) -> None:
    """Shade the line from the left to `share` (0 to 1) of the width of a chart."""
    paragraph.paragraph_format.right_indent = Mm((1 - share) * (CHART_MM - CELL_MARGINS_MM))
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", str(TEAL))):
        shade.set(qn(f"w:{name}"), value)
    properties = paragraph._p.get_or_add_pPr()
    # The schema wants shading before spacing and indents, in this order.
    properties.insert_element_before(shade, "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def _table(document: Any, heads: Sequence[str], rows: Sequence[Sequence[str | int]], widths: Sequence[int] = ()) -> Any:
    """Figures to the right, words to the left. `widths` are in millimetres. None where there are no rows."""
    if not rows:
        _paragraph(document, "None.")
        return None
    table = document.add_table(rows=len(rows) + 1, cols=len(heads), style="Table Grid")
    cells = table._cells  # one look-up: asking for each cell by itself takes minutes in a long table
    for place, value in enumerate(value for row in (heads, *rows) for value in row):
        cell, is_figure = cells[place], isinstance(value, int)
        paragraph = cell.paragraphs[0]
        run = paragraph.add_run(f"{value:,}" if is_figure else _text(str(value)))
        run.font.size, run.bold = Pt(10), place < len(heads)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if is_figure else WD_ALIGN_PARAGRAPH.LEFT
        if widths:
            cell.width = Mm(widths[place % len(heads)])
    for number, row in enumerate(table.rows):
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if number == 0:
            properties.append(OxmlElement("w:tblHeader"))
    document.add_paragraph()
    return table


def _of(organisation: str) -> str:
    return f" of {organisation}" if organisation else ""


def _text(text: str) -> str:
    return writable(text)
