"""Whoever writes Markdown cannot run code, nor hold up a build; and what is right for a reader stays."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.support.corpus import TODAY, Corpus
from tests.support.pace import work
from webapp.library.build import rendering
from webapp.library.build.rendering import render
from webapp.library.front_matter.source import Source

# Ways to run a script that sanitisers have let through, from OWASP's and others' lists; each tries to call alert.
PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mi//xlink:href='javascript:alert(1)'>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "<body onload=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='jav&#x09;ascript:alert(1)'>x</a>",
    "<form action=javascript:alert(1)><button>x</button></form>",
    "<style>@import 'javascript:alert(1)';</style>",
    "<div style='background:url(javascript:alert(1))'>x</div>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](vbscript:alert(1))",
    "[x](//evil.example/x)",
    "[x](/toolkit/a 'onmouseover=alert(1)')",
    '[x](/toolkit/a "&quot; onmouseover=&quot;alert(1)")',
    "[x]: javascript:alert(1)\n\n[x]",
    "<javascript:alert(1)>",
    "![x](javascript:alert(1))",
    '![x](/media/a.png"onerror=alert(1))',
    '![" onerror=alert(1) x="](/media/a.png)',
    "![x](https://evil.example/track.png)",
    "```<script>\nalert(1)\n```",
    "`<img src=x onerror=alert(1)>`",
    '!!! note "<img src=x onerror=alert(1)>"\n    text',
    '!!! note" onclick="alert(1)\n    text',
    "# <img src=x onerror=alert(1)>",
    "## x {: onclick=alert(1) }",
    "x[^1]\n\n[^1]: <img src=x onerror=alert(1)>",
    "| <script>alert(1)</script> | b |\n|---|---|\n| <img src=x onerror=alert(1)> | d |",
    "<div hx-get='/sign-out' hx-trigger='load'>x</div>",
    "<div data-hx-post='/gaps/new' hx-on:click='alert(1)'>x</div>",
    "<a hx-boost='true' href='/x'>x</a>",
    "<input autofocus onfocus=alert(1)>",
    "<object data='javascript:alert(1)'></object>",
    "<embed src='javascript:alert(1)'>",
    "<base href='https://evil.example/'>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<link rel=stylesheet href='https://evil.example/x.css'>",
    "<template><script>alert(1)</script></template>",
    "\u003cscript\u003ealert(1)\u003c/script\u003e",
    "<scr\x00ipt>alert(1)</script>",
    "<p id='main' class='govuk-error-summary' onclick='alert(1)'>x</p>",
]
MAY_STAND = rendering.TAGS
CANNOT_STAND = ("on", "hx-", "data-", "style", "srcdoc", "formaction", "xlink")


def rendered(body: str):
    return render(Source("content/toolkit/x.md", {}, "", 2, body, 3))


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
@pytest.mark.parametrize(
    "around",
    ["{}", "A word {} and another.", "- {}", "> {}", "## {}"],
    ids=["alone", "text", "list", "quote", "heading"],
)
def test_nothing_that_is_written_can_run(payload: str, around: str):
    soup = BeautifulSoup(rendered(around.format(payload)).html, "html.parser")
    for tag in soup.find_all(True):
        assert tag.name in MAY_STAND
        for name, value in tag.attrs.items():
            assert not name.startswith(CANNOT_STAND), f"{tag.name} has {name}"
            if name in {"href", "src"}:
                assert str(value).startswith(("/", "#", "https:", "http:", "mailto:", "tel:")), value
                assert not str(value).startswith("//"), value
        if tag.name == "img":
            assert str(tag.get("src", "/media/")).startswith("/media/"), "a picture from elsewhere tells who reads what"


def test_raw_html_is_shown_as_text():
    assert "&lt;b&gt;bold" in rendered("Fine.\n\n<b>bold</b>\n").html


def test_what_readers_need_stays():
    page = rendered(
        "## First steps\n\nSee [here](/toolkit/x#a) and [there](https://example.org).\n\n"
        "| a | b |\n|---|--:|\n| 1 | 2 |\n\n!!! warning\n    Careful.\n\nA note.[^1]\n\n[^1]: The note.\n"
    )
    soup = BeautifulSoup(page.html, "html.parser")
    assert soup.select_one("h2#first-steps")
    assert soup.select_one("a[href='https://example.org']")["rel"] == ["noopener", "noreferrer", "external"]
    assert soup.select_one("[role=region][tabindex='0'][aria-label] table th[scope=col]")
    assert soup.select_one("div.admonition.warning")
    assert soup.select_one("sup a[href='#fn:1']")
    assert [(h.id, h.name, h.level) for h in page.headings] == [("first-steps", "First steps", 2)]
    assert [link[0] for link in page.links] == ["/toolkit/x#a"]
    assert "The note." in page.text
    assert not page.problems


def test_footnotes_are_numbered_as_a_reader_meets_them():
    page = rendered("First.[^late] Then.[^early]\n\n[^early]: Second note.\n\n[^late]: First note.\n")
    soup = BeautifulSoup(page.html, "html.parser")
    assert [mark.get_text() for mark in soup.select("sup")] == ["1", "2"]
    notes = [note.get_text(" ", strip=True).split(" note")[0] for note in soup.select(".footnote li")]
    assert notes == ["First", "Second"]


def test_a_table_whose_rows_have_headings_has_them_at_the_left():
    rows = "| **Monday** | 10 to 12 |\n| **Friday** | 2 to 4 |\n"
    for head, columns in (("|  |  |", []), ("|  | Hall |", ["Hall"]), ("| Day | Hall |", ["Day", "Hall"])):
        soup = BeautifulSoup(rendered(f"{head}\n|---|---|\n{rows}").html, "html.parser")
        assert [th.get_text() for th in soup.select("tbody th[scope=row]")] == ["Monday", "Friday"]
        assert [th.get_text() for th in soup.select("thead th[scope=col]")] == columns
        assert not any(not th.get_text() for th in soup.find_all("th"))


def test_a_word_in_bold_alone_heads_no_row():
    soup = BeautifulSoup(rendered("| a | b |\n|---|---|\n| **x** | 1 |\n| y | 2 |\n").html, "html.parser")
    assert not soup.select("th[scope=row]")


def test_terms_and_what_a_reader_opens():
    page = rendered('Cost\n:   Free\n\n??? note "How to get there"\n    The 41 bus.\n\n???+ note "Open"\n    Yes.\n')
    soup = BeautifulSoup(page.html, "html.parser")
    assert [(dt.get_text(), dt.find_next("dd").get_text()) for dt in soup.find_all("dt")] == [("Cost", "Free")]
    closed, opened = soup.select("details.govuk-details")
    assert closed.select_one("summary.govuk-details__summary > span").get_text() == "How to get there"
    assert closed.select_one("div.govuk-details__text p").get_text() == "The 41 bus."
    assert not closed.has_attr("open")
    assert opened.has_attr("open")
    assert "How to get there The 41 bus." in page.text


def test_every_fault_of_a_text_is_told_at_once(tmp_path: Path):
    corpus = Corpus(tmp_path)
    corpus.toolkit(
        "odd", "# Title\n\n#### Deep\n\n!!! danger\n    x\n\n[a](page.md)\n\n![](/media/x.png)\n\n<b>x</b>\n"
    )
    lines = {problem.line for problem in corpus.check()}
    assert lines == {8, 10, 12, 15, 17, 19}, [str(problem) for problem in corpus.check()]


def test_a_text_that_cannot_be_rendered_keeps_its_last_good_version(tmp_path: Path):
    corpus = Corpus(tmp_path)
    corpus.toolkit("long", "What was there.\n")
    corpus.build()
    corpus.toolkit("long", "word " * 20_000)
    assert [p.line for p in corpus.build().problems] == [8]
    assert "What was there." in corpus.read().page("/toolkit/long", TODAY).html


MOST_GROWTH = 20  # for four times the text: by the square it is 16, which the longest page bounds; an explosion is more
LITTLE = 0.25  # seconds of the processor, below which the clock is coarser than what it measures


@pytest.mark.parametrize(
    "piece",
    [
        "[", "[a](", "![a](", "[^1]", "[^1]: x\n", "[a]: /x\n", "[a][b] ", "*", "*a ", "_a", "***a ", "**a_b*c~~",
        "~~a ",
        "`", "`a ", "> ", "# a\n", "## a\n", "\\", "<", "<a ", "<http://a> ", "&", "&#", "|", "|x|y|\n|-|-|\n", "a\n\n",
        "!!! note\n    a\n\n", "- a\n  ", "    ",
    ],
)  # fmt: skip
def test_no_text_holds_up_a_build(piece: str):
    times = (rendering.LONGEST - 100) // len(piece)
    quarter, whole = (work(lambda n=n: rendered(piece * n), times=2) for n in (times // 4, times))
    print(f"{piece!r}: four times the text is {whole / quarter:.1f} times the work, {whole:.3f} s")
    assert whole < MOST_GROWTH * quarter or whole < LITTLE


def test_lists_and_quotes_without_end_are_told_not_raised():
    deep = "\n".join("    " * depth + "- a" for depth in range(170))
    for body in (deep, "> " * 5000):
        page = rendered(body)
        assert page.html or page.problems


def test_plain_text_that_is_left_alone_looks_the_same(monkeypatch: pytest.MonkeyPatch):
    """Paragraphs without marks are not searched for them. Any new pattern of Markdown must be in MARKED."""
    known = {
        "backtick", "escape", "reference", "link", "image_link", "image_reference", "short_reference",
        "short_image_ref", "autolink", "automail", "linebreak", "entity", "delimiter", "footnote",
    }  # fmt: skip
    there = {pattern for pattern in known if pattern in rendering._make().inlinePatterns}
    assert len(rendering._make().inlinePatterns) == len(there), "say in rendering.MARKED what the new one looks for"
    texts = ["Plain.", "**a** _b_ ~~c~~ `d`", "e  \nf", "\\*g\\*", "&copy; <https://h.example>", "[i](/j)"]
    more = ["![k](/media/l.png)", "m[^1]", "[^1]: n", "## Plain & *o*", "- p\n- [q]", "[q]: /r", "!!! note\n    Plain."]
    text = "\n\n".join([*texts, *more])
    quick = rendered(text).html
    monkeypatch.setattr(rendering, "MARKED", re.compile(""))
    assert rendered(text).html == quick
    assert all(mark in quick for mark in ("<strong>", "<em>", "<del>", "<code>", "<br>", "*g*", "©", "<sup"))
