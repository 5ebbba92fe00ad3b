"""A directory on this machine that answers as a test wants it to: an ordinary one, and hostile ones."""

import http.server
import json
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.library.importing import service

Answer = Callable[["Asked"], Any]  # → what to send as JSON, bytes to send as they are, or None: it was sent


@dataclass
class Asked:
    """One question, and ways to answer it that no polite server has."""

    handler: http.server.BaseHTTPRequestHandler
    path: str
    query: dict[str, str]

    @property
    def headers(self) -> Any:
        return self.handler.headers

    def send(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.begin(status, Content_Length=str(len(body)), **headers)
        self.handler.wfile.write(body)

    def begin(self, status: int, **headers: str) -> None:
        """The head of an answer alone; `Content_Length` is written `Content-Length`."""
        self.handler.send_response(status)
        for name, value in headers.items():
            self.handler.send_header(name.replace("_", "-"), value)
        self.handler.end_headers()


@dataclass
class Directory:
    """An Open Referral UK feed of `services`, `size` to a page; `answer` stands instead of its answers."""

    services: list[dict[str, Any]] = field(default_factory=list)
    size: int = 2
    answer: Answer | None = None
    asked: list[Asked] = field(default_factory=list)
    address: str = ""
    given_up: threading.Event = field(default_factory=threading.Event)

    def page(self, asked: Asked) -> dict[str, Any]:
        """The page of the list that was asked for, in the standard's envelope."""
        number = int(asked.query.get("page", 1))
        size = min(self.size, int(asked.query.get("per_page", self.size)))
        pages = max(1, -(-len(self.services) // size))
        here = self.services[(number - 1) * size : number * size]
        return {
            "total_items": len(self.services), "total_pages": pages, "page_number": number, "size": len(here),
            "first_page": number == 1, "last_page": number >= pages, "empty": not here, "contents": here,
        }  # fmt: skip

    def questions(self) -> list[str]:
        """What was asked: the path, and the page where one was named."""
        return [f"{one.path}?{one.query['page']}" if "page" in one.query else one.path for one in self.asked]


def some(count: int, **more: Any) -> list[dict[str, Any]]:
    return [service(number, **more) for number in range(1, count + 1)]


@contextmanager
def serving(directory: Directory, certificate: Path | None = None) -> Iterator[Directory]:
    """Answer at an address of this machine: by https where there is a `certificate`, with its key, for localhost."""

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            asked = Asked(self, parts.path, dict(parse_qsl(parts.query)))
            directory.asked.append(asked)
            try:
                given = (directory.answer or directory.page)(asked)
                if given is not None:
                    body = given if isinstance(given, bytes) else json.dumps(given).encode()
                    asked.send(200, body, Content_Type="application/json")
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, *_: object) -> None: ...

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # those who hang up are what is tried
    scheme = "http"
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        scheme = "https"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    directory.address = f"{scheme}://127.0.0.1:{server.server_address[1]}/services"
    try:
        yield directory
    finally:
        directory.given_up.set()
        server.shutdown()
        server.server_close()
