"""What leaves for the mail server, byte by byte: mail programs do not forgive what Python's own parser does.

Read with nothing but splitting and the grammars of RFC 5322 (lines, dates, ids), RFC 2047 (encoded words), RFC 2369
(List-Unsubscribe) and RFC 8058 (one click).
"""

import re
from base64 import b64decode
from collections.abc import Callable
from dataclasses import replace
from quopri import decodestring
from urllib.parse import urlsplit

import pytest
from flask import Flask

from tests.messages.conftest import BASE
from tests.support.client import Client
from tests.support.mail import MailServer

NAME = re.compile(rb"[!-9;-~]+")
ATOM = rb"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+"
ADDRESS = ATOM + rb"@" + ATOM
WORD = re.compile(rb"=\?utf-8\?([bq])\?([!->@-~]+)\?=")
DAY, MONTH = rb"(Mon|Tue|Wed|Thu|Fri|Sat|Sun)", rb"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
DATE = DAY + rb", \d\d " + MONTH + rb" \d{4} \d\d:\d\d:\d\d \+0000"
# The longest host name that there may be (RFC 1035, 2.3.4), of labels of 63 letters at most.
LONG_HOST = ".".join(["adult-social-care-and-wellbeing-of-the-metropolitan-borough-of1"] * 3 + ["council", "example"])
HOSTS = [urlsplit(BASE).netloc, "signpost.adult-social-care.a-council-with-a-long-name.example:8443", LONG_HOST]
SENDERS = {
    "plain": ("signpost@council.example", ""),
    "named": ("Signpost <signpost@council.example>", "Signpost"),
    "with a comma": ('"Signpost, Adult Social Care" <signpost@council.example>', "Signpost, Adult Social Care"),
    "in letters beyond ASCII": ("Wegweiser für Löwenstraße <signpost@council.example>", "Wegweiser für Löwenstraße"),
    "long": (
        f"{'Gwasanaethau oedolion tŷ a chartref ' * 4}<no-reply@{LONG_HOST}>",
        ("Gwasanaethau oedolion tŷ a chartref " * 4).strip(),
    ),
}


def headers_of(raw: bytes) -> dict[bytes, bytes]:
    """The headers of a mail, each on one line. Fails where a line breaks a rule that a mail program may insist on."""
    head, _, body = raw.partition(b"\r\n\r\n")
    assert body
    assert b"\r" not in raw.replace(b"\r\n", b""), "a carriage return alone"
    assert b"\n" not in raw.replace(b"\r\n", b""), "a new line alone"
    assert raw.isascii(), "no server has to take anything else"
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    found: dict[bytes, bytes] = {}
    for line in re.sub(rb"\r\n[ \t]", rb" ", head).split(b"\r\n"):
        name, colon, value = line.partition(b": ")
        assert colon
        assert NAME.fullmatch(name), line
        assert name.lower() not in found, f"twice: {name!r}"
        assert value == value.strip()
        found[name.lower()] = value
    return found


def words_of(value: bytes) -> str:
    """The text of encoded words; only their neighbours' spaces are left out (RFC 2047, 6.2)."""
    assert all(len(word.group()) <= 75 for word in WORD.finditer(value))
    joined = re.sub(rb"(\?=)\s+(=\?)", rb"\1\2", value)
    plain = b"".join(
        _decoded(*WORD.fullmatch(part).groups()) if WORD.fullmatch(part) else part  # type: ignore[union-attr]
        for part in re.split(rb"(=\?utf-8\?[bq]\?[!->@-~]+\?=)", joined)
    )
    return plain.decode()


def _decoded(way: bytes, text: bytes) -> bytes:
    return b64decode(text) if way == b"b" else decodestring(text, header=True)


@pytest.fixture
def one_mail(
    app: Flask, tell: Callable[..., None], send: Callable[..., str], mail_server: MailServer
) -> Callable[..., bytes]:
    """The bytes of one mail that left: `one_mail(host="…", sender="…")`."""

    def get(host: str = HOSTS[0], sender: str = SENDERS["named"][0]) -> bytes:
        settings = app.extensions["signpost.settings"]
        mail = replace(settings.mail, sender=sender)
        app.extensions["signpost.settings"] = replace(settings, base_url=f"https://{host}", mail=mail)
        tell("priya")
        assert send() == "1 sent."
        (raw,) = mail_server.raw
        return raw

    return get


@pytest.mark.parametrize("host", HOSTS, ids=["short", "with a port", "as long as can be"])
def test_a_mail_program_reads_the_link_that_stops_mail_and_stops_it_with_one_request(
    app: Flask, one_mail: Callable[..., bytes], priya: Client, host: str
) -> None:
    headers = headers_of(one_mail(host))
    link = re.fullmatch(rb"<(https://[A-Za-z0-9.:-]+(/unsubscribe/[A-Za-z0-9._-]+))>", headers[b"list-unsubscribe"])
    assert link, "bare, or a mail program shows no way to stop mail"
    assert urlsplit(link[1].decode()).netloc == host
    assert headers[b"list-unsubscribe-post"] == b"List-Unsubscribe=One-Click"
    assert "answers" in _ticked(priya)
    answer = app.test_client().post(link[2].decode(), data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert "answers" not in _ticked(priya)


@pytest.mark.parametrize("sender", SENDERS)
@pytest.mark.parametrize("host", [HOSTS[0], LONG_HOST], ids=["short", "long"])
def test_every_header_can_be_read_by_a_mail_program(one_mail: Callable[..., bytes], host: str, sender: str) -> None:
    written, name = SENDERS[sender]
    headers = headers_of(one_mail(host, written))
    begin, _, address = headers[b"from"].rpartition(b" ")
    assert re.fullmatch(rb"<?" + ADDRESS + rb">?", address)
    assert address.strip(b"<>").decode() in written
    assert words_of(begin).strip('"') == name, "quoted where it holds a comma"
    assert re.fullmatch(ADDRESS, headers[b"to"])
    assert headers[b"subject"] == b"An answer to something you asked"
    assert re.fullmatch(DATE, headers[b"date"])
    assert re.fullmatch(rb"<[0-9a-f]{32}@" + ATOM + rb">", headers[b"message-id"])
    assert headers[b"auto-submitted"] == b"auto-generated"
    assert headers[b"mime-version"] == b"1.0"
    assert headers[b"content-type"] == b'text/plain; charset="utf-8"'
    assert headers[b"content-transfer-encoding"] == b"quoted-printable"
    assert b"=?" not in b"".join(value for key, value in headers.items() if key not in {b"from", b"subject"})


def test_the_text_of_a_mail_names_the_same_link(one_mail: Callable[..., bytes]) -> None:
    raw = one_mail(LONG_HOST)
    text = decodestring(raw.partition(b"\r\n\r\n")[2])
    assert headers_of(raw)[b"list-unsubscribe"].strip(b"<>") in text
    assert all(len(line) <= 76 for line in raw.partition(b"\r\n\r\n")[2].split(b"\r\n")), "RFC 2045, 6.7"


def _ticked(priya: Client) -> list[str]:
    page = priya.get("/account/notifications")
    return [str(box["value"]) for box in page.soup.select("input[name=wanted][checked]")]
