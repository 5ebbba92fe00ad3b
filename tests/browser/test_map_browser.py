"""The map beside the list in a real browser: streets from the council's file, pins and rows that know each other."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.support.chromium import Windows
from tests.support.client import Client
from tests.support.pmtiles import archive
from webapp.config.settings import Settings

pytestmark = pytest.mark.reads_only

# Left and right of the middle of the map, as its canvas has them: red, green, blue.
COLOURS = """() => {
  const map = document.querySelector(".map").getBoundingClientRect();
  const colour = (part) => {
    const [x, y] = [map.left + map.width * part, map.top + map.height / 2];
    const tile = [...document.querySelectorAll(".leaflet-tile-pane canvas")].find((canvas) => {
      const box = canvas.getBoundingClientRect();
      return box.left <= x && x < box.right && box.top <= y && y < box.bottom;
    });
    if (!tile) return null;
    const box = tile.getBoundingClientRect();
    const scale = tile.width / box.width;
    const copy = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
    copy.drawImage(tile, -Math.floor((x - box.left) * scale), -Math.floor((y - box.top) * scale));
    return [...copy.getImageData(0, 0, 1, 1).data].slice(0, 3).join();
  };
  return [colour(0.03), colour(0.97)];
}"""
LIT = re.compile(r"\bis-lit\b")
# How far the page moved by itself since it began to load: https://web.dev/articles/cls
MOVED = """() => new Promise((done) => {
  new PerformanceObserver((list) => done(list.getEntries().reduce((sum, { value }) => sum + value, 0)))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(done, 200, 0);
})"""
# Names of neighbourhoods that can be seen, and those of them that a pin or another name lies on.
NAMES = """() => {
  const boxes = (which) => [...document.querySelectorAll(which)].map((part) => part.getBoundingClientRect());
  const names = boxes(".map-name span:not(.is-covered)"), others = boxes(".pin span");
  const meet = (a, b) => a !== b && a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  return [names.length, names.filter((name) => [...names, ...others].some((other) => meet(name, other))).length];
}"""
LAND, WATER = "226,223,218", "128,222,234"  # of the light style of Protomaps


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    file = tmp_path / "city.pmtiles"
    file.write_bytes(archive())
    return replace(settings, map_tiles_file=file)


def test_streets_come_from_the_councils_file_and_from_nobody_else(windows: Windows, priya: Client):
    asked: list[str] = []

    def part(route: Route) -> None:
        answer = priya.get("/directory/tiles.pmtiles", status=206, headers={"Range": route.request.headers["range"]})
        route.fulfill(status=206, headers=dict(answer.headers), body=answer.data)

    with windows.open("practitioner") as visit:
        visit.page.on("request", lambda request: asked.append(request.url))
        visit.page.route("**/directory/tiles.pmtiles", part)
        visit.show(priya.get("/directory?near=M22&view=map"))
        for _ in range(100):
            if visit.page.evaluate(COLOURS) == [WATER, LAND]:
                break
            visit.page.wait_for_timeout(100)
        assert visit.page.evaluate(COLOURS) == [WATER, LAND]
        assert any(url.endswith(".pmtiles") for url in asked)
        assert all(url.startswith((visit.site.url, "data:")) for url in asked), "nobody else sees where one looks"


def test_pins_and_rows_light_each_other_up(windows: Windows):
    with windows.open("practitioner") as visit:
        page = visit.go("/directory?q=heron+watch&near=M20&view=map")
        row = page.locator("li.result").first
        pin = pin_of(page, "Heron Watch")
        expect(pin).to_be_visible()
        assert page.evaluate(MOVED) < 0.01, "the live map takes the place of the picture"
        seen, covered = page.evaluate(NAMES)
        assert seen > covered == 0, "a name can be read, or is not there"
        row.hover()
        expect(pin).to_have_class(LIT)
        page.mouse.move(5, 5)
        pin.focus()
        expect(row).to_have_class(LIT)
        page.keyboard.press("Enter")
        popup = page.locator(".leaflet-popup-content")
        expect(popup).to_contain_text("free")
        expect(popup).to_contain_text("mile")
        expect(popup.get_by_role("link", name="Heron Watch")).to_be_focused()
        page.keyboard.press("Escape")
        expect(popup).to_have_count(0)
        expect(pin).to_be_focused()
        assert page.locator(".map-picture").is_hidden(), "the picture is for paper now"


def test_without_a_script_there_is_a_picture(windows: Windows):
    with windows.open("practitioner", script=False, width=320) as visit:
        page = visit.go("/directory?q=heron+watch&near=M20&view=map")
        expect(page.locator(".map-picture")).to_be_visible()
        page.locator(".map-picture a").first.click()
        assert page.locator("li.result:target").count() == 1


def pin_of(page: Page, title: str) -> Locator:
    """The pin of a group; where it stands for several, come closer first."""
    page.locator(".leaflet-marker-icon[aria-label]").first.wait_for()
    for _ in range(8):
        alone = page.get_by_role("button", name=re.compile(rf"^\d+: {title}$"))
        if alone.count():
            return alone
        page.locator(f'.leaflet-marker-icon[aria-label*="{title}"]').first.click()
        page.wait_for_timeout(400)
    raise AssertionError(f"no pin of {title}")
