"""What is printed fits the paper it promises: a handout is one sheet, and no page ends with an empty one."""

import re

from tests.support.chromium import Visit, Windows
from webapp.library.generation.reader import Generation


def sheets(visit: Visit, path: str) -> int:
    """How many sheets of A4 the page takes."""
    visit.go(visit.site.address(path))
    return printed(visit)


def printed(visit: Visit) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", visit.page.pdf(prefer_css_page_size=True)))


def test_every_handout_is_one_sheet(windows: Windows, content: Generation):
    handouts = [path for path in sorted(content._rows) if re.fullmatch(r"/spotlights/[^/]+/handout", path)]
    assert handouts
    with windows.kept("practitioner") as visit:
        long = {path: number for path in handouts if (number := sheets(visit, path)) != 1}
    assert not long, f"shorten these: they promise one sheet: {long}"


def test_a_short_page_is_one_sheet(windows: Windows):
    """As high as a window, the frame of the page would begin a second one."""
    with windows.kept("practitioner") as visit:
        assert sheets(visit, "/directory/new/sent") == 1


def test_the_last_sheet_of_an_index_holds_more_than_when_it_was_reviewed(windows: Windows):
    with windows.kept("practitioner") as visit:
        for path in ("/toolkit/", "/tec/"):
            whole = sheets(visit, path)
            visit.page.locator("main .section").last.evaluate("(part) => part.remove()")
            assert printed(visit) == whole <= 5, path


def test_everybody_to_ring_is_two_sheets(windows: Windows):
    with windows.kept("practitioner") as visit:
        assert sheets(visit, "/who-to-ring") == 2, "as the page's own template says; with more contacts, shorten them"


# As wide as A4 between its margins. What only a screen has use for is not there; nothing is cut off at the edge.
A4 = 700
PAGES = {
    "practitioner": (
        "the first listing",
        "the first toolkit page",
        "the first spotlight",
        "/gaps/GAP-0001",
        "/directory",
    ),
    "commissioner": ("/commissioning/report", "/commissioning/gaps/GAP-0001", "/insights/programme"),
}
FOR_SCREENS = "header nav, header form, .no-print, .skip-link, .govuk-skip-link, button[type=submit]"
CUT_OFF = """() => [...document.querySelectorAll("main *")].filter((tag) => {
  const box = tag.getBoundingClientRect();
  return box.width && box.right > innerWidth + 1 && !tag.closest("[hidden], .govuk-visually-hidden");
}).map((tag) => tag.outerHTML.slice(0, 120)).slice(0, 3)"""


def test_pages_lose_nothing_on_paper_but_what_is_for_screens(windows: Windows):
    wrong = []
    for role, paths in PAGES.items():
        with windows.kept(role, width=A4) as visit:
            visit.page.emulate_media(media="print")
            for path in paths:
                page = visit.go(visit.site.address(path))
                shown = [tag for tag in page.locator(FOR_SCREENS).all() if tag.is_visible()]
                wrong += [f"{path} prints {tag.evaluate('(tag) => tag.outerHTML')[:120]}" for tag in shown]
                wrong += [f"{path} cuts off {said}" for said in page.evaluate(CUT_OFF)]
                wrong += [] if page.locator("h1").is_visible() else [f"{path} prints no heading"]
            visit.page.emulate_media(media="screen")
    assert not wrong, "\n".join(wrong)
