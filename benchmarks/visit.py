"""What measuring a visit takes: the site with its own content behind a line that can be cut, and a phone."""

import logging
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.support import compiled
from tests.support.phone import Phone, Served
from tools.find_browser import NONE, find


@contextmanager
def begun() -> Iterator[tuple[Served, Phone, Path]]:
    """The site, the phone, and a folder for what lasts no longer. Ends the program where there is no browser."""
    program = find()
    if not program:
        raise SystemExit(NONE)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        site = _served(folder)
        phone = Phone(playwright.chromium, program, folder / "phone", site)
        try:
            yield site, phone, folder
        finally:
            phone.kill()
            site.close()


def _served(folder: Path) -> Served:
    site = Served(folder, compiled.real(folder / "content"))
    for name in ("werkzeug", "signpost.requests"):
        logging.getLogger(name).disabled = True
    return site
