"""A Word document: A4, our letters and colours, real headings, a header, numbered pages, tables that keep their widths.

Import it where a file is asked for: python-docx is large, and no page needs it.
"""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from webapp.db.engine import now
from webapp.library.characters import writable

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TEAL = RGBColor(0x0B, 0x5D, 0x5E)
MARGIN_MM, TEXT_MM = 18, 174  # of A4, which is 210 mm wide
Cell = str | int


def begin(title: str, *, author: str, over: str = "") -> Any:
    """An empty document with its title as a heading. `over` stands at the top of each page, and `title` beside it.

    `author` is who the file says it is by: an organisation, or a person.
    """
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(MARGIN_MM)
    about = document.core_properties
    about.title, about.author, about.language, about.comments = writable(title), writable(author), "en-GB", ""
    _set_styles(document.styles)
    _head_and_foot(section, writable(over), writable(title), document.styles["Normal"])
    document.add_heading(writable(title), 0)
    return document


def as_bytes(document: Any) -> bytes:
    """The whole file, dated now: its template would say 2013."""
    about = document.core_properties
    about.created = about.modified = now().replace(tzinfo=None)  # the format has UTC without saying so
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def heading(document: Any, text: str, level: int = 1) -> None:
    """A heading, 1 to 3."""
    document.add_heading(writable(text), level)


def paragraph(document: Any, text: str, *, small: bool = False) -> None:
    """One paragraph for each line of `text`."""
    for line in filter(None, text.split("\n")):
        run = document.add_paragraph().add_run(writable(line))
        run.font.size = Pt(9.5) if small else None


def bullet(document: Any, text: str) -> None:
    """One line of a list."""
    document.add_paragraph(writable(text), style="List Bullet")


def table(
    document: Any,
    heads: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    widths: Sequence[int] = (),
    *,
    together: bool = False,
) -> Any:
    """Figures to the right, words to the left. `widths` are in millimetres, TEXT_MM together. None without rows.

    A table that is to stay `together` begins on a new page where there is no room for all of it.
    """
    if not rows:
        paragraph(document, "None.")
        return None
    made = document.add_table(rows=len(rows) + 1, cols=len(heads), style="Table Grid")
    if widths:
        made.autofit = False
        for column, width in zip(made.columns, widths, strict=True):
            column.width = Mm(width)
    cells = made._cells  # one look-up: asking for each cell by itself takes minutes in a long table
    for place, value in enumerate(value for row in (heads, *rows) for value in row):
        cell, is_figure = cells[place], isinstance(value, int)
        line = cell.paragraphs[0]
        run = line.add_run(f"{value:,}" if is_figure else writable(str(value)))
        run.font.size, run.bold = Pt(10), place < len(heads)
        line.paragraph_format.keep_with_next = True if together and place < len(heads) * len(rows) else None
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT if is_figure else WD_ALIGN_PARAGRAPH.LEFT
        if widths:
            cell.width = Mm(widths[place % len(heads)])
    for number, row in enumerate(made.rows):
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if number == 0:
            properties.append(OxmlElement("w:tblHeader"))
    document.add_paragraph()
    return made


def _set_styles(styles: Any) -> None:
    """Our language, letters and colours: what a library or a screen reader asks of a file."""
    for style in ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3"):
        fonts = styles[style].element.get_or_add_rPr().get_or_add_rFonts()
        for name in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{name}"), "Arial")
        for theme in ("asciiTheme", "hAnsiTheme", "cstheme", "eastAsiaTheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
    styles["Normal"].font.size = Pt(11)
    for style, size in (("Title", 22), ("Heading 1", 16), ("Heading 2", 12), ("Heading 3", 11)):
        styles[style].font.size, styles[style].font.color.rgb = Pt(size), TEAL
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    styles["Normal"].element.get_or_add_rPr().append(language)


def _head_and_foot(section: Any, over: str, title: str, plain: Any) -> None:
    head = section.header.paragraphs[0]
    head.style = plain  # Word's own style for it has stops of another paper
    head.paragraph_format.tab_stops.add_tab_stop(Mm(TEXT_MM), WD_TAB_ALIGNMENT.RIGHT)
    head.add_run(f"{over}\t{title}" if over else title)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    foot.add_run("Page ")
    field(foot, "PAGE")
    foot.add_run(" of ")
    field(foot, "NUMPAGES")
    for line in (head, foot):
        for run in line.runs:
            run.font.size = Pt(9)


def field(line: Any, name: str) -> None:
    """What the word processor fills in as it lays out the pages, at the end of a paragraph."""
    for kind in ("begin", None, "end"):
        run = line.add_run()
        if kind:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        else:
            part = OxmlElement("w:instrText")
            part.set(qn("xml:space"), "preserve")
            part.text = name
        run._r.append(part)
