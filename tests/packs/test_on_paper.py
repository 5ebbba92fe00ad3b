"""A pack on paper, as the file says it: pages, letters and their sizes, tags, what leads where."""

import re
from collections import Counter
from typing import Any

import pytest
from pypdf import PdfReader

from tests.packs.conftest import add
from tests.support.client import Answer, Client
from tests.support.pdf_files import is_for_screen_readers, links, opened, tags, words
from webapp.packs import pdf
from webapp.web import typesetting

SMALLEST = {"normal": 11, "large": 18, "easy": 14}
MOST_PAGES = {"normal": 2, "large": 4, "easy": 4}


def file(pack: Answer, layout: str) -> PdfReader:
    """The PDF of a pack."""
    answer = pack.client.get(f"{pack.path}.pdf?layout={layout}")
    assert answer.type == "application/pdf"
    return opened(answer.data)


def sizes(made: PdfReader) -> Counter[float]:
    """How many letters there are of each size *on paper*, in points: what the file says, by the matrices round it."""
    found: Counter[float] = Counter()

    def look(text: str, ctm: list[float], tm: list[float], font: Any, size: float) -> None:
        found[round(abs(size * tm[3] * ctm[3]), 1)] += len(text.strip())

    for page in made.pages:
        page.extract_text(visitor_text=look)
    return +found


@pytest.mark.parametrize("layout", list(pdf.LAYOUTS))
def test_each_layout_has_its_letters_its_pages_and_its_tags(packed: Answer, layout: str):
    made = file(packed, layout)
    assert 1 <= len(made.pages) <= MOST_PAGES[layout]
    assert min(sizes(made)) >= SMALLEST[layout]
    assert is_for_screen_readers(made)
    kinds = Counter(str(tag["/S"]) for tag in tags(made))
    assert kinds["/H1"] == 1
    assert kinds["/H2"] == 3
    assert kinds["/Figure"] == 3  # the codes; other pictures stand beside words that say the same


def test_the_paper_says_what_somebody_needs_to_go_there(packed: Answer, priya: Client):
    noting = packed.links(".pack__entry a[href$='/note']")[0]
    priya.get(noting).send("Keep this note", note="You said you miss singing")
    said = words(file(packed, "normal"))
    for tag in packed.soup.select(".pack__entry h2"):
        assert tag.get_text(strip=True) in said
    for label in ("Why it might suit you", "When", "Next time", "Where", "Who to ring", "Checked on"):
        assert label in said
    assert "You said you miss singing" in said
    assert packed.soup.select_one(".brand__place").get_text(strip=True) in said


def test_the_code_opens_the_shared_link_or_else_the_live_page(packed: Answer, listings: list[str]):
    assert f"http://localhost{listings[0]}" in links(file(packed, "normal"))
    link = packed.send("Make a link").follow().soup.select_one("#link-address").get_text()
    shared = links(file(packed, "normal"))
    assert f"http://localhost{listings[0]}" not in shared
    assert any(address.startswith(f"{link}#part-") for address in shared)
    alts = [str(tag["/Alt"]) for tag in tags(file(packed, "normal")) if tag["/S"] == "/Figure"]
    assert all(alt.startswith("Code to open this on a phone: ") for alt in alts)


def test_ten_listings_take_no_time_to_speak_of(packed: Answer, priya: Client, many: list[str]):
    for path in many:
        add(priya, path)
    made = file(packed, "normal")
    assert 3 <= len(made.pages) <= 6


def test_whoever_would_wait_hears_so_and_the_page_asks_again(packed: Answer, priya: Client):
    with typesetting._places, typesetting._places:
        told = priya.get(f"{packed.path}.pdf?layout=large", status=503)
    assert "Your sheet is being made" in told.words
    assert told.headers["Refresh"]
    assert file(packed, "large").pages


def test_what_somebody_typed_is_never_markup(packed: Answer, priya: Client):
    noting = packed.links(".pack__entry a[href$='/note']")[0]
    typed = "#panic(1) *loud* $x$ \\ [x] @ref <label> “quoted”"
    priya.get(noting).send("Keep this note", note=typed)
    said = words(file(packed, "normal"))
    assert re.sub(r"\s", "", "#panic(1)*loud*$x$") in re.sub(r"\s", "", said)


def test_nobody_prints_anothers(packed: Answer, stranger: Client):
    stranger.get(f"{packed.path}.pdf", status=404)
    stranger.get(f"{packed.path}/print", status=404)


@pytest.mark.parametrize("layout", list(pdf.LAYOUTS))
def test_the_page_to_print_says_the_same_without_any_of_that(packed: Answer, priya: Client, layout: str):
    page = priya.get(f"{packed.path}/print?layout={layout}")
    assert len(page.soup.select("section.part")) == 3
    assert "Who to ring" in page.text
