"""A phone on a visit: a real browser with a memory of its own, which can be killed, and a signal that can be cut."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

from playwright.sync_api import BrowserContext, BrowserType, Page
from werkzeug.serving import make_server

from tests.support.chromium import FLAGS
from tests.support.databases import Sqlite
from tests.support.live import free_port
from tests.support.people import PASSWORD, PEOPLE
from tests.support.relay import Relay
from webapp.app import create_app
from webapp.config.settings import Settings

WAIT = 20_000  # milliseconds
STARTS = 30  # seconds that a browser may take on a busy machine
# What is written last when something is taken along.
ALL_KEPT = """() => new Promise((done) => {
  const asked = indexedDB.open("signpost");
  asked.onsuccess = () => {
    const row = asked.result.transaction("kept").objectStore("kept").count("forms");
    row.onsuccess = () => { asked.result.close(); done(row.result === 1); };
  };
})"""
HELD = """new Promise((done) => {
  const asked = indexedDB.open("signpost");
  asked.onsuccess = () => {
    const db = asked.result;
    const names = [...db.objectStoreNames];
    if (!names.length) { db.close(); indexedDB.deleteDatabase("signpost"); done(0); return; }
    const tx = db.transaction(names);
    const counts = names.map((name) => tx.objectStore(name).count());
    tx.oncomplete = () => { db.close(); done(counts.reduce((sum, { result }) => sum + result, 0)); };
  };
})"""
WORKERS = "navigator.serviceWorker.getRegistrations().then(({ length }) => length)"
WAITING = """new Promise((done) => {
  const asked = indexedDB.open("signpost");
  asked.onsuccess = () => {
    const rows = asked.result.transaction("queue").objectStore("queue").getAll();
    rows.onsuccess = () => { asked.result.close(); done(rows.result.map(({ state }) => state)); };
  };
})"""


class Served:
    """The site in this process behind a relay, whose `url` browsers know. `deploy` gives it another worker.

    Its database is in `folder`. `failing` says which forms (path → status) it cannot take just now.
    """

    def __init__(self, folder: Path, index_dir: Path) -> None:
        database = Sqlite(folder)
        database.reset()
        settings = Settings(
            secret_key="for visits without a signal, and long enough",
            database_url=database.url,
            index_dir=index_dir,
            content_dir=index_dir.parent / "content",
            trusted_hosts=("127.0.0.1",),
            https=False,
        )
        self.app = create_app(settings)
        self._site, self._version = self.app.wsgi_app, 0
        self.failing: dict[str, int] = {}
        self.app.wsgi_app = self._answer  # type: ignore[method-assign]
        self._server = make_server("127.0.0.1", 0, self.app, threaded=True)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.relay = Relay(self._server.server_port)
        self.url = self.relay.url

    def deploy(self) -> None:
        """From now on the worker is another, as after an update."""
        self._version += 1

    def close(self) -> None:
        self.relay.cut()
        self._server.shutdown()

    def _answer(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        status = self.failing.get(environ["PATH_INFO"])
        if status and environ["REQUEST_METHOD"] == "POST":
            start(f"{status} Not now", [("Content-Type", "text/plain")])
            return [b"not now"]
        if environ["PATH_INFO"] != "/sw.js":
            return self._site(environ, start)
        version = self._version

        def begin(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            kept = [(name, value) for name, value in headers if name.lower() not in {"content-length", "etag"}]
            return start(status, kept, exc_info)

        environ.pop("HTTP_IF_NONE_MATCH", None)
        environ.pop("HTTP_IF_MODIFIED_SINCE", None)
        with closing(self._site(environ, begin)) as body:  # type: ignore[type-var]
            return [*body, f"// {version}\n".encode()]


class Phone:
    """A browser with a folder of its own. `start` after `kill` finds there what was on the disk."""

    def __init__(self, chromium: BrowserType, program: str, folder: Path, site: Served) -> None:
        self._chromium, self.program, self._folder, self._site = chromium, program, folder, site
        self._cookies: list[Any] = []
        self.start()

    def start(self) -> None:
        """Open the browser, with one page."""
        port = free_port()
        window = ["--headless=new", "--window-size=375,800", f"--user-data-dir={self._folder}"]
        self._process = subprocess.Popen(
            [self.program, *FLAGS, *window, f"--remote-debugging-port={port}", "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.browser = self._connected(f"http://127.0.0.1:{port}")
        self.context: BrowserContext = self.browser.contexts[0]
        self.context.set_default_timeout(WAIT)
        self.context.add_cookies(self._cookies)
        self.page: Page = self.context.pages[0]

    def _connected(self, address: str) -> Any:
        deadline = time.monotonic() + STARTS
        while True:
            try:
                return self._chromium.connect_over_cdp(address)
            except Exception:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)

    def kill(self) -> None:
        """End the browser as a phone does that runs out of power. Its sign-in is there again, as on a phone."""
        self._cookies = self.context.cookies()
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def go(self, path: str) -> Page:
        """Open a page; without a signal, what stands in for it."""
        self.page.goto(self._site.url + path)
        return self.page

    def sign_in(self, name: str) -> None:
        page = self.go("/sign-in")
        page.get_by_label("E-mail address").fill(PEOPLE[name].email)
        page.locator("input[name=password]").fill(PASSWORD)
        with page.expect_navigation():
            page.get_by_role("button", name="Sign in", exact=True).click()

    def keep(self) -> None:
        """Say that the phone is nobody else's, and wait until it has everything."""
        page = self.go("/offline")
        page.get_by_role("button", name="It is mine alone").click()
        page.locator("[data-kept] nav").wait_for()
        page.wait_for_function("navigator.serviceWorker.controller")
        page.wait_for_function(ALL_KEPT)

    def write_gap(self, words: str) -> None:
        """Fill in the form of a gap and send it."""
        self.begin_gap(self.page, words)
        self.page.get_by_role("button", name="Report this gap").click()

    def begin_gap(self, page: Page, words: str) -> None:
        """Fill in the form of a gap in `page`, and leave it there."""
        page.goto(self._site.url + "/gaps/new")
        page.get_by_label("What was needed?").fill(words)
        page.locator("select[name=place]").select_option(index=1)

    def write_log(self, words: str) -> None:
        """Fill in a learning log and send it."""
        page = self.go("/learning-logs/new")
        page.locator("input[name=helped]").first.check()
        page.locator("[name=will_try]").fill(words)
        page.get_by_role("button", name="Keep this log").click()

    def waiting(self) -> list[str]:
        """The states of the forms that wait on it."""
        return list(self.page.evaluate(WAITING))

    def emptied(self) -> None:
        """Wait until nothing is in its store, and no worker looks after its pages."""
        deadline = time.monotonic() + WAIT / 1000
        while held := self.held() + int(self.page.evaluate(WORKERS)):
            assert time.monotonic() < deadline, f"{held} things are kept"
            self.page.wait_for_timeout(50)

    def held(self) -> int:
        """How many things are in its store, of any kind."""
        return int(self.page.evaluate(HELD))

    def all_sent(self) -> None:
        """With a signal, and signed in: wait until nothing waits any more."""
        self.go("/offline")
        deadline = time.monotonic() + WAIT / 1000
        while states := self.waiting():
            assert time.monotonic() < deadline, f"not sent: {states}"
            if set(states) == {"asks"}:
                self.none_of_these()
                deadline = time.monotonic() + WAIT / 1000
            self.page.wait_for_timeout(100)

    def none_of_these(self) -> None:
        """Answer what the first form that waits is asked: whether somebody has reported the same."""
        before = len(self.waiting())
        self.page.get_by_role("button", name="Open it").first.click()
        self.page.get_by_role("button", name="None of these").click()
        self.page.wait_for_url("**/gaps/GAP-*")
        self.go("/offline")
        while len(self.waiting()) == before:  # until the phone has heard that it arrived
            self.page.wait_for_timeout(100)
