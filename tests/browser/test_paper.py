"""What is printed fits the paper it promises: a handout is one sheet, and no page ends with an empty one."""

import re

from tests.support.chromium import Visit, Windows
from webapp.library.generation.reader import Generation


def sheets(visit: Visit, path: str) -> int:
    """How many sheets of A4 the page takes."""
    visit.go(visit.site.address(path))
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
