"""Descriptions become Markdown that renders without a fault, whatever a feed holds."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webapp.library.build.rendering import render
from webapp.library.front_matter.source import Source
from webapp.library.importing.notes import Notes
from webapp.library.importing.prose import MAX_BODY, markdown, shortened, words

PIECES = st.sampled_from(
    [
        "<p>", "</p>", "<b>", "</b>",
        "<ul>", "<li>", "</li>", "</ul>", "<ol>", "<h1>", "</h1>", "<h4>", "</h4>", "<br>",
        "<table><tr><td>", "</td></tr></table>", "<a href='/x y'>", "<a href='https://a.org/(b)'>", "</a>", "<", ">",
        "&lt;b&gt;", "&amp;lt;", "# ", "## ", "####### ", "#", "[", "](", ")", "[a]: ", "[^1]", "!!! danger", "![", "*",
        "__", "~~", "`", "```", "    ", "\n", "\n\n", "===", "---", "- ", "1. ", "> ", "|", "\\", "word", "Tea & talk",
        "\x00", "\ufeff", "&nbsp;", "<pre>", "</pre>", "<!--", "-->", "<img src='data:image/png;base64,AAAA'>",
    ]
)  # fmt: skip


def page(body: str) -> Source:
    return Source("content/assets/x.md", {}, "", 2, body, 5)


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_whatever_a_description_holds_it_renders_without_a_fault(given: str) -> None:
    made = markdown(given, Notes())
    assert render(page(made)).problems == ()
    assert not any(line.endswith(" ") and not line.endswith("  ") for line in made.split("\n"))


@pytest.mark.parametrize(
    ("given", "made"),
    [
        ("<p>Tea &amp; talk,&nbsp;every <b>Tuesday </b>at 2</p>", "Tea & talk, every **Tuesday** at 2"),
        ("<h1>When</h1><h4>Where</h4>", "## When\n\n### Where"),
        ("<ul><li>one<ul><li>two</li></ul></li></ul>", "- one\n    - two"),
        ("<p>A Hall<br>B Hall</p>", "A Hall  \nB Hall"),
        ("• one\n• two", "- one\n- two"),
        ("Line one\nLine two\n\n\n\nNext", "Line one  \nLine two\n\nNext"),
        ("<a href='www.a.org'>Site</a>", "[Site](https://www.a.org)"),
        ("<a href='https://a.org'>https://a.org</a>", "<https://a.org>"),
        ("<a href='javascript:alert(1)'>Site</a>", "Site"),
        ("<a href='tel:0161%20496 0123'>Ring</a>", "[Ring](tel:01614960123)"),
        ("<a href='tel:08082080080'>0808 800 4104</a>", "[0808 800 4104](tel:08088004104)"),
        ("<img src='data:image/png;base64,iVBORw0KGgo='>Tea", "Tea"),
        ("<script>alert(1)</script>Tea", "Tea"),
        ("a < b and &lt;b&gt;", "a < b and &lt;b>"),
        ("<<jo@a.org> and <*<jo@a.org>, a << b", "&lt;&lt;jo@a.org> and &lt;\\*&lt;jo@a.org>, a << b"),
        ("about __init__ and snake_case", "about \\_\\_init\\_\\_ and snake_case"),
        ("<p><b>Out of hours<br></b></p><p>Ring <i>&nbsp;us </i></p>", "**Out of hours**\n\nRing *us*"),
        ("<p><em>Tea </em><em>and</em><em><b> talk</b></em></p>", "*Tea* *and* ***talk***"),
        ("<p><em>★★</em><em>A joy</em></p>", "*★★A joy*"),
        ("- one\n\n- two\n\n1. three", "- one\n- two\n\n1\\. three"),
        ("   ", ""),
    ],
)
def test_markup_becomes_the_markdown_an_editor_would_write(given: str, made: str) -> None:
    assert markdown(given, Notes()) == made


def test_a_pasted_picture_goes_and_is_told() -> None:
    notes = Notes("Tea")
    assert markdown(f"Tea <img src='data:image/png;base64,{'A' * 145_000}'>", notes) == "Tea"
    assert "pictures and pasted data removed" in notes.repaired


def test_markup_nested_too_deeply_leaves_its_words() -> None:
    assert markdown("<div>" * 5000 + "Tea" + "</div>" * 5000, Notes()) == "Tea"


def test_a_description_longer_than_a_page_is_cut_and_told() -> None:
    notes = Notes("Tea")
    assert len(markdown("word " * 60_000, notes)) <= MAX_BODY + 1
    assert any("cut" in kind for kind in notes.repaired)


@pytest.mark.parametrize(
    ("given", "made"),
    [
        ("A weekly club for older men. Tea is 50p.", "A weekly club for older men."),
        ("Free! A weekly club for men.", "Free! A weekly club for men."),
        ("Do you feel lonely some days? Come and join us.", "Do you feel lonely some days? Come and join us."),
        ("Run by St. Mary's hall team, e.g. Ann. More.", "Run by St. Mary's hall team, e.g. Ann."),
        ("- One thing they do for people\n- Another\n- A third", "One thing they do for people"),
        ("| Day | Time |\n| --- | --- |\n| Monday | 10 to 12 |", "Day, Time. Monday, 10 to 12"),
        ("We offer:\n\n- Tea;\n- Cake\n- Talk.", "We offer: Tea, Cake, Talk."),
        ("We offer:\n\n" + "- much more\n" * 20, "We offer: " + ", ".join(["much more"] * 11) + ", much…"),
        ("word " * 40, " ".join(["word"] * 25) + "…"),
        ("", ""),
    ],
)  # fmt: skip
def test_a_summary_is_the_first_whole_thought(given: str, made: str) -> None:
    assert shortened(words(given)) == made
