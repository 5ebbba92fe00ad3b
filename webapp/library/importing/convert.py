"""HTML as feeds hold it made into Markdown's lines; see `lines` for what becomes of these."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from urllib.parse import unquote

import nh3

from webapp.library.importing import phones
from webapp.library.importing.elements import Element, parse
from webapp.library.importing.lines import BREAK, DEEPER, LINK, LINKED, MARK
from webapp.library.importing.markup import with_lone_marks_kept
from webapp.library.importing.notes import Notes
from webapp.library.importing.tables import inner_table, markdown_table, unwrap_layout

MAX_DEPTH = 60  # tags inside each other; past this only the words are kept
HREF = re.compile(r"^(https?://[^\s/]+\.[^\s]+|mailto:[^@\s]+@[^@\s]+|tel:[\d+][\d\s-]+)$", re.IGNORECASE)
WHITE = re.compile(r"\s+")
EDGES = f" \t\n\u00a0{BREAK}"  # never inside a mark: Markdown takes "** this**" for stars
ENTITY = re.compile(r"&(?=#?\w{1,31};)")
PLAIN = re.compile(r"[^\\&<`*_~]*")  # holds nothing that Markdown takes for a mark
PART = "\ue004"  # between two parts of one cell
ENDED = (".", ",", ";", ":", "!", "?")

_KEPT = """
a b blockquote br caption center code dd del details div dl dt em figcaption h1 h2 h3 h4 h5 h6 hr i li ol p pre q s
section article strike strong summary table tbody td tfoot th thead tr u ul
"""
# A parser as browsers have it puts right what was nested wrongly, and drops what is no text.
_CLEANER = nh3.Cleaner(
    tags=set(_KEPT.split()),
    clean_content_tags={"script", "style", "template", "noscript", "title", "select", "textarea", "svg", "math"},
    attributes={
        "a": {"href"},
        "td": {"colspan", "rowspan"},
        "th": {"colspan", "rowspan"},
        "table": {"role"},
        "details": {"open"},
        "ol": {"start", "reversed", "type"},
        "li": {"value"},
    },
    url_schemes={"http", "https", "mailto", "tel", "ftp", "file", "javascript", "data"},  # these links are noted
    link_rel=None,
    strip_comments=True,
)


_BLOCKS = frozenset(["p", "div", "section", "article", "center", "blockquote", "figcaption", "dt", "dd", "summary"])


class UnreadableHtml(Exception):
    """Markup that nobody can make sense of: nested hundreds deep."""


def lines_of(value: str, notes: Notes) -> str:
    """The lines of `value`, HTML. Raises UnreadableHtml."""
    lone = with_lone_marks_kept(value)
    if not re.search(r"<(pre|p|br|li|dt|div|tr|h[1-6]|summary)\b", lone, re.IGNORECASE):
        lone = re.sub(r"\n\s*\n", "<p>", lone.strip()).replace("\n", "<br>")  # words with a mark here and there
    root, depth = parse(_CLEANER.clean(lone))
    if depth > MAX_DEPTH:
        raise UnreadableHtml
    if "<table" in lone.lower():
        unwrap_layout(root)
    return _Converter(notes).inside(root, _In())


def escape(text: str) -> str:
    """Characters that Markdown would take for marks inside a line, made to stand for themselves."""
    if PLAIN.fullmatch(text):
        return text
    text = text.replace("\\", "\\\\")
    text = ENTITY.sub("&amp;", text)
    text = re.sub(r"<(?=[a-zA-Z!/?]|$|[^>\s]{0,70}@[^>\s]{0,120}>)", "&lt;", text)
    text = re.sub(r"([`*])", r"\\\1", text)
    text = re.sub(r"(?<![^\W_])_|_(?![^\W_])", r"\\_", text)  # one between letters stands for itself: "snake_case"
    return re.sub(r"~(?=~)|(?<=~)~", r"\\~", text)


@dataclass(frozen=True)
class _In:
    """What an element stands in. `line`: where all is on one line, as in a cell or a heading."""

    line: bool = False
    cell: bool = False
    item: bool = False
    bold: bool = False
    slanted: bool = False
    as_typed: bool = False


class _Converter:
    """HTML to the Markdown of docs/writing-content.md: no pictures, no raw HTML, marks told from words by MARK.

    Each method returns what an element becomes: a block with empty lines round it, or words in a line.
    """

    def __init__(self, notes: Notes):
        self._notes = notes
        self._bullets: dict[int, str] = {}  # what stands before each item, by the identity of its element

    def inside(self, element: Element, place: _In) -> str:
        """Everything in `element`, one after the other."""
        parts: list[str] = []
        before: str | Element = ""
        for child in element.children:
            part = self._text(child, place) if isinstance(child, str) else self._element(child, place)
            if _slanted(before) and _slanted(child) and parts[-1].endswith("*") and part.startswith("*"):
                parts[-1], part = parts[-1][:-1], part[1:]  # one goes on where the other ends
            parts.append(part)
            before = child
        return "".join(parts).replace("****", "")  # bold that ends where bold begins

    def _text(self, text: str, place: _In) -> str:
        if place.as_typed:
            escaped = escape(text).replace("\n", PART if place.line else f"{BREAK}\n")
        else:
            escaped = escape(WHITE.sub(" ", text))
        return escaped.replace("|", "\\|") if place.cell else escaped

    def _element(self, element: Element, place: _In) -> str:
        write = getattr(self, f"_{element.name}", None)
        if write is not None:
            return write(element, place)
        if element.name in _BLOCKS:
            return self._block(self.inside(element, place), place)
        return self.inside(element, place)

    def _block(self, text: str, place: _In) -> str:
        text = text.strip(f" \n{BREAK}")
        if place.line:
            return f"{PART}{text}{PART}"
        return f"\n\n{text}\n\n" if text else ""

    def _br(self, element: Element, place: _In) -> str:
        return PART if place.line else f"{BREAK}\n"

    def _hr(self, element: Element, place: _In) -> str:
        return PART if place.line else "\n\n"

    def _b(self, element: Element, place: _In) -> str:
        return self._emphasised("**", element, place, place.bold, replace(place, bold=True))

    def _i(self, element: Element, place: _In) -> str:
        return self._emphasised("*", element, place, place.slanted, replace(place, slanted=True))

    def _s(self, element: Element, place: _In) -> str:
        return self._emphasised("~~", element, place, False, place)

    _strong, _em, _del, _strike = _b, _i, _s, _s

    def _emphasised(self, sign: str, element: Element, place: _In, already: bool, inside: _In) -> str:
        content = self.inside(element, inside)
        words = content.strip(EDGES)
        if already or not words or "\n\n" in words or PART in words or words.startswith(MARK):
            return content
        before, after = _around(content)
        return f"{before}{sign}{words}{sign}{after}"

    def _q(self, element: Element, place: _In) -> str:
        return f"“{self.inside(element, place)}”"

    def _a(self, element: Element, place: _In) -> str:
        content = self.inside(element, place)
        words, href = content.strip(), (element.get("href") or "").strip()
        href = self._dialled(href, words) if href.lower().startswith("tel:") else href.replace(" ", "%20")
        if re.match(r"^www\.[\w-]+\.\S+$", href):
            href = f"https://{href}"
        if not words or not href or (place.line and not place.cell) or href.startswith("#"):
            return content
        if not HREF.match(href) or len(href) > 2000 or PART in words or "\n\n" in words or LINK in words:
            self._notes.mended("a link that leads nowhere: its words kept", href)
            return content
        for character, coded in ((" ", "%20"), ("(", "%28"), (")", "%29"), ("<", "%3C"), (">", "%3E"), ("|", "%7C")):
            href = href.replace(character, coded)
        before, after = _around(content)
        if href == element.text().strip() and href.startswith(("http://", "https://")):
            return f"{before}<{href}>{after}"
        words = re.sub(r"(?<!\\)([\[\]])", r"\\\1", " ".join(words.replace(BREAK, " ").split()))
        return f"{before}{LINK}{words}{LINKED}({href}){after}"

    def _dialled(self, href: str, words: str) -> str:
        """A `tel:` address without spaces; that of the number which readers see, where it dials another."""
        digits = re.sub(r"[^\d+]", "", unquote(href))
        shown = phones.in_prose(words, "")
        if len(shown) == 1 and re.sub(r"\D", "", shown[0])[-9:] != digits[-9:]:
            self._notes.mended("a link that dialled another number than it says: mended", f"{words}: {href}")
            digits = re.sub(r"[^\d+]", "", shown[0])
        return f"tel:{digits}"

    def _pre(self, element: Element, place: _In) -> str:
        return self._block(self.inside(element, replace(place, as_typed=True)), place)

    def _heading(self, element: Element, place: _In) -> str:
        if place.line:
            return f"{PART}{self.inside(element, place)}{PART}"
        title = self.inside(element, replace(place, line=True))
        title = " ".join(title.replace(PART, " ").replace(BREAK, " ").split())
        return f"\n\n{MARK}{'#' * int(element.name[1])} {title}\n\n" if title else ""

    _h1 = _h2 = _h3 = _h4 = _h5 = _h6 = _heading

    def _ul(self, element: Element, place: _In) -> str:
        content = self.inside(element, place)
        if place.line:
            return content
        gap = "\n" if place.item else "\n\n"
        return f"{gap}{content.strip(' ' + chr(10))}{gap}"

    _ol = _ul

    def _li(self, element: Element, place: _In) -> str:
        content = self.inside(element, replace(place, item=True)).strip(f" \n{BREAK}")
        if place.line:
            return f"{PART}{content}{PART}"
        if not content:
            return "\n"
        if content.startswith((MARK, DEEPER)):  # a table, a box or a list with nothing before it
            content = f"…\n{content}"
        bullet = self._bullet(element)
        if not bullet.startswith(MARK):  # a number that Markdown would not show
            return f"\n\n{bullet} {content}\n\n"
        first, _, rest = content.partition("\n")
        begins = "" if element.parent is not None and element.parent.name in {"ul", "ol"} else "\n"
        return f"{begins}{bullet} {first}\n{_deeper(rest)}"

    def _bullet(self, li: Element) -> str:
        """What a browser shows before an item; without MARK where Markdown, which counts on, would show another."""
        ordered = li.parent
        if ordered is None or ordered.name != "ol":
            return f"{MARK}-"
        if id(li) not in self._bullets:
            numbers = list(_numbers(ordered))
            counts_on = all(after == before + 1 for (_, before), (_, after) in pairwise(numbers))
            self._bullets |= {id(item): f"{MARK if counts_on else ''}{number}." for item, number in numbers}
            if (ordered.get("type") or "1") != "1":
                self._notes.mended("a list by letters made one by numbers", ordered.text())
        return self._bullets[id(li)]

    def _dl(self, element: Element, place: _In) -> str:
        """Terms and their meanings; a meaning without a term is a paragraph, as Markdown has none."""
        parts, above = [""], ""  # `above`: which of the two the last one was
        for part in _terms(element):
            content = self._block(self.inside(part, place), place).strip(f" \n{PART}")
            if not content:
                continue
            if place.line:
                parts.append(f"{PART}{content}: " if part.name == "dt" else f"{content}{PART}")
            elif part.name == "dt":
                content = " ".join(content.replace(MARK, "").replace(BREAK, " ").split())
                parts.append(content if above == "dt" else f"\n\n{content}")  # two terms of one meaning
                above = "dt"
            elif not above or content.startswith((MARK, DEEPER)):
                parts.append(f"\n\n{content}\n")
            else:
                first, _, rest = content.partition("\n")
                parts.append(f"{MARK}:   {first}\n{_deeper(rest)}".rstrip("\n"))
                above = "dd"
        return "".join(parts) if place.line else "\n\n" + "\n".join(parts).strip("\n") + "\n\n"

    def _details(self, element: Element, place: _In) -> str:
        summary = next(iter(element.own("summary")), None)
        title = " ".join(summary.text().split()) if summary is not None else ""
        if summary is not None:
            element.children.remove(summary)
        inside = self.inside(element, place).strip(f" \n{BREAK}")
        title = escape(re.sub(r'"([^"]*)"', r"“\1”", title).replace('"', "”")) or "More"  # its title stands in quotes
        if place.line:
            return f"{PART}{title}: {inside}{PART}"
        if not inside:
            return f"\n\n{title}\n\n" if title != "More" else ""
        opening = "???+" if "open" in element.attributes else "???"
        return f'\n\n{MARK}{opening} note "{title}"\n{_deeper(inside)}\n\n'

    def _table(self, element: Element, place: _In) -> str:
        if place.line:
            self._notes.mended("a table inside a table: written in one cell")
            return "".join(f"{PART}{row}" for row in inner_table(element, self._cell)) + PART
        return f"\n\n{markdown_table(element, self._cell)}\n\n"

    def _cell(self, cell: Element) -> str:
        """A cell or a caption on one line."""
        content = self.inside(cell, _In(line=True, cell=True))
        parts = [" ".join(part.replace(MARK, "").split()) for part in content.split(PART)]
        return _joined([part for part in parts if part])


def _around(text: str) -> tuple[str, str]:
    """The white space and ends of lines before and after the words of `text`."""
    return text[: len(text) - len(text.lstrip(EDGES))], text[len(text.rstrip(EDGES)) :]


def _slanted(child: str | Element) -> bool:
    return not isinstance(child, str) and child.name in {"i", "em"}


def _deeper(rest: str) -> str:
    return "".join(f"{DEEPER}{line}\n" if line else "\n" for line in rest.split("\n")) if rest else ""


def _terms(element: Element) -> Iterator[Element]:
    """The terms and meanings of a list, also where each pair has a box of its own."""
    for part in element.own():
        if part.name == "div":
            yield from _terms(part)
        else:
            yield part


def _numbers(ordered: Element) -> Iterator[tuple[Element, int]]:
    """Each item of a list with the number that a browser shows before it."""
    items = ordered.own("li")
    step = -1 if "reversed" in ordered.attributes else 1
    number = _whole(ordered.get("start"), len(items) if step < 0 else 1)
    for item in items:
        number = _whole(item.get("value"), number)
        yield item, number
        number += step


def _whole(given: str | None, otherwise: int) -> int:
    return int(given) if given and re.fullmatch(r"\d{1,4}", given) else otherwise


def _joined(parts: list[str]) -> str:
    """The parts of a cell on one line."""
    joined = ""
    for part in parts:
        # What is bold heads what follows.
        separator = "" if joined.endswith(ENDED) else ":" if joined.endswith("**") else ";"
        joined = f"{joined}{separator} {part}" if joined else part
    return joined
