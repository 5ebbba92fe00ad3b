"""On the visit: find three, make a pack, take it as paper and as a link, open that on another phone, stop it."""

import pytest
from playwright.sync_api import expect

from tests.support.chromium import Visit, Windows

SCRIPT = pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without scripts"])
PHONE = 375


@SCRIPT
def test_find_three_share_open_signed_out_and_stop(windows: Windows, script: bool):
    with windows.open("practitioner", width=PHONE, script=script) as visit:
        names = gather(visit, script, f"Tuesday visits {'a' if script else 'b'}")
        papers(visit)
        visit.press("Make a link")
        address = visit.page.locator("#link-address").inner_text()
        with windows.open(width=PHONE, script=script) as other:
            read(other, address, names)
        visit.press("Stop this link now")
        assert "The link is stopped" in visit.page.locator("main").inner_text()
    with windows.open(width=PHONE, script=False) as other:
        other.page.goto(address)
        assert other.page.locator("h1").inner_text() == "This link does not work"
        other.wrong.clear()


def gather(visit: Visit, script: bool, name: str) -> list[str]:
    """Begin a pack and put the first three groups of a search into it, each with one tap. Their names."""
    page = visit.go("/pack")
    page.get_by_label("What to call it").fill(name)
    visit.press("Begin this pack")
    names = []
    for number in range(3):
        if number == 0 or not script:
            visit.go("/directory?q=walking&near=M22")
        row = page.locator(".result").nth(number)
        names.append(row.locator("h3 a").inner_text())
        row.get_by_role("button", name="Add to pack").click()
        if script:
            expect(row.get_by_text(f"In {name}")).to_be_visible()
        else:
            page.wait_for_load_state("load")
            assert f"is in “{name}” now" in page.locator("main").inner_text()
    expect(page.locator("#packed")).to_contain_text("3")
    visit.go("/pack")
    visit.press(name, "link")
    assert page.locator(".pack__entry h2").all_inner_texts() == names
    return names


def papers(visit: Visit) -> None:
    """Each of the three files is there."""
    for link in visit.page.locator("a[href*='.pdf?layout=']").all():
        answer = visit.page.request.get(f"{visit.site.url}{link.get_attribute('href')}")
        assert answer.ok
        assert answer.body().startswith(b"%PDF-")


def read(other: Visit, address: str, names: list[str]) -> None:
    """Open the link where nobody is signed in; make the words larger, and no page scrolls sideways."""
    page = other.page
    page.goto(address)
    for name in names:
        expect(page.get_by_role("heading", name=name)).to_be_visible()
    assert page.locator("a[href^='tel:']").count()
    before = page.locator("h1").evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    page.get_by_role("link", name="Large text").click()
    page.wait_for_load_state("load")
    assert page.locator("h1").evaluate("e => parseFloat(getComputedStyle(e).fontSize)") > before * 1.4
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
