"""Characters that no file can hold are named to whoever wrote them, and never reach a page."""

import pytest

from webapp.library.characters import writable
from webapp.library.front_matter.source import Fault, parse_page, parse_yaml

PAGE = "---\ntitle: A choir\nsummary: {}\n---\n{}\n"
RAW = ["\ufffe", "\uffff", "\x00", "\x01", "\x0b", "\x1b", "\x7f", "\ufdd0", "\U0001ffff"]
ESCAPES = ["\\u0000", "\\uFFFE", "\\ud800", "\\x01", "\\U0010ffff", "\\0", "\\a", "\\e", "\\v"]


@pytest.mark.parametrize("character", RAW, ids=repr)
@pytest.mark.parametrize(("front", "body", "line"), [("We si{}ng", "Text", 3), ("We sing", "One\n\nTw{}o", 7)])
def test_a_pasted_control_is_named_with_its_line(character: str, front: str, body: str, line: int) -> None:
    with pytest.raises(Fault) as fault:
        parse_page(PAGE.format(front.format(character), body.format(character)).encode(), "content/a.md")
    (problem,) = fault.value.problems
    assert problem.line == line
    assert f"U+{ord(character):04X}" in problem.message
    assert "remove it" in problem.message


@pytest.mark.parametrize("escape", ESCAPES)
def test_so_is_one_that_yaml_writes_as_an_escape(escape: str) -> None:
    with pytest.raises(Fault, match="remove it") as fault:
        parse_page(PAGE.format(f'"We si{escape}ng"', "Text").encode(), "content/a.md")
    assert fault.value.problems[0].line == 3
    with pytest.raises(Fault, match="remove it"):
        parse_yaml(f'a:\n  - "{escape}"\n'.encode(), "content/site.yml")


@pytest.mark.parametrize("said", ['"One\\ntwo\\tthree"', '"\\u00e9\\x41"', "'\\u0000'", "\\u0000", '"\\U0001F600"'])
def test_ordinary_escapes_and_backslashes_stay(said: str) -> None:
    assert parse_page(PAGE.format(said, "Text").encode(), "content/a.md").front["summary"]


def test_what_people_write_stays() -> None:
    for text in ("Ciepły posiłek, گرم\u200c کھانا", "a\tb\nc\r\nd", "😀 e\u0301 \u00a0 \ufffd", ""):
        assert writable(text) == text
