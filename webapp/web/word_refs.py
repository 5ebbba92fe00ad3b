"""What leads somewhere in a Word document: contents with page numbers, and links out of it."""

from collections.abc import Sequence
from typing import Any

from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

from webapp.library.characters import writable
from webapp.web import word


def heading(document: Any, text: str, name: str, level: int = 1) -> None:
    """A heading that `contents` leads to by `name`."""
    made = document.add_heading(writable(text), level)
    number = str(len(document.element.body.findall(f".//{qn('w:bookmarkStart')}")) + 1)
    begins, ends = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (begins, ends):
        mark.set(qn("w:id"), number)
    begins.set(qn("w:name"), name)
    made._p.insert_element_before(begins, "w:r")
    made._p.append(ends)


def contents(document: Any, entries: Sequence[tuple[str, str]]) -> None:
    """A line for each (name, text) of `heading`, with the number of its page, which the word processor fills in."""
    document.add_heading("Contents", 1)
    for name, text in entries:
        line = document.add_paragraph()
        line.paragraph_format.tab_stops.add_tab_stop(Mm(word.TEXT_MM), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        line.paragraph_format.space_after = Mm(1)
        _linked(line, f"{text}\t", anchor=name)
        word.field(line, f"PAGEREF {name} \\h")


def link(line: Any, text: str, address: str) -> Any:
    """Words at the end of the paragraph `line` that open `address`, a whole URL: their run."""
    reference = line.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    run = _linked(line, text, reference=reference)
    run.font.color.rgb, run.font.underline = word.TEAL, True
    return run


def _linked(line: Any, text: str, *, anchor: str = "", reference: str = "") -> Any:
    run = line.add_run(writable(text))
    around = OxmlElement("w:hyperlink")
    if anchor:
        around.set(qn("w:anchor"), anchor)
    else:
        around.set(qn("r:id"), reference)
    line._p.append(around)
    around.append(run._r)
    return run
