"""Lines of Markdown as an editor would write them, made of lines in which our own marks are told from words.

What a converter means as a mark (an item, a heading, a row of a table) it begins with MARK; what stands inside an item
it begins with DEEPER. Everything else is words, and where these look like a mark ("2026. A good year", ": see below")
they are written so that they stay words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

MARK, DEEPER = "\ue000", "\ue001"
LINK, LINKED = "\ue002", "\ue003"  # the brackets of a link that is one
BREAK = "\ue005"  # ends a line after which the next begins on a line of its own
OURS = re.compile("[\ue000-\ue005]")  # never in what was published: see `without_ours`

LOW = "\uf0b7\uf0a7\uf0d8\uf076\uf0fc"  # what a bullet of an office program's symbol font is pasted as
BULLET = re.compile(rf"([•·●▪‣◦○■⁃{LOW}])[ \t]*(?=\S)|(\\?[*+][ \t]+(?=\S)|[-–—](?:[ \t]+(?=\S)|(?=[^\W\d_])))")
NUMBER = re.compile(r"(\d{1,3})\.[ \t]+(?=\S)")
DRAWN = re.compile(r"(?:\\?[*_=-]\s*)+")  # a line drawn by hand
SPACES = re.compile(r"(?<=\S) {2,}")  # no reader sees more than one
EMPTY_LINES = re.compile(r"\n{3,}")
EMPTY = re.compile(r"#+")  # a heading without words


@dataclass(frozen=True)
class MarkdownLine:
    """One line. `kind` is a mark's ("item", "heading", "row", "box", "definition"), else "words", or "" for no line.

    `depth` is how many items it stands in, `indent` how far it stood in from the left where it came as plain text.
    """

    kind: str
    words: str
    depth: int = 0
    broken: bool = False  # the next line begins on a line of its own
    indent: int = 0


def without_ours(text: str) -> str:
    """`text` as it was published, without characters that we use for marks."""
    return OURS.sub("", text)


def tidy(text: str, *, plain: bool) -> str:
    """`text` as Markdown. `plain`: it came without markup, so that each line end was meant."""
    lines = [_read(line, plain) for line in text.split("\n")]
    lines = list(_numbered(list(_bulleted(lines))))
    made = "\n".join(_as_markdown(_levelled(_spaced([_guarded(line, plain) for line in lines]))))
    made = EMPTY_LINES.sub("\n\n", made).strip("\n")
    return _brackets(made)


def _read(raw: str, plain: bool) -> MarkdownLine:
    inner = raw.lstrip(f"{DEEPER} \t\u00a0")
    ahead = raw[: len(raw) - len(inner)]
    depth, broken = ahead.count(DEEPER), plain or BREAK in inner
    words = SPACES.sub(" ", inner.replace("\u00a0", " ").replace(BREAK, " ")).rstrip()
    if words.startswith(MARK):
        return MarkdownLine(_kind(words[1:]), words[1:].replace(MARK, ""), depth, broken)
    words = words.replace(MARK, "")
    if not words or DRAWN.fullmatch(words) or EMPTY.fullmatch(words):
        return MarkdownLine("", "")
    return MarkdownLine("words", words, depth, broken, indent=len(ahead.expandtabs(4)))


def _kind(words: str) -> str:
    kinds = {"#": "heading", "|": "row", "?": "box", ":": "definition", "-": "item"}
    return kinds.get(words[:1], "item")


def _bulleted(lines: list[MarkdownLine]) -> Iterator[MarkdownLine]:
    """Words after a bullet are items of a list. A single dash or star makes no list; two below each other do."""
    indents: list[int] = []
    filled = [line for line in lines if line.kind]
    pairs = [(id(above), id(below)) for above, below in pairwise(filled) if _bullet(above) and _bullet(below)]
    listed = {one for pair in pairs for one in pair}
    for line in lines:
        match = _bullet(line)
        if not match or not (match[1] or id(line) in listed):
            indents = indents if line.kind == "" else []
            yield line
            continue
        while indents and indents[-1] > line.indent:
            indents.pop()
        if not indents or indents[-1] < line.indent:
            indents.append(line.indent)
        yield replace(line, kind="item", words=f"- {line.words[match.end() :]}", depth=line.depth + len(indents) - 1)


def _bullet(line: MarkdownLine) -> re.Match[str] | None:
    return BULLET.match(line.words) if line.kind == "words" else None


def _numbered(lines: list[MarkdownLine]) -> Iterator[MarkdownLine]:
    """Lines that count on from each other (1. 2. 3.) are a numbered list; a lone "2026." or "12." is not."""
    filled = [line for line in lines if line.kind]
    counted = set[int]()
    for before, after in pairwise(filled):
        if _number(after) == _number(before) + 1 > 1 and before.depth == after.depth:
            counted |= {id(before), id(after)}
    for line in lines:
        if id(line) in counted:
            yield replace(line, kind="item", words=NUMBER.sub(lambda m: f"{int(m[1])}. ", line.words, count=1))
        else:
            yield line


def _number(line: MarkdownLine) -> int:
    match = NUMBER.match(line.words) if line.kind == "words" else None
    return int(match[1]) if match else -9


def _guarded(line: MarkdownLine, plain: bool) -> MarkdownLine:
    """Words that begin like a mark, with the backslash that keeps them words."""
    if line.kind == "item":
        bullet, _, rest = line.words.partition(" ")
        return replace(line, words=f"{bullet} {_safe(rest)}".rstrip())
    if line.kind != "words":
        return line
    if plain and re.match(r"#{1,6} ", line.words):
        return replace(line, kind="heading")
    return replace(line, words=_safe(line.words))


def _safe(words: str) -> str:
    if words[:1].isalpha():
        return words  # nothing that begins with a letter is a mark
    words = re.sub(r"^(\d+)([.])(?=\s|$)", r"\1\\\2", words)
    words = re.sub(r"^<(?=<{6} )", "&lt;", words)  # what git leaves in a file that it could not merge
    words = re.sub(r"^(>|!!!|[+-](?=\s|$)|#)", r"\\\1", words)
    words = re.sub(r"^:(?=\s|$)", "&#58;", words)
    return re.sub(r"^\?\?\?", r"?&#63;?", words)


def _spaced(lines: list[MarkdownLine]) -> list[MarkdownLine]:
    """An empty line wherever Markdown would else take two blocks for one, and none inside a box or a definition."""
    out: list[MarkdownLine] = []
    for line in lines:
        last = out[-1] if out else MarkdownLine("", "")
        before = last if last.kind else next((one for one in reversed(out) if one.kind), last)
        if not line.kind:
            if last.kind and last.kind != "box":
                out.append(line)
            continue
        if before.kind == "words" and line.kind == "definition":
            while not out[-1].kind:
                out.pop()
        elif before.kind == line.kind == "item" and before.words[:1].isdigit() == line.words[:1].isdigit():
            while not out[-1].kind:  # items of one list stand together, however far apart they were typed
                out.pop()
        elif last.kind and (_apart(last, line) or _ends_loose(out, line)):
            out.append(MarkdownLine("", ""))
        out.append(line)
    return out


def _ends_loose(above: list[MarkdownLine], line: MarkdownLine) -> bool:
    """Whether `line` is the next item of a list whose item above it held several blocks."""
    if line.kind != "item":
        return False
    for one in reversed(above):
        if not one.kind:
            return True
        if one.kind == "item" and one.depth <= line.depth:
            return False
    return False


def _apart(above: MarkdownLine, below: MarkdownLine) -> bool:
    if above.kind == "box":
        return False
    if above.kind == below.kind == "words":
        return above.depth != below.depth
    if above.kind == "item" and below.kind in {"words", "item"}:
        return below.kind == "words" and below.depth <= above.depth
    return above.kind != below.kind or above.kind in {"heading", "box"}


def _levelled(lines: list[MarkdownLine]) -> list[MarkdownLine]:
    """Headings begin at ## and skip no level, whatever the feed had."""
    found = [len(line.words) - len(line.words.lstrip("#")) for line in lines if line.kind == "heading"]
    shift, last = 2 - min(found, default=2), 1
    out: list[MarkdownLine] = []
    for line in lines:
        if line.kind == "heading":
            words = line.words.lstrip("#")
            last = min(len(line.words) - len(words) + shift, last + 1, 5)
            words = words.strip().strip("#").replace("**", "").strip()
            level = f"{'#' * last} {words}" if not line.depth else f"**{words}**"  # no heading stands in an item
            line = replace(line, words=level) if words else MarkdownLine("", "")
        out.append(line)
    return out


def _as_markdown(lines: list[MarkdownLine]) -> Iterator[str]:
    for at, line in enumerate(lines):
        below = lines[at + 1] if at + 1 < len(lines) else MarkdownLine("", "")
        breaks = line.broken and line.kind in {"words", "item", "definition"} and below.kind == "words"
        yield f"{'    ' * line.depth}{line.words}{'  ' if breaks else ''}" if line.kind else ""


def _brackets(text: str) -> str:
    """Brackets that would make a link, a footnote or a note of words; those of our own links as Markdown has them."""
    blocks = text.split("\n\n")
    for at, block in enumerate(blocks):
        if re.search(r"\][(\[:]|\[\^", block) or f"]{LINK}" in block:
            blocks[at] = re.sub(r"(?<!\\)\[", r"\\[", block)
    text = re.sub(rf"!(?=\[|\\\[|{LINK})", r"\\!", "\n\n".join(blocks))
    return text.replace(LINK, "[").replace(LINKED, "]")
