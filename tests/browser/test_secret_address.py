"""A refuge is brought in from a feed, searched for, opened, mapped, printed and exported: its address is nowhere."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Response, expect

from tests.library.importing import service
from tests.support.chromium import Visit, Windows
from tests.support.live import Site
from webapp.config import ROOT

CANARIES = ("zephyrwick", "quillfeather", "7qz", "53.4387", "2.1912")
PLACE = {
    "name": "Quillfeather Lodge", "latitude": 53.4387, "longitude": -2.1912,
    "addresses": [{"address_1": "41 Zephyrwick Close", "city": "Manchester", "postal_code": "M19 7QZ"}],
}  # fmt: skip
TOLD = "Come to 41 Zephyrwick Close, M19 7QZ. A map: https://maps.google.com/?q=M19+7QZ"
REFUGE = service(1, name="Rosewood refuge", description=TOLD, service_at_locations=[{"location": PLACE}])


class Imported(Site):
    """The site after somebody has brought a feed in."""

    def command(self, *words: str) -> str:
        said = [Path(sys.executable).parent / "signpost", *words]
        ran = subprocess.run(said, cwd=ROOT, env=self.environ, capture_output=True, text=True, timeout=120, check=True)
        return ran.stdout


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Imported]:
    folder = tmp_path_factory.mktemp("imported")
    running = Imported(folder)
    try:
        (folder / "feed.json").write_text(json.dumps([REFUGE]))
        running.environ["SIGNPOST_STATE_DIR"] = str(folder / "state")
        said = running.command("content", "import", "oruk", str(folder / "feed.json"), "--name", "North Town")
        assert "looks like a refuge: hidden until an editor decides" in said
        assert not told(said)
        running.command("content", "build")
        yield running
    finally:
        running.stop()


def told(text: str) -> list[str]:
    return [canary for canary in CANARIES if canary in text.lower()]


class Watch:
    """Everything that the browser is sent while somebody looks round."""

    def __init__(self, visit: Visit) -> None:
        self.found: list[str] = []
        self.seen: list[str] = []
        visit.page.on("response", self._look)

    def _look(self, response: Response) -> None:
        self.seen.append(response.url)
        kind = response.headers.get("content-type", "")
        if response.status == 200 and any(part in kind for part in ("html", "json", "text", "xml")):
            self.found += [f"{response.url} tells {canary}" for canary in told(response.text())]


@pytest.mark.parametrize(("role", "width"), [("practitioner", 375), ("editor", 1280)])
def test_whoever_looks_for_it_finds_the_refuge_and_not_where_it_is(
    browser: Browser, imported: Imported, role: str, width: int
) -> None:
    with Windows(browser, imported).open(role, width=width) as visit:
        watch = Watch(visit)
        page = visit.go("/directory")
        page.get_by_label("What they love, need or want to try").fill("Rosewood")
        visit.press("Search")
        expect(page.get_by_role("link", name="Rosewood refuge")).to_be_visible()
        visit.go("/directory?q=Rosewood&near=M19&view=map")
        page.wait_for_load_state("networkidle")
        assert any("/directory/points" in url for url in watch.seen), "the map asked for its points"
        points = page.evaluate("fetch('/directory/points?q=Rosewood').then(answer => answer.json())")
        assert points["points"] == []
        visit.go("/directory/rosewood-refuge")
        expect(page.get_by_text("The address is confidential. Ring to arrange.")).to_be_visible()
        page.emulate_media(media="print")
        assert not told(page.locator("body").inner_text())
        page.emulate_media(media="screen")
        hidden = page.get_by_text("This looks like a refuge, so its address is hidden")
        assert hidden.count() == (1 if role == "editor" else 0)
        visit.go("/feedback/new?about=/directory/rosewood-refuge")
        assert not watch.found, "\n".join(watch.found)
        watch.found.clear()
        visit.go("/directory?q=Quillfeather+Lodge")
        assert page.get_by_role("link", name="Rosewood refuge").count() == 0


def test_an_export_tells_nothing_either(imported: Imported) -> None:
    said = imported.command("content", "export", "csv")
    assert "Rosewood refuge" in said
    assert not told(said)
    assert not told(imported.log())
