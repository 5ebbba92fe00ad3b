"""The compiled page of a spotlight, cut into steps for a room: one thing at a time, to be read from afar.

What is cut out is written anew: text, emphasis and line breaks. No link, picture or attribute of the page is left.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

from markupsafe import Markup, escape

LONGEST = 420  # characters of one step, a heading aside: what fits a screen of 1280 by 720 at 40 pixels
MOST_PARTS = 3  # of an agenda on one step
MOST_STEPS = 60
# How many minutes a part takes, whatever a table calls the column.
FOR = re.compile(r"minutes?|mins?|for|length|how long", re.IGNORECASE)
FROM, TO = re.compile(r"from", re.IGNORECASE), re.compile(r"to|until", re.IGNORECASE)
CLOCK = re.compile(r"clock|time|at|starts?( at)?|when", re.IGNORECASE)
CYCLE = re.compile(r"kolb|cycle", re.IGNORECASE)
MINUTES = re.compile(r"(\d{1,3})\s*min", re.IGNORECASE)
VOID = {"br", "img", "hr"}
KEPT = {"em": Markup("<em>{}</em>"), "strong": Markup("<strong>{}</strong>")}
TEXT = {"p", "li", "dt", "dd", "blockquote", "h3", "h4", "h5"}


@dataclass(frozen=True, slots=True)
class Part:
    """One line of the agenda. `after`: minutes from the beginning; both None where the page does not say."""

    words: Markup
    minutes: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class SlideStep:
    """What the room sees at once. `kind`: agenda, case, question, practice. `parts` are of an agenda."""

    kind: str
    heading: str
    texts: tuple[Markup, ...] = ()
    parts: tuple[Part, ...] = ()


class HtmlNode:
    """One element; its children are elements and texts."""

    def __init__(self, tag: str) -> None:
        self.tag = tag
        self.children: list[HtmlNode | str] = []

    def elements(self) -> Iterator["HtmlNode"]:
        return (child for child in self.children if isinstance(child, HtmlNode))

    def every(self, *tags: str) -> Iterator["HtmlNode"]:
        """Elements below this one with one of `tags`, in order; not those inside such a one."""
        for child in self.elements():
            if child.tag in tags:
                yield child
            else:
                yield from child.every(*tags)

    @property
    def words(self) -> str:
        """Its text on one line."""
        parts = (child if isinstance(child, str) else f" {child.words} " for child in self.children)
        return " ".join("".join(parts).split()).replace(" .", ".").replace(" ,", ",")

    @property
    def markup(self) -> Markup:
        """Its text with emphasis and line breaks, and nothing else."""
        return Markup("").join(self._pieces()).strip()

    def _pieces(self) -> Iterator[Markup]:
        for child in self.children:
            if isinstance(child, str):
                yield escape(child)
            elif child.tag == "br":
                yield Markup("<br>")
            elif child.tag in KEPT:
                yield KEPT[child.tag].format(child.markup)
            else:
                yield child.markup


def steps(html: str) -> list[SlideStep]:
    """The steps of a page that was compiled, MOST_STEPS at most. What only its facilitator reads is left out."""
    sections = _sections(html)
    found = [
        *_agenda(sections.get("Agenda", [])),
        *_texts("case", "Case prompt", sections.get("Case prompt", [])),
        *_questions(sections.get("Discussion questions", [])),
        *_texts("practice", "Take it back to practice", sections.get("Take it back to practice", [])),
    ]
    return found[:MOST_STEPS]


class _Tree(HTMLParser):
    """What the compiler wrote is well formed but for void elements."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [HtmlNode("")]
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = HtmlNode(tag)
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if len(self.open) > 1 and self.open[-1].tag == tag:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def _sections(html: str) -> dict[str, list[HtmlNode]]:
    """What stands below each heading of the second level, by its name. `content check` holds the names."""
    found: dict[str, list[HtmlNode]] = {}
    here: list[HtmlNode] = []
    for node in _Tree(html).open[0].elements():
        if node.tag == "h2":
            here = found.setdefault(node.words, [])
        else:
            here.append(node)
    return found


def _agenda(nodes: list[HtmlNode]) -> Iterator[SlideStep]:
    parts = [part for node in nodes for table in _tables(node) for part in _parts(table)]
    for first in range(0, len(parts), MOST_PARTS):
        heading = "Agenda" if first == 0 else "Agenda, continued"
        yield SlideStep("agenda", heading, parts=tuple(parts[first : first + MOST_PARTS]))
    if not parts:
        yield from _texts("agenda", "Agenda", nodes)


def _tables(node: HtmlNode) -> Iterator[HtmlNode]:
    return iter([node]) if node.tag == "table" else node.every("table")


def _parts(table: HtmlNode) -> Iterator[Part]:
    rows = [[cell for cell in row.elements() if cell.tag in ("th", "td")] for row in table.every("tr")]
    if not rows:
        return
    names = [cell.words for cell in rows[0]]
    hidden = {at for at, name in enumerate(names) if _is_measure(name) or CYCLE.search(name)}
    if names and names[-1].casefold() == "stage":
        hidden.add(len(names) - 1)
    after: int | None = 0
    for row in rows[1:]:
        minutes = _minutes(dict(zip(names, (cell.words for cell in row), strict=False)))
        shown = [cell.markup for at, cell in enumerate(row) if at not in hidden and cell.words]
        yield Part(_in_a_row(shown), minutes, after)
        after = None if after is None or minutes is None else after + minutes


def _in_a_row(cells: list[Markup]) -> Markup:
    """The cells of a row as sentences one after the other."""
    joined = Markup("")
    for cell in cells:
        between = "" if not joined else " " if joined.striptags()[-1:] in ".?!:…" else ". "
        joined += Markup("{}{}").format(between, cell)
    return joined


def _is_measure(name: str) -> bool:
    return any(kind.fullmatch(name) for kind in (FOR, FROM, TO, CLOCK))


def _minutes(row: dict[str, str]) -> int | None:
    """How long one part is: as its column says, between its two times, or as its words do (`Wear it (12 minutes)`)."""
    numbers = {name: int(found[0]) for name, text in row.items() if (found := re.match(r"\d{1,3}(?![:\d])", text))}
    for name, number in numbers.items():
        if FOR.fullmatch(name):
            return number
    begins = next((number for name, number in numbers.items() if FROM.fullmatch(name)), None)
    ends = next((number for name, number in numbers.items() if TO.fullmatch(name)), None)
    if begins is not None and ends is not None and ends > begins:
        return ends - begins
    match = MINUTES.search(" ".join(row.values()))
    return int(match[1]) if match else None


def _texts(kind: str, heading: str, nodes: list[HtmlNode]) -> Iterator[SlideStep]:
    """As many paragraphs on a step as can be read at once."""
    texts: list[Markup] = []
    for text in _paragraphs(nodes):
        if texts and sum(map(len, texts)) + len(text) > LONGEST:
            yield SlideStep(kind, heading, tuple(texts))
            texts = []
        texts.append(text)
    if texts:
        yield SlideStep(kind, heading, tuple(texts))


def _paragraphs(nodes: list[HtmlNode]) -> Iterator[Markup]:
    for node in nodes:
        if node.tag in TEXT and not any(node.every(*TEXT)):
            if node.words:
                yield node.markup
        elif node.tag == "table":
            yield from (Markup(": ").join(c.markup for c in row.elements() if c.words) for row in node.every("tr"))
        else:
            yield from _paragraphs(list(node.elements()))


def _questions(nodes: list[HtmlNode]) -> Iterator[SlideStep]:
    """One at a time: the room thinks about nothing else."""
    asked = [item for node in nodes for item in (node.elements() if node.tag in ("ol", "ul") else ())]
    for number, item in enumerate(asked, 1):
        yield SlideStep("question", f"Question {number} of {len(asked)}", (item.markup,))
    if not asked:
        yield from _texts("question", "To talk about", nodes)
