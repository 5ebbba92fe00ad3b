"""A refuge is brought in from a feed, searched for, opened, mapped, printed and exported: its address is nowhere."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Request, expect

from tests.library.importing import service
from tests.support.chromium import Visit, Windows
from tests.support.live import Site
from tests.support.refuge import PLACE, TELLING, told
from webapp.config.settings import ROOT

REFUGE = service(1, name="Rosewood refuge", description=TELLING, service_at_locations=[{"location": PLACE}])


class Imported(Site):
    """The site after somebody has brought a feed in."""

    def command(self, *words: str) -> str:
        said = [Path(sys.executable).parent / "signpost", *words]
        ran = subprocess.run(said, cwd=ROOT, env=self.environ, capture_output=True, text=True, timeout=120, check=True)
        return ran.stdout


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory, index_dir: Path) -> Iterator[Imported]:
    folder = tmp_path_factory.mktemp("imported")
    running = Imported(folder, index_dir)
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


class Watch:
    """Every address that the browser asks while somebody looks round, and what is answered there."""

    def __init__(self, visit: Visit) -> None:
        self.page = visit.page
        self.asked: list[Request] = []
        self.page.on("request", lambda request: self.asked.append(request))

    def found(self) -> list[str]:
        """What was given away so far. Each address is asked again: a page that has been left takes its text along."""
        asked, self.asked = self.asked, []
        return [f"{request.url} tells {canary}" for request in asked for canary in told(self._answer(request))]

    def _answer(self, request: Request) -> str:
        answer = self.page.request.fetch(request)
        kind = answer.headers.get("content-type", "")
        return answer.text() if any(part in kind for part in ("html", "json", "text", "xml")) else ""


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
        assert any("/directory/points" in request.url for request in watch.asked), "the map asked for its points"
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
        found = watch.found()
        assert not found, "\n".join(found)
        visit.go("/directory?q=Quillfeather+Lodge")
        assert page.get_by_role("link", name="Rosewood refuge").count() == 0


def test_an_export_tells_nothing_either(imported: Imported) -> None:
    said = imported.command("content", "export", "csv")
    assert "Rosewood refuge" in said
    assert not told(said)
    assert not told(imported.log())
