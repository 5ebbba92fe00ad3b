"""Slips in front matter are told where they are and as what they are: curly quotes, tabs, an end that is missing."""

import pytest

from webapp.library.front_matter.source import Fault, parse_page

PAGE = """---
title: Getting ready
summary: What to take.
owner: Practice team
verified:
  date: 2026-10-06
---
Take a pen.
"""


def told(page: str) -> list[str]:
    with pytest.raises(Fault) as fault:
        parse_page(page.encode(), "content/toolkit/page.md")
    return [f"{problem.line}: {problem.message}" for problem in fault.value.problems]


@pytest.mark.parametrize(
    ("instead", "said"),
    [
        ("“What: to take”", "3: `“` does not quote for YAML"),
        ("‘What: to take’", "3: `‘` does not quote for YAML"),
        ("{a: “What: to take”}", "3: `“` does not quote for YAML"),
        ('"What to take”', '3: the quotation mark `"` is closed by a curly one'),
        ("'What to take’", "3: the quotation mark `'` is closed by a curly one"),
        ('"What to take', '3: the quotation mark `"` is never closed'),
        ("What: to take", "3: there is a colon inside a value"),
        ("%50 off", "3: a value begins with a character that YAML keeps for itself"),
    ],
)
def test_quotes(instead: str, said: str):
    assert [line.startswith(said) for line in told(PAGE.replace("What to take.", instead))] == [True]


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ("  date", "\tdate", 6),
        ("  date", "  \tdate", 6),
        ("owner", "\towner", 4),
        ("owner: Practice team", "themes:\n\t- one\n\t- two", 5),
        ("owner: Practice team", "themes:\n-\tone\n-\ttwo", 5),
    ],
)
def test_a_tab_is_called_a_tab(before: str, after: str, line: int):
    (said,) = told(PAGE.replace(before, after, 1))
    assert said.startswith(f"{line}: there is a tab here")


@pytest.mark.parametrize(
    "close", ["", "\n", "\n## What to take\n", "\nBring this: a pen\n", "\n- a pen\n\nAnd a bag.\n"]
)
def test_front_matter_that_is_not_closed_is_told_where_the_text_begins(close: str):
    page = PAGE.replace("\n---\nTake", f"\n{close}Take")
    begins = next(n for n, line in enumerate(page.split("\n"), 1) if line[:3] in {"Tak", "## ", "Bri", "And"})
    for whole in (page, f"{page}\n---\n\nMore.\n"):  # a rule further down is not its end
        (said,) = told(whole)
        assert said.startswith((f"{begins}: the text begins here", f"{begins}: `Take")), said


@pytest.mark.parametrize(
    "nearly", ["--", "—", "–––", "----", " ---", "...", "***", "___", "===", "+++", "--- end", "~~~"]
)
def test_what_somebody_wrote_for_the_end_is_pointed_at(nearly: str):
    (said,) = told(PAGE.replace("\n---\nTake", f"\n{nearly}\nTake"))
    assert said.startswith("7: this line does not close the front matter")


def test_a_file_that_ends_in_its_front_matter_is_told_at_its_last_line():
    assert told(PAGE.split("\n---")[0]) == ["6: the front matter is not closed: put `---` below it"]


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (f"\n{PAGE}", "take away what stands before the first `---`"),
        (PAGE.replace("---", "—", 1), "three hyphens and nothing else"),
        (PAGE.replace("---", "----", 1), "three hyphens and nothing else"),
        ("# A title\n", "the first line must be `---`"),
    ],
)
def test_a_page_that_does_not_begin_with_front_matter(page: str, said: str):
    assert [said in line for line in told(page)] == [True]


def test_a_space_of_another_kind_is_named():
    assert told(PAGE.replace("  date", "\u00a0\u00a0date")) == [
        "6: there is a space of another kind here, pasted with the text: type it again"
    ]


@pytest.mark.parametrize("value", ["|\n  Text of\n\n  two paragraphs", "one\n\n# a remark\nthemes: []", ">-\n  a: b"])
def test_what_yaml_allows_is_read(value: str):
    assert parse_page(PAGE.replace("Practice team", value).encode(), "x.md").front["owner"]
