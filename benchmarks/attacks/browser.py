"""The list of attacks, typed into every field at a real browser, and looked at wherever it is shown, as everybody.

    python -m benchmarks.attacks.browser [--rounds 8] [--roles practitioner …]

On the demonstration, each form that somebody of a role comes to is filled in, in each round with other attacks, and
sent; each address that asks for something is asked for them. Then everybody opens every page that shows any of it. The
browser is told to ignore our content policy, so that what would be stopped by it alone is found too. An attack counts
where its script runs, or where it stands in the page as something that would run when it is pressed.

First it is tried on benchmarks.attacks.planted. Status 1 where anything ran, 2 where what is planted did not.
"""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import parse_qsl, urlencode

from lxml.html import HtmlElement
from playwright.sync_api import Browser, Error, Page, sync_playwright
from playwright.sync_api import TimeoutError as TookTooLong
from werkzeug.exceptions import HTTPException

from benchmarks.attacks import planted
from benchmarks.attacks.site import ENDS_A_SIGN_IN, Target, cookies_of, demonstration, signed_in
from benchmarks.attacks.walking import walk
from tests.library.test_rendering import PAYLOADS
from tests.support import client as clients
from tests.support.canary import action_of, names_of
from tests.support.chromium import EMAILS, FLAGS
from tests.support.client import Client
from tools.find_browser import NONE, find

# Ways out of where a text may stand: an attribute, a text field, a title, a comment, a script.
BREAKOUTS = (
    '"><script>alert(1)</script>', "'><img src=x onerror=alert(1)>", '" autofocus onfocus=alert(1) x="',
    "' onmouseover=alert(1) x='", "</textarea><script>alert(1)</script>", "</title><script>alert(1)</script>",
    "--><script>alert(1)</script>", "</script><script>alert(1)</script>", "javascript:alert(1)//",
    "</select><img src=x onerror=alert(1)>", "&lt;img src=x onerror=alert(1)&gt;", "<%2Fp><svg onload=alert(1)>",
)  # fmt: skip
ATTACKS = (*BREAKOUTS, *PAYLOADS)
SHOWN = b"alert(1)"
LONGEST = 450  # of the texts that most fields take
LOOKS = 4  # at a page that is just leaving
WAITS = 8_000, 60_000  # milliseconds for a page, and once more on a busy machine
LISTENS = "window.alert = window.confirm = window.prompt = () => { window.ran(location.href); return false; };"
# What would run once it is pressed, or once htmx looks at it.
LIES_IN_WAIT = """() => [
  ...document.querySelectorAll("[href], [action], [formaction], [src]"),
].filter((tag) => [tag.href, tag.action, tag.formAction, tag.src].some((to) => /^(javascript|vbscript):/i.test(to)))
  .map((tag) => tag.outerHTML.slice(0, 200)).concat(
    [...document.querySelectorAll("*")].filter((tag) => [...tag.attributes].some(
      ({ name, value }) => /^on/.test(name) || /^(data-)?hx-on/.test(name)
        || (/^(data-)?hx-(get|post|put|patch|delete)$/.test(name) && !/^([/?](?!\\/|sign-out)|$)/.test(value)))
    ).map((tag) => tag.outerHTML.slice(0, 200)))
"""
FILL = """([action, names, attacks]) => {
  const form = [...document.forms].find((one) => (one.getAttribute("action") ?? "") === action
    && names.every((name) => one.elements[name]));
  if (!form) return false;
  form.querySelectorAll("details").forEach((part) => { part.open = true; });
  for (const field of form.querySelectorAll("input, textarea, select")) {
    if (field.tagName === "SELECT") { if (!field.value && field.options.length > 1) field.selectedIndex = 1; }
    else if (field.type === "radio") field.checked = field.checked || !form.elements[field.name].value;
    else if (field.tagName === "TEXTAREA" || /^(text|search|email|tel|url)$/.test(field.type)) {
      field.removeAttribute("maxlength"); field.type = field.tagName === "INPUT" ? "text" : field.type;
      const said = field.tagName === "TEXTAREA" ? attacks.join("\\n\\n") : attacks[0];
      field.value = said; attacks.push(attacks.shift());
      for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
    }
  }
  form.noValidate = true;
  form.requestSubmit(form.querySelector("button:not([type=button]), [type=submit]") || undefined);
  return true;
}"""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.attacks.browser")
    parser.add_argument("--roles", nargs="*", default=[*EMAILS, "nobody"], help="who types; `nobody` is signed out")
    parser.add_argument("--rounds", type=int, default=8, help="so often is each form filled in")
    given = parser.parse_args()
    program = find()
    if not program:
        raise SystemExit(NONE)
    clients.refuse_bad = lambda *_: None  # what is looked at here is what runs
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        if not proved(browser):
            return 2
        with demonstration() as target:
            eyes = Eyes(browser, target)
            for role in given.roles:
                eyes.type_everywhere(role, given.rounds)
            for role in [*EMAILS, "nobody"]:
                eyes.look_everywhere(role)
            wrong = [*eyes.wrong, *(f"an error of ours: {said}" for said in target.failed)]
    print(f"{eyes.sent} forms sent, {eyes.gone} no longer there, {eyes.asked} addresses asked")
    print(f"{eyes.seen} pages that show an attack looked at, {len(wrong)} wrong", *dict.fromkeys(wrong), sep="\n  ")
    return 1 if wrong else 0


def proved(browser: Browser) -> bool:
    """Whether what is planted runs here, and what is done right beside it does not."""
    target = Target(planted.site())
    try:
        eyes = Eyes(browser, target)
        eyes.type_everywhere("nobody", 2, begin=("/", *planted.FAULTS, *planted.SOUND))
        eyes.look_everywhere("nobody", begin=("/", *planted.FAULTS, *planted.SOUND))
    finally:
        target.close()
    ran = {
        path for path in (planted.SCRIPT, planted.STORES) if any(f"{target.url}{path}" in said for said in eyes.wrong)
    }
    sound = [said for said in eyes.wrong if "/sound/" in said]
    print(f"planted: {len(ran)} of 2 ran, {len(sound)} where nothing is wrong", flush=True)
    return len(ran) == 2 and not sound


class Eyes:
    """A browser that types attacks and sees what runs. `wrong` says where."""

    def __init__(self, browser: Browser, target: Target) -> None:
        self._browser, self._target = browser, target
        self.wrong: list[str] = []
        self._told = 0
        self.sent = self.gone = self.asked = self.seen = 0
        self._met: set[tuple[str, ...]] = set()

    def type_everywhere(self, role: str, rounds: int, begin: tuple[str, ...] = ("/",)) -> None:
        """Fill in and send each form that somebody of `role` comes to and nobody before them did."""
        person = self._person(role)
        pages = walk(person, of_each=1, most=300, begin=begin)
        with self._window(person) as page:
            for address, answer in pages.items():
                if answer.status != 200 or not answer.is_html:
                    continue
                self._ask(page, address)
                for form in answer.tree.iter("form"):
                    kind = (self._route(action_of(answer, form)), *names_of(form))
                    if len(kind) > 1 and kind not in self._met and not ENDS_A_SIGN_IN.search(kind[0]):
                        self._met.add(kind)
                        for turn in range(rounds):
                            self._send(page, address, form, attacks(turn, rounds))
        self._tell(f"{role}: {self.sent} forms sent so far")

    def look_everywhere(self, role: str, begin: tuple[str, ...] = ("/",)) -> None:
        """Open every page on which somebody of `role` meets an attack."""
        person = self._person(role)
        shown = [
            address
            for address, answer in walk(person, of_each=2, most=400, begin=begin).items()
            if answer.is_html and SHOWN in answer.data
        ]
        with self._window(person) as page:
            for address in shown:
                self._open(page, address)
        self.seen += len(shown)
        self._tell(f"{role}: {len(shown)} pages show an attack")

    def _tell(self, said: str) -> None:
        print(f"{said}, {len(self.wrong)} wrong", *self.wrong[self._told :], sep="\n  ", flush=True)
        self._told = len(self.wrong)

    def _person(self, role: str) -> Client:
        return Client(self._target.app) if role == "nobody" else signed_in(self._target, role)

    @contextmanager
    def _window(self, person: Client) -> Iterator[Page]:
        context = self._browser.new_context(bypass_csp=True, service_workers="block", accept_downloads=False)
        context.set_default_timeout(WAITS[0])
        cookies = cookies_of(person) if person.id else {}
        context.add_cookies([{"name": n, "value": v, "url": self._target.url} for n, v in cookies.items()])
        context.expose_binding("ran", lambda source, where: self.wrong.append(f"a script ran at {where}"))
        context.add_init_script(LISTENS)
        try:
            yield context.new_page()
        finally:
            context.close()

    def _route(self, action: str) -> str:
        path = action.partition("?")[0]
        try:
            rule, _ = self._target.app.url_map.bind("localhost").match(path, "POST", return_rule=True)
        except HTTPException:
            return path
        return str(rule.rule)

    def _ask(self, page: Page, address: str) -> None:
        """Ask for what `address` asks for, in words that are attacks."""
        path, _, query = address.partition("?")
        for turn, (name, _) in enumerate(asked := parse_qsl(query)):
            self.asked += 1
            self._open(page, f"{path}?{urlencode({**dict(asked), name: ATTACKS[(self.asked + turn) % len(ATTACKS)]})}")

    def _send(self, page: Page, address: str, form: HtmlElement, words: list[str]) -> None:
        self._open(page, address)
        try:
            with page.expect_navigation(wait_until="load", timeout=WAITS[0] // 4):
                was_there = page.evaluate(FILL, [str(form.get("action", "")), names_of(form), words])
                self.sent += was_there
                self.gone += not was_there  # what was sent before has changed the page
        except Error:
            pass  # a part of the page was swapped, and the page stays
        self._look(page)

    def _open(self, page: Page, address: str) -> None:
        for patience in WAITS:
            try:
                page.goto(self._target.url + address, wait_until="load", timeout=patience)
            except TookTooLong:
                continue  # a machine that does much else is no fault of the page: once more, for longer
            except Error as error:
                if "download" not in str(error).lower():
                    self.wrong.append(f"{address[:300]} leads to what a browser does not open: {str(error)[:200]}")
                return
            self._look(page)
            return
        self.wrong.append(f"{address[:300]} did not open within {WAITS[-1] // 1000} seconds")

    def _look(self, page: Page) -> None:
        for _ in range(LOOKS):
            try:
                self.wrong += [f"would run at {page.url}: {said}" for said in page.evaluate(LIES_IN_WAIT)]
                return
            except Error:  # it was just leaving for another page
                with suppress(TookTooLong):
                    page.wait_for_load_state("load", timeout=WAITS[-1])
        raise AssertionError(f"{page.url} would not stand still to be looked at")


def attacks(turn: int, rounds: int) -> list[str]:
    """Those of one turn: in all of them together, each of ATTACKS is the first of a list once."""
    share = ATTACKS[turn::rounds]
    taken, length = [], 0
    for attack in share:
        length += len(attack) + 2
        if length < LONGEST:
            taken.append(attack)
    return taken


if __name__ == "__main__":
    sys.exit(main())
