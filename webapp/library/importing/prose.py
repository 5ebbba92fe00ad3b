"""Descriptions as feeds hold them (HTML, pasted pictures, lone marks) made into Markdown that content may hold."""

import html
import re
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote

from markdownify import ATX, MarkdownConverter

from webapp.library.importing.notes import Notes
from webapp.library.importing.repair import clean

MAX_BODY = 100_000  # characters of Markdown; a page may be 512 kB with its front matter
MAX_DEPTH = 60  # tags inside each other; past this the tags are dropped and the words kept
PICTURE = re.compile(r"<(img|svg|picture|video|iframe|object)\b", re.IGNORECASE)
DATA = re.compile(r"\bdata:[\w.+-]+/[\w.+-]+(?:;[\w=.-]+)*;base64,[A-Za-z0-9+/=\s%]{40,}")
ENTITY = re.compile(r"&(?=#?\w{1,31};)")
HREF = re.compile(r"^(https?://[^\s/]+\.[^\s]+|mailto:[^@\s]+@[^@\s]+|tel:[\d+][\d\s-]+)$", re.IGNORECASE)
BULLET = re.compile(r"^(\s*)[•·●▪‣◦○■*–-]\s+(?=\S)")

WORDS, CHARACTERS = 25, 300  # a summary
FEW = 5  # words; a first sentence shorter than this says too little alone
ENDS = re.compile(r"(?<=[.!?])[\"'”’)]*\s+(?=[\"'“‘(]?[A-Z0-9])|\n\s*\n|\n(?=\s*\n)")
ABBREVIATED = re.compile(r"\b(e\.g|i\.e|etc|St|Mr|Mrs|Ms|Dr|No|Rd|approx|inc|tel|vs)\.$", re.IGNORECASE)


class _Converter(MarkdownConverter):
    """HTML to the Markdown of docs/writing-content.md: no pictures, no raw HTML, lists nested by four spaces."""

    class Options:
        heading_style = ATX
        bullets = "-"
        autolinks = False
        table_infer_header = True

    def __init__(self, notes: Notes):
        super().__init__()
        self._notes = notes

    def escape(self, text: str, parent_tags: Any) -> str:
        text = _escape(text)
        if "a" in parent_tags:
            text = re.sub(r"(?<!\\)([\[\]])", r"\\\1", text)
        return text.replace("|", "\\|") if parent_tags & {"td", "th"} else text

    def convert_a(self, el: Any, text: str, parent_tags: Any) -> str:
        words = text.strip()
        href = (el.get("href") or "").strip()
        href = unquote(href) if href.startswith("tel:") else href.replace(" ", "%20")
        if re.match(r"^www\.[\w-]+\.\S+$", href):
            href = f"https://{href}"
        if not words or not href or "_inline" in parent_tags or href.startswith("#"):
            return text
        if not HREF.match(href) or len(href) > 2000:
            self._notes.mended("a link that leads nowhere: its words kept", href)
            return text
        href = href.replace(" ", "%20").replace("(", "%28").replace(")", "%29").replace("<", "%3C").replace(">", "%3E")
        if href == el.get_text().strip() and href.startswith(("http://", "https://")):
            return text.replace(words, f"<{href}>")
        before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        return f"{before}[{' '.join(words.split())}]({href}){after}"

    def convert_img(self, el: Any, text: str, parent_tags: Any) -> str:
        return ""

    def convert_video(self, el: Any, text: str, parent_tags: Any) -> str:
        return ""

    def convert_code(self, el: Any, text: str, parent_tags: Any) -> str:
        return text

    convert_kbd = convert_samp = convert_del = convert_s = convert_sub = convert_sup = convert_code

    def convert_pre(self, el: Any, text: str, parent_tags: Any) -> str:
        return f"\n\n{_escape(text)}\n\n"

    def convert_blockquote(self, el: Any, text: str, parent_tags: Any) -> str:
        return f"\n\n{text.strip()}\n\n"

    def convert_li(self, el: Any, text: str, parent_tags: Any) -> str:
        words = text.strip()
        if not words:
            return "\n"
        ordered = el.parent is not None and el.parent.name == "ol"
        bullet = f"{len(el.find_previous_siblings('li')) + 1}." if ordered else "-"
        lines = [BULLET.sub("", line, count=1) if at == 0 else line for at, line in enumerate(words.split("\n"))]
        inside = "\n".join(f"    {line}" if line else line for line in lines[1:])
        return f"{bullet} {lines[0]}\n" + (f"{inside}\n" if inside else "")


def markdown(value: str, notes: Notes) -> str:
    """`value`, plain text or HTML, as Markdown that renders without a fault. Never raises for what it holds."""
    value = clean(value)
    value, data = DATA.subn("", value)
    pictures = max(len(PICTURE.findall(value)), data)
    if pictures:
        notes.mended("pictures and pasted data removed", f"{pictures} in its description")
    if re.search(r"</?[a-zA-Z][^>]*>", value):
        notes.mended("HTML made into Markdown", value)
        text = _from_html(value, notes)
    else:
        if "&" in value and html.unescape(value) != value:
            notes.mended("HTML entities made into characters", value)
        text = re.sub(r"(?<=\S)[ \t]*\n(?=[ \t]*\S)", "  \n", _escape(html.unescape(value)))
    text = _tidy(text)
    if len(text) > MAX_BODY:
        notes.mended(f"a description over {MAX_BODY:,} characters: cut", f"{len(text):,} characters")
        text = text[: text.rindex(" ", 0, MAX_BODY) if " " in text[:MAX_BODY] else MAX_BODY].rstrip() + "…"
    return text


def words(text: str) -> str:
    """The words of Markdown that `markdown` made, paragraphs apart by a blank line; headings left out."""
    text = re.sub(r"(?m)^#{2,5} .*$", "", text)
    text = re.sub(r"\[([^\]\n]*)\]\([^)\s]*\)", r"\1", text)
    text = re.sub(r"(?m)^\s*(-|\d+\.) ", "", text)
    text = re.sub(r"(?<!\\)[*_]{1,3}", "", text)
    return html.unescape(re.sub(r"\\([\\`*_{}\[\]()>#+.!~|-])", r"\1", text)).strip()


def shortened(words: str) -> str:
    """The first sentence of some prose, or the first few where it is very short, in 25 words or fewer."""
    taken: list[str] = []
    parts = [part for part in ENDS.split(words) if part and part.strip()]
    for part in parts:
        sentence = part.split()
        whole = len(taken) >= FEW and not taken[-1].endswith("?")  # a question alone says nothing of what is there
        done = whole and not ABBREVIATED.search(taken[-1])
        if done or (whole and len(taken) + len(sentence) > WORDS):
            break
        if taken and taken[-1][-1].isalnum():
            taken[-1] += "."
        taken += sentence
    said = " ".join(taken)
    if len(taken) <= WORDS and len(said) <= CHARACTERS:
        return said
    kept = " ".join(taken[:WORDS])[: CHARACTERS - 1]
    if len(" ".join(taken[:WORDS])) > len(kept) and " " in kept:
        kept = kept[: kept.rindex(" ")]
    return kept.rstrip(" ,;:.-–—") + "…"


def _from_html(value: str, notes: Notes) -> str:
    value = re.sub(r"(?is)<(script|style|template|noscript)\b.*?(</\1\s*>|$)", " ", value)
    if not re.search(r"<(pre|p|br|li|div|tr|h[1-6])\b", value, re.IGNORECASE):
        value = re.sub(r"\n\s*\n", "<p>", value.strip()).replace("\n", "<br>")  # words with a mark here and there
    elif not re.search(r"<pre\b", value, re.IGNORECASE):
        value = re.sub(r"\s*\n\s*", " ", value)
    if _depth(value) <= MAX_DEPTH:
        try:
            return _Converter(notes).convert(value)
        except (RecursionError, ValueError, AssertionError):
            pass  # markup that no parser makes sense of: the words are what matters
    notes.mended("HTML that could not be read: only its words kept")
    return _escape(html.unescape(re.sub(r"<[^>]*>?", " ", value)))


def _depth(value: str) -> int:
    """How many tags are open at once at most, roughly: unclosed paragraphs count too."""
    meter = _Meter()
    try:
        meter.feed(value)
    except AssertionError:
        return MAX_DEPTH + 1
    return meter.most


_VOID = "br hr img input wbr meta link area base col embed source track"


class _Meter(HTMLParser):
    VOID = frozenset(
        ["br", "hr", "img", "input", "wbr", "meta", "link", "area", "base", "col", "embed", "source", "track"]
    )

    def __init__(self) -> None:
        super().__init__()
        self.now = self.most = 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag not in self.VOID:
            self.now += 1
            self.most = max(self.most, self.now)

    def handle_startendtag(self, tag: str, attrs: Any) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        self.now = max(0, self.now - 1)


def _escape(text: str) -> str:
    """Characters that Markdown would take for marks, made to stand for themselves."""
    text = text.replace("\\", "\\\\")
    text = ENTITY.sub("&amp;", text)
    text = re.sub(r"<(?=[a-zA-Z!/?]|$)", "&lt;", text)
    text = re.sub(r"([`*])", r"\\\1", text)
    text = re.sub(r"(?<!\w)_|_(?!\w)", r"\\_", text)
    text = re.sub(r"~(?=~)|(?<=~)~", r"\\~", text)
    return re.sub(r"(?<=!)\[|\[(?=[^\]\n]*\][(\[:]|\^)", r"\\[", text)


def _tidy(text: str) -> str:
    """Lines as an editor would write them: no trailing spaces, one blank line between blocks, headings from ##."""
    lines: list[str] = []
    for line in text.split("\n"):
        broken = line.endswith("  ")
        line = line.replace("\u00a0", " ").rstrip()
        inner = line.lstrip()
        if not re.match(r"\s+(-|\d+\.) \S", line):  # anything else indented would be shown as code
            line = inner if not line.startswith("    ") or not lines or not _in_list(lines) else line
        line = BULLET.sub(r"\1- ", line)
        if re.fullmatch(r"\s*(\\?[*_=-]\s*)+", line) or re.fullmatch(r"\s*(#+|\d+\.)\s*", line):
            line = ""  # a line drawn by hand, an empty heading or item
        lines.append(_guarded(line) + ("  " if broken and line else ""))
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(_with_air(lines))).strip()
    text = text.replace("![", "\\![")  # what is left of these is a link after an exclamation mark
    text = re.sub(r"  \n(?=\n|#|-|\d+\.|$)", "\n", text)  # a break matters between two lines of words alone
    return _headings(text)


def _in_list(lines: list[str]) -> bool:
    last = next((line for line in reversed(lines) if line), "")
    return bool(re.match(r"\s*(-|\d+\.) |    ", last))


def _guarded(line: str) -> str:
    """A line of words that begins like a mark."""
    line = re.sub(r"^(\s*)(>|!!!|\+(?= ))", r"\1\\\2", line)
    line = re.sub(r"^(\s*)#(?!#{0,5} )", r"\1\\#", line)
    return re.sub(r"^(\s*)(\[[^\]]*\])(?=:)", r"\1\\\2", line)


def _with_air(lines: list[str]) -> list[str]:
    """A list that follows a paragraph needs a blank line before it."""
    out: list[str] = []
    for line in lines:
        item = re.match(r"(-|\d+\.) ", line)
        heading = re.match(r"#{1,6} ", line)
        after_heading = out and re.match(r"#{1,6} ", out[-1])
        broken = bool(item) and bool(out) and bool(out[-1]) and not re.match(r"\s*(-|\d+\.) |    ", out[-1])
        if out and out[-1] and (broken or heading or after_heading):
            out.append("")
        out.append(line)
    return out


def _headings(text: str) -> str:
    """Levels that begin at ## and skip none, whatever the feed had."""
    found = [len(m[1]) for m in re.finditer(r"(?m)^(#{1,6}) ", text)]
    if not found:
        return text
    shift, last = 2 - min(found), 1

    def level(match: re.Match[str]) -> str:
        nonlocal last
        last = min(len(match[1]) + shift, last + 1, 5)
        words = match[2].strip().strip("#").replace("**", "").strip()
        return f"{'#' * last} {words}" if words else ""

    return re.sub(r"(?m)^(#{1,6}) (.*)$", level, text)
