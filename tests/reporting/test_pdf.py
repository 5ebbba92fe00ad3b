"""The report as a PDF: what a screen reader and paper need of it, whatever words people typed."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from tests.gaps.site import Visitor
from tests.support.pdf_files import is_for_screen_readers, links, opened, tags, words
from webapp.web import manuscript_pdf, typesetting
from webapp.web.manuscript import Bars, BarSeries, Heading, Link, Manuscript, Paragraph, Part, Table

FILE = "/commissioning/report.pdf?from=2025-01-01&to=2026-06-15"
MADE = datetime(2026, 6, 15, 12, tzinfo=UTC)
TYPED = '#panic(1) *loud* $x$ \\ [x] @ref <label> “quoted” #include "/etc/passwd" _em_ `raw` // /* */ ~'


def of(*parts: Part, title: str = "A report") -> bytes:
    return manuscript_pdf.write(Manuscript(title, "The council", "The council", "Of three months", MADE, parts))


@pytest.mark.usefixtures("log")
def test_the_pdf_can_be_read_by_everyone(cara: Visitor) -> None:
    answer = cara.client.get(FILE)
    assert answer.type == "application/pdf"
    assert answer.headers["Content-Disposition"] == "attachment; filename=gap-report-2025-01-01-to-2026-06-15.pdf"
    made = opened(answer.data)
    assert is_for_screen_readers(made)
    assert made.metadata
    assert made.metadata.title == "Gaps in local support"
    kinds = Counter(str(tag["/S"]) for tag in tags(made))
    assert kinds["/H1"] == 1
    assert kinds["/H2"] == 10  # the contents and nine chapters
    assert kinds["/TOCI"] == 9
    assert kinds["/THead"] == kinds["/Table"] > 10
    pages = [page.extract_text() for page in made.pages]
    assert all(f"Page {number} of {len(pages)}" in page for number, page in enumerate(pages, 1))
    assert all("Gaps in local support" in page for page in pages)


def test_contents_tell_the_page_of_each_chapter() -> None:
    made = opened(of(Heading(["One"], 1, "one"), *[Paragraph("Words")] * 80, Heading(["Two"], 1, "two")))
    lines = [line for line in made.pages[0].extract_text().splitlines() if "..." in line.replace(" ", "")]
    assert [(line.split()[0], line.split()[-1].strip("\u2060")) for line in lines] == [("One", "1"), ("Two", "3")]
    assert made.metadata
    assert made.metadata.creation_date == MADE
    assert [mark["/Title"] for mark in made.outline] == ["One", "Two"]


def test_what_somebody_typed_is_never_markup_wherever_it_stands() -> None:
    bars = Bars(TYPED, "Place", [TYPED], [BarSeries(TYPED, [3], ["https://council.example.org/#a"])])
    table = Table((TYPED, "Answer"), [(TYPED, Link(TYPED, "https://council.example.org/?q=%23"))], (74, 100))
    made = opened(
        of(Heading([Link("GAP-0001", "https://council.example.org/1"), TYPED]), Paragraph(TYPED), bars, table)
    )
    said = "".join(words(made).replace("\u200b", "").split())
    assert said.count("".join(TYPED.split())) == 7
    assert links(made) == [f"https://council.example.org/{end}" for end in ("1", "#a", "?q=%23")]


def test_a_long_word_stays_in_its_column() -> None:
    long = "W" * 60
    made = opened(of(Table(("Words", "Place"), [(long, "Whole city")], (44, 130), together=True)))
    lines = [line for line in made.pages[0].extract_text().replace("\u200b", "").splitlines() if "WW" in line]
    assert "".join(line.replace("Whole city", "") for line in lines).replace(" ", "") == long
    assert max(map(len, lines)) <= 16 + len("Whole city")


def test_a_table_longer_than_a_page_loses_nothing() -> None:
    ends = [f"This is line {number}." for number in range(150)]
    made = opened(of(Table(("Question", "Answer"), [("Answer", "\n".join(ends))], (40, 134), together=True)))
    assert len(made.pages) == 3
    said = words(made)
    assert all(end in said for end in ends)
    assert all("Question" in page.extract_text() for page in made.pages)


def test_letters_of_our_languages_are_drawn_and_any_others_are_told_by_name() -> None:
    made = opened(of(Paragraph("مرحبا بالعالم and שלום\nA choir 😀 你 안")))
    said = words(made)
    assert "שלום" in said
    assert set("مرحبا") <= set(said)  # the reader tells this script in the order of the paper
    assert "A choir [grinning face] 你 [hangul syllable an]" in said
    assert "stand here by their names" in said
    assert "by their names" not in words(opened(of(Paragraph("“A choir”, £5 … é → ✓"))))


def test_a_large_file_says_the_same_and_is_given_up_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    said = words(opened(of(Paragraph(TYPED))))
    monkeypatch.setattr(manuscript_pdf, "APART", 0)
    apart = opened(of(Paragraph(TYPED)))
    assert words(apart) == said
    assert is_for_screen_readers(apart)
    monkeypatch.setattr(manuscript_pdf, "_is_drawn", lambda letter: True)
    with pytest.raises(typesetting.NoLetters, match="😀"):
        of(Paragraph("A choir 😀"))
    monkeypatch.setattr(typesetting, "MOST_SECONDS", 0.001)
    with pytest.raises(typesetting.TooLong):
        of(Paragraph("A choir"))


@pytest.mark.usefixtures("log")
def test_a_report_that_is_too_long_says_how_to_get_it(cara: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manuscript_pdf, "MOST_CHARACTERS", 100)
    told = cara.client.get(FILE, status=422)
    assert "Narrow it to a locality" in told.words
    assert "/commissioning/report.docx?from=2025-01-01&to=2026-06-15" in told.links("main a.govuk-button")


@pytest.mark.usefixtures("log")
def test_whoever_would_wait_for_others_hears_so(cara: Visitor) -> None:
    with typesetting._places, typesetting._places:
        told = cara.client.get(FILE, status=503)
    assert told.h1 == "Your report is being made"
    assert told.headers["Refresh"]
    assert cara.client.get(FILE).type == "application/pdf"
