"""Charts of a Word document that Word and LibreOffice draw themselves: parts of the file, with their figures in it.

openpyxl writes the chart as it does for a workbook. The figures stand in the chart twice: as what is drawn, and as the
small workbook that Word opens where somebody asks to edit them. Why: docs/decisions/charts-in-word.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm
from openpyxl import Workbook
from openpyxl.chart import BarChart
from openpyxl.chart.chartspace import ChartContainer, ChartSpace, ExternalData
from openpyxl.chart.data_source import AxDataSource, NumData, NumDataSource, NumRef, NumVal, StrData, StrRef, StrVal
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.legend import Legend
from openpyxl.chart.series import Series, SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import CharacterProperties, Font, Paragraph, ParagraphProperties
from openpyxl.utils import get_column_letter

from webapp.library.characters import writable
from webapp.web import word

CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
CHART_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart"
BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BOOK_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/package"
SHEET = "Figures"
INK, PAPER = "1D2429", "FFFFFF"
ROW_MM, ROOM_MM = 9, 12  # of a bar across, and around all of them
UPRIGHT_MM = 55
LETTERS = "Arial"
SMALL = 900  # hundredths of a point


@dataclass(frozen=True)
class ChartSeries:
    """One row of figures. A hollow one is told from a filled one on grey paper too."""

    name: str
    figures: Sequence[int]
    hollow: bool = False


def bars(
    document: Any, title: str, labels: Sequence[str], series: Sequence[ChartSeries], *, upright: bool = False
) -> None:
    """A chart in a paragraph of its own. Bars lie under each other, or stand beside each other where `upright`.

    `title` and all figures are its alternative text. Nothing is drawn without labels.
    """
    if not labels:
        return
    labels = [writable(label) for label in labels]
    height = UPRIGHT_MM if upright else ROW_MM * len(labels) * len(series) + ROOM_MM
    part = _part(document.part.package, labels, series, upright)
    reference = document.part.relate_to(part, CHART_RELATION)
    said = "; ".join(f"{label}: {_said(series, place)}" for place, label in enumerate(labels))
    drawing = _drawing(reference, part.number, writable(title), f"{writable(title)}. {said}.", height)
    document.add_paragraph().add_run()._r.append(drawing)


def _said(series: Sequence[ChartSeries], place: int) -> str:
    if len(series) == 1:
        return f"{series[0].figures[place]:,}"
    return ", ".join(f"{one.figures[place]:,} {one.name.lower()}" for one in series)


class _ChartPart(Part):
    number = 0


def _part(package: Any, labels: Sequence[str], series: Sequence[ChartSeries], upright: bool) -> _ChartPart:
    number = sum(1 for part in package.iter_parts() if isinstance(part, _ChartPart)) + 1
    book = Part(PackURI(f"/word/embeddings/figures{number}.xlsx"), BOOK_TYPE, _workbook(labels, series), package)
    part = _ChartPart(PackURI(f"/word/charts/chart{number}.xml"), CHART_TYPE, b"", package)
    part.number = number
    part._blob = _xml(labels, series, upright, part.relate_to(book, BOOK_RELATION))
    return part


def _workbook(labels: Sequence[str], series: Sequence[ChartSeries]) -> bytes:
    book, file = Workbook(), BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet.title = SHEET
    sheet.append(["", *(one.name for one in series)])
    for place, label in enumerate(labels):
        sheet.append([label, *(one.figures[place] for one in series)])
        sheet.cell(place + 2, 1).data_type = "s"  # a label that begins with = is no formula
    book.save(file)
    return file.getvalue()


def _xml(labels: Sequence[str], series: Sequence[ChartSeries], upright: bool, book: str) -> bytes:
    chart = BarChart()
    chart.type, chart.gapWidth = ("col", 60) if upright else ("bar", 40)
    for axis in (chart.x_axis, chart.y_axis):
        axis.delete, axis.txPr = False, _letters()
        axis.majorGridlines = None
        axis.majorTickMark = "none"
        axis.spPr = GraphicalProperties(ln=LineProperties(noFill=True))
    chart.x_axis.spPr = GraphicalProperties(ln=LineProperties(solidFill=INK))
    chart.x_axis.tickLblSkip = 1  # every bar has its name, however many there are
    chart.y_axis.delete = True  # each bar says its figure
    chart.y_axis.scaling.min = 0
    chart.x_axis.scaling.orientation = "minMax" if upright else "maxMin"  # the first one at the top
    chart.series = [_series(place, one, labels) for place, one in enumerate(series)]
    legend = Legend() if len(series) > 1 else None
    if legend:
        legend.position, legend.txPr = "b", _letters()
    chart.plot_area._charts = [chart]
    space = ChartSpace(chart=ChartContainer(plotArea=chart.plot_area, legend=legend, autoTitleDeleted=True))
    space.roundedCorners = False
    space.spPr = GraphicalProperties(noFill=True, ln=LineProperties(noFill=True))
    space.externalData = ExternalData(id=book)
    return b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + ElementTree.tostring(space.to_tree())


def _series(place: int, one: ChartSeries, labels: Sequence[str]) -> Series:
    column, last = get_column_letter(place + 2), len(labels) + 1
    figures = NumData(ptCount=len(labels), pt=[NumVal(idx=i, v=str(n)) for i, n in enumerate(one.figures)])
    names = StrData(ptCount=len(labels), pt=[StrVal(idx=i, v=label) for i, label in enumerate(labels)])
    made = Series(
        idx=place,
        order=place,
        tx=SeriesLabel(
            strRef=StrRef(f=f"{SHEET}!${column}$1", strCache=StrData(ptCount=1, pt=[StrVal(idx=0, v=one.name)]))
        ),
        cat=AxDataSource(strRef=StrRef(f=f"{SHEET}!$A$2:$A${last}", strCache=names)),
        val=NumDataSource(numRef=NumRef(f=f"{SHEET}!${column}$2:${column}${last}", numCache=figures)),
        invertIfNegative=False,
    )
    teal = str(word.TEAL)
    made.spPr = GraphicalProperties(
        solidFill=PAPER if one.hollow else teal, ln=LineProperties(solidFill=INK if one.hollow else teal, w=12700)
    )
    made.dLbls = DataLabelList(
        showVal=True, showSerName=False, showCatName=False, showLegendKey=False, showPercent=False, txPr=_letters()
    )
    return made


def _letters() -> RichText:
    plain = CharacterProperties(sz=SMALL, solidFill=INK, latin=Font(typeface=LETTERS))
    return RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=plain), endParaRPr=plain)])


def _drawing(reference: str, number: int, title: str, said: str, height: float) -> Any:
    width, tall = int(Mm(word.TEXT_MM)), int(Mm(height))
    drawing: Any = parse_xml(
        f"<w:drawing {nsdecls('w', 'wp', 'a', 'r')}>"
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{tall}"/>'
        f'<wp:docPr id="{number + 1000}" name="Chart {number}"/><wp:cNvGraphicFramePr/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
        '<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
        f'r:id="{reference}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
    )
    about = drawing.find(".//{*}docPr")
    about.set("title", title)
    about.set("descr", said)
    return drawing
