"""Lists that Markdown does not show as lists: in the wrong column, or begun with a sign that it does not know."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from webapp.library.front_matter.source import Source
from webapp.library.problems import Problem

NESTED_BY = 4  # spaces for each level: Python-Markdown, as the first rules of Markdown have it
ITEM = re.compile(r"(?:[-*+]|(?P<number>[0-9]{1,9}\.))[ \t]+\S")
QUOTED = re.compile(r"(?:> ?)+")
# Beside an item, what indented text may belong to.
HOLDS = re.compile(r"(?:!!!|\?\?\?\+?) *\w|\[\^[^\]\s]+\]:|:[ \t]+\S")

DEEPER = f"begin a list inside another with {NESTED_BY} spaces for each level"
AS_CODE = "take the spaces before it away"
MIXED = "leave an empty line between a list with numbers and one without"
OUTSIDE = f"the list ends before this line: indent a paragraph that belongs to an item by {NESTED_BY} spaces"


@dataclass(frozen=True, slots=True)
class _Family:
    """Lines that begin alike. They are a list where there are two, or one whose beginning is `sure`."""

    begins: re.Pattern[str]
    sure: re.Pattern[str] | None
    advice: str


_HYPHEN = "begin each line with a hyphen and a space, as in `- one`"
_NUMBER = "begin each line with a number, a full stop and a space, as in `1. one`"
_SPACE = "put a space after what each line begins with, as in `- one` or `1. one`"
FAMILIES = (
    # What nothing but a list begins with; the last comes from Word.
    _Family(re.compile(r"[•‣◦▪▫●○■□∙►▸▶➢➤\uf0b7][ \t]*\S"), re.compile("."), _HYPHEN),
    _Family(re.compile(r"[·✓✔✗✘\u2010\u2011–—][ \t]*\S|o[ \t]+\S"), None, _HYPHEN),
    _Family(re.compile(r"\(?[0-9]{1,3}\)[ \t]+\S"), re.compile(r"\(?1\)"), _NUMBER),
    _Family(re.compile(r"\(?(?:[a-zA-Z]|[ivxIVX]{2,4})\)[ \t]+\S"), re.compile(r"\(?[aAiI]\)"), _NUMBER),
    _Family(re.compile(r"(?:[a-zA-Z]|[ivxIVX]{2,4})\.[ \t]+\S"), None, _NUMBER),
    _Family(re.compile(r"[-+][^\W\d_]|\*[^\W\d_][^*]*$|[0-9]{1,2}\.[^\W\d_]"), None, _SPACE),
)


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a body: its number there, where it begins, how many spaces it is indented by, and the rest."""

    number: int
    at: int
    indent: int
    text: str


_Fault = tuple[_Line, str]  # a line, and what to do about it


def faults(source: Source, body: str) -> Iterator[Problem]:
    """Each stretch of lines that readers do not see as the list it is. `body` is that of `source`, without its code."""
    lines = list(_lines(body))
    for found, reason in (*_together(_misplaced(lines)), *_unknown(lines)):
        first, last = found[0].number + source.body_line, found[-1].number + source.body_line
        where = f"lines {first}-{last} are" if last > first else "this line is"
        message = reason if reason is OUTSIDE else f"{where} not shown as a list: {reason}"
        yield source.body_problem(message, found[0].at)


def _lines(body: str) -> Iterator[_Line]:
    at = 0
    for number, line in enumerate(body.split("\n")):
        quoted = QUOTED.match(line)
        content = line[quoted.end() :] if quoted else line
        text = content.lstrip(" \t")
        indent = len(content[: len(content) - len(text)].expandtabs(NESTED_BY))
        yield _Line(number, at + len(line) - len(text), indent, text.rstrip())
        at += len(line) + 1


def _together(faults: Iterable[_Fault]) -> Iterator[tuple[list[_Line], str]]:
    """Neighbouring lines of which the same is to be said."""
    found: list[_Line] = []
    reason = ""
    for line, here in faults:
        if found and (here != reason or line.number != found[-1].number + 1):
            yield found, reason
            found = []
        found.append(line)
        reason = here
    if found:
        yield found, reason


def _misplaced(lines: Iterable[_Line]) -> Iterator[_Fault]:
    """Items and their paragraphs that stand in a column where they are taken for something else."""
    inside: list[tuple[int, bool]] = []  # the items that we are in, outermost first: indent, and whether it has numbers
    holds = after_text = False
    for line in lines:
        item = ITEM.match(line.text)
        if item:
            numbered = item["number"] is not None
            while inside and inside[-1][0] > line.indent:
                inside.pop()
            if not inside and line.indent >= NESTED_BY and not holds:
                yield line, AS_CODE
            elif not inside:
                inside.append((line.indent, numbered))
            elif line.indent - inside[-1][0] < 2:  # beside it; one space more is a slip that does no harm
                if after_text and numbered != inside[-1][1]:
                    yield line, MIXED
                else:
                    inside[-1] = (inside[-1][0], numbered)
            elif line.indent - inside[-1][0] < NESTED_BY:
                yield line, DEEPER
            else:
                inside.append((line.indent, numbered))
        elif line.text and not after_text:
            if not line.indent:
                inside, holds = [], bool(HOLDS.match(line.text))
            elif inside and line.indent < NESTED_BY:
                yield line, OUTSIDE
        elif line.text.startswith("#") and not line.indent:
            inside, holds = [], False
        after_text = bool(line.text)


def _unknown(lines: Sequence[_Line]) -> Iterator[tuple[list[_Line], str]]:
    """Runs of lines that begin like items but are no list in Markdown; empty lines may stand between."""
    for family in FAMILIES:
        run: list[_Line] = []
        after_text = False
        for line in [*lines, _Line(0, 0, 0, "#")]:
            if family.begins.match(line.text):
                run.append(line)
            elif line.text and not (after_text and run and not line.text.startswith("#")):
                if run and (len(run) > 1 or (family.sure and family.sure.match(run[0].text))):
                    yield run, family.advice
                run = []
            after_text = bool(line.text)
