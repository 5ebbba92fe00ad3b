"""Every page that can be reached: each link leads somewhere, each form answers, and all of it is valid HTML."""

import json
import re
import subprocess
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

import pytest
from flask import Flask
from lxml.html import HtmlElement
from werkzeug.exceptions import HTTPException

from tests.support import page_checks
from tests.support.client import Answer, Client, filled
from tests.support.people import ROLES
from webapp.cli.demo import load_demo
from webapp.config.settings import ROOT

pytestmark = pytest.mark.reads_only

ROLES_IN_ORDER = ("practitioner", "facilitator", "commissioner", "editor", "admin")
QUERIES_A_PATH = 4  # a list has thousands of addresses: filters, orders, pages
ALIKE = 4  # gaps, listings, people and their like, of which there are hundreds made in one way
WRITTEN_ONE_BY_ONE = re.compile(r"/(toolkit|tec|spotlights|updates|news)/<slug>(/<name>)?|/<any.*<slug>")  # by hand
LEAVE = re.compile(r"/sign-out|/account/sign-ins/.*|")  # whoever sends these is signed out, or sends nothing
# Off there: void-style and long-title (taste); trailing spaces (nobody sees them); wcag/h32, which does not count a
# button that names its form; role=region on boxes that scroll and role=button on links, which GOV.UK's parts have.
CONFIG = ROOT / "tests" / "support" / "htmlvalidate.json"


@dataclass
class Crawl:
    """What was found: every whole page by a name of its own, and every link that led nowhere."""

    pages: dict[str, str] = field(default_factory=dict)
    anchors: dict[str, set[str]] = field(default_factory=dict)
    wanted_anchors: list[tuple[str, str, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    queries: dict[str, int] = field(default_factory=dict)
    alike: dict[str, int] = field(default_factory=dict)
    forms: set[tuple[str, str]] = field(default_factory=set)
    kinds: set[tuple[str, str]] = field(default_factory=set)

    def walk(self, client: Client, starts: list[str]) -> None:
        todo = deque((start, "the start") for start in starts)
        forms: list[tuple[Answer, str]] = []
        while todo:
            address, whence = todo.popleft()
            if not self._is_new(client, address):
                continue
            answer = self._fetch(client, address, whence)
            if answer is None or not answer.is_html:
                continue
            self._keep(client, answer, address)
            for href in answer.links():
                if following := _on_this_site(address, href):
                    path, anchor = urldefrag(following)
                    if anchor:
                        self.wanted_anchors.append((address, path, anchor))
                    todo.append((path, address))
            forms.append((answer, address))
        for answer, address in forms:  # last, because they change what the pages lead to
            self._send_forms(client, answer, address)

    def _is_new(self, client: Client, address: str) -> bool:
        """Each address once, and for each person one page of each kind: an editor is shown more than a practitioner."""
        path = urlsplit(address).path
        kind = (client.name, _route(client.app, address, "GET"))
        if LEAVE.fullmatch(path) or (address in self.seen and kind in self.kinds):
            return False
        known = kind in self.kinds
        self.kinds.add(kind)
        if address in self.seen:
            return True
        self.seen.add(address)
        if "<" in kind[1] and not WRITTEN_ONE_BY_ONE.fullmatch(kind[1]):
            self.alike[kind[1]] = self.alike.get(kind[1], 0) + 1
            if known and self.alike[kind[1]] > ALIKE:
                return False
        self.queries[path] = self.queries.get(path, 0) + bool(urlsplit(address).query)
        return self.queries[path] <= QUERIES_A_PATH

    def _fetch(self, client: Client, address: str, whence: str) -> Answer | None:
        answer = client.get(address, status=range(100, 600))
        if answer.status in {301, 303}:
            if "/sign-in" in answer.location:
                assert client.id is None, f"{client.name} was signed out on the way to {address}"
                return None
            answer = client.get(urljoin(address, answer.location), status=range(100, 600))
        if answer.status != 200:
            self.faults.append(f"{client.name}: {whence} links to {address}, which answers {answer.status}")
            return None
        return answer

    def _keep(self, client: Client, answer: Answer, address: str) -> None:
        self.pages[f"{client.name} {answer.status} {address}"] = answer.text
        self.anchors.setdefault(address, set()).update(answer.tree.xpath("//@id"))

    def _send_forms(self, client: Client, answer: Answer, address: str) -> None:
        """Send each kind of form once as it stands: most have something to say about that."""
        for form in answer.tree.xpath("//form[@method='post']"):
            action = _action(answer, form)
            kind = (client.name, _route(client.app, action))
            if kind in self.forms or LEAVE.fullmatch(action):
                continue
            self.forms.add(kind)
            sent = client.post(urljoin(address, action), filled(form))
            if sent.status >= 500 or sent.status in {401, 403, 404, 405}:
                self.faults.append(f"{client.name}: the form of {address} to {action} answers {sent.status}")
            elif sent.is_html and page_checks.is_whole(sent.text):
                self._keep(client, sent, f"{address} sent to {action}")

    def lost_anchors(self) -> list[str]:
        return [
            f"{whence} links to {path}#{anchor}, and there is no such place on that page"
            for whence, path, anchor in self.wanted_anchors
            if path in self.anchors and anchor not in self.anchors[path]
        ]


def _route(app: Flask, action: str, method: str = "POST") -> str:
    """The rule by which a form that goes to `action` is answered; `action` itself where there is none."""
    try:
        return app.url_map.bind("localhost").match(urlsplit(action).path, method, return_rule=True)[0].rule
    except HTTPException:
        return action


def _action(answer: Answer, form: HtmlElement) -> str:
    """Where the form goes when its first button is pressed, which may stand outside it; nothing where it has none."""
    outside = answer.tree.xpath("//button[@form=$form]", form=form.get("id")) if form.get("id") else []
    buttons = [*form.xpath(".//button[@type='submit']"), *outside]
    return (buttons[0].get("formaction") or form.get("action")) if buttons else ""


def _on_this_site(address: str, href: str) -> str | None:
    joined = urljoin(f"http://localhost{address}", href)
    parts = urlsplit(joined)
    if parts.scheme not in {"http", "https"} or parts.netloc != "localhost":
        return None
    parse_qsl(parts.query, strict_parsing=bool(parts.query))
    return joined.removeprefix("http://localhost")


@pytest.fixture
def crawl(app: Flask, browser_of: Callable[[str], Client]) -> Crawl:
    with app.app_context():
        load_demo()
    found = Crawl()
    found.walk(Client(app, "signed-out"), ["/sign-in", "/accessibility", "/privacy"])
    found.seen.clear()
    for role in ROLES_IN_ORDER:
        found.seen.discard("/")  # each role has a home page of its own, from which theirs are reached
        found.walk(browser_of(ROLES[role]), ["/"])
    return found


def test_every_page_is_sound_and_valid(crawl: Crawl, tmp_path: Path):
    assert not crawl.faults, "\n".join(crawl.faults)
    assert not (lost := sorted(set(crawl.lost_anchors()))), "\n".join(lost[:40])
    assert len(crawl.pages) > 250, f"only {len(crawl.pages)} pages were found: something cuts the site in two"
    told = invalid(crawl.pages, tmp_path)
    assert not told, f"{len(told)} faults in the HTML:\n" + "\n".join(told[:60])


def test_html_that_is_not_valid_is_noticed(tmp_path: Path):
    page = (
        "<!doctype html><html lang='en'><head><title>x</title></head><body><p><div>x</div></p><ul><p>x</p></ul></body>"
    )
    assert len(invalid({"bad": page}, tmp_path)) >= 2


def invalid(pages: dict[str, str], folder: Path) -> list[str]:
    """What html-validate, which reads HTML as the standard does, says of `pages`; each kind of fault once a page."""
    names = {}
    for number, (name, html) in enumerate(pages.items()):
        (folder / f"{number}.html").write_text(html)
        names[f"{number}.html"] = name
    program = [ROOT / ".venv/bin/node", ROOT / "node_modules/html-validate/bin/html-validate.mjs", "--config", CONFIG]
    with (folder / "told.json").open("w+") as told:  # a file: the program does not wait until a pipe is read
        ran = subprocess.run(
            [*program, "--formatter", "json", str(folder / "*.html")],
            cwd=ROOT, stdout=told, stderr=subprocess.PIPE, text=True, timeout=300, check=False,
        )  # fmt: skip
        assert ran.returncode in {0, 1}, ran.stderr[-2000:]
        assert "configuration error" not in ran.stderr, ran.stderr[-2000:]
        told.seek(0)
        results = json.load(told)
    seen: dict[str, str] = {}
    for result in results:
        for fault in result["messages"]:
            where = f"{names[Path(result['filePath']).name]}:{fault['line']}"
            seen.setdefault(f"{fault['ruleId']}: {fault['message']} ({fault.get('selector')})", where)
    return [f"{said}, first on {where}" for said, where in seen.items()]
