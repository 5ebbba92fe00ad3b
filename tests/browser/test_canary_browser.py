"""A number that says who somebody is, typed at a browser, stays neither in the browser nor on the machine behind it."""

import base64
import json
import re
import zlib

from playwright.sync_api import expect

from tests.support.canary import CANARY, SPELLINGS, files_that_hold, holds
from tests.support.chromium import Visit, Windows
from tests.support.live import Site

KEPT = """async () => JSON.stringify([
  {...localStorage}, {...sessionStorage}, document.cookie, history.state, location.href, window.name,
  await indexedDB.databases(), await caches.keys(),
])"""


def test_nothing_of_it_is_left_in_the_browser(windows: Windows, site: Site):
    with windows.open("practitioner") as visit:
        page = visit.go("/directory")
        page.get_by_label("What they love, need or want to try").press_sequentially(CANARY)
        page.wait_for_load_state("networkidle")
        check(visit, "while the directory is searched")
        page.get_by_label("Near", exact=True).fill(SPELLINGS[0])
        page.get_by_label("Near", exact=True).press("Tab")
        page.wait_for_load_state("networkidle")
        check(visit, "after a place was typed")
        refused(visit, "/gaps/new", "What was needed?", "Report this gap")
        refused(visit, "/feedback/new?about=/toolkit/asset-and-eco-mapping", "What should we know?", "Tell the editors")
        page = visit.go("/gaps")
        page.get_by_label("Search the log").press_sequentially(SPELLINGS[2])
        page.wait_for_load_state("networkidle")
        check(visit, "while the log is searched")
    with windows.open("commissioner") as visit:
        page = visit.go("/commissioning/gaps")
        page.locator("input[name=q][form=filters], #filters input[name=q]").first.press_sequentially(SPELLINGS[0])
        page.wait_for_load_state("networkidle")
        check(visit, "while a commissioner searches")
        refused(visit, "/commissioning/gaps/GAP-0001", "Private note", "Save this gap")
        refused(visit, "/commissioning/gaps/GAP-0001", "Answer to the people who asked", "Save this gap")
    assert not files_that_hold(site.content.parent), "the database, the index or the log"


def refused(visit: Visit, path: str, label: str, button: str) -> None:
    """Type the number in a field and send it: it is refused, and what was typed stands in the form alone."""
    page = visit.go(path)
    radio = page.locator("main input[type=radio]").first
    if radio.count():
        radio.check(force=True)
    field = page.get_by_label(label, exact=True)
    if not field.is_visible():
        field.locator("xpath=ancestor::details/summary").click()
    field.press_sequentially(f"About {SPELLINGS[0]}")
    expect(field).to_have_value(re.compile(SPELLINGS[0]))
    check(visit, f"before {label} is sent")
    visit.press(button)
    expect(page.locator("main")).to_contain_text("NHS number")
    check(visit, f"once {label} was refused")
    visit.go("/gaps")
    check(visit, f"on the page after {label}")


def check(visit: Visit, when: str) -> None:
    kept = visit.page.evaluate(KEPT)
    assert not holds(kept), f"{when}: {kept}"
    for cookie in visit.context.cookies():
        assert not holds(json.dumps(cookie) + said_by(cookie["value"])), f"{when}: the cookie {cookie['name']}"


def said_by(value: str) -> str:
    """What a signed cookie says."""
    packed, payload = value.startswith("."), re.split(r"\.", value.lstrip("."))[0]
    try:
        said = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
        return (zlib.decompress(said) if packed else said).decode("latin-1")
    except (ValueError, zlib.error):
        return ""
