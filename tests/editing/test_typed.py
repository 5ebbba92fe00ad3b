"""What a browser sends becomes the file again: nothing that nobody touched is another byte."""

import pytest

from webapp.library.editing import typed

MARK = typed.MARK
FILES = {
    "unix": b"---\ntitle: Tea\n---\nCome in.\n",
    "windows": b"---\r\ntitle: Tea\r\n---\r\nCome in.\r\n",
    "no end": b"---\ntitle: Tea\n---\nCome in.",
    "mixed": b"---\r\ntitle: Tea\n---\rCome in.\r\nStay. ",
    "spaces": b"---  \ntitle:\tTea \n---\n\n\nCaf\xc3\xa9  \n\n\n",
    "empty": b"",
}


def sent(text: str) -> str:
    """As a browser sends what it shows."""
    return text.replace("\n", "\r\n")


@pytest.mark.parametrize("data", FILES.values(), ids=FILES)
def test_what_is_sent_back_unchanged_is_the_same_file(data: bytes):
    assert typed.as_bytes(sent(typed.shown(data)), data) == data


@pytest.mark.parametrize(
    ("before", "change", "after"),
    [
        (b"a\r\nb\r\nc", ("b", "B"), b"a\r\nB\r\nc"),
        (b"a\r\nb\nc\r\n", ("c\n", "c\nd\n"), b"a\r\nb\nc\r\nd\r\n"),
        (b"a\r\nb", ("b", "b\nc"), b"a\r\nb\r\nc"),
        (b"a\nb\n", ("b\n", "b"), b"a\nb"),
        (MARK + b"a\r\nb\r\n", ("b", "c"), b"a\r\nc\r\n"),
        (b"", ("", "a\nb\n"), b"a\nb\n"),
    ],
)
def test_a_line_that_changed_leaves_the_others_as_they_were(before: bytes, change: tuple[str, str], after: bytes):
    assert typed.as_bytes(sent(typed.shown(before).replace(*change)), before) == after


def test_what_a_browser_cannot_hold_is_refused_in_a_sentence():
    with pytest.raises(typed.NotForABrowser, match="not UTF-8"):
        typed.shown(b"caf\xe9")
    with pytest.raises(typed.NotForABrowser, match="kB"):
        typed.shown(b"a" * (typed.MOST + 1))
