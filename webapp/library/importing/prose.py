"""Descriptions as feeds hold them (HTML, pasted pictures, lone marks) made into Markdown that content may hold."""

import html
import re

from webapp.library.importing import convert
from webapp.library.importing.convert import UnreadableHtml
from webapp.library.importing.lines import tidy, without_ours
from webapp.library.importing.markup import decoded, is_markup, without_tags
from webapp.library.importing.notes import Notes
from webapp.library.importing.repair import clean

MAX_BODY = 50_000  # characters of Markdown; rendering takes 64 kB, and other fields may follow
MOST_BRACKETS = 900  # rendering takes 1,000
PICTURE = re.compile(r"<(img|svg|picture|video|iframe|object)\b", re.IGNORECASE)
DATA = re.compile(r"\bdata:[\w.+-]+/[\w.+-]+(?:;[\w=.-]+)*;base64,[A-Za-z0-9+/=\s%]{40,}")

WORDS, CHARACTERS = 25, 300  # a summary
FEW = 5  # words; a first sentence shorter than this says too little alone
ENDS = re.compile(r"(?<=[.!?])[\"'”’)]*\s+(?=[\"'“‘(]?[A-Z0-9])|\n\s*\n|\n(?=\s*\n)")
COLON = (":", ":-", ":–")
ABBREVIATED = re.compile(r"\b(e\.g|i\.e|etc|St|Mr|Mrs|Ms|Dr|No|Rd|approx|inc|tel|vs)\.$", re.IGNORECASE)


def markdown(value: str, notes: Notes) -> str:
    """`value`, plain text or HTML, as Markdown that renders without a fault. Never raises for what it holds."""
    value = without_ours(clean(value))
    value, data = DATA.subn("", value)
    pictures = max(len(PICTURE.findall(value)), data)
    if pictures:
        notes.mended("pictures and pasted data removed", f"{pictures} in its description")
    if "&amp;" in value and (plain := decoded(value)) != value:
        notes.mended("what was encoded twice decoded", value)
        value = plain
    if is_markup(value):
        notes.mended("HTML made into Markdown", value)
        text = _from_html(value, notes)
    else:
        if "&" in value and html.unescape(value) != value:
            notes.mended("HTML entities made into characters", value)
        text = tidy(convert.escape(html.unescape(value)), plain=True)
    if text.count("[") > MOST_BRACKETS:
        text = re.sub(r"\\?\[", "(", text).replace("]", ")")
        notes.mended(f"over {MOST_BRACKETS} square brackets: made round ones")
    if len(text) > MAX_BODY:
        notes.mended(f"a description over {MAX_BODY:,} characters: cut", f"{len(text):,} characters")
        text = text[: text.rindex(" ", 0, MAX_BODY) if " " in text[:MAX_BODY] else MAX_BODY].rstrip() + "…"
    return text


def line(value: str) -> str:
    """`value` as Markdown on one line, for an item of a list."""
    return " ".join(markdown(value, Notes()).split())


def words(text: str) -> str:
    """The words of Markdown that `markdown` made, paragraphs apart by a blank line; headings left out."""
    text = re.sub(r"(?m)^#{2,5} .*$", "", text)
    text = re.sub(r"\[([^\]\n]*)\]\([^)\s]*\)", r"\1", text)
    text = re.sub(r"(?m)^\s*(\|[-| ]*\||:   |\?\?\?\+? note )$", "", text)
    text = re.sub(
        r"(?m)^\s*\| *(.*?) *\|$", lambda row: "\n" + re.sub(r" *(?<!\\)\| *", ", ", row[1]).strip(", "), text
    )
    text = re.sub(r'(?m)^\s*\?\?\?\+? note "(.*)"$', r"\1", text)
    text = re.sub(r"(?m)^\s*(-|\d+\.|:  ) ", "\n", text)  # each item is a thought of its own
    text = re.sub(r"(?<!\\)[*_]{1,3}", "", text)
    return html.unescape(re.sub(r"\\([\\`*_{}\[\]()>#+.!~|-])", r"\1", text)).strip()


def shortened(words: str) -> str:
    """The first sentence of some prose, or the first few where it is very short, in 25 words or fewer."""
    taken: list[str] = []
    lists = False  # "We offer:" alone says nothing; what follows are its items
    parts = [part for part in ENDS.split(words) if part and part.strip()]
    for part in parts:
        sentence = part.split()
        whole = len(taken) >= FEW and not taken[-1].endswith("?") and not lists  # nor does a question alone
        done = (whole and not ABBREVIATED.search(taken[-1])) or len(taken) > WORDS
        if done or (whole and len(taken) + len(sentence) > WORDS):
            break
        if taken and not taken[-1].endswith(COLON):
            taken[-1] = taken[-1].rstrip(".;,") + "," if lists else taken[-1] + "." * taken[-1][-1].isalnum()
        taken += sentence
        lists = lists or taken[-1].endswith(COLON)
    joined = " ".join(taken)
    if len(taken) <= WORDS and len(joined) <= CHARACTERS:
        return joined
    kept = " ".join(taken[:WORDS])[: CHARACTERS - 1]
    if len(" ".join(taken[:WORDS])) > len(kept) and " " in kept:
        kept = kept[: kept.rindex(" ")]
    return kept.rstrip(" ,;:.-–—") + "…"


def _from_html(value: str, notes: Notes) -> str:
    try:
        return tidy(convert.lines_of(value, notes), plain=False)
    except UnreadableHtml:
        notes.mended("HTML that could not be read: only its words kept")
        return tidy(convert.escape(html.unescape(without_tags(value))), plain=False)
