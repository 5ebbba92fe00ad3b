"""A real browser on the real site. The browser comes from tools/find_browser.py; without one these tests fail."""

import importlib.util
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.scenes import Scenes
from tests.support.chromium import FLAGS, Windows
from tests.support.live import Site
from webapp.config.settings import ROOT

expect.set_options(timeout=20_000)  # milliseconds: a busy machine is no fault of the page


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(ROOT / "tests" / "browser"):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def find_browser():
    """The module tools/find_browser.py."""
    spec = importlib.util.spec_from_file_location("find_browser", ROOT / "tools" / "find_browser.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def browser(find_browser) -> Iterator[Browser]:
    path = find_browser.find()
    assert path, find_browser.NONE
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, index_dir: Path) -> Iterator[Site]:
    running = Site(tmp_path_factory.mktemp("live"), index_dir)
    yield running
    running.stop()


@pytest.fixture(scope="session")
def scenes(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scenes]:
    made = Scenes(tmp_path_factory.mktemp("scenes"), site.index_dir)
    yield made
    made.close()


@pytest.fixture(scope="session")
def windows(browser: Browser, site: Site) -> Windows:
    return Windows(browser, site)
