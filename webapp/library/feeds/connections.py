"""Connections to another directory: to an address that was checked, and cut when their time is over.

urllib3 looks a name up, connects, and waits as long as each byte comes in time. Here the address that was checked is
the one connected to, and a clock of its own ends an answer that drips, from the handshake to the last byte.
"""

import socket
import ssl
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import NewConnectionError

from webapp.config.settings import Network
from webapp.library.addresses import public_address


class Watch:
    """The connection that is open now. `over` once its time was up."""

    def __init__(self, named: Sequence[Network], step_seconds: float) -> None:
        self.named, self.step_seconds = named, step_seconds
        self.over = False
        self._handle: socket.socket | None = None

    def connect(self, host: str, port: int) -> socket.socket:
        """A socket to a checked address of `host`. Raises addresses.Private and OSError."""
        sock = socket.create_connection((public_address(host, port, self.named), port), self.step_seconds)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.close()
        self._handle = sock.dup()  # TLS takes the socket itself away; what shuts this one down shuts down both
        return sock

    @contextmanager
    def for_seconds(self, seconds: float) -> Iterator[None]:
        """Cut the connection when `seconds` have passed: whoever reads from it then gets an error or its end."""
        self.over = False
        timer = threading.Timer(seconds, self._cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def close(self) -> None:
        if self._handle is not None:
            self._handle.close()
            self._handle = None

    def _cut(self) -> None:
        self.over = True
        if self._handle is not None:
            with suppress(OSError):
                self._handle.shutdown(socket.SHUT_RDWR)


class _Checked:
    """What both kinds of connection do instead of looking the name up themselves."""

    watch: Watch
    host: str
    port: int

    def __init__(self, *args: Any, watch: Watch, **more: Any) -> None:
        self.watch = watch
        super().__init__(*args, **more)

    def _new_conn(self) -> socket.socket:
        try:
            return self.watch.connect(self.host, self.port)
        except OSError as error:
            raise NewConnectionError(self, str(error)) from error  # type: ignore[arg-type]


class _CheckedHttp(_Checked, HTTPConnection):
    pass


class _CheckedHttps(_Checked, HTTPSConnection):
    pass


class _HttpPool(HTTPConnectionPool):
    ConnectionCls = _CheckedHttp


class _HttpsPool(HTTPSConnectionPool):
    ConnectionCls = _CheckedHttps


def pool(scheme: str, host: str, port: int, watch: Watch) -> HTTPConnectionPool:
    """One connection to `host`, kept open between questions. `scheme` is http or https; certificates are checked."""
    if scheme == "https":
        return _HttpsPool(host, port, maxsize=1, block=True, ssl_context=ssl.create_default_context(), watch=watch)
    return _HttpPool(host, port, maxsize=1, block=True, watch=watch)
