"""Tables, lists, terms, boxes and plain words of a feed stay what they were when readers see them."""

import html
import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from webapp.library.build.rendering import render
from webapp.library.front_matter.source import Source
from webapp.library.importing import markup
from webapp.library.importing.notes import Notes
from webapp.library.importing.prose import markdown

TIMES = "<tr><td>Monday</td><td>10 to 12</td></tr><tr><td>Friday</td><td>2 to 4</td></tr>"
HEAD = "<tr><th>Day</th><th>Time</th></tr>"


def seen(published: str) -> BeautifulSoup:
    """What a reader sees of a description."""
    rendered = render(Source("content/assets/x.md", {}, "", 2, markdown(published, Notes()), 5))
    assert rendered.problems == ()
    return BeautifulSoup(rendered.html, "html.parser")


def table(published: str) -> list[list[str]]:
    """The one table that a reader sees, a row of cells each; headings stand in stars."""
    (only,) = seen(published).find_all("table")
    return [
        [f"*{cell.get_text()}*" if cell.name == "th" else cell.get_text() for cell in row.find_all(["th", "td"])]
        for row in only.find_all("tr")
    ]


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)


@pytest.mark.parametrize(
    "published",
    [
        f"<table><caption>Opening times</caption>{HEAD}{TIMES}</table>",
        f"<table><caption>Opening times</caption><colgroup><col><col></colgroup><thead>{HEAD}</thead>{TIMES}</table>",
        f"<table><thead>{HEAD}</thead><tbody>{TIMES}</tbody></table>",
        f"<table><tbody>{HEAD}{TIMES}</tbody></table>",
        f"<table><tr><td><b>Day</b></td><td><strong>Time</strong></td></tr>{TIMES}</table>",
        f"<div><table class='x' style='y'>\n {HEAD}\n {TIMES}\n</table></div>",
        f"<table role='presentation'><tr><td><p>Hello</p><table>{HEAD}{TIMES}</table></td></tr></table>",
        f"<ul><li>See: <table>{HEAD}{TIMES}</table></li></ul>",
    ],
)
def test_a_table_stays_that_table(published: str) -> None:
    assert table(published) == [["*Day*", "*Time*"], ["Monday", "10 to 12"], ["Friday", "2 to 4"]]


@pytest.mark.parametrize(
    "published",
    [
        f"<table><caption>Opening <i>times</i></caption>{HEAD}{TIMES}</table>",
        f"<table><tr><th colspan='2'>Opening times</th></tr>{HEAD}{TIMES}</table>",
        f"<table><tr><td colspan=2>Opening times</td></tr>{HEAD}{TIMES}</table>",
    ],
)
def test_the_caption_of_a_table_stands_above_it(published: str) -> None:
    page = seen(published)
    assert page.find("p").get_text() == "Opening times"
    assert "Opening times" not in page.find("table").get_text()
    assert len(page.find_all("tr")) == 3


def test_the_foot_of_a_table_is_its_last_row_wherever_it_is_written() -> None:
    foot = "<tfoot><tr><td colspan='2'>Closed on bank holidays</td></tr></tfoot>"
    for published in (f"{foot}<tbody>{TIMES}</tbody>", f"<tbody>{TIMES}</tbody>{foot}"):
        rows = table(f"<table><thead>{HEAD}</thead>{published}</table>")
        assert rows[0] == ["*Day*", "*Time*"]
        assert rows[-1] == ["Closed on bank holidays", ""]


@pytest.mark.parametrize(
    "published",
    [
        "<table><tr><th>Monday</th><td>10 to 12</td></tr><tr><th>Friday</th><td>2 to 4</td></tr></table>",
        "<table><tbody><tr><th scope='row'>Monday</th><td>10 to 12</td></tr>"
        "<tr><th scope='row'>Friday</th><td>2 to 4</td></tr></tbody></table>",
        f"<table>{TIMES}</table>",
    ],
)
def test_headings_of_rows_head_their_rows(published: str) -> None:
    assert table(published) == [["*Monday*", "10 to 12"], ["*Friday*", "2 to 4"]]
    assert {th["scope"] for th in seen(published).find_all("th")} == {"row"}


def test_headings_of_rows_and_of_columns_stay_both() -> None:
    published = "<table><tr><td></td><th>Hall</th></tr><tr><th>Monday</th><td>10</td></tr></table>"
    assert table(published) == [["", "*Hall*"], ["*Monday*", "10"]]


def test_a_cell_that_spans_is_said_in_each_column_and_row() -> None:
    published = (
        "<table><tr><th rowspan='2'>Day</th><th colspan='2'>Time</th></tr><tr><th>From</th><th>To</th></tr>"
        "<tr><td rowspan='2'>Monday</td><td>10</td><td>12</td></tr><tr><td colspan='2'>by appointment</td></tr></table>"
    )
    assert table(published) == [
        ["*Day*", "*Time: From*", "*Time: To*"],
        ["Monday", "10", "12"],
        ["Monday", "by appointment", "by appointment"],
    ]


def test_a_table_in_a_cell_is_written_in_the_cell_and_told() -> None:
    inner = "<table><tr><td>Hall</td><td>1</td></tr><tr><td>Room</td><td>2</td></tr></table>"
    published = f"<table>{HEAD}<tr><td>Monday</td><td>{inner}</td></tr></table>"
    assert table(published)[1] == ["Monday", "Hall: 1; Room: 2"]
    notes = Notes("Tea")
    markdown(published, notes)
    assert "a table inside a table: written in one cell" in notes.repaired


def test_what_stands_on_lines_of_its_own_in_a_cell_is_kept_apart() -> None:
    published = (
        f"<table>{HEAD}<tr><td>Mon<br>Tue</td><td><ul><li>10 a|b</li><li>12.</li></ul><p>Ring.</p></td></tr></table>"
    )
    assert table(published)[1] == ["Mon; Tue", "10 a|b; 12. Ring."]


def test_terms_keep_their_meanings() -> None:
    page = seen(
        "<dl><dt>Cost</dt><dd>Free</dd><dd>Tea 50p</dd><dt>Where</dt><dt>When</dt><dd><p>Ring.</p><p>Ask.</p></dd></dl>"
    )
    assert [dt.get_text() for dt in page.find_all("dt")] == ["Cost", "Where", "When"]
    assert [words(dd.get_text()) for dd in page.find_all("dd")] == [["Free"], ["Tea", "50p"], ["Ring", "Ask"]]


@pytest.mark.parametrize(("mark", "is_open"), [("details", False), ("details open", True)])
def test_what_a_reader_opens_stays_what_a_reader_opens(mark: str, is_open: bool) -> None:
    page = seen(
        f'<{mark}><summary>How to <b>"find"</b> us</summary><p>Bus 41</p><ul><li>Stop C</li></ul></details><p>Bye</p>'
    )
    (details,) = page.find_all("details")
    assert details.find("summary").get_text() == "How to “find” us"
    assert words(details.find("div").get_text()) == ["Bus", "41", "Stop", "C"]
    assert details.has_attr("open") is is_open
    assert page.find_all("p")[-1].get_text() == "Bye"


def test_numbered_items_of_several_paragraphs_count_on() -> None:
    item = "<li><p>Ring {0}.</p><p>Then wait.</p><ul><li>ten minutes</li></ul></li>"
    page = seen(f"<ol start='3'>{''.join(item.format(n) for n in (3, 4, 5))}</ol>")
    (ordered,) = page.find_all("ol")
    assert ordered["start"] == "3"
    items = ordered.find_all("li", recursive=False)
    assert [words(item.get_text()) for item in items] == [
        ["Ring", str(n), "Then", "wait", "ten", "minutes"] for n in (3, 4, 5)
    ]


@pytest.mark.parametrize(
    ("published", "shown"),
    [
        ("<ol><li value='2'>b</li><li value='7'>g</li></ol>", "2. b 7. g"),
        ("<ol reversed><li>x</li><li>y</li></ol>", "2. x 1. y"),
    ],
)
def test_numbers_that_do_not_count_on_are_shown_as_they_were(published: str, shown: str) -> None:
    assert " ".join(seen(published).get_text().split()) == shown


@pytest.mark.parametrize(
    "said",
    [
        "2026. A good year",
        "12. The last one",
        "- and that is all",
        "* Please book",
        "+ guests",
        "> 65 only",
        "#5 in town",
        ": see below",
        "??? ask us",
        "!!! new",
        "[^1] a note",
        "aged <18 or >65",
        "Members <£5, guests >£5",
        "Groups of <10 only. Ring first if you bring >2 guests.",
        "Under <five people> at a time",
        "<a good time> for all",
        "Write to <jo@example.org>",
        "5 * 4 * 3 and snake_case and ~~~",
        "Tea & talk &copy 2020",
    ],
)
@pytest.mark.parametrize("around", ["{}", "<p>{}</p>", "<p>First.<br>{}</p>", "<ul><li>{}</li></ul>", "<p>One</p>\n{}"])
def test_words_that_look_like_a_mark_stay_words(said: str, around: str) -> None:
    shown = " ".join(seen(around.format(said)).get_text().split())
    assert said.replace("&copy", "©") in shown.replace("&copy", "©")


@pytest.mark.parametrize(
    ("published", "shown"),
    [
        ("Tea &amp;amp; talk", "Tea & talk"),
        ("Tea &amp;amp;amp; talk&amp;nbsp;here", "Tea & talk here"),
        ("<p>Caf&amp;eacute; &amp;#8211; 5 &amp;lt; 6</p>", "Café – 5 < 6"),
        ("&lt;p&gt;Tea &amp;amp; talk&lt;/p&gt;", "Tea & talk"),
        ("&amp;lt;p&amp;gt;Tea&amp;lt;/p&amp;gt;&amp;lt;p&amp;gt;Talk&amp;lt;/p&amp;gt;", "Tea Talk"),
        ("R&amp;D &amp;made; up", "R&D &made; up"),
    ],
)
def test_what_was_encoded_twice_is_decoded(published: str, shown: str) -> None:
    assert " ".join(seen(published).get_text().split()) == shown


def test_what_is_struck_out_stays_struck_out() -> None:
    assert [cut.get_text() for cut in seen("<p><s>Mondays</s> <strike>at 2</strike> Tuesdays</p>").find_all("del")] == [
        "Mondays",
        "at 2",
    ]


def test_lists_written_by_hand_are_lists() -> None:
    page = seen("Bring:\n• a pen\n  ◦ and paper\n• a cup\nThen:\n1. Ring\n2. Come")
    assert [li.find(string=True).strip() for li in page.find_all("li")] == [
        "a pen",
        "and paper",
        "a cup",
        "Ring",
        "Come",
    ]
    assert [p.get_text() for p in page.find_all("p")] == ["Bring:", "Then:"]


PIECES = st.sampled_from(
    [
        "tea", "2026. A year", "7. ", "- ", "• ", "# ", "* ", "*", "**", "_", "__", "~~", "`", "```", "[", "](", ")",
        "[a]: ", "[^1]", "!!! ", "??? ", ": ", "> ", "+ ", "|", "---", "===", "\\", "<", ">", "<18 ", ">65",
        "&", "&amp;", "&lt;", "\n", "\n\n", "    ", "  ", "www.example.org", "jo@example.org", "a_b", "!", "]",
    ]
)  # fmt: skip


@pytest.mark.parametrize(
    "published", ["<![a]: tea", "Tea <!-- and cake", "<!---tea", "Tea <!-- x --> <!-- and cake", "Tea <!-- and > cake"]
)
def test_what_begins_like_a_comment_and_never_ends_is_text(published: str) -> None:
    said = words(published.replace("<!-- x -->", ""))
    assert words(seen(published).get_text()) == said
    assert words(markup.without_tags(published)) == said


@settings(max_examples=500, deadline=None)
@given(st.lists(PIECES, max_size=25).map("".join))
def test_no_word_of_plain_text_is_lost_or_made_up(published: str) -> None:
    page = seen(published)
    shown, said = words(page.get_text()), words(html.unescape(html.unescape(published)))
    if page.find("ol"):  # the numbers of a list are not in its text
        shown, said = ([word for word in some if not word.isdigit()] for some in (shown, said))
    assert shown == said
