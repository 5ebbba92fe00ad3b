"""The way between a browser and the site, which can be cut: what a phone has where there is no signal."""

import socket
import threading
from contextlib import suppress

from tests.support.live import free_port


class Relay:
    """Listens on a port of its own and passes everything on to the site. `url` has no slash at its end.

    Cut, it refuses whoever comes and drops who is there. The browser's worker feels that too, where a switch inside
    the browser would leave it a signal.
    """

    def __init__(self, port: int) -> None:
        self._site, self._port = port, free_port()
        self.url = f"http://127.0.0.1:{self._port}"
        self._open: set[socket.socket] = set()
        self._listening: socket.socket | None = None
        self.mend()

    def mend(self) -> None:
        """Let everything through."""
        if self._listening is None:
            self._listening = socket.create_server(("127.0.0.1", self._port))
            threading.Thread(target=self._listen, args=(self._listening,), daemon=True).start()

    def cut(self) -> None:
        """Let nothing through, from this moment."""
        if self._listening is not None:
            with suppress(OSError):
                self._listening.shutdown(socket.SHUT_RDWR)  # else the thread that waits there keeps it open
            self._listening.close()
            self._listening = None
        for end in list(self._open):
            self._close(end)

    def _listen(self, listening: socket.socket) -> None:
        with suppress(OSError):
            while True:
                browser, _ = listening.accept()
                site = socket.create_connection(("127.0.0.1", self._site))
                self._open |= {browser, site}
                for source, target in ((browser, site), (site, browser)):
                    threading.Thread(target=self._pass_on, args=(source, target), daemon=True).start()

    def _pass_on(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                target.sendall(data)
        self._close(source)
        self._close(target)

    def _close(self, end: socket.socket) -> None:
        self._open.discard(end)
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()
