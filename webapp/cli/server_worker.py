"""A worker of gunicorn that does not wait for ever for the rest of a request.

Its threads are few. Left to gunicorn, each request of which only half is sent holds one until its sender goes away.
A proxy that takes in whole requests is still needed: see docs/deploying.md.
"""

import socket
import threading
import time
from contextlib import suppress
from typing import Any

from gunicorn.http import get_parser
from gunicorn.http.errors import NoMoreData
from gunicorn.workers.gthread import ThreadWorker

from webapp.db import faults
from webapp.machines.registry import may_be_many
from webapp.telemetry import counted
from webapp.web import shutdown

HEADER_SECONDS = 10.0  # from the first byte to the last of a request's header
BODY_SECONDS = 60.0  # then for the form, however slowly it comes
SEND_SECONDS = 60.0  # for a piece of the answer to be taken
FILES_PAUSE = 0.05  # until it is looked whether a file has been closed
SAID_EVERY = 10.0


class Worker(ThreadWorker):
    """Gunicorn's threads, with a time for each request to have come, a count of those that wait, and leave taken."""

    _quiet_until = 0.0

    def handle_exit(self, sig: int, frame: Any) -> None:
        """Asked to end: where other machines may go on, first let the proxy know."""
        settings = self.wsgi.extensions["signpost.settings"] if self.wsgi else None
        if settings is None or not settings.proxies or not may_be_many(settings) or shutdown.begun.is_set():
            super().handle_exit(sig, frame)
            return
        shutdown.begun.set()
        threading.Timer(shutdown.SECONDS, super().handle_exit, (sig, frame)).start()

    def accept(self, listener: Any) -> None:
        """Take a connection. With no file free it waits in line: to end would cut off those that are being answered."""
        try:
            super().accept(listener)
        except OSError as error:
            if error.errno not in faults.HANDLES:
                raise
            if time.monotonic() > self._quiet_until:
                self.log.error("No file is free")  # with the kind of fault, which the log adds
                self._quiet_until = time.monotonic() + SAID_EVERY
            time.sleep(FILES_PAUSE)

    def enqueue_req(self, conn: Any) -> None:
        conn.queued_at = time.monotonic()
        super().enqueue_req(conn)

    def handle(self, conn: Any) -> Any:
        # A connection without a request yet comes by twice: what it waited for a thread counts, not for its client.
        conn.waited = getattr(conn, "waited", 0.0) + time.monotonic() - conn.queued_at
        if conn.parser is None and not self.cfg.is_ssl:
            conn.parser = get_parser(self.cfg, SocketReader(conn.sock), conn.client)
        _within(conn, HEADER_SECONDS)
        return super().handle(conn)

    def handle_request(self, req: Any, conn: Any) -> Any:
        _within(conn, BODY_SECONDS)
        counted.queued.observe(conn.waited)
        conn.waited = 0.0
        with counted.in_flight.track_inprogress():
            return super().handle_request(req, conn)


class SocketReader:
    """What is read of a client's socket until a moment, after which it counts as gone."""

    def __init__(self, sock: Any) -> None:
        self._sock = sock
        self.until = 0.0

    def recv(self, size: int) -> bytes:
        left = self.until - time.monotonic()
        if left <= 0:
            raise self._gone()
        self._sock.settimeout(left)
        try:
            data: bytes = self._sock.recv(size)
        except TimeoutError:
            raise self._gone() from None
        finally:
            with suppress(OSError):
                self._sock.settimeout(SEND_SECONDS)
        return data

    def _gone(self) -> NoMoreData:
        """Nothing more is read. Otherwise gunicorn, in closing, would wait for it while it takes no new connection."""
        with suppress(OSError):
            self._sock.shutdown(socket.SHUT_RD)
        return NoMoreData(b"")


def _within(conn: Any, seconds: float) -> None:
    reading = getattr(getattr(conn.parser, "unreader", None), "sock", None)
    if isinstance(reading, SocketReader):
        reading.until = time.monotonic() + seconds
