"""What every page must be, whoever fetched it in whichever test: `faults(html)` says all that it is not, as advice.

Thousands of answers are checked in a test run, so they are read by lxml, in a thirtieth of the time that BeautifulSoup
takes. Tests look into a page with BeautifulSoup, whose selectors are kinder.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

import lxml.html
from bs4 import BeautifulSoup, Tag
from lxml.etree import ParserError
from lxml.html import HtmlElement

UNTYPED = ("hidden", "submit", "button", "image", "reset")
POINTERS = ("for", "aria-describedby", "aria-labelledby", "aria-controls", "aria-owns", "popovertarget", "list")
HEADINGS = {f"h{level}" for level in range(1, 7)}
LEFT_OVER = re.compile(r"\{\{|\}\}|\{%|%\}|<[\w.]+ object at 0x|\bUndefined\b|lorem ipsum", re.IGNORECASE)
FORMS = re.compile(r"<(/?)form\b", re.IGNORECASE)
LINKS = re.compile(r"<(/?)(?:a|button)\b", re.IGNORECASE)


class Elements:
    """A page or a part, walked once: its elements in order, by name and by attribute, and its strings."""

    def __init__(self, html: str) -> None:
        self.html = html
        self.all: list[HtmlElement] = []
        self.strings: list[str] = []
        self._named: dict[str, list[HtmlElement]] = {}
        self._having: dict[str, list[HtmlElement]] = {}
        try:
            root = tree_of(html)
        except ParserError:  # there is nothing in it
            return
        self.strings = root.xpath("//text()")
        for tag in root.iter(lxml.etree.Element):
            self.all.append(tag)
            self._named.setdefault(tag.tag, []).append(tag)
            for name in tag.attrib:
                self._having.setdefault(name, []).append(tag)

    def named(self, *names: str) -> list[HtmlElement]:
        return [tag for name in names for tag in self._named.get(name, ())]

    def having(self, name: str) -> list[HtmlElement]:
        """Those with the attribute `name`."""
        return self._having.get(name, [])


@lru_cache(maxsize=4)  # a page is checked, looked into and sent on: it is read once
def tree_of(html: str) -> HtmlElement:
    """`html` as lxml reads it, not to be changed. ParserError where there is nothing in it."""
    return lxml.html.document_fromstring(html)


def soup_of(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def is_whole(html: str) -> bool:
    """Whether `html` is a page; otherwise it is a part that HTMX swaps into one."""
    return "<html" in html[:2000].lower()


def faults(html: str) -> list[str]:
    """All that is wrong with a page or a part of one, one piece of advice each."""
    page = Elements(html)
    checks = [_ids, _inline, _labels, _forms, _links, _pictures, _tabindex, _left_over]
    if is_whole(html):
        checks += [_frame, _title, _headings, _pointers]
    return [fault for check in checks for fault in check(page)]


def words(tag: Tag) -> str:
    """The text of `tag` on one line."""
    return " ".join(tag.get_text(" ").split())


def words_at(html: str, *paths: str) -> list[str]:
    """The text of each element at the first of the XPaths `paths` that leads to any, on one line each."""
    root = tree_of(html)
    return [words_of(tag) for tag in next(filter(None, map(root.xpath, paths)), [])]


def words_of(tag: HtmlElement) -> str:
    """The same of an element that lxml has read."""
    return " ".join(" ".join(tag.xpath(".//text()[not(parent::script)]")).split())


def _inside(tag: HtmlElement, *names: str) -> bool:
    return any(True for _ in tag.iterancestors(*names))


def _nested(marks: re.Pattern[str], html: str) -> bool:
    """Whether one opens before the last is closed: lxml mends this as browsers do, so it is looked for in the text."""
    return any(not one and not other for one, other in pairwise(marks.findall(html)))


def _ids(page: Elements) -> Iterator[str]:
    seen = Counter(tag.get("id") for tag in page.having("id"))
    for name, count in seen.items():
        if count > 1:
            yield f"id {name!r} is there {count} times: an id names one element"
        if not name or " " in name:
            yield f"id {name!r} is empty or has a space"


def _inline(page: Elements) -> Iterator[str]:
    for tag in page.all:
        for name in tag.attrib:
            if name == "style" or name.startswith(("on", "hx-on")):
                yield f"{_shown(tag)} has {name}=: the content policy refuses it; use a class or a script file"
        if tag.tag == "style":
            yield "a <style> element: the content policy refuses it; put it in the style sheet"
        if tag.tag == "script" and not tag.get("src") and tag.get("type") != "application/json":
            yield "a script in the page: the content policy refuses it; put it in a file"


def _labels(page: Elements) -> Iterator[str]:
    labelled = {tag.get("for") for tag in page.named("label") if tag.get("for") and words_of(tag)}
    for tag in page.named("input", "select", "textarea"):
        if tag.tag == "input" and ("hidden" in tag.attrib or str(tag.get("type", "")).lower() in UNTYPED):
            continue
        named = tag.get("id") in labelled or tag.get("aria-label") or tag.get("aria-labelledby")
        if not named and not _inside(tag, "label"):
            yield f"{_shown(tag)} has no label: add <label for> or aria-label"


def _forms(page: Elements) -> Iterator[str]:
    for form in page.named("form"):
        method = str(form.get("method", "")).lower()
        tokens = form.xpath(".//input[@name='csrf_token']")
        if not form.get("action"):
            yield f"{_shown(form)} has no action: say where it goes"
        if method not in {"get", "post", "dialog"}:
            yield f"{_shown(form)} has no method: say get or post"
        if method == "post" and not any("value" in token.attrib for token in tokens):
            yield f"{_shown(form)} has no token: add form.hidden_tag() or csrf_token()"
        if method == "get" and tokens:
            yield f"{_shown(form)} would put its token in the address"
    if _nested(FORMS, page.html):
        yield "a form is inside another form: browsers drop the inner one"


def _links(page: Elements) -> Iterator[str]:
    for tag in page.named("a", "button"):
        alt = " ".join(picture.get("alt", "") for picture in tag.iter("img"))
        if not (words_of(tag) or alt.strip() or tag.get("aria-label") or tag.get("aria-labelledby")):
            yield f"{_shown(tag)} has no words: nobody can tell what it does"
        if tag.tag == "a" and "href" not in tag.attrib:
            yield f"{_shown(tag)} leads nowhere: give it an href"
        href = str(tag.get("href", ""))
        if href == "#" or href.lower().startswith("javascript:"):
            yield f"{_shown(tag)} has href={href!r}: use a button"
    if _nested(LINKS, page.html):
        yield "a link or a button is inside another one"


def _pictures(page: Elements) -> Iterator[str]:
    for tag in page.named("img"):
        if "alt" not in tag.attrib:
            yield f'{_shown(tag)} has no alt: describe it, or alt="" where it only decorates'


def _tabindex(page: Elements) -> Iterator[str]:
    for tag in page.having("tabindex"):
        if not re.fullmatch(r"0|-1", tag.get("tabindex")):
            yield f"{_shown(tag)} has tabindex={tag.get('tabindex')!r}: put it where it belongs in the page instead"


def _left_over(page: Elements) -> Iterator[str]:
    for text in page.strings:
        if LEFT_OVER.search(text):
            yield f"the text {' '.join(text.split())[:80]!r} looks like a template that was not filled"
    for name in ("href", "action", "hx-get", "src"):
        for tag in page.having(name):
            if "None" in tag.get(name):
                yield f"{_shown(tag)} has an address made from None"


def _frame(page: Elements) -> Iterator[str]:
    if not any(html.get("lang") for html in page.named("html")[:1]):
        yield "the page does not say its language: <html lang>"
    for name in ("main", "title"):
        if len(page.named(name)) != 1:
            yield f"there are {len(page.named(name))} <{name}> elements: there must be one"


def _title(page: Elements) -> Iterator[str]:
    heads, titles = page.named("h1"), page.named("title")
    if len(heads) != 1:
        yield f"there are {len(heads)} h1 elements: a page has one"
        return
    said, title = words_of(heads[0]), words_of(titles[0]) if titles else ""
    if not said or not title.removeprefix("Error: ").startswith(said):
        yield f"the title {title!r} does not begin with the words of the h1, {said!r}"


def _headings(page: Elements) -> Iterator[str]:
    before = 1
    inside = list(page.named("main")[0].iter(lxml.etree.Element)) if page.named("main") else page.all
    for tag in inside:
        if tag.tag not in HEADINGS:
            continue
        level = int(tag.tag[1])
        if level > before + 1:
            yield f"{_shown(tag)} follows an h{before}: a level is skipped"
        if not words_of(tag):
            yield f"{_shown(tag)} is a heading without words"
        before = level


def _pointers(page: Elements) -> Iterator[str]:
    known = {tag.get("id") for tag in page.having("id")}
    for name in POINTERS:
        for tag in page.having(name):
            gone = [target for target in tag.get(name).split() if target not in known]
            if gone:
                yield f"{_shown(tag)} has {name}={' '.join(gone)!r}, which is not on the page"
    for tag in page.having("href"):
        href = tag.get("href")
        if tag.tag == "a" and href.startswith("#") and href[1:] not in known and href not in {"#", "#top"}:
            yield f"{_shown(tag)} leads to {href}, which is not on the page"


def _shown(tag: HtmlElement) -> str:
    """The opening tag, and the first words in it: enough to find it by."""
    attributes = " ".join(f'{name}="{value}"' for name, value in tag.attrib.items() if name != "value")
    return f"<{tag.tag} {attributes}> {words_of(tag)[:40]}".replace(" >", ">")[:200].rstrip()
