"""Pages in a real browser. What goes wrong in one, in its console or under the content policy, is written down."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from tests.support.client import Answer
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

    def show(self, answer: Answer) -> Page:
        """Show what a site in this process answered, at an address of the running one, whose files it takes."""
        url = f"{self.site.url}{answer.path if answer.path.startswith('/') else '/'}"
        headers = {k: v for k, v in answer.headers.items() if k.lower() not in {"content-length", "set-cookie"}}
        told = {"status": answer.status, "headers": headers, "body": answer.data}
        self.page.route(url, lambda route: route.fulfill(**told))
        try:
            return self.go(url.removeprefix(self.site.url))
        finally:
            self.page.unroute(url)
            self.wrong = [said for said in self.wrong if f"status of {answer.status}" not in said]

    def press(self, name: str, role: Any = "button") -> Page:
        """Press the button or link that is called `name`, and wait for where it leads."""
        self.page.get_by_role(role, name=name).first.click()
        self.page.wait_for_load_state("load")
        return self.page

    def violations(self) -> list[str]:
        """What the content policy stopped on this page."""
        return list(self.page.evaluate("window.__violations || []"))

    def check(self, script: bool = True) -> None:
        """Fail where the console or the content policy complained."""
        assert not self.wrong, "\n".join(["the console says:", *self.wrong])
        assert not script or not self.violations()

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.site.url)


class Windows:
    """Opens windows for the people of the demonstration; each role signs in once."""

    def __init__(self, browser: Browser, site: Site) -> None:
        self._browser, self._site = browser, site
        self._signed_in: dict[str, Any] = {}
        self._kept: dict[str | None, Visit] = {}

    @contextmanager
    def kept(self, role: str | None = None, *, width: int = 1280) -> Iterator[Visit]:
        """One window for somebody of `role`, the same each time: quicker, where what was there before does no harm."""
        visit = self._kept.pop(role, None) or Visit(self._context(role), self._site)
        visit.page.set_viewport_size({"width": width, "height": 900})
        try:
            yield visit
            visit.check()
        except BaseException:
            visit.context.close()
            raise
        self._kept[role] = visit

    @contextmanager
    def open(self, role: str | None = None, *, width: int = 1280, script: bool = True, **more: Any) -> Iterator[Visit]:
        """A window for somebody of `role`, or for somebody who is not signed in. Fails if anything went wrong in it."""
        context = self._context(role, width=width, java_script_enabled=script, **more)
        try:
            visit = Visit(context, self._site)
            yield visit
            visit.check(script=script)
        finally:
            context.close()

    def _context(self, role: str | None, width: int = 1280, **more: Any) -> BrowserContext:
        context = self._browser.new_context(
            viewport={"width": width, "height": 900},
            storage_state=self._state(role) if role else None,
            reduced_motion="reduce",
            **more,
        )
        context.set_default_timeout(15_000)
        return context

    def forget_all(self) -> None:
        """Everyone signs in anew when next wanted: the sign-ins that were kept have ended."""
        self._signed_in.clear()
        self._kept.clear()

    def _state(self, role: str) -> Any:
        """The cookies of somebody signed in, by the button of the demonstration."""
        if role not in self._signed_in:
            with self.open() as visit:
                sign_in(visit, role)
                self._signed_in[role] = visit.context.storage_state()
        return self._signed_in[role]


def sign_in(visit: Visit, role: str) -> None:
    """Come in as somebody of `role`: the form of the sign-in page is sent, its button is pressed in test_keyboard."""
    visit.go("/sign-in")
    form = visit.page.locator(f"form:has(input[name=email][value='{EMAILS[role]}'])")
    fields = {field.get_attribute("name"): field.input_value() for field in form.locator("input").all()}
    answer = visit.context.request.post(f"{visit.site.url}{form.get_attribute('action')}", form=fields)
    assert answer.ok, f"{role} could not come in: {answer.status} {answer.text()[:500]}"
    visit.go("/")
