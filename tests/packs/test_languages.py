"""The fixed words in every language: all there, marked until a speaker has checked them; each passage in its own."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from pypdf import PageObject, PdfReader
from pypdf.generic import DictionaryObject

from tests.packs.test_on_paper import file, tags, words
from tests.support.client import Answer, Client
from webapp.config.settings import ROOT
from webapp.packs import pdf, shared_views, sheet, tongues
from webapp.web import manuscript_pdf, typesetting

PACKS = ROOT / "webapp" / "packs"
OTHERS = list(tongues.IN_ENGLISH)
LETTERS = {"ur": "Nastaliq", "ar": "Naskh", "bn": "Bengali", "pa": "Gurmukhi", "zh-Hans": "NotoSansSC"}
FILLED = re.compile(r"\{\w+\}")


@pytest.fixture(scope="module")
def messages() -> set[str]:
    """Every fixed sentence that the program asks a language for."""
    found = set()
    for path in PACKS.glob("*.py"):
        found |= {m for _, m, *_ in extract("python", BytesIO(path.read_bytes()), keywords={"say": None})}
    for path in PACKS.glob("templates/packs/*.html"):
        found |= set(re.findall(r"say\(\"([^\"]+)\"", path.read_text()))

    return found | {sheet.GONE} | {words for _, words in shared_views.SIZES}


def catalogue(code: str) -> Path:
    return tongues.FOLDER / f"{code.replace('-', '_')}.po"


@pytest.mark.parametrize("code", OTHERS)
def test_a_catalogue_has_every_sentence_and_none_besides(code: str, messages: set[str]):
    words = tongues.tongue(code).words
    assert set(words) == messages
    wrong = [said for said, other in words.items() if sorted(FILLED.findall(said)) != sorted(FILLED.findall(other))]
    assert not wrong, "each {name} must stand in both"
    assert all(other.strip() for other in words.values())


@pytest.mark.parametrize("code", OTHERS)
def test_words_that_nobody_checked_say_so(code: str):
    with catalogue(code).open("rb") as opened:
        unchecked = any(message.fuzzy for message in read_po(opened) if message.id)
    assert bool(tongues.tongue(code).warning) is unchecked


@pytest.mark.parametrize("code", OTHERS)
def test_the_page_is_in_its_language_and_the_listing_in_its_own(packed: Answer, client: Client, code: str):
    link = packed.send("Make a link").follow().soup.select_one("#link-address").get_text()
    page = client.get(f"{link.removeprefix('http://localhost')}?lang={code}")
    tongue = tongues.tongue(code)
    assert (page.soup.html["lang"], page.soup.html["dir"]) == (code, tongue.direction)
    assert tongue.say("Who to ring") in [tag.get_text(strip=True) for tag in page.soup.select("dt")]
    assert tongue.warning in page.words
    assert {tag["lang"] for tag in page.soup.select("section.part h2, section.part > p[lang]")} == {"en-GB"}


def test_a_number_in_words_from_right_to_left_keeps_its_order():
    said = tongues.tongue("ur").say("Call {number}", number="0161 496 0448")
    assert "\u20680161 496 0448\u2069" in said


@pytest.mark.parametrize("code", OTHERS)
def test_the_paper_is_tagged_with_each_language(packed: Answer, code: str):
    made = file(packed, f"normal&lang={code}")
    assert str(made.trailer["/Root"]["/Lang"]) == pdf.PAPER_TAGS.get(code, code)
    assert "en-GB" in {str(tag.get("/Lang")) for tag in tags(made)}
    letters = {str(font["/BaseFont"]) for page in made.pages for font in fonts(page)}
    assert any(LETTERS.get(code, "AtkinsonHyperlegible") in name for name in letters)


def fonts(page: PageObject) -> list[DictionaryObject]:
    return [font.get_object() for font in page["/Resources"]["/Font"].values()]


@pytest.mark.parametrize("code", OTHERS)
def test_the_letters_for_paper_draw_every_fixed_word(code: str):
    assert typesetting.has_letters(manuscript_pdf.LETTER, "".join(tongues.tongue(code).words.values()))


def test_a_note_in_chinese_stands_on_any_paper(packed: Answer, priya: Client):
    priya.get(packed.links(".pack__entry a[href$='/note']")[0]).send("Keep this note", note="您说您想念唱歌")
    assert "您说您想念唱歌" in re.sub(r"\s", "", words(file(packed, "large&lang=ar")))


def test_a_language_that_is_none_of_ours_is_english(packed: Answer, priya: Client):
    assert priya.get(f"{packed.path}/print?lang=tlh").soup.html["lang"] == "en-GB"


@pytest.mark.parametrize("code", ["ar", "zh-Hans"])
def test_each_layout_says_its_fixed_words_in_the_language(packed: Answer, code: str):
    for layout in pdf.LAYOUTS:
        said = words(file(packed, f"{layout}&lang={code}"))
        # From right to left, a reader tells letters in an order of its own.
        assert set(tongues.tongue(code).say("Who to ring")) <= set(said)


def test_an_apostrophe_in_a_latin_name_is_no_wider_on_chinese_paper():
    part = sheet.SheetPart(1, "/directory/some", "St. Mary’s", "", "", [], "")
    one = sheet.Sheet("A pack", "The council", "today", [part], tongue=tongues.tongue("zh-Hans"))
    drawn: list[tuple[str, str]] = []

    def seen(text: str, _matrix: object, _at: object, font: dict[str, str] | None, _size: float) -> None:
        drawn.append((text, font["/BaseFont"] if font else ""))

    PdfReader(BytesIO(pdf.pdf(one, "normal", lambda _: "", ""))).pages[0].extract_text(visitor_text=seen)
    fonts = [font for text, font in drawn if "’" in text]
    assert fonts
    assert all("Atkinson" in font for font in fonts), drawn


@pytest.mark.parametrize("code", ["en-GB", "ur"])
def test_a_note_is_read_in_the_direction_of_its_own_letters(packed: Answer, priya: Client, code: str):
    note = "آپ کو گانا یاد آتا ہے۔ Room 2B."
    priya.get(packed.links(".pack__entry a[href$='/note']")[0]).send("Keep this note", note=note)
    shown = priya.get(f"{packed.path}/print?lang={code}").soup.find("p", string=note)
    assert shown["dir"] == "auto"
