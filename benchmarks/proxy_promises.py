"""What docs/proxy.md promises of each proxy, asked of one that runs."""

import http.client
import json
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NAME = "signpost.council.example"
LATE = 16.0  # seconds: ten to come in, and some for a machine that does much else
FAKED = {
    "X-Forwarded-For": "203.0.113.7",
    "X-Forwarded-Proto": "http",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Prefix": "/evil",
    "X-Forwarded-Port": "81",
    "X-Real-IP": "203.0.113.7",
    "Forwarded": "for=203.0.113.7",
}
CANARIES = ("canary", "127.0.0.1", "203.0.113.7")
TROUBLE = ssl.SSLError, OSError, http.client.HTTPException


@dataclass(frozen=True)
class At:
    """Where everything is: ports of this machine, what was asked behind the proxy, and what the proxy logs."""

    http: int
    https: int
    behind: int
    noted: Path
    log: Path

    def asked(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.noted.read_text().splitlines()]


@dataclass(frozen=True)
class Answer:
    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.headers if key.lower() == name.lower()]


def all_of(at: At, keeps_static: bool, cuts_forms: bool) -> Iterator[tuple[str, bool]]:
    """Each promise in words, and whether it is kept."""
    slow = [_opened(at, begins) for begins in (_HALF_HEADER, _HALF_FORM)]
    began = time.monotonic()
    yield from _believed(at)
    yield from _refused(at)
    yield from _passed_on(at, keeps_static)
    yield from _not_smuggled(at)
    yield from _cut_off(at, slow if cuts_forms else slow[:1], began)


_HALF_HEADER = f"GET /half HTTP/1.1\r\nHost: {NAME}\r\nX-Half: ".encode()
_HALF_FORM = f"POST /half HTTP/1.1\r\nHost: {NAME}\r\nContent-Length: 1000\r\n\r\nq=".encode()


def _believed(at: At) -> Iterator[tuple[str, bool]]:
    told = json.loads(ask(at, "/s/canary?q=canary", headers=FAKED).body)["headers"]
    yield (
        "the site is told the address of who asks, in the place of what they say",
        (told.get("HTTP_X_FORWARDED_FOR") == "127.0.0.1"),
    )
    yield (
        "the site is told https and its own name",
        (
            (told.get("HTTP_X_FORWARDED_PROTO"), told.get("HTTP_X_FORWARDED_HOST"), told.get("HTTP_HOST"))
            == ("https", NAME, NAME)
        ),
    )
    left = ("HTTP_X_FORWARDED_PREFIX", "HTTP_X_FORWARDED_PORT", "HTTP_X_REAL_IP", "HTTP_FORWARDED")
    yield "nothing else of that kind is passed on", not any(told.get(name) for name in left)


def _refused(at: At) -> Iterator[tuple[str, bool]]:
    before = len(at.asked())
    long = ask(at, "/long", body=b"x" * 300_000)
    yield "a form that is too long is refused with 413", long.status == 413
    yield "what the proxy itself answers promises https too", long.all("Strict-Transport-Security") == [_YEAR]
    chunked = ask(at, "/long", body=iter([b"x" * 100_000] * 4))
    yield "and so is one whose length is not told", chunked.status in {411, 413, 400, 502, 0}
    yield "neither comes to the site whole", all(asked["body"] <= 262_144 for asked in at.asked()[before:])
    yield "another name is not answered by the site", ask(at, "/other", name="evil.example").status != 200
    plain = _plain(at, f"GET /a?b=1 HTTP/1.1\r\nHost: {NAME}\r\nConnection: close\r\n\r\n")
    head = plain.partition(b"\r\n\r\n")[0].lower()
    yield (
        "who comes without https is sent there",
        (b" 308 " in head and f"location: https://{NAME}/a?b=1".encode() in head),
    )
    others = {asked["path"] for asked in at.asked()[before:]} - {"/long", "/readyz"}  # which a proxy asks by itself
    yield "nothing of these was asked of the site", not others


_YEAR = "max-age=31536000"


def _passed_on(at: At, keeps_static: bool) -> Iterator[tuple[str, bool]]:
    whole = ask(at, "/form", body=b"x" * 200_000)
    yield "a long form comes whole", json.loads(whole.body)["body"] == 200_000
    page = ask(at, "/page", headers={"Accept-Encoding": "gzip, br"})
    yield "a page is not compressed", not page.all("Content-Encoding")
    yield "https is promised once, for a year", page.all("Strict-Transport-Security") == [_YEAR]
    yield "a page is kept by nobody", page.all("Cache-Control") == ["no-store"]
    yield "no version of the proxy is told", not any(any(c.isdigit() for c in v) for v in page.all("Server"))
    began = time.monotonic()
    first, last = _first_and_last_byte(at, "/data/slow.csv")
    yield "a file that takes its time begins before it ends", last - first > 0.6 and first - began < 1.5
    style = [ask(at, "/static/site-0123abcd.css") for _ in range(3)][-1]
    yield "style sheets may be kept for good", "immutable" in "".join(style.all("Cache-Control"))
    asked = sum(one["path"].startswith("/static/") for one in at.asked())
    yield "style sheets are asked of the site once", asked == 1 if keeps_static else asked == 3
    time.sleep(0.5)  # until the log is written
    log = at.log.read_text() if at.log.exists() else ""
    yield "the log names nobody, no words and no secret link", not any(canary in log for canary in CANARIES)


def _not_smuggled(at: At) -> Iterator[tuple[str, bool]]:
    hidden = f"GET /smuggled HTTP/1.1\r\nHost: {NAME}\r\nX: "
    for lengths in (
        f"Content-Length: {len(hidden) + 5}\r\nTransfer-Encoding: chunked",
        f"Content-Length: {len(hidden) + 5}\r\nTransfer-Encoding : chunked",
        f"Transfer-Encoding: xchunked\r\nContent-Length: {len(hidden) + 5}",
        f"Content-Length: 5\r\nContent-Length: {len(hidden) + 5}",
        f"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\nContent-Length: {len(hidden) + 5}",
    ):
        with suppress(*TROUBLE), _secured(at) as connection:
            connection.sendall(f"POST /front HTTP/1.1\r\nHost: {NAME}\r\n{lengths}\r\n\r\n0\r\n\r\n{hidden}".encode())
            connection.settimeout(1)
            connection.recv(65_536)
        ask(at, "/after")
    # A second request of the same connection is a request. One that the site takes for it, and the proxy does not, is
    # followed by the header that the proxy adds to the next.
    taken = [asked for asked in at.asked() if asked["path"] == "/smuggled"]
    yield (
        "no request is hidden inside another",
        all(one["headers"].get("HTTP_X_FORWARDED_FOR") for one in taken)
        and (sum(asked["path"] == "/after" for asked in at.asked()) == 5),
    )


def _cut_off(at: At, slow: list[ssl.SSLSocket], began: float) -> Iterator[tuple[str, bool]]:
    for what, connection in zip(("header", "form"), slow, strict=False):
        connection.settimeout(max(0.1, began + LATE - time.monotonic()))
        try:
            while connection.recv(65_536):
                pass
            ended = True
        except TimeoutError:
            ended = False
        except OSError:
            ended = True
        yield (
            f"a {what} of which only half comes is cut off within {LATE:.0f} seconds",
            (ended and time.monotonic() - began < LATE),
        )
        connection.close()
    yield "neither of them was ever asked of the site", not any(asked["path"] == "/half" for asked in at.asked())


def ask(at: At, path: str, body: Any = None, headers: dict[str, str] | None = None, name: str = NAME) -> Answer:
    """One request by https; status 0 where the connection ends without an answer."""
    connection = http.client.HTTPSConnection("127.0.0.1", at.https, timeout=20, context=_trusting())
    try:
        connection.sock = _secured(at, name)
        connection.request("POST" if body else "GET", path, body, {"Host": name, **(headers or {})})
        answer = connection.getresponse()
        return Answer(answer.status, answer.getheaders(), answer.read())
    except BrokenPipeError:  # it was refused before it was sent whole; the answer may be there
        with suppress(*TROUBLE):
            answer = http.client.HTTPResponse(connection.sock)
            answer.begin()
            return Answer(answer.status, answer.getheaders(), b"")
        return Answer(0, [], b"")
    except TROUBLE:
        return Answer(0, [], b"")
    finally:
        connection.close()


def _first_and_last_byte(at: At, path: str) -> tuple[float, float]:
    with _secured(at) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: {NAME}\r\nConnection: close\r\n\r\n".encode())
        connection.settimeout(20)
        first = 0.0
        while data := connection.recv(65_536):
            first = first or (time.monotonic() if b"xxxx" in data else 0.0)
    return first, time.monotonic()


def _opened(at: At, begins: bytes) -> ssl.SSLSocket:
    connection = _secured(at)
    connection.sendall(begins)
    return connection


def _plain(at: At, request: str) -> bytes:
    with socket.create_connection(("127.0.0.1", at.http), timeout=10) as connection:
        connection.sendall(request.encode())
        return b"".join(iter(lambda: connection.recv(65_536), b""))


def _secured(at: At, name: str = NAME) -> ssl.SSLSocket:
    return _trusting().wrap_socket(socket.create_connection(("127.0.0.1", at.https), timeout=20), server_hostname=name)


def _trusting() -> ssl.SSLContext:
    """The certificate is made for this run: its name is asked for, and nobody has signed it."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context
