"""Whoever writes a list that readers would not see as one is told, with its lines; real lists are left in peace."""

import re

import pytest

from webapp.library.build.rendering import render
from webapp.library.checks import lists, markdown
from webapp.library.front_matter.source import Source


def told(body: str) -> list[str]:
    """What is said of a page whose text begins on line 9."""
    source = Source("content/toolkit/page.md", {}, "", 2, body, 9)
    return [f"{problem.line} {problem.message}" for problem in lists.faults(source, body)]


def shown(body: str) -> str:
    html = render(Source("content/toolkit/page.md", {}, "", 2, body, 9)).html
    return re.sub(r' class="[^"]*"|\n', "", html)


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("- Take\n  - a pen\n  - a lanyard\n- Ask\n", "lines 10-11"),
        ("- Ask\n  1. who\n  2. when\n", "lines 10-11"),
        ("1. Knock\n   - twice\n", "this line"),
        ("* Take\n   * a pen\n", "this line"),
        ("- Take\n\n  - a pen\n  - a lanyard\n", "lines 11-12"),
        ("- One\n    - two\n      - three\n", "this line"),
        ("> - One\n>   - two\n>   - three\n", "lines 10-11"),
        ('!!! note "Take"\n    - a bag\n      - a pen\n', "this line"),
    ],
)
def test_a_list_inside_another_needs_four_spaces(body: str, lines: str):
    assert [f"{lines} " in said and said.endswith("4 spaces for each level") for said in told(body)] == [True]


def test_with_four_spaces_it_is_one_and_nothing_is_said():
    assert shown("- Take\n  - a pen\n") == "<ul><li>Take</li><li>a pen</li></ul>"
    assert shown("- Take\n    - a pen\n") == "<ul><li>Take<ul><li>a pen</li></ul></li></ul>"
    assert told("- Take\n    - a pen\n") == []


@pytest.mark.parametrize(
    "body",
    [
        "• pasted\n• from a document\n",
        "• only one\n",
        "▪ square\n▪ square\n",
        "\uf0b7\tfrom Word\n\uf0b7\tfrom Word\n",
        "– a dash\n– a dash\n",
        "o\tsecond level\no\tsecond level\n",
        "1) one\n2) two\n",
        "1) one\n\n2) two\n",
        "(1) one\n(2) two\n",
        "3) three\n4) four\n",
        "a) one\nb) two\n",
        "A) one\nB) two\n",
        "i) one\nii) two\n",
        "a. one\nb. two\n",
        "iv. four\nv. five\n",
        "-one\n-two\n",
        "1.one\n2.two\n",
        "*one\n*two\n",
        "Some words first.\n\n• one\n• two\n\nAnd some after.\n",
        "> 1) one\n> 2) two\n",
    ],
)
def test_signs_that_markdown_does_not_know_are_named(body: str):
    assert len(told(body)) == 1
    assert "<li>" not in shown(body)


def test_a_long_item_may_go_on_below():
    assert told("1) one that goes\non below\n2) two\n") == [
        "9 lines 9-11 are not shown as a list: begin each line with a number, a full stop and a space, as in `1. one`"
    ]


def test_every_stretch_is_told_with_its_own_lines():
    body = "- Take\n  - a pen\n  - a lanyard\n- Ask\n  1. who is home\n  2. whether there is a dog\n\n• one\n• two\n"
    assert [said.split(" are ")[0] for said in told(body)] == ["10 lines 10-11", "13 lines 13-14", "16 lines 16-17"]


def test_items_that_are_shown_as_code_or_in_the_line_above_are_named():
    assert "take the spaces before it away" in told("Take:\n\n    - a pen\n    - a bag\n")[0]
    assert "leave an empty line between" in told("- one\n- two\n1. three\n")[0]
    assert "indent a paragraph that belongs to an item" in told("1. Knock.\n\n   Wait for an answer.\n\n2. Go in.\n")[0]


@pytest.mark.parametrize(
    "body",
    [
        "- one\n- two\n\nText.\n",
        "- one\n    - two\n        - three\n- four\n",
        "- one\n\t- two\n",
        "1. one\n2. two\n\n    More of two.\n\n3. three\n",
        "- one\n - two\n",  # a slip that does no harm
        "* one\n* two\n",
        "10. ten\n11. eleven\n",
        "- one\ngoes on here\n- two\n",
        "- one\n\n- two\n\n    > quoted\n",
        "## Take\n- one\n- two\n",
        '!!! note "Take"\n    - one\n    - two\n\n    - three\n',
        "[^1]: A note.\n\n    - one\n    - two\n",
        "| a | b |\n|---|---|\n| - x | 1) y |\n",
        "A. Smith wrote it.\n\nNobody else did.\n",
        "– he said, and left.\n",
        "2026. A good year.\n",
        "**a)** in bold.\n",
        "*Emphasis* begins a line.\n*So* does this.\n",
        "-5 degrees\n",
        "o come all ye faithful\n",
        "I. One line that begins with a number of Rome.\n",
        "Call 0161 496 0000 (9am)\nor 0161 496 0001.\n",
        "- one\n- two\n\n1. one\n2. two\n",
        "Term\n:   What it means.\n",
    ],
)
def test_what_is_a_list_or_none_at_all_is_not_blamed(body: str):
    assert told(body) == []


@pytest.mark.parametrize("body", ["Write to <hello@example.org>.\n", "Ring <tel:+441614960000>.\n"])
def test_an_address_in_angle_brackets_is_no_raw_html(body: str):
    assert list(markdown.faults("toolkit", Source("content/toolkit/page.md", {}, "", 2, body, 9))) == []


@pytest.mark.parametrize("tag", ["<b>bold</b>", "<a href='x@y'>", "<br>", "<script>", "<img src=x onerror=a@b>"])
def test_raw_html_is_still_named(tag: str):
    source = Source("content/toolkit/page.md", {}, "", 2, f"See {tag} here.\n", 9)
    assert any("is raw HTML" in problem.message for problem in markdown.faults("toolkit", source))
