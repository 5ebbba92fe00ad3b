"""A mail server and a GOV.UK Notify on this machine, which remember what they took and can be told to misbehave."""

import asyncio
import json
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class MailServer:
    """A real SMTP server. It takes everything, and the same thing as often as it comes.

    `answer(step)` may give another answer at "MAIL", "RCPT" or "DATA"; None is the usual one. `while_taking` is called
    once a letter is whole and before the server says that it took it; `seconds` is how long it then thinks.
    """

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.raw: list[bytes] = []  # the same, as it came over the wire
        self.answer: Callable[[str], str | None] = lambda step: None
        self.while_taking: Callable[[], None] = lambda: None
        self.seconds = 0.0
        self.port = free_port()
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port, server_hostname="mail.example")

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()

    @property
    def ids(self) -> list[str]:
        """The Message-ID of everything taken."""
        return [str(mail["Message-ID"]) for mail in self.taken]

    async def handle_MAIL(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any) -> str:
        envelope.mail_from = address
        return self.answer("MAIL") or "250 OK"

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any) -> str:
        said = self.answer("RCPT")
        if said is None:
            envelope.rcpt_tos.append(address)
        return said or "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        said = self.answer("DATA")
        if said is not None:
            return said
        content = envelope.content
        assert isinstance(content, bytes)
        self.while_taking()
        if self.seconds:
            await asyncio.sleep(self.seconds)
        self.raw.append(content)
        self.taken.append(message_from_bytes(content, policy=policy.default))  # type: ignore[arg-type]
        return "250 taken"


class GoesAway:
    """A mail server that hangs up between the end of a letter and its answer."""

    def __enter__(self) -> Self:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def _serve(self) -> None:
        talk, _ = self._socket.accept()
        with talk, talk.makefile("rwb", buffering=0) as line:
            line.write(b"220 here\r\n")
            while said := line.readline():
                if said == b".\r\n":
                    return
                if said.upper().startswith((b"EHLO", b"MAIL", b"RCPT")):
                    line.write(b"250 yes\r\n")
                elif said.upper().startswith(b"DATA"):
                    line.write(b"354 go on\r\n")


@dataclass
class NotifyServer:
    """What GOV.UK Notify answers, as far as we ask. `fail` may give a status for the next message instead."""

    taken: list[dict[str, Any]] = field(default_factory=list)
    fail: Callable[[], tuple[int, dict[str, Any] | bytes] | None] = lambda: None
    after_taking: Callable[[], None] = lambda: None
    asked: list[str] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)

    def __enter__(self) -> Self:
        notify = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                notify.keys.add(self.headers.get("Authorization", ""))
                said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                fault = notify.fail()
                if fault is None:
                    notify.taken.append(said)
                    notify.after_taking()
                status, body = fault or (201, {"id": "00000000-0000-0000-0000-000000000000"})
                self._say(status, body)

            def do_GET(self) -> None:
                reference = parse_qs(urlsplit(self.path).query)["reference"][0]
                notify.asked.append(reference)
                found = [message for message in notify.taken if message["reference"] == reference]
                self._say(200, {"notifications": found, "links": {}})

            def _say(self, status: int, body: dict[str, Any] | bytes) -> None:
                try:
                    self.send_response(status)
                    self.send_header("Content-Type", "application/json")
                    self.end_headers()
                    self.wfile.write(body if isinstance(body, bytes) else json.dumps(body).encode())
                except OSError:
                    pass  # who asked was killed

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its name there
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def references(self) -> list[str]:
        return [message["reference"] for message in self.taken]
