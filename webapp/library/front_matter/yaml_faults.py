"""What is wrong with YAML that cannot be read, at the line where somebody must mend it.

A parser stops where it can go no further, which is often a line or a page below the slip. So the lines up to there are
looked at first for the slips that people make; what the parser itself says comes last.
"""

import re
from collections.abc import Iterator

import yaml

from webapp.library.problems import Problem

KEY = r"[ ]*(?:- +)*[\w-]+"
GLUED = re.compile(r"([A-Za-z_-]+):(?!//)[^\s:]\S*")
ODD_SPACE = re.compile(r"[\u00a0\u2007\u202f\u3000]")
KEY_INDENTED = re.compile(r"( +)[\w-]+:(?:\s|$)")
SAYS_SOMETHING = re.compile(r"[\w-]+:[ ]+[^\s#|>\[{]")
AFTER_QUOTES = re.compile(rf"""{KEY}:[ ]+(?:"[^"]*"|'[^']*')[ ]*[^\s#,\]}}]""")
OPENED = {"[": "]", "{": "}"}
# A value, or an item of a list, that begins with a curly quote; YAML takes it for a letter.
BEGINS_CURLY = re.compile(rf"(?:{KEY}:|[ ]*-)[ ]+([“‘”’])|[{{\[,][^“”‘’]*:?[ ]+([“‘])")
ENDS_CURLY = re.compile(r"""(["'])[^"'“”‘’]*[”’“‘][ ]*$""")
TAB = re.compile(r"^[ ]*(?:-[ ]*)*\t|^[ ]*-\t")
OTHER_SPACE = "there is a space of another kind here, pasted with the text: type it again"


def problem(error: yaml.MarkedYAMLError, text: str, file: str, first_line: int) -> Problem:
    """The fault for which `text`, which begins on `first_line` of `file`, could not be read as YAML."""
    position = error.problem_mark or error.context_mark
    at = position.line if position else 0
    for line, column, message in _slips(error, text.split("\n"), at):
        return Problem(file, line + first_line, message, column)
    return Problem(file, at + first_line, _message(error, first_line), position.column + 1 if position else 0)


def _slips(error: yaml.MarkedYAMLError, lines: list[str], at: int) -> Iterator[tuple[int, int, str]]:
    """Line (from 0), column and advice of what people get wrong, the surest first. `at` is where the parser stopped."""
    message, begins = error.problem or "", error.context_mark
    for line in (at, at - 1):
        if 0 <= line < len(lines) and (tab := TAB.match(lines[line])):
            yield line, tab.end(), "there is a tab here, which YAML does not take before a key or value: use spaces"
    if "quoted scalar" in (error.context or "") and begins and (curly := ENDS_CURLY.search(lines[begins.line])):
        advice = f"the quotation mark `{curly[1]}` is closed by a curly one: type it straight, as at the beginning"
        yield begins.line, curly.end(), advice
    if 0 <= at < len(lines) and (curly := BEGINS_CURLY.search(lines[at])):
        advice = f"`{curly[1] or curly[2]}` does not quote for YAML: put the value in straight quotes instead"
        yield at, curly.end(), advice
    if "quoted scalar" in (error.context or "") and "end of stream" in message and begins:
        quote = lines[begins.line][begins.column]
        yield begins.line, begins.column + 1, f"the quotation mark `{quote}` is never closed: put another at the end"
    if "escape character" in message and error.problem_mark:
        advice = "a backslash in double quotes has a meaning of its own: use single quotes"
        yield at, error.problem_mark.column + 1, advice
    if "escape code" in message and error.problem_mark:
        yield at, error.problem_mark.column, "the code after this backslash is no character of its own: remove it"
    if "flow" in (error.context or "") and begins and begins.line < at:
        opened = lines[begins.line][begins.column]
        advice = f"`{opened}` is opened here and never closed: put `{OPENED.get(opened, opened)}` at the end"
        yield begins.line, begins.column + 1, advice
    for line in (at, at - 1):
        if not 0 <= line < len(lines):
            continue
        here = lines[line]
        if odd := ODD_SPACE.search(here):
            yield line, odd.start() + 1, OTHER_SPACE
        if glued := GLUED.fullmatch(here.split(" ")[0]):
            yield line, len(glued[1]) + 1, f"put a space after `{glued[1]}:`"
    if not 0 <= at < len(lines):
        return
    here, before = lines[at], lines[at - 1] if at else ""
    indented = KEY_INDENTED.match(here)
    if indented and "mapping values" in message and SAYS_SOMETHING.match(before):
        yield at, 1, "this line begins with a space: let it begin where the line above does"
    if AFTER_QUOTES.match(here):
        yield (
            at,
            error.problem_mark.column + 1 if error.problem_mark else 0,
            ("there is more after the closing quotation mark: put all of it in quotes, and use ‘ and ’ within"),
        )
    if "could not find expected ':'" in message and begins:
        advice = f"`{lines[begins.line].strip()[:40]}` is no `key: value`: write the key, a colon and a space before it"
        yield begins.line, begins.column + 1, advice
    if "mapping values" in message and ":" not in before and before.strip() and re.match(rf"{KEY}:", here):
        yield at - 1, 1, f"`{before.strip()[:40]}` is no `key: value`: write the key, a colon and a space before it"


def _message(error: yaml.MarkedYAMLError, first_line: int) -> str:
    message = error.problem or error.context or "it cannot be read"
    # Our own message about a repeated key carries a line counted from the YAML's start.
    message = re.sub(r"\{(\d+)\}", lambda m: str(int(m[1]) + first_line), message)
    if "mapping values are not allowed" in message:
        return "there is a colon inside a value: put the value in double quotes"
    if "found character" in message and "cannot start any token" in message:
        return "a value begins with a character that YAML keeps for itself: put it in double quotes"
    if "could not determine a constructor" in message:
        return "a value begins with `!`, which YAML keeps for itself: put it in double quotes"
    if "scanning an a" in (error.context or ""):  # an alias or an anchor
        return "a value begins with `*` or `&`, which YAML keeps for itself: put it in double quotes"
    if "comment or line break" in message:
        return "a value begins with `|` or `>`, which YAML keeps for itself: put it in double quotes"
    if "block sequence entries" in message:
        return "a list begins on a line of its own, below its key: or write `[one, two]`"
    if "twice" in message:
        return message
    return "the line does not fit those above it: check quotes, brackets and the spaces before each key"
