"""The report as a manuscript, of which a Word file and a PDF are made."""

from collections.abc import Iterable, Iterator, Sequence

from webapp.commissioning.report import document_blocks
from webapp.commissioning.report.charts import ChartBar
from webapp.commissioning.report.cross_tab import name
from webapp.commissioning.report.market import MarketLine
from webapp.commissioning.report.method import METHOD
from webapp.commissioning.report.report import MOST_ANSWERS, Report, Tried
from webapp.english.dates import moment, short_date
from webapp.library.generation.reader import Generation
from webapp.library.vocabulary import Vocabulary
from webapp.web.manuscript import Bars, BarSeries, Bullets, Cell, Heading, Link, Manuscript, Paragraph, Part, Run, Table

NOT_WRITTEN = "Nothing is written here yet."
MARKET_MM = (36, 34, 42, 30, 32)


def manuscript(report: Report, gen: Generation, base: str) -> Manuscript:
    """The whole of it. `base` is the address of the site, without a slash at its end: links lead there."""
    organisation = gen.site.organisation
    of = f" of {organisation}" if organisation else ""
    return Manuscript(
        title=report.title,
        author=organisation or "Signpost",
        over=organisation,
        about=" ".join((f"{report.days}. Made on {moment(report.made)} from the gap log{of}.", *report.scope.notices)),
        made=report.made,
        parts=list(_parts(report, gen.vocabulary, base)),
    )


def _parts(report: Report, words: Vocabulary, base: str) -> Iterator[Part]:
    written = report.written
    for key, title, chapter in (
        ("opening", "Opening words", _written(report, written.opening if written else "")),
        ("headline", "Headline figures", _headline(report, base)),
        ("market", "Market position", _market(report, base)),
        ("open", "Open gaps", document_blocks.parts(report, words, base)),
        ("answers", "What was answered", _answers(report, words, base)),
        ("unfound", "What was searched for and not found", _unfound(report, base)),
        ("tried", "What was tried, and what was learned", _prototypes(report.tried, words, base)),
        ("recommendations", "Recommendations", _written(report, written.recommendations if written else "")),
        ("method", "How this was counted", [Bullets(METHOD)]),
    ):
        yield Heading([title], level=1, name=key)
        yield from chapter


def _written(report: Report, text: str) -> Iterator[Part]:
    yield Paragraph(text or NOT_WRITTEN)
    if text and report.written:
        who = report.written.by.name if report.written.by else "somebody who has left"
        yield Paragraph(f"Written on {moment(report.written.at)} by {who}.", small=True)


def _headline(report: Report, base: str) -> Iterator[Part]:
    rows = [(f.label, Link(f.value, base + f.href), f.about) for f in report.six]
    yield Table(("What", "How many", "About"), rows, widths=(60, 50, 64))
    yield Heading(["Reported and closed by month"])
    if not report.months:
        yield Paragraph("Nothing was reported yet.")
    months = report.months
    reported = BarSeries("Reported", [m.reported for m in months], [base + m.hrefs["reported"] for m in months])
    closed = BarSeries("Closed", [m.closed for m in months], [base + m.hrefs["closed"] for m in months], hollow=True)
    labels = [f"{m.short} {m.label[-2:]}" for m in months]
    yield Bars("Reported and closed by month", "Month", labels, (reported, closed), upright=True)
    for title, what, rows_of_chart in (
        ("By status", "Status", report.statuses),
        ("Open gaps by place", "Place", report.places),
        ("Open gaps by theme", "Theme", report.themes),
    ):
        yield from _chart(title, what, rows_of_chart, base)


def _chart(title: str, what: str, rows: Sequence[ChartBar], base: str) -> Iterator[Part]:
    yield Heading([title])
    if not rows:
        yield Paragraph("No gaps are open.")
    series = BarSeries("Gaps", [bar.gaps for bar in rows], [base + bar.href for bar in rows])
    yield Bars(title, what, [bar.label for bar in rows], [series])


def _market(report: Report, base: str) -> Iterator[Part]:
    for title, first, lines in (
        ("By who it is for", "Who it is for", report.market.by_audience),
        ("By place", "Place", report.market.by_place),
    ):
        yield Heading([title])
        heads = (first, "What exists", "What is asked", "What is missing", "What is intended")
        yield Table(heads, [_market_row(line, base) for line in lines], widths=MARKET_MM)


def _market_row(line: MarketLine, base: str) -> tuple[Cell, ...]:
    def leads(count: int, name: str) -> Link:
        return Link(_gaps(count), base + line.hrefs[name])

    asked, trying, planned = line.asked, leads(line.trying, "prototype"), leads(line.planned, "in-plan")
    intended: tuple[Run, ...] = (trying, " being tried") if line.trying else ()
    if line.planned:
        intended += ("; " if intended else "", planned, " in the commissioning plan")
    times = "once" if asked.staff == 1 else f"{asked.staff:,} times"
    wanted = leads(asked.gaps, "asked"), f", asked for {times}; residents: {asked.residents.words}"
    missing = leads(line.missing, "missing"), " with nothing tried or planned yet"
    return (
        line.name,
        Link(line.exists.words, base + line.exists.href),
        wanted if asked.gaps else "Nothing open",
        missing if line.missing else line.nothing_missing,
        intended or "Nothing yet",
    )


def _answers(report: Report, words: Vocabulary, base: str) -> Iterator[Part]:
    answered = report.figures.to_answer.of
    if not report.answers:
        yield Paragraph("None was given for the first time within these days.")
    elif answered > len(report.answers):
        yield Paragraph(f"The latest {MOST_ANSWERS} of {answered:,}.")
    for gap in report.answers:
        yield document_blocks.title(gap, base)
        assert gap.answered_at
        where = name("place", gap.place, words)
        yield Paragraph(f"{where}. {gap.status.label}. Answered on {short_date(gap.answered_at)}.")
        yield Paragraph(gap.answer)


def _unfound(report: Report, base: str) -> Iterator[Part]:
    if report.scope.audience and report.unfound:
        yield Paragraph("A search does not say for whom it was, so these are of everyone.")
    if report.unfound_in_all > len(report.unfound):
        yield Paragraph(f"The {len(report.unfound)} that most people searched for, of {report.unfound_in_all:,}.")
    rows: list[tuple[Cell, ...]] = []
    for line in report.unfound:
        p, gaps = line.pattern, document_blocks.gaps(line.gaps, base)
        rows.append((p.words, line.place, p.searches, p.people, line.offered, gaps))
    heads = ("Words", "Place", "Searches", "People, at least", "Listings now", "Open gaps")
    yield Table(heads, rows, widths=(44, 44, 20, 20, 20, 26))


def _prototypes(tried: Iterable[Tried], words: Vocabulary, base: str) -> Iterator[Part]:
    none = True
    for one in tried:
        none, p = False, one.prototype
        yield Heading([Link(p.title, f"{base}/commissioning/prototypes/{p.id}")])
        days = f"{short_date(p.starts_on)} to {short_date(p.ends_on)}"
        yield Paragraph(f"{name('place', p.place, words)}, {days}. {p.public}")
        rows: list[tuple[Cell, ...]] = [
            ("Gaps it is about", document_blocks.gaps((link.gap.ref for link in p.links), base)),
            ("What we thought would happen", p.hypothesis),
            ("What was tried", p.tries),
            ("How we would know", p.measure),
            ("Decision", f"{p.decision.label}. {p.became}" if p.decision else "Not decided yet"),
        ]
        told = (("Cost", p.cost_in_words), ("People reached", p.reached_in_words), ("What was learned", p.learned))
        rows += [(what, words_of_it) for what, words_of_it in told if words_of_it]
        rows += [(f"Noted on {short_date(note.at)}", note.text) for note in one.notes]
        yield Table(("About", "What was written"), rows, widths=(46, 128))
    if none:
        yield Paragraph("No prototype was under way within these days.")


def _gaps(count: int) -> str:
    return "1 gap" if count == 1 else f"{count:,} gaps"
