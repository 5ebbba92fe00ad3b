"""HTML as feeds hold it made into Markdown's lines; see `lines` for what becomes of these."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any
from urllib.parse import unquote

import nh3
from bs4 import BeautifulSoup, Tag
from markdownify import ATX, MarkdownConverter

from webapp.library.importing.lines import DEEPER, LINK, LINKED, MARK
from webapp.library.importing.markup import with_lone_marks_kept
from webapp.library.importing.notes import Notes
from webapp.library.importing.tables import inner_table, markdown_table, unwrap_layout

MAX_DEPTH = 60  # tags inside each other; past this only the words are kept
HREF = re.compile(r"^(https?://[^\s/]+\.[^\s]+|mailto:[^@\s]+@[^@\s]+|tel:[\d+][\d\s-]+)$", re.IGNORECASE)
ENTITY = re.compile(r"&(?=#?\w{1,31};)")
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
    url_schemes={"http", "https", "mailto", "tel", "ftp", "file", "javascript", "data"},  # a link of these is told of
    link_rel=None,
    strip_comments=True,
)


class Unreadable(Exception):
    """Markup that nobody can make sense of: nested hundreds deep."""


def lines_of(value: str, notes: Notes) -> str:
    """The lines of `value`, HTML. Raises Unreadable."""
    lone = with_lone_marks_kept(value)
    if not re.search(r"<(pre|p|br|li|dt|div|tr|h[1-6]|summary)\b", lone, re.IGNORECASE):
        lone = re.sub(r"\n\s*\n", "<p>", lone.strip()).replace("\n", "<br>")  # words with a mark here and there
    clean = _CLEANER.clean(lone)
    if _depth(clean) > MAX_DEPTH:
        raise Unreadable
    if "<pre" not in clean:
        clean = re.sub(r"\s*\n\s*", " ", clean)
    soup = BeautifulSoup(clean, "html.parser")
    if "<table" in clean:
        unwrap_layout(soup)
    try:
        return _Converter(notes).convert_soup(soup)
    except (RecursionError, ValueError, AssertionError):
        raise Unreadable from None


def escape(text: str) -> str:
    """Characters that Markdown would take for marks inside a line, made to stand for themselves."""
    text = text.replace("\\", "\\\\")
    text = ENTITY.sub("&amp;", text)
    text = re.sub(r"<(?=[a-zA-Z!/?]|$|[^<>\s]*@[^<>\s]*>)", "&lt;", text)
    text = re.sub(r"([`*])", r"\\\1", text)
    text = re.sub(r"(?<!\w)_|_(?!\w)", r"\\_", text)
    return re.sub(r"~(?=~)|(?<=~)~", r"\\~", text)


def _depth(clean: str) -> int:
    now = most = 0
    for tag in re.finditer(r"<(/?)(?!br|hr)[a-z]", clean):
        now += -1 if tag[1] else 1
        most = max(most, now)
    return most


class _Converter(MarkdownConverter):
    """HTML to the Markdown of docs/writing-content.md: no pictures, no raw HTML, marks told from words by MARK."""

    class Options:
        heading_style = ATX
        autolinks = False

    def __init__(self, notes: Notes):
        super().__init__()
        self._notes = notes
        self._cells: dict[int, str] = {}  # the words of each cell, by the identity of its element
        self._marks: dict[int, str] = {}  # what stands before each item, likewise

    def escape(self, text: str, parent_tags: Any) -> str:
        text = escape(text)
        return text.replace("|", "\\|") if parent_tags & {"td", "th", "caption"} else text

    def convert_a(self, el: Tag, text: str, parent_tags: Any) -> str:
        words = text.strip()
        href = str(el.get("href") or "").strip()
        href = unquote(href) if href.startswith("tel:") else href.replace(" ", "%20")
        if re.match(r"^www\.[\w-]+\.\S+$", href):
            href = f"https://{href}"
        in_heading = "_inline" in parent_tags and not parent_tags & {"td", "th"}
        if not words or not href or in_heading or href.startswith("#"):
            return text
        if not HREF.match(href) or len(href) > 2000 or PART in words or "\n\n" in words:
            self._notes.mended("a link that leads nowhere: its words kept", href)
            return text
        for mark, coded in ((" ", "%20"), ("(", "%28"), (")", "%29"), ("<", "%3C"), (">", "%3E"), ("|", "%7C")):
            href = href.replace(mark, coded)
        if href == el.get_text().strip() and href.startswith(("http://", "https://")):
            return text.replace(words, f"<{href}>")
        before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        words = re.sub(r"(?<!\\)([\[\]])", r"\\\1", " ".join(words.split()))
        return f"{before}{LINK}{words}{LINKED}({href}){after}"

    def _words(self, el: Any, text: str, parent_tags: Any) -> str:
        return text

    convert_code = convert_u = _words

    def _struck(self, el: Tag, text: str, parent_tags: Any) -> str:
        said = text.strip()
        if not said or "\n\n" in said or PART in said:
            return text
        return f"{text[: len(text) - len(text.lstrip())]}~~{said}~~{text[len(text.rstrip()) :]}"

    convert_del = convert_s = convert_strike = _struck

    def convert_pre(self, el: Tag, text: str, parent_tags: Any) -> str:
        kept = escape(text).replace("\n", "  \n") if "_inline" not in parent_tags else escape(text).replace("\n", PART)
        return f"\n\n{kept}\n\n"

    def convert_br(self, el: Tag, text: str, parent_tags: Any) -> str:
        return PART if "_inline" in parent_tags else "  \n"

    def convert_hr(self, el: Tag, text: str, parent_tags: Any) -> str:
        return PART if "_inline" in parent_tags else "\n\n"

    def _block(self, el: Tag, text: str, parent_tags: Any) -> str:
        if "_inline" in parent_tags:
            return f"{PART}{text.strip()}{PART}"
        said = text.strip(" \t\r\n")
        return f"\n\n{said}\n\n" if said else ""

    convert_p = convert_div = convert_section = convert_article = convert_center = convert_blockquote = _block
    convert_figcaption = convert_dl = _block

    def convert_hN(self, n: int, el: Tag, text: str, parent_tags: Any) -> str:  # noqa: N802 - as the library has it
        if "_inline" in parent_tags:
            return f"{PART}{text}{PART}"
        said = " ".join(text.replace(PART, " ").split())
        return f"\n\n{MARK}{'#' * n} {said}\n\n" if said else ""

    def convert_ul(self, el: Tag, text: str, parent_tags: Any) -> str:
        if "_inline" in parent_tags:
            return text
        return f"\n{text.strip(chr(10))}\n" if "li" in parent_tags else f"\n\n{text.strip(chr(10))}\n\n"

    convert_ol = convert_ul

    def convert_li(self, el: Tag, text: str, parent_tags: Any) -> str:
        if "_inline" in parent_tags:
            return f"{PART}{text.strip()}{PART}"
        first, _, rest = text.strip().partition("\n")
        if not first:
            return "\n"
        if first.startswith((MARK, DEEPER)):  # a table, a box or a list with nothing before it
            first, rest = "…", f"{first}\n{rest}"
        mark = self._mark(el)
        if not mark.startswith(MARK):  # a number that Markdown would not show
            return f"\n\n{mark} {text.strip()}\n\n"
        inside = "".join(f"{DEEPER}{line}\n" if line else "\n" for line in rest.split("\n")) if rest else ""
        return f"{mark} {first}\n{inside}"

    def _mark(self, li: Tag) -> str:
        """What a browser shows before an item; without MARK where Markdown, which counts on, would show another."""
        ordered = li.parent
        if ordered is None or ordered.name != "ol":
            return f"{MARK}-"
        if id(li) not in self._marks:
            numbers = list(_numbers(ordered))
            counts_on = all(after == before + 1 for (_, before), (_, after) in pairwise(numbers))
            self._marks |= {id(item): f"{MARK if counts_on else ''}{number}." for item, number in numbers}
            if str(ordered.get("type") or "1") != "1":
                self._notes.mended("a list by letters made one by numbers", ordered.get_text(" ", strip=True))
        return self._marks[id(li)]

    def convert_dt(self, el: Tag, text: str, parent_tags: Any) -> str:
        if "_inline" in parent_tags:
            return f"{PART}{text.strip()}: "
        said = " ".join(text.replace(MARK, "").split())
        before = next((one for one in el.previous_siblings if isinstance(one, Tag)), None)
        gap = "\n" if before is not None and before.name == "dt" else "\n\n"  # two terms of one meaning
        return f"{gap}{said}\n" if said else ""

    def convert_dd(self, el: Tag, text: str, parent_tags: Any) -> str:
        said = text.strip()
        if "_inline" in parent_tags:
            return said
        first, _, rest = said.partition("\n")
        if not said or first.startswith((MARK, DEEPER)) or not _is_defined(el):
            return f"\n\n{said}\n\n" if said else ""
        inside = "".join(f"{DEEPER}{line}\n" if line else "\n" for line in rest.split("\n")) if rest else ""
        return f"\n{MARK}:   {first}\n{inside}"

    def convert_summary(self, el: Tag, text: str, parent_tags: Any) -> str:
        return ""  # `convert_details` writes it

    def convert_details(self, el: Tag, text: str, parent_tags: Any) -> str:
        summary = el.find("summary", recursive=False)
        said = summary.get_text(" ", strip=True) if isinstance(summary, Tag) else ""
        said = re.sub(r'"([^"]*)"', r"“\1”", " ".join(said.split())).replace('"', "”")  # its title stands in quotes
        said = escape(said) or "More"
        if "_inline" in parent_tags:
            return f"{PART}{said}: {text.strip()}{PART}"
        if not text.strip():
            return f"\n\n{said}\n\n" if said != "More" else ""
        inside = "\n".join(f"{DEEPER}{line}" if line else line for line in text.strip().split("\n"))
        mark = "???+" if el.has_attr("open") else "???"
        return f'\n\n{MARK}{mark} note "{said}"\n{inside}\n\n'

    def convert_td(self, el: Tag, text: str, parent_tags: Any) -> str:
        parts = [" ".join(part.replace(MARK, "").split()) for part in text.split(PART)]
        self._cells[id(el)] = _joined([part for part in parts if part])
        return ""

    convert_th = convert_td

    def convert_caption(self, el: Tag, text: str, parent_tags: Any) -> str:
        self._cells[id(el)] = " ".join(text.replace(PART, " ").split())
        return ""

    def convert_table(self, el: Tag, text: str, parent_tags: Any) -> str:
        def words(cell: Tag) -> str:
            return self._cells.get(id(cell), "")

        if "_inline" in parent_tags:
            self._notes.mended("a table inside a table: written in one cell")
            return "".join(f"{PART}{row}" for row in inner_table(el, words)) + PART
        return f"\n\n{markdown_table(el, words)}\n\n"


def _is_defined(dd: Tag) -> bool:
    """Whether a term stands before it; Markdown has no definition without one."""
    return any(isinstance(before, Tag) and before.name == "dt" for before in dd.previous_siblings)


def _numbers(ordered: Tag) -> Iterator[tuple[Tag, int]]:
    """Each item of a list with the number that a browser shows before it."""
    items = ordered.find_all("li", recursive=False)
    step = -1 if ordered.has_attr("reversed") else 1
    number = _whole(ordered.get("start"), len(items) if step < 0 else 1)
    for item in items:
        number = _whole(item.get("value"), number)
        yield item, number
        number += step


def _whole(given: Any, otherwise: int) -> int:
    return int(given) if isinstance(given, str) and re.fullmatch(r"\d{1,4}", given) else otherwise


def _joined(parts: list[str]) -> str:
    """The parts of a cell on one line."""
    said = ""
    for part in parts:
        mark = "" if said.endswith(ENDED) else ":" if said.endswith("**") else ";"  # what is bold heads what follows
        said = f"{said}{mark} {part}" if said else part
    return said
