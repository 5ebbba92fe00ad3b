"""A page's HTML as plain text that everybody's website can show: no marks, no links into this site."""

import re
from html import escape
from html.parser import HTMLParser

import nh3

APART = {"p", "ul", "ol", "dl", "h2", "h3", "h4", "h5", "blockquote", "pre", "table", "div", "details", "hr"}
LINES = {"li", "dt", "dd", "tr", "br", "summary"}
# What plain text says as well; a text of these alone needs no HTML beside it.
PLAIN = re.compile(r"</?p>|<br ?/?>|\s+")
KEPT = {*APART, *LINES, "td", "th", "thead", "tbody", "a", "strong", "em", "code", "sup", "sub", "del"}
ELSEWHERE = ("http://", "https://", "mailto:", "tel:")


class _Prose(HTMLParser):
    """Collects words and line ends. Of a link that leads elsewhere its address follows in brackets."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._links: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in APART:
            self.parts.append("\n\n")
        elif tag in LINES:
            self.parts.append("\n- " if tag == "li" else "\n")
        elif tag in {"td", "th"} and self.parts and not self.parts[-1].endswith("\n"):
            self.parts.append(" | ")
        elif tag == "a":
            self._links.append((dict(attrs).get("href") or "", len(self.parts)))

    def handle_endtag(self, tag: str) -> None:
        if tag in APART:
            self.parts.append("\n\n")
        elif tag == "a" and self._links:
            address, began = self._links.pop()
            said = "".join(self.parts[began:]).strip()
            shown = re.sub(r"^(mailto|tel):", "", address)
            if address.startswith(ELSEWHERE) and said not in {address, shown}:
                self.parts.append(f" ({shown})")

    def handle_data(self, data: str) -> None:
        self.parts.append(re.sub(r"\s+", " ", data))


def prose(html: str) -> str:
    """The words of `html`, a line for each line, paragraphs apart."""
    reader = _Prose()
    reader.feed(html)
    reader.close()
    text = re.sub(r"[ \t]*\n[ \t]*", "\n", "".join(reader.parts))
    text = re.sub(r"(?m)^-\n+", "- ", text)  # a list's item may hold a paragraph
    text = re.sub(r"(?m)^(- .*)\n{2,}(?=- )", r"\1\n", text)
    return re.sub(r"\n{3,}", "\n\n", re.sub(r" {2,}", " ", text)).strip()


def marked_up(summary: str, html: str) -> str:
    """`html` as others may show it, after `summary` where that is no part of it; empty where plain text says it all.

    Links into this site lose their address, and everything its style.
    """
    kept = nh3.clean(
        html,
        tags=KEPT,
        clean_content_tags={"svg"},
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto", "tel"},
        url_relative="deny",
        link_rel=None,
    ).strip()
    if "<" not in PLAIN.sub("", kept):
        return ""
    return kept if not summary else f"<p>{escape(summary)}</p>\n{kept}"
