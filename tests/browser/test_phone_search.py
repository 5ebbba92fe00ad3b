"""A practitioner at a door, on a phone with a weak signal: types, opens one, comes back, and nothing has moved."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.support.chromium import Visit, Windows

SLOW_4G = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}  # ms, bytes/s
SLOWER_PROCESSOR = 4
PHONE = {"width": 375, "has_touch": True, "is_mobile": True}
SCRIPT = pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without scripts"])
# Every text that a screen reader is told of, in order: what becomes of the regions that are read out when they change.
LISTEN = """
window.__told = [];
const SPOKEN = "[aria-live]:not([aria-live=off]), [role=status], [role=alert], [role=log]";
new MutationObserver((changes) => {
  const regions = new Set(changes.map(({ target }) =>
    (target.nodeType === 1 ? target : target.parentElement)?.closest(SPOKEN)).filter(Boolean));
  for (const region of regions) __told.push(region.textContent.trim());
}).observe(document.body, { childList: true, characterData: true, subtree: true });
"""


@contextmanager
def on_a_phone(windows: Windows, script: bool = True) -> Iterator[Visit]:
    with windows.open("practitioner", script=script, **PHONE) as visit:
        browser = visit.context.new_cdp_session(visit.page)
        browser.send("Network.enable")
        browser.send("Network.emulateNetworkConditions", SLOW_4G)
        browser.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER_PROCESSOR})
        yield visit


def words(page: Page) -> Any:
    return page.get_by_label("What they love, need or want to try")


def shown(page: Page) -> dict[str, Any]:
    """All of a list that somebody would miss: what is in it, what was asked, where they are and where in it."""
    return {
        "found": page.locator(".results__found").inner_text(),
        "results": page.locator(".result h3").all_inner_texts(),
        "asked": [words(page).input_value(), page.get_by_label("Near", exact=True).input_value()],
        "filters": page.locator("[form=finder]:checked").evaluate_all("(boxes) => boxes.map((box) => box.id)"),
        "distance": page.locator("#within").input_value(),
        "address": page.url,
        "scrolled": round(page.evaluate("scrollY")),
    }


@SCRIPT
def test_what_was_found_is_as_it_was_after_a_look_at_one(windows: Windows, script: bool):
    with on_a_phone(windows, script) as visit:
        page = visit.go("/directory")
        page.get_by_label("Near", exact=True).fill("M22")
        words(page).press_sequentially("befr", delay=60)
        if not script:
            visit.press("Search")
        # A form without scripts also sends what was left as it was.
        expect(page).to_have_url(re.compile(r"/directory\?q=befr&near=M22(&sort=best)?(&within=)?$"))
        if script:
            assert page.evaluate("document.activeElement.id") == "q", "whoever types on loses no letter"
        first = page.locator(".result").first
        expect(first).to_contain_text("Loom Befrienders")  # befrienders, at the first four letters
        expect(first).to_contain_text(" miles")
        narrow(visit, script)

        others = page.locator(".result h3 a")
        one = others.nth(min(4, others.count() - 1))
        one.scroll_into_view_if_needed()
        before, name = shown(page), one.inner_text()
        assert before["filters"], "a filter is on"
        assert before["scrolled"] > 300, "somebody has scrolled to it"
        one.click()
        expect(page.locator("h1")).to_have_text(name)
        page.go_back(wait_until="load")
        expect(page.locator(".result h3").first).to_be_visible()
        assert shown(page) == before


def narrow(visit: Visit, script: bool) -> None:
    """Ask for those that are taking people now, in the drawer that a phone shows."""
    page = visit.page
    drawer = page.locator("#filters > summary")
    drawer.click()
    page.get_by_label("Taking people now").check()
    if script:
        drawer.click()
    else:
        visit.press("Show these")
    expect(page).to_have_url(re.compile(r"/directory\?q=befr&near=M22&.*open=1"))


def test_an_older_answer_never_covers_a_newer_one(windows: Windows):
    held: list[Route] = []

    def hold_the_first(route: Route) -> None:
        if "q=be&" in route.request.url:
            held.append(route)
        else:
            route.continue_()

    with windows.open("practitioner", **PHONE) as visit:
        page = visit.go("/directory?near=M22")
        page.route("**/directory?*", hold_the_first)
        with page.expect_request("**/directory?q=be&*"):
            words(page).press_sequentially("be")
        words(page).press_sequentially("friending")
        expect(page).to_have_url(f"{visit.site.url}/directory?q=befriending&near=M22")
        before = shown(page)
        assert held, "the first search was still under way"
        held[0].continue_()
        page.wait_for_timeout(500)
        assert shown(page) == before
        assert words(page).input_value() == "befriending"


def test_each_answer_is_told_once_to_those_who_listen(windows: Windows):
    with on_a_phone(windows) as visit:
        page = visit.go("/directory?near=M22")
        page.evaluate(LISTEN)
        words(page).press_sequentially("befriending", delay=30)
        expect(page).to_have_url(f"{visit.site.url}/directory?q=befriending&near=M22")
        expect(page.locator(".results__found")).to_have_text(page.locator("#said").text_content() or "nothing")
        assert page.evaluate("__told.filter(Boolean)") == [page.locator(".results__found").inner_text()]
        assert page.evaluate("document.activeElement.id") == "q"


def test_the_way_back_above_a_listing_leads_to_the_search(windows: Windows):
    with windows.open("practitioner", **PHONE) as visit:
        page = visit.go("/directory?q=befriending&near=M22")
        before = page.locator(".result h3").all_inner_texts()
        page.locator(".result h3 a").nth(1).click()
        page.get_by_role("link", name="Back to what you searched for").click()
        expect(page).to_have_url(f"{visit.site.url}/directory?q=befriending&near=M22")
        assert page.locator(".result h3").all_inner_texts() == before
        visit.go("/directory/the-sawdust-parlour")
        expect(page.get_by_label("Breadcrumb").get_by_role("link")).to_have_text("Find groups and services")


@pytest.mark.parametrize(
    "query",
    [
        "q=walking&near=M22",
        "q=dementia+singing+M22",
        "q=befriending&open=1",
        "q=lonley+widower+82+wythenshaw&near=Gorton+and+Levenshulme",
    ],
)
def test_the_first_group_is_in_sight_and_the_filters_say_how_many(windows: Windows, query: str):
    with windows.open("practitioner", **PHONE) as visit:
        visit.page.set_viewport_size({"width": 375, "height": 667})
        page = visit.go(f"/directory?{query}")
        name = page.locator(".result h3").first.bounding_box()
        assert name
        assert name["y"] + name["height"] <= 667, "its name can be read without scrolling"
        page.locator("#filters > summary").click()
        shown = page.locator(".drawer__done button")
        expect(shown).to_be_in_viewport(ratio=1)
        rows = page.locator(".result").count()
        number = int(re.findall(r"\d+", shown.inner_text())[0])
        assert number == rows or (number > rows == 20)
        shown.click()
        expect(page.locator("#results")).to_be_focused()
        expect(page.locator(".results__found")).to_be_in_viewport()


def test_what_is_on_stands_in_one_row_and_the_keyboard_shows_each_of_it_whole(windows: Windows):
    with windows.open("practitioner", **PHONE) as visit:
        visit.page.set_viewport_size({"width": 375, "height": 667})
        page = visit.go("/directory?q=lonely+widower+82&near=Gorton+and+Levenshulme&cost=free&day=monday")
        links = page.locator(".chip-row a")
        boxes = [link.bounding_box() for link in links.all()]
        middles = [box["y"] + box["height"] / 2 for box in boxes if box]
        assert len(middles) == len(boxes) > 3
        assert max(middles) - min(middles) < 12, "one row"
        links.first.focus()
        for link in links.all()[1:]:
            page.keyboard.press("Tab")
            expect(link).to_be_focused()
            expect(link).to_be_in_viewport(ratio=1)
        assert page.evaluate("document.documentElement.scrollWidth") <= 375, "only the row moves sideways"
