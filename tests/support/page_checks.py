"""What every page must be, whoever fetched it in whichever test: `faults(html)` says all that it is not, as advice.

A page is checked as it was written (html.parser mends nothing), so that nested forms and repeated ids are seen.
"""

import re
from collections import Counter
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag

UNTYPED = ("hidden", "submit", "button", "image", "reset")
POINTERS = ("for", "aria-describedby", "aria-labelledby", "aria-controls", "aria-owns", "popovertarget", "list")
HEADINGS = {f"h{level}" for level in range(1, 7)}
LEFT_OVER = re.compile(r"\{\{|\}\}|\{%|%\}|<[\w.]+ object at 0x|\bUndefined\b|lorem ipsum", re.IGNORECASE)


class Elements:
    """A page or a part, walked once: its elements in order, by name and by attribute, and its strings.

    Thousands of answers are checked in a test run, and a CSS selector walks the whole tree each time it is asked.
    """

    def __init__(self, soup: BeautifulSoup) -> None:
        self.all: list[Tag] = []
        self.strings: list[str] = []
        self._named: dict[str, list[Tag]] = {}
        self._having: dict[str, list[Tag]] = {}
        for node in soup.descendants:
            if not isinstance(node, Tag):
                self.strings.append(str(node))
                continue
            self.all.append(node)
            self._named.setdefault(node.name, []).append(node)
            for name in node.attrs:
                self._having.setdefault(name, []).append(node)

    def named(self, *names: str) -> list[Tag]:
        return [tag for name in names for tag in self._named.get(name, ())]

    def having(self, name: str) -> list[Tag]:
        """Those with the attribute `name`."""
        return self._having.get(name, [])


def soup_of(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def is_whole(html: str) -> bool:
    """Whether `html` is a page; otherwise it is a part that HTMX swaps into one."""
    return "<html" in html[:2000].lower()


def faults(html: str, soup: BeautifulSoup | None = None) -> list[str]:
    """All that is wrong with a page or a part of one, one piece of advice each."""
    page = Elements(soup or soup_of(html))
    checks = [_ids, _inline, _labels, _forms, _links, _pictures, _tabindex, _left_over]
    if is_whole(html):
        checks += [_frame, _title, _headings, _pointers]
    return [fault for check in checks for fault in check(page)]


def words(tag: Tag) -> str:
    """The text of `tag` on one line."""
    return " ".join(tag.get_text(" ").split())


def _ids(page: Elements) -> Iterator[str]:
    seen = Counter(tag["id"] for tag in page.having("id"))
    for name, count in seen.items():
        if count > 1:
            yield f"id {name!r} is there {count} times: an id names one element"
        if not name or " " in name:
            yield f"id {name!r} is empty or has a space"


def _inline(page: Elements) -> Iterator[str]:
    for tag in page.all:
        for name in tag.attrs:
            if name == "style" or name.startswith(("on", "hx-on")):
                yield f"{_shown(tag)} has {name}=: the content policy refuses it; use a class or a script file"
        if tag.name == "style":
            yield "a <style> element: the content policy refuses it; put it in the style sheet"
        if tag.name == "script" and not tag.get("src") and tag.get("type") != "application/json":
            yield "a script in the page: the content policy refuses it; put it in a file"


def _labels(page: Elements) -> Iterator[str]:
    labelled = {tag["for"] for tag in page.named("label") if tag.get("for") and words(tag)}
    for tag in page.named("input", "select", "textarea"):
        if tag.name == "input" and (tag.has_attr("hidden") or str(tag.get("type", "")).lower() in UNTYPED):
            continue
        named = tag.get("id") in labelled or tag.get("aria-label") or tag.get("aria-labelledby")
        if not named and not tag.find_parent("label"):
            yield f"{_shown(tag)} has no label: add <label for> or aria-label"


def _forms(page: Elements) -> Iterator[str]:
    for form in page.named("form"):
        method = str(form.get("method", "")).lower()
        tokens = form.find_all("input", attrs={"name": "csrf_token"})
        if not form.get("action"):
            yield f"{_shown(form)} has no action: say where it goes"
        if method not in {"get", "post", "dialog"}:
            yield f"{_shown(form)} has no method: say get or post"
        if method == "post" and not any(token.has_attr("value") for token in tokens):
            yield f"{_shown(form)} has no token: add form.hidden_tag() or csrf_token()"
        if method == "get" and tokens:
            yield f"{_shown(form)} would put its token in the address"
        if form.find_parent("form"):
            yield f"{_shown(form)} is inside another form: browsers drop the inner one"


def _links(page: Elements) -> Iterator[str]:
    for tag in page.named("a", "button"):
        alt = " ".join(str(picture.get("alt", "")) for picture in tag.find_all("img"))
        if not (words(tag) or alt.strip() or tag.get("aria-label") or tag.get("aria-labelledby")):
            yield f"{_shown(tag)} has no words: nobody can tell what it does"
        if tag.name == "a" and "href" not in tag.attrs:
            yield f"{_shown(tag)} leads nowhere: give it an href"
        href = str(tag.get("href", ""))
        if href == "#" or href.lower().startswith("javascript:"):
            yield f"{_shown(tag)} has href={href!r}: use a button"
        if tag.find_parent(("a", "button")):
            yield f"{_shown(tag)} is inside another link or button"


def _pictures(page: Elements) -> Iterator[str]:
    for tag in page.named("img"):
        if not tag.has_attr("alt"):
            yield f'{_shown(tag)} has no alt: describe it, or alt="" where it only decorates'


def _tabindex(page: Elements) -> Iterator[str]:
    for tag in page.having("tabindex"):
        if not re.fullmatch(r"0|-1", str(tag["tabindex"])):
            yield f"{_shown(tag)} has tabindex={tag['tabindex']!r}: put it where it belongs in the page instead"


def _left_over(page: Elements) -> Iterator[str]:
    for text in page.strings:
        if LEFT_OVER.search(text):
            yield f"the text {' '.join(text.split())[:80]!r} looks like a template that was not filled"
    for name in ("href", "action", "hx-get", "src"):
        for tag in page.having(name):
            if "None" in str(tag[name]):
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
    said, title = words(heads[0]), words(titles[0]) if titles else ""
    if not said or not title.removeprefix("Error: ").startswith(said):
        yield f"the title {title!r} does not begin with the words of the h1, {said!r}"


def _headings(page: Elements) -> Iterator[str]:
    before = 1
    inside = page.named("main")[0].find_all(True) if page.named("main") else page.all
    for tag in inside:
        if tag.name not in HEADINGS:
            continue
        level = int(tag.name[1])
        if level > before + 1:
            yield f"{_shown(tag)} follows an h{before}: a level is skipped"
        if not words(tag):
            yield f"{_shown(tag)} is a heading without words"
        before = level


def _pointers(page: Elements) -> Iterator[str]:
    known = {tag["id"] for tag in page.having("id")}
    for name in POINTERS:
        for tag in page.having(name):
            gone = [target for target in str(tag[name]).split() if target not in known]
            if gone:
                yield f"{_shown(tag)} has {name}={' '.join(gone)!r}, which is not on the page"
    for tag in page.having("href"):
        href = str(tag["href"])
        if tag.name == "a" and href.startswith("#") and href[1:] not in known and href not in {"#", "#top"}:
            yield f"{_shown(tag)} leads to {href}, which is not on the page"


def _shown(tag: Tag) -> str:
    """The opening tag, and the first words in it: enough to find it by."""
    attributes = " ".join(
        f'{k}="{" ".join(v) if isinstance(v, list) else v}"' for k, v in tag.attrs.items() if k != "value"
    )
    return f"<{tag.name} {attributes}> {words(tag)[:40]}".replace(" >", ">")[:200].rstrip()
