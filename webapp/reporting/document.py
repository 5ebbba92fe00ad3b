"""The report as a Word document: real headings, contents, charts that Word draws, tables with a header on each page."""

from collections.abc import Iterable, Sequence
from typing import Any

from docx.shared import Pt

from webapp.dates import moment, short_date
from webapp.library.characters import writable
from webapp.library.generation.reader import Generation
from webapp.library.vocabulary import Vocabulary
from webapp.reporting import document_blocks
from webapp.reporting.charts import ChartBar
from webapp.reporting.cross_tab import name
from webapp.reporting.market import MarketLine
from webapp.reporting.method import METHOD
from webapp.reporting.report import MOST_ANSWERS, Report, Tried
from webapp.web import word, word_charts, word_refs
from webapp.web.word_charts import ChartSeries

CHAPTERS = (
    ("opening", "Opening words"),
    ("headline", "Headline figures"),
    ("market", "Market position"),
    ("open", "Open gaps"),
    ("answers", "What was answered"),
    ("unfound", "What was searched for and not found"),
    ("tried", "What was tried, and what was learned"),
    ("recommendations", "Recommendations"),
    ("method", "How this was counted"),
)
NOT_WRITTEN = "Nothing is written here yet."
MARKET_MM = (36, 34, 42, 30, 32)


def write(report: Report, gen: Generation, base: str) -> bytes:
    """The whole file. `base` is the address of the site, without a slash at its end: links lead there."""
    organisation, words, written = gen.site.organisation, gen.vocabulary, report.written
    document = word.begin(report.title, author=organisation or "Signpost", over=organisation)
    of = f" of {organisation}" if organisation else ""
    word.paragraph(document, f"{report.days}. Made on {moment(report.made)} from the gap log{of}.")
    word_refs.contents(document, CHAPTERS)
    chapters = dict(CHAPTERS)
    for key, write_chapter in (
        ("opening", lambda: _written(document, report, written.opening if written else "")),
        ("headline", lambda: _headline(document, report, base)),
        ("market", lambda: _market(document, report)),
        ("open", lambda: document_blocks.write(document, report, words, base)),
        ("answers", lambda: _answers(document, report, words, base)),
        ("unfound", lambda: _unfound(document, report)),
        ("tried", lambda: _prototypes(document, report.tried, words)),
        ("recommendations", lambda: _written(document, report, written.recommendations if written else "")),
        ("method", lambda: _method(document)),
    ):
        word_refs.heading(document, chapters[key], key)
        write_chapter()
    return word.as_bytes(document)


def _written(document: Any, report: Report, text: str) -> None:
    word.paragraph(document, text or NOT_WRITTEN)
    if text and report.written:
        who = report.written.by.name if report.written.by else "somebody who has left"
        word.paragraph(document, f"Written on {moment(report.written.at)} by {who}.", small=True)


def _headline(document: Any, report: Report, base: str) -> None:
    table = word.table(
        document, ("What", "How many", "About"), [(f.label, "", f.about) for f in report.six], widths=(60, 50, 64)
    )
    for figure, cell in zip(report.six, table.columns[1].cells[1:], strict=True):
        word_refs.link(cell.paragraphs[0], figure.value, base + figure.href)
    word.heading(document, "Reported and closed by month", 2)
    if not report.months:
        word.paragraph(document, "Nothing was reported yet.")
    series = (
        ChartSeries("Reported", [m.reported for m in report.months]),
        ChartSeries("Closed", [m.closed for m in report.months], hollow=True),
    )
    labels = [f"{m.short} {m.label[-2:]}" for m in report.months]
    word_charts.bars(document, "Reported and closed by month", labels, series, upright=True)
    for title, rows in (
        ("By status", report.statuses),
        ("Open gaps by place", report.places),
        ("Open gaps by theme", report.themes),
    ):
        _chart(document, title, rows)


def _chart(document: Any, title: str, rows: Sequence[ChartBar]) -> None:
    word.heading(document, title, 2)
    if not rows:
        word.paragraph(document, "No gaps are open.")
    word_charts.bars(document, title, [bar.label for bar in rows], [ChartSeries("Gaps", [bar.gaps for bar in rows])])


def _market(document: Any, report: Report) -> None:
    for title, first, lines in (
        ("By who it is for", "Who it is for", report.market.by_audience),
        ("By place", "Place", report.market.by_place),
    ):
        word.heading(document, title, 2)
        heads = (first, "What exists", "What is asked", "What is missing", "What is intended")
        word.table(document, heads, [_market_row(line) for line in lines], widths=MARKET_MM)


def _market_row(line: MarketLine) -> tuple[str, ...]:
    asked, intended = line.asked, []
    if line.trying:
        intended.append(f"{_gaps(line.trying)} being tried")
    if line.planned:
        intended.append(f"{_gaps(line.planned)} in the commissioning plan")
    times = "once" if asked.staff == 1 else f"{asked.staff:,} times"
    return (
        line.name,
        line.exists.words,
        f"{_gaps(asked.gaps)}, asked for {times}; residents: {asked.residents.words}" if asked.gaps else "Nothing open",
        f"{_gaps(line.missing)} with nothing tried or planned yet" if line.missing else line.nothing_missing,
        "; ".join(intended) or "Nothing yet",
    )


def _answers(document: Any, report: Report, words: Vocabulary, base: str) -> None:
    answered = report.figures.to_answer.of
    if not report.answers:
        word.paragraph(document, "None was given for the first time within these days.")
    elif answered > len(report.answers):
        word.paragraph(document, f"The latest {MOST_ANSWERS} of {answered:,}.")
    for gap in report.answers:
        document_blocks.title(document, gap, base)
        assert gap.answered_at
        where = name("place", gap.place, words)
        word.paragraph(document, f"{where}. {gap.status.label}. Answered on {short_date(gap.answered_at)}.")
        word.paragraph(document, gap.answer)


def _unfound(document: Any, report: Report) -> None:
    if report.scope.audience and report.unfound:
        word.paragraph(document, "A search does not say for whom it was, so these are of everyone.")
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


def _prototypes(document: Any, tried: Iterable[Tried], words: Vocabulary) -> None:
    none = True
    for one in tried:
        none, p = False, one.prototype
        word.heading(document, p.title, 2)
        days = f"{short_date(p.starts_on)} to {short_date(p.ends_on)}"
        word.paragraph(document, f"{name('place', p.place, words)}, {days}. {p.public}")
        rows = [
            ("Gaps it is about", ", ".join(link.gap.ref for link in p.links) or "None"),
            ("What we thought would happen", p.hypothesis),
            ("What was tried", p.tries),
            ("How we would know", p.measure),
            ("Decision", f"{p.decision.label}. {p.became}" if p.decision else "Not decided yet"),
        ]
        told = (("Cost", p.cost_in_words), ("People reached", p.reached_in_words), ("What was learned", p.learned))
        rows += [(what, words_of_it) for what, words_of_it in told if words_of_it]
        rows += [(f"Noted on {short_date(note.at)}", note.text) for note in one.notes]
        word.table(document, ("About", "What was written"), rows, widths=(46, 128))
    if none:
        word.paragraph(document, "No prototype was under way within these days.")


def _method(document: Any) -> None:
    for line in METHOD:
        made = document.add_paragraph(style="List Bullet")
        made.add_run(writable(line)).font.size = Pt(9.5)


def _gaps(count: int) -> str:
    return "1 gap" if count == 1 else f"{count:,} gaps"
