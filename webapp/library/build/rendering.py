"""Markdown to the HTML that pages show, once, when content is compiled.

Raw HTML is refused, everything else is cleaned again by an allow-list (nh3): whoever writes Markdown cannot run code.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement

import markdown
import nh3
from markdown.extensions.toc import slugify
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from webapp.library.front_matter.source import Source
from webapp.library.problems import Problem

TAGS = {
    "p", "h2", "h3", "h4", "h5", "ul", "ol", "li", "dl", "dt", "dd", "a", "strong", "em", "code", "pre", "blockquote",
    "table", "thead", "tbody", "tr", "th", "td", "img", "div", "span", "sup", "sub", "hr", "br", "abbr", "del",
    "details", "summary",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "title", "class", "rel"},
    "img": {"src", "alt", "title", "loading"},
    "details": {"class", "open"},
    "summary": {"class"},
    "span": {"class"},
    "th": {"scope", "class"},
    "td": {"class"},
    "table": {"class"},
    "div": {"class", "role", "tabindex", "aria-label"},
    "p": {"class"},
    "ul": {"class"},
    "ol": {"class", "start"},
    "li": {"id"},
    "sup": {"id"},
    "h2": {"id", "class"},
    "h3": {"id", "class"},
    "h4": {"id", "class"},
    "h5": {"id", "class"},
    "hr": {"class"},
    "abbr": {"title"},
}
SCHEMES = {"http", "https", "mailto", "tel"}
# The parser's time grows with the square of these, or worse: 40 kB of `[` alone took it minutes. Within them the
# oddest text takes about a second.
LONGEST = 64 * 1024  # characters; a long page is 20,000
MOST_BRACKETS = 1000
MOST_HEADINGS = 500
# What the inline patterns of `_make` look for. Markdown keeps places for its own use between \x02 and \x03.
MARKED = re.compile(r"[`\\\[\]!<&*_~\x02\x03]|  \n")
# GOV.UK Frontend's own classes, so that authored text looks like the rest of the page.
CLASSES = {
    "p": "govuk-body",
    "a": "govuk-link",
    "ul": "govuk-list govuk-list--bullet",
    "ol": "govuk-list govuk-list--number",
    "h2": "govuk-heading-m",
    "h3": "govuk-heading-s",
    "h4": "govuk-heading-s",
    "table": "govuk-table",
    "th": "govuk-table__header",
    "td": "govuk-table__cell",
    "details": "govuk-details",
    "summary": "govuk-details__summary",
    "hr": "govuk-section-break govuk-section-break--visible govuk-section-break--m",
}


Link = tuple[str, int, int]  # where it leads, and the line and column it stands on


@dataclass(frozen=True, slots=True)
class Heading:
    """One line of the table of contents. `level` is 2 to 5."""

    id: str
    name: str
    level: int


@dataclass(frozen=True, slots=True)
class Rendered:
    """One page, rendered. `text` is plain, for the index. `links` lead to this site, `external` elsewhere."""

    html: str
    text: str
    headings: tuple[Heading, ...] = ()
    anchors: frozenset[str] = frozenset()
    links: tuple[Link, ...] = ()
    external: tuple[Link, ...] = ()
    problems: tuple[Problem, ...] = field(default=())


class _LeavePlain(Treeprocessor):
    """Text in which nothing can begin or end is left alone: every pattern is otherwise tried on every paragraph."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.text and not MARKED.search(element.text):
                element.text = AtomicString(element.text)


class _Furnish(Treeprocessor):
    """Adds classes, scopes and scroll boxes, and notes every link and picture."""

    def run(self, root: Element) -> None:
        self.md.seen_links = []  # type: ignore[attr-defined]
        self.md.seen_pictures = []  # type: ignore[attr-defined]
        tables = 0
        for parent in list(root.iter()):
            for at, child in enumerate(list(parent)):
                if child.tag == "table":
                    tables += 1
                    parent.remove(child)
                    parent.insert(at, _scroll_box(child, tables))
        for table in root.iter("table"):
            _head_rows(table)
        for details in root.iter("details"):
            _fold(details)
        for element in root.iter():
            self._furnish(element)

    def _furnish(self, element: Element) -> None:
        tag = element.tag
        if tag in CLASSES:
            element.set("class", f"{element.get('class', '')} {CLASSES[tag]}".strip())
        for cell in ("th", "td"):
            if tag == cell and "style" in element.attrib:
                element.set(
                    "class",
                    f"{element.get('class')} app-align-{element.attrib.pop('style').split(':')[-1].strip(' ;')}",
                )
        if tag == "th":
            element.set("scope", element.get("scope", "col"))
        if tag == "a" and "footnote" not in element.get("class", ""):
            href = element.get("href", "")
            self.md.seen_links.append(href)  # type: ignore[attr-defined]
            scheme = _scheme(html.unescape(href))
            if scheme in {"http", "https"}:
                element.set("rel", "noopener noreferrer external")
            elif scheme in {"//", None}:
                del element.attrib["href"]
        if tag == "img":
            element.set("loading", "lazy")
            self.md.seen_pictures.append((element.get("src", ""), element.get("alt", "")))  # type: ignore[attr-defined]
            if not element.get("src", "").startswith("/media/"):
                del element.attrib["src"]


def _scroll_box(table: Element, number: int) -> Element:
    """A wide table scrolls in its own box on a phone; the box can be reached by keyboard and has a name."""
    box = Element("div", {"class": "app-table", "role": "region", "aria-label": f"Table {number}", "tabindex": "0"})
    tail, table.tail = table.tail, None
    box.append(table)
    box.tail = tail
    for row in table.iter("tr"):
        row.set("class", "govuk-table__row")
    if not len(table):
        SubElement(table, "tbody")
    return box


def _head_rows(table: Element) -> None:
    """Where each row begins with words in bold, these are the row's heading; a head without words is none."""
    head, body = table.find("thead"), table.find("tbody")
    first = [row[0] for row in body if len(row)] if body is not None else []
    if first and all(_is_bold(cell) for cell in first):
        for cell in first:
            cell.tag = "th"
            cell.set("scope", "row")
            cell.text, cell[:] = cell[0].text, list(cell[0])
    for cell in list(head.iter("th")) if head is not None else ():
        if not len(cell) and not (cell.text or "").strip():
            cell.tag = "td"  # the corner above them
    if head is not None and not head.findall(".//th"):
        table.remove(head)


def _is_bold(cell: Element) -> bool:
    alone = len(cell) == 1 and cell[0].tag == "strong"
    return alone and not (cell.text or "").strip() and not (cell[0].tail or "").strip()


def _fold(details: Element) -> None:
    """What a reader opens, as GOV.UK Frontend lays it out: the words to press, and a box with what is inside."""
    details.attrib.pop("class", None)
    summary = details.find("summary")
    if summary is None:
        return
    words = Element("span", {"class": "govuk-details__summary-text"})
    words.text, words[:] = summary.text, list(summary)
    summary.text, summary[:] = None, [words]
    inside = Element("div", {"class": "govuk-details__text"})
    inside[:] = [part for part in details if part is not summary]
    details[:] = [summary, inside]


def _make() -> markdown.Markdown:
    md = markdown.Markdown(
        extensions=[
            "tables",
            "footnotes",
            "toc",
            "admonition",
            "sane_lists",
            "def_list",
            "pymdownx.tilde",
            "pymdownx.betterem",
            "pymdownx.details",
        ],
        extension_configs={
            "toc": {"slugify": slugify, "toc_depth": "2-4"},
            "footnotes": {
                "BACKLINK_TITLE": "Back to where footnote {} is used",
                "BACKLINK_TEXT": "back",
                "USE_DEFINITION_ORDER": False,  # the first that a reader meets is number 1
            },
            "pymdownx.tilde": {"subscript": False},
        },
        output_format="html",
    )
    # Raw HTML is shown as text and never used; `problems` reports it to the editor.
    md.preprocessors.deregister("html_block")
    md.inlinePatterns.deregister("html")
    md.treeprocessors.register(_LeavePlain(md), "leave_plain", 25)  # before "inline", which is 20
    md.treeprocessors.register(_Furnish(md), "furnish", 1)
    return md


_markdown: markdown.Markdown | None = None


def render(source: Source) -> Rendered:
    """Render the body of `source`. Never raises for what an editor can write: faults are in `problems`."""
    global _markdown  # one costly parser a process, made when first needed
    _markdown = _markdown or _make()
    _markdown.reset()
    _markdown.seen_links, _markdown.seen_pictures = [], []  # type: ignore[attr-defined]  # a page without text has none
    if fault := _too_much(source):
        return Rendered("", "", problems=(Problem(source.file, source.body_line, fault),))
    try:
        dirty = _markdown.convert(source.body)
    except RecursionError:
        message = "the text is nested too deeply to be read: use fewer quotes or lists inside each other"
        _markdown = None
        return Rendered("", "", problems=(Problem(source.file, source.body_line, message),))
    clean = nh3.clean(dirty, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None)
    headings = tuple(_flatten(_markdown.toc_tokens))  # type: ignore[attr-defined]
    links, external, faults = _links(source, _markdown.seen_links, _markdown.seen_pictures)  # type: ignore[attr-defined]
    return Rendered(clean, plain(clean), headings, anchors_in(clean), links, external, tuple(sorted(set(faults))))


def _too_much(source: Source) -> str:
    """Why the text would take too long to render, or nothing."""
    if len(source.body) > LONGEST:
        return f"the text is over {LONGEST // 1024} kB: make more than one page of it"
    if source.body.count("[") > MOST_BRACKETS:
        return f"there are over {MOST_BRACKETS} square brackets: make more than one page of it"
    if len(re.findall(r"(?m)^#", source.body)) > MOST_HEADINGS:
        return f"there are over {MOST_HEADINGS} headings: make more than one page of it"
    return ""


def anchors_in(markup: str) -> frozenset[str]:
    """Every id that a link may name."""
    return frozenset(re.findall(r'<(?:h[2-5]|li|sup)\b[^>]*\bid="([^"]+)"', markup))


def plain(markup: str) -> str:
    """The words of cleaned HTML, blocks apart, white space folded."""
    spaced = re.sub(r"</(p|li|h[2-5]|td|th|div|blockquote|pre|dt|dd|summary)>|<br>", " ", markup)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", spaced))).strip()


def _flatten(tokens: list[dict]) -> Iterator[Heading]:
    for token in tokens:
        yield Heading(token["id"], html.unescape(token["name"]), token["level"])
        yield from _flatten(token["children"])


def _scheme(href: str) -> str | None:
    """`https`, `mailto`; empty for a path, `//` for an address without a scheme, None for what is no address."""
    if href.startswith("//"):
        return "//"
    try:
        return urlsplit(href).scheme
    except ValueError:  # `http://[`: what is in square brackets there is an IP address
        return None


def _nowhere(href: str) -> str:
    """What is wrong with a link that is neither a path of this site nor a whole address."""
    if not href:
        return "this link has no address: put one between `(` and `)`"
    if _scheme(href) is None:
        advice = "it is no whole address, so copy it again from where you have it"
    elif ".md" in href:
        advice = "write the address of the page and not its file, as in /toolkit/good-questions"
    else:
        advice = "begin with / for a page of this site, or with https://"
    return f"the link `{href[:60]}` leads nowhere: {advice}"


def _links(
    source: Source, links: list[str], pictures: list[tuple[str, str]]
) -> tuple[tuple[Link, ...], tuple[Link, ...], list[Problem]]:
    inside: list[Link] = []
    outside: list[Link] = []
    faults: list[Problem] = []
    for raw in links:
        href = html.unescape(raw)
        spot = source.body_spot(href)
        scheme = _scheme(href)
        if href.startswith(("/", "#")) and not href.startswith("//"):
            inside.append((href, *spot))
        elif href.startswith("mailto:") or "\x02" in href:
            continue  # Markdown hides e-mail addresses behind entities of its own
        elif scheme not in SCHEMES:
            faults.append(Problem(source.file, spot[0], _nowhere(href), spot[1]))
        elif scheme in {"http", "https"}:
            outside.append((href, *spot))
    for src, alt in pictures:
        line, column = source.body_spot(src)
        if src.startswith("/media/"):
            inside.append((src, line, column))
        else:
            faults.append(Problem(source.file, line, f"the picture `{src[:60]}` must be a file under /media/", column))
        if not alt.strip():
            message = "say in the square brackets what it shows"
            faults.append(
                Problem(source.file, line, f"the picture `{src[:60]}` has no alternative text: {message}", column)
            )
    return tuple(inside), tuple(outside), faults
