"""Pages in a real browser. What goes wrong in one, in its console or under the content policy, is written down."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from tests.support.live import Site
from webapp.accounts.demo import SHOWN

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
EMAILS = {person.role: person.email for person in SHOWN}
# What the browser notes of every answer that is not 200: a form with a fault in it is answered 422, and rightly.
# HTMX notes each question that a newer one has taken the place of, as it does while somebody types.
ANSWERED = re.compile(
    r"Failed to load resource: the server responded with a status of 4\d\d|htmx:(afterRequest|sendAbort), \[object"
)
VIOLATIONS = """
window.__violations = [];
addEventListener("securitypolicyviolation", (e) => {
  __violations.push(`${e.violatedDirective} ${e.blockedURI} ${e.sample}`);
});
"""


class Visit:
    """One person's browser window. `wrong` collects what its console complained of."""

    def __init__(self, context: BrowserContext, site: Site) -> None:
        self.context, self.site = context, site
        self.page: Page = context.new_page()
        self.wrong: list[str] = []
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.wrong.append(f"{self.page.url}: {error}"))
        self.page.add_init_script(VIOLATIONS)

    def _note(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not ANSWERED.match(message.text):
            self.wrong.append(f"{self.page.url}: {message.text}")

    def go(self, path: str) -> Page:
        """Open a path of the site, and wait until nothing more is loaded."""
        self.page.goto(self.site.url + path, wait_until="load")
        return self.page

    def press(self, name: str, role: Any = "button") -> Page:
        """Press the button or link that is called `name`, and wait for where it leads."""
        self.page.get_by_role(role, name=name).first.click()
        self.page.wait_for_load_state("load")
        return self.page

    def violations(self) -> list[str]:
        """What the content policy stopped on this page."""
        return list(self.page.evaluate("window.__violations || []"))

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.site.url)


class Windows:
    """Opens windows for the people of the demonstration; each role signs in once."""

    def __init__(self, browser: Browser, site: Site) -> None:
        self._browser, self._site = browser, site
        self._signed_in: dict[str, Any] = {}

    @contextmanager
    def open(self, role: str | None = None, *, width: int = 1280, script: bool = True, **more: Any) -> Iterator[Visit]:
        """A window for somebody of `role`, or for somebody who is not signed in. Fails if anything went wrong in it."""
        state = self._state(role) if role else None
        size = {"width": width, "height": 900}
        context = self._browser.new_context(
            viewport=size, java_script_enabled=script, storage_state=state, reduced_motion="reduce", **more
        )
        context.set_default_timeout(15_000)
        try:
            visit = Visit(context, self._site)
            yield visit
            assert not visit.wrong, "\n".join(["the console says:", *visit.wrong])
            if script:
                assert not visit.violations()
        finally:
            context.close()

    def forget_all(self) -> None:
        """Everyone signs in anew when next wanted: the sign-ins that were kept have ended."""
        self._signed_in.clear()

    def _state(self, role: str) -> Any:
        """The cookies of somebody signed in, by the button of the demonstration."""
        if role not in self._signed_in:
            with self.open() as visit:
                sign_in(visit, role)
                self._signed_in[role] = visit.context.storage_state()
        return self._signed_in[role]


def sign_in(visit: Visit, role: str) -> None:
    """Come in as somebody of `role`, as the sign-in page offers it."""
    visit.go("/sign-in")
    visit.page.locator(f"form:has(input[name=email][value='{EMAILS[role]}']) button").click()
    visit.page.wait_for_url(f"{visit.site.url}/")
