"""What every page must be, whoever fetched it in whichever test: `faults(html)` says all that it is not, as advice.

A page is checked as it was written (html.parser mends nothing), so that nested forms and repeated ids are seen.
"""

import re
from collections import Counter
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag

UNTYPED = ("hidden", "submit", "button", "image", "reset")
TYPED = f"input:not([hidden]){''.join(f':not([type={kind}])' for kind in UNTYPED)}, select, textarea"
POINTERS = ("for", "aria-describedby", "aria-labelledby", "aria-controls", "aria-owns", "popovertarget", "list")
LEFT_OVER = re.compile(r"\{\{|\}\}|\{%|%\}|<[\w.]+ object at 0x|\bUndefined\b|lorem ipsum", re.IGNORECASE)


def soup_of(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def is_whole(html: str) -> bool:
    """Whether `html` is a page; otherwise it is a part that HTMX swaps into one."""
    return "<html" in html[:2000].lower()


def faults(html: str, soup: BeautifulSoup | None = None) -> list[str]:
    """All that is wrong with a page or a part of one, one piece of advice each."""
    soup = soup or soup_of(html)
    checks = [_ids, _inline, _labels, _forms, _links, _pictures, _tabindex, _left_over]
    if is_whole(html):
        checks += [_frame, _title, _headings, _pointers]
    return [fault for check in checks for fault in check(soup)]


def words(tag: Tag) -> str:
    """The text of `tag` on one line."""
    return " ".join(tag.get_text(" ").split())


def _ids(soup: BeautifulSoup) -> Iterator[str]:
    seen = Counter(tag["id"] for tag in soup.select("[id]"))
    for name, count in seen.items():
        if count > 1:
            yield f"id {name!r} is there {count} times: an id names one element"
        if not name or " " in name:
            yield f"id {name!r} is empty or has a space"


def _inline(soup: BeautifulSoup) -> Iterator[str]:
    for tag in soup.find_all(True):
        for name in tag.attrs:
            if name == "style" or name.startswith(("on", "hx-on")):
                yield f"{_shown(tag)} has {name}=: the content policy refuses it; use a class or a script file"
        if tag.name == "style":
            yield "a <style> element: the content policy refuses it; put it in the style sheet"
        if tag.name == "script" and not tag.get("src") and tag.get("type") != "application/json":
            yield "a script in the page: the content policy refuses it; put it in a file"


def _labels(soup: BeautifulSoup) -> Iterator[str]:
    labelled = {tag["for"] for tag in soup.select("label[for]") if words(tag)}
    for tag in soup.select(TYPED):
        named = tag.get("id") in labelled or tag.get("aria-label") or tag.get("aria-labelledby")
        if not named and not tag.find_parent("label"):
            yield f"{_shown(tag)} has no label: add <label for> or aria-label"


def _forms(soup: BeautifulSoup) -> Iterator[str]:
    for form in soup.select("form"):
        method = str(form.get("method", "")).lower()
        if not form.get("action"):
            yield f"{_shown(form)} has no action: say where it goes"
        if method not in {"get", "post", "dialog"}:
            yield f"{_shown(form)} has no method: say get or post"
        if method == "post" and not form.select_one("input[name=csrf_token][value]"):
            yield f"{_shown(form)} has no token: add form.hidden_tag() or csrf_token()"
        if method == "get" and form.select_one("input[name=csrf_token]"):
            yield f"{_shown(form)} would put its token in the address"
        if form.find_parent("form"):
            yield f"{_shown(form)} is inside another form: browsers drop the inner one"


def _links(soup: BeautifulSoup) -> Iterator[str]:
    for tag in soup.select("a, button"):
        alt = " ".join(str(picture.get("alt", "")) for picture in tag.select("img"))
        if not (words(tag) or alt.strip() or tag.get("aria-label") or tag.get("aria-labelledby")):
            yield f"{_shown(tag)} has no words: nobody can tell what it does"
        if tag.name == "a" and "href" not in tag.attrs:
            yield f"{_shown(tag)} leads nowhere: give it an href"
        href = str(tag.get("href", ""))
        if href == "#" or href.lower().startswith("javascript:"):
            yield f"{_shown(tag)} has href={href!r}: use a button"
    for tag in soup.select("a a, a button, button a, button button"):
        yield f"{_shown(tag)} is inside another link or button"


def _pictures(soup: BeautifulSoup) -> Iterator[str]:
    for tag in soup.select("img:not([alt])"):
        yield f'{_shown(tag)} has no alt: describe it, or alt="" where it only decorates'


def _tabindex(soup: BeautifulSoup) -> Iterator[str]:
    for tag in soup.select("[tabindex]"):
        if not re.fullmatch(r"0|-1", str(tag["tabindex"])):
            yield f"{_shown(tag)} has tabindex={tag['tabindex']!r}: put it where it belongs in the page instead"


def _left_over(soup: BeautifulSoup) -> Iterator[str]:
    for text in soup.find_all(string=LEFT_OVER):
        yield f"the text {' '.join(text.split())[:80]!r} looks like a template that was not filled"
    for tag in soup.select("[href*='None'], [action*='None'], [hx-get*='None'], [src*='None']"):
        yield f"{_shown(tag)} has an address made from None"


def _frame(soup: BeautifulSoup) -> Iterator[str]:
    html = soup.select_one("html")
    if html is None or not html.get("lang"):
        yield "the page does not say its language: <html lang>"
    for name in ("main", "title"):
        if len(soup.select(name)) != 1:
            yield f"there are {len(soup.select(name))} <{name}> elements: there must be one"


def _title(soup: BeautifulSoup) -> Iterator[str]:
    heads = soup.select("h1")
    if len(heads) != 1:
        yield f"there are {len(heads)} h1 elements: a page has one"
        return
    said, title = words(heads[0]), words(soup.title) if soup.title else ""
    if not said or not title.removeprefix("Error: ").startswith(said):
        yield f"the title {title!r} does not begin with the words of the h1, {said!r}"


def _headings(soup: BeautifulSoup) -> Iterator[str]:
    before = 1
    main = soup.select_one("main") or soup
    for tag in main.select("h1, h2, h3, h4, h5, h6"):
        level = int(tag.name[1])
        if level > before + 1:
            yield f"{_shown(tag)} follows an h{before}: a level is skipped"
        if not words(tag):
            yield f"{_shown(tag)} is a heading without words"
        before = level


def _pointers(soup: BeautifulSoup) -> Iterator[str]:
    known = {tag["id"] for tag in soup.select("[id]")}
    for name in POINTERS:
        for tag in soup.select(f"[{name}]"):
            gone = [target for target in str(tag[name]).split() if target not in known]
            if gone:
                yield f"{_shown(tag)} has {name}={' '.join(gone)!r}, which is not on the page"
    for tag in soup.select("a[href^='#']"):
        if str(tag["href"])[1:] not in known and tag["href"] not in {"#", "#top"}:
            yield f"{_shown(tag)} leads to {tag['href']}, which is not on the page"


def _shown(tag: Tag) -> str:
    """The opening tag, and the first words in it: enough to find it by."""
    attributes = " ".join(
        f'{k}="{" ".join(v) if isinstance(v, list) else v}"' for k, v in tag.attrs.items() if k != "value"
    )
    return f"<{tag.name} {attributes}> {words(tag)[:40]}".replace(" >", ">")[:200].rstrip()
