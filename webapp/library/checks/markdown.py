"""What may be wrong with the Markdown of a page, with line and column. Nothing here stops a page."""

import re
from collections.abc import Iterator

from webapp.library.checks import lists
from webapp.library.front_matter.source import Source
from webapp.library.problems import Problem, did_you_mean, or_list

BOXES = ("note", "example", "warning", "prompt")
CODE = re.compile(r"(?ms)^(```|~~~).*?^\1[ \t]*$|`[^`\n]+`")
# An address in angle brackets is a link, not a tag: `<https://example.org>`, `<hello@example.org>`.
RAW_HTML = re.compile(r"<(?!https?:|mailto:|tel:|[^<>@\s]+@[^<>@\s]+>)/?[a-zA-Z!][^>\n]*>?")
HEADING = re.compile(r"(?m)^(#{1,6})([ \t]*)([^\n]*?)[ \t#]*$")
FENCE = re.compile(r"(?m)^(```|~~~)")
UNDERLINE = re.compile(r"[=-]{2,}[ \t]*$")
BOLD = re.compile(r"(?<![*\\])\*\*(?!\*)(?:(?=\S)|(?<=\S\*\*))")
LIST_ITEM = re.compile(r"(?:[-*+]|[0-9]{1,2}\.)[ \t]+\S")
BOX = re.compile(r"(?m)^(?:!!!|\?\?\?\+?) *(\w+)([^\n]*)")
BOX_TITLE = re.compile(r'[ \t]*(?:"[^"]*")?[ \t]*')
# Words of a link that say nothing of where it leads: WCAG 2.2, 2.4.4 and 2.4.9 (link purpose).
VAGUE = {
    "here", "click here", "click", "this", "this link", "this page", "link", "read more", "more", "more info",
    "more information", "learn more", "see here", "go", "page", "website", "details", "find out more",
}  # fmt: skip
OWN_MACHINE = re.compile(r"https?://(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::|/|$)")
LINK = re.compile(r"(?<!!)\[([^\[\]]*)\]\(([^()\s]*)[^()]*\)")
BARE_ADDRESS = re.compile(r"(?<![\w(\[<\"'=/:.])(?:https?://|www\.)[^\s)>\]]+")
AUTOLINK = re.compile(r"<https?://[^>\s]+>")
# A link that Markdown does not take for one: readers would see its brackets.
SPLIT = re.compile(r"\[[^\[\]\n]+\][ \t]+\((?:https?://|mailto:|/|#)[^)\n]*\)")
ADDRESS = re.compile(r"\]\(([^()\n]*(?:\([^()\n]*\)[^()\n]*)*)(\)?)")
ADDRESS_AND_TITLE = re.compile(r"""[ \t]*(?:<[^<>]*>|\S*)(?:[ \t]+["'(].*)?[ \t]*""")
COLONS = re.compile(r"(?m)^:::+[ \t]*(\w*)")
REFERENCE = re.compile(r"\[([^\[\]^][^\[\]]*)\]\[([^\[\]]*)\]")
REFERENCE_MADE = re.compile(r"(?m)^ {0,3}\[([^\]^][^\]]*)\]:[ \t]*\S")
FOOTNOTE = re.compile(r"\[\^([^\]\s]+)\](:)?")
SEPARATOR = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?")
ROW_HEADING = re.compile(r"[ \t]*\|[ \t]*\*\*[^|]+\*\*[ \t]*\|")
# What UTF-8 looks like once it has been read as Windows-1252 and saved again.
TWICE_SAVED = re.compile(r"â€[™œ\x9d“”˜¦]|Ã[©¨ªª«®¯´¼¶¤¡³±§]|Â[£°·«»]|\ufffd")
UNSEEN = re.compile(r"[\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
LEFT_IN = re.compile(r"‹[^›\n]{1,200}›|\breplace-me@example\.org\b")
LEFT_IN_HAS = ("‹", "replace-me@")  # one of these: to look for them first takes no time
AGENDA = ("Agenda", "Case prompt", "Discussion questions", "Take it back to practice")  # of every spotlight


def faults(kind: str, source: Source) -> Iterator[Problem]:
    """Every fault in the body of a page of `kind`, a key of model.MODELS."""
    body = CODE.sub(_blank, source.body) if "`" in source.body or "~~~" in source.body else source.body
    yield from _unfinished(kind, source, body)
    yield from _raw_html(source, body)
    yield from _headings(source, body)
    yield from _blocks(source, body)
    yield from lists.faults(source, body)
    yield from _boxes(source, body)
    yield from _links(source, body)
    yield from _footnotes(source, body)
    yield from _characters(source)


def _blank(code: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", code[0])


def _unfinished(kind: str, source: Source, body: str) -> Iterator[Problem]:
    if not source.body.strip() and kind != "section":
        yield Problem(source.file, source.body_line - 1, "the page is empty: write its text below the front matter")
    fence = FENCE.search(body)
    if fence:
        message = f"the code that begins here never ends: put another line {fence[1]} after it"
        yield source.body_problem(message, fence.start())
    if source.front.get("draft") is not True and any(sign in source.whole for sign in LEFT_IN_HAS):
        for left in LEFT_IN.finditer(source.whole):
            yield source.problem_at(f"`{left[0][:60]}` stands here as in a new page: write your own", left.start())
    if kind == "spotlight" and source.body.strip():
        missing = [name for name in AGENDA if f"\n## {name}" not in f"\n{source.body}"]
        if missing:
            message = f"the session lacks {or_list(f'## {name}' for name in missing).replace(' or ', ' and ')}"
            yield Problem(source.file, source.body_line, message)
        agenda = re.search(r"(?ms)^## Agenda\b(.*?)(?=^## |\Z)", body)
        if agenda and not re.search(r"(?m)^\|", agenda[1]):
            message = "the agenda has no table: begin one with `| Minutes | What |` and `|---|---|` below it"
            yield source.body_problem(message, agenda.start())


def _raw_html(source: Source, body: str) -> Iterator[Problem]:
    if "<" in body:
        for match in RAW_HTML.finditer(body):
            message = f"`{match[0][:40]}` is raw HTML, which is not used: write it in Markdown"
            yield source.body_problem(message, match.start())


def _headings(source: Source, body: str) -> Iterator[Problem]:
    level, seen = 1, dict[str, int]()
    for match in HEADING.finditer(body):
        marks, space, name = match[1], match[2], match[3]
        depth, at = len(marks), match.start()
        if not name:
            yield source.body_problem("this heading has no words: write them or remove the line", at)
            continue
        if not space:
            yield source.body_problem(
                f"put a space after `{marks}`, or a backslash before it if this is no heading", at
            )
        if depth == 1:
            message = "the title is the only first-level heading: begin with `##`"
            yield source.body_problem(f"`# {name[:40]}`: {message}", at)
        elif depth > level + 1:
            message = f"this heading skips a level: use {'#' * (level + 1)}"
            yield source.body_problem(f"`{marks} {name[:40]}`: {message}", at)
        level = max(depth, 1)
        first = seen.setdefault(name.casefold(), at)
        if first != at:
            line = source.body_problem("", first).line
            message = f"there is another heading `{name[:40]}` on line {line}: readers and links cannot tell them apart"
            yield source.body_problem(message, at)


def _blocks(source: Source, body: str) -> Iterator[Problem]:
    """Tables, lists that are glued to a paragraph, and headings by a line of dashes: faults of neighbouring lines."""
    at, block = 0, list[tuple[int, str]]()
    for line in [*body.split("\n"), ""]:
        if line.strip():
            block.append((at, line))
        elif block:
            yield from _block(source, block)
            block = []
        at += len(line) + 1


def _block(source: Source, block: list[tuple[int, str]]) -> Iterator[Problem]:
    first = block[0][1]
    bold = [at + match.start() for at, line in block for match in BOLD.finditer(line)]
    if len(bold) % 2:
        message = "there is a `**` too many or too few: bold begins with one and ends with another"
        yield source.body_problem(message, bold[-1])
    table = [(at, line) for at, line in block if line.lstrip().startswith("|")]
    if len(table) > 1 or (len(block) > 1 and "|" in first and SEPARATOR.fullmatch(block[1][1].strip())):
        yield from _table(source, table or block)
        return
    if first[0].isspace() or LIST_ITEM.match(first) or first.startswith(("#", ">", "!!!", "???", "|", "[")):
        return
    for number, (at, line) in enumerate(block[1:], 1):
        if number == 1 and UNDERLINE.fullmatch(line):
            message = "this line makes a heading of the one above: use `##`, or leave an empty line between them"
            yield source.body_problem(message, at)
            return
        if LIST_ITEM.match(line):
            yield source.body_problem("leave an empty line before this list, or it is shown as one paragraph", at)
            return


def _table(source: Source, rows: list[tuple[int, str]]) -> Iterator[Problem]:
    begin, head = rows[0]
    if len(rows) < 2 or not SEPARATOR.fullmatch(rows[1][1].strip()) or SEPARATOR.fullmatch(head.strip()):
        message = "the table has no header row: name its columns in the first line and put `|---|---|` below them"
        yield source.body_problem(message, begin)
        return
    wanted = len(_cells(head))
    by_row = all(ROW_HEADING.match(line) for _, line in rows[2:])  # then the rows name what stands in them
    if not any(cell.strip() for cell in _cells(head)) and not by_row:
        yield source.body_problem("the header row of this table is empty: name its columns", begin)
    for number, (at, line) in enumerate(rows[1:], 2):
        have = len(_cells(line))
        if have != wanted:
            what = "the line below the header" if number == 2 else "this row"
            yield source.body_problem(f"{what} has {have} cells and the header {wanted}: make them the same", at)


def _cells(line: str) -> list[str]:
    inner = line.strip().replace("\\|", "  ").removeprefix("|")
    return inner.removesuffix("|").split("|")


def _boxes(source: Source, body: str) -> Iterator[Problem]:
    opening = COLONS.search(body) if ":::" in body else None
    if opening:
        message = '`:::` makes no box: begin it with `!!! note "Good to know"` and indent its text by four spaces'
        yield source.body_problem(message, opening.start())
    if "!!!" not in body and "???" not in body:
        return
    for match in BOX.finditer(body):
        if match[1] not in BOXES:
            message = f"there is no box `{match[1]}`{did_you_mean(match[1], BOXES)}"
            yield source.body_problem(message, match.start())
        elif not BOX_TITLE.fullmatch(match[2]):
            message = (
                f'put the title of this box in straight double quotes: `!!! {match[1]} "{match[2].strip(" “”")[:40]}"`'
            )
            yield source.body_problem(message, match.start(2))
        rest = body[match.end() :].lstrip("\n")
        if not rest.startswith(("    ", "\t")):
            yield source.body_problem("this box is empty: indent its text by four spaces", match.start())


def _links(source: Source, body: str) -> Iterator[Problem]:
    if "](" in body:
        for match in LINK.finditer(body):
            words = match[1].strip(" *_").rstrip(".:!").casefold()
            if not words:
                yield source.body_problem("this link has no words: say where it leads", match.start())
            elif OWN_MACHINE.match(match[2]):
                message = "this address is one of your own machine, where readers cannot go: begin with / instead"
                yield source.body_problem(message, match.start(2))
            elif words in VAGUE or words.startswith(("http://", "https://", "www.")):
                message = f"`{match[1][:40]}` does not say where the link leads: name the page or what it is for"
                yield source.body_problem(message, match.start())
        yield from _unmade(source, body)
    for match in SPLIT.finditer(body) if "] " in body else ():
        yield source.body_problem("take the space between `]` and `(` away, or this is no link", match.start())
    if "http" in body or "www." in body:
        made = {m.start() for m in REFERENCE_MADE.finditer(body)}
        for match in (*BARE_ADDRESS.finditer(body), *AUTOLINK.finditer(body)):
            if body.rfind("\n", 0, match.start()) + 1 not in made:
                message = f"`{match[0][:40]}` is an address without words: write `[what it is](address)`"
                yield source.body_problem(message, match.start())
    if "][" in body:
        names = {name.casefold() for name in REFERENCE_MADE.findall(body)}
        for match in REFERENCE.finditer(body):
            name = match[2] or match[1]
            if name.casefold() not in names:
                message = f"the link `[{name[:40]}]` has no address: add a line `[{name[:40]}]: /toolkit/…`"
                yield source.body_problem(message, match.start())


def _unmade(source: Source, body: str) -> Iterator[Problem]:
    """Addresses of links and pictures that never end, or that hold a space."""
    for match in ADDRESS.finditer(body):
        line = body.rfind("\n", 0, match.start()) + 1
        at = max(body.rfind("[", line, match.start()), line)
        if not match[2] and '"' not in match[1]:
            yield source.body_problem("the address of this link never ends: put `)` after it", at)
        elif match[2] and not ADDRESS_AND_TITLE.fullmatch(match[1]):
            message = (
                f"the address `{match[1][:40]}` has a space in it, which no address has: take it out, or write `%20`"
            )
            yield source.body_problem(message, at)


def _footnotes(source: Source, body: str) -> Iterator[Problem]:
    if "[^" not in body:
        return
    used: dict[str, int] = {}
    made: dict[str, int] = {}
    for match in FOOTNOTE.finditer(body):
        defines = match[2] and body.rfind("\n", 0, match.start()) == match.start() - 1
        if defines and match[1] in made:
            yield source.body_problem(f"the footnote `[^{match[1]}]` is written twice: keep one", match.start())
        (made if defines else used).setdefault(match[1], match.start())
    for name in used.keys() - made.keys():
        yield source.body_problem(f"the footnote `[^{name}]` has no text: add a line `[^{name}]: …`", used[name])
    for name in made.keys() - used.keys():
        message = f"nothing refers to the footnote `[^{name}]`: put `[^{name}]` where it belongs, or remove it"
        yield source.body_problem(message, made[name])


def _characters(source: Source) -> Iterator[Problem]:
    if source.whole.isascii():
        return
    for match in TWICE_SAVED.finditer(source.whole):
        message = f"`{match[0]}` is what a letter becomes when a file is saved in the wrong encoding: type it again"
        yield source.problem_at(message, match.start())
    for match in UNSEEN.finditer(source.whole):
        message = f"there is an unseen character here (U+{ord(match[0]):04X}), pasted with the text: delete it"
        yield source.problem_at(message, match.start())
