"""`signpost serve` for whoever writes: an open page shows what was saved, and what is wrong, with nothing pressed."""

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.support.live import Site
from webapp.config.settings import ROOT

SOON = 5_000  # milliseconds; the page is there in half a second, but other tests may have the processor
PERSON = ["--email", "ewa@example.org", "--name", "Ewa", "--role", "editor"]
PASSWORD = "three quiet herons at the lock"
FRONT = """---
title: Lanterns
summary: What to do with lanterns.
owner: Adult social care
reviewed: 2026-10-06
review_every: 12 months
{more}---
"""


class Preview(Site):
    """The site as an editor starts it: not the demonstration."""

    def _environ(self) -> dict[str, str]:
        environ = super()._environ()
        del environ["SIGNPOST_DEMO"]
        return environ | {"SIGNPOST_TRUSTED_HOSTS": "127.0.0.1"}

    def add_person(self) -> None:
        command = [Path(sys.executable).parent / "signpost", "users", "add", *PERSON, "--password-stdin"]
        subprocess.run(command, cwd=ROOT, env=self.environ, input=PASSWORD, text=True, check=True, capture_output=True)

    def save(self, file: str, text: str, **front: str) -> float:
        """Write a page as an editor's program would; returns when."""
        more = "".join(f"{key}: {value}\n" for key, value in front.items())
        (self.content / file).write_text(FRONT.format(more=more) + text)
        return time.perf_counter()


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    running = Preview(tmp_path_factory.mktemp("preview"))
    try:
        running.add_person()
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="module")
def editor(browser: Browser, preview: Preview) -> Iterator[BrowserContext]:
    """The browser of an editor who has signed in."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.goto(f"{preview.url}/sign-in")
    page.get_by_label("E-mail").fill("ewa@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{preview.url}/")
    page.close()
    yield context
    context.close()


@pytest.fixture
def page(editor: BrowserContext) -> Iterator[Page]:
    """A window with nothing in it: one of the test before would load itself anew while it is led elsewhere."""
    page = editor.new_page()
    yield page
    page.close()


def test_what_is_saved_is_on_the_open_page_with_its_faults(preview: Preview, page: Page, capsys):
    preview.save("toolkit/lanterns.md", "Nothing yet.\n")
    page.goto(f"{preview.url}/toolkit/", wait_until="load")
    expect(page.get_by_role("link", name="Lanterns").first).to_be_visible(timeout=SOON)
    page.goto(f"{preview.url}/toolkit/lanterns", wait_until="load")
    took = []
    for number in range(5):
        saved = preview.save("toolkit/lanterns.md", f"Light number {number}.\n")
        page.get_by_text(f"Light number {number}.").wait_for(timeout=SOON)
        took.append(time.perf_counter() - saved)
    with capsys.disabled():
        print(f"\n  from saved to seen: {sorted(took)[len(took) // 2]:.2f} s, at most {max(took):.2f} s")

    preview.save("toolkit/lanterns.md", "Light number 5.\n", ownr="Nobody")
    told = page.locator("[data-preview]")
    expect(told).to_contain_text(re.compile(r"content/toolkit/lanterns\.md:7: unknown key ownr"), timeout=SOON)
    expect(page.get_by_text("Light number 4.")).to_be_visible()  # the last good version stays

    preview.save("toolkit/lanterns.md", "See [the moon](/toolkit/the-moon). Light number 6.\n")
    expect(told).to_contain_text("content/toolkit/lanterns.md:8: there is no page /toolkit/the-moon", timeout=SOON)
    expect(page.get_by_text("Light number 6.")).to_be_visible()  # a link that leads nowhere does not stop a page

    preview.save("toolkit/lanterns.md", "Light number 7.\n")
    page.get_by_text("Light number 7.").wait_for(timeout=SOON)
    expect(told).not_to_contain_text("lanterns.md")


@pytest.mark.parametrize(
    ("front", "said"),
    [
        ({"draft": "true"}, "This is a draft. Readers do not see it."),
        ({"publish_from": "2999-01-01"}, "Readers see this page from"),
        ({"expires": "2020-01-31"}, "Readers have not seen this page since"),
    ],
)
def test_drafts_and_pages_to_come_are_there_and_say_so(preview: Preview, page: Page, front: dict[str, str], said: str):
    preview.save("toolkit/hidden-lanterns.md", "An owl.\n", **{"aliases": "[]"} | front)
    page.goto(f"{preview.url}/toolkit/hidden-lanterns", wait_until="load")
    expect(page.locator("[data-preview]")).to_contain_text(said, timeout=SOON)
    expect(page.get_by_text("An owl.")).to_be_visible()


def test_a_page_that_is_new_and_broken_says_what_to_mend(preview: Preview, page: Page):
    page.goto(f"{preview.url}/toolkit/new-lanterns", wait_until="load")
    preview.save("toolkit/new-lanterns.md", "Text.\n", order="first")
    told = page.locator("[data-preview]")
    expect(told).to_contain_text("content/toolkit/new-lanterns.md:7: order is first", timeout=SOON)
    preview.save("toolkit/new-lanterns.md", "It is right now.\n", order="1")
    page.get_by_text("It is right now.").wait_for(timeout=SOON)


def test_what_is_typed_into_a_form_is_not_thrown_away(preview: Preview, page: Page):
    page.goto(f"{preview.url}/directory", wait_until="load")
    page.get_by_role("searchbox").first.fill("somewhere warm")
    preview.save("toolkit/lanterns.md", "Light number 8.\n")
    page.wait_for_timeout(1_500)
    assert page.get_by_role("searchbox").first.input_value() == "somewhere warm"
