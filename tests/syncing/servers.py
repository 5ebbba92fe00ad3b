"""A real git server on this machine, which can be told to cut off, to ask who is there, and to answer never."""

import os
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

BLOCK = 4096


class GitServer:
    """Serves the repositories in `folder` by git's own `http-backend`. `url` has no slash at its end.

    `cut_after` is how many bytes of an answer are sent before the connection is closed; `password` is asked for where
    there is one; while `silent` is not set it answers, and then it holds every request.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.cut_after: int | None = None
        self.password = ""
        self.silent = False
        self.asked: list[str] = []  # what was asked for, and by whom
        self.goes_on = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.goes_on.set()
        self._server.shutdown()
        self._server.server_close()


def _handler(server: GitServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(b"")

        def do_POST(self) -> None:
            self._answer(self.rfile.read(int(self.headers.get("Content-Length", 0))))

        def _answer(self, sent: bytes) -> None:
            server.asked.append(f"{self.path} {self.headers.get('Authorization', '')}".strip())
            if server.silent:
                server.goes_on.wait(60)
                return
            if server.password:
                self.send_response(401)
                self.send_header("WWW-Authenticate", 'Basic realm="git"')
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            head, _, body = self._of_git(sent).partition(b"\r\n\r\n")
            headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n"))
            self.send_response(int(headers.pop("Status", "200").split()[0]))
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            most = len(body) if server.cut_after is None else server.cut_after
            for start in range(0, min(len(body), most), BLOCK):
                self.wfile.write(body[start : min(start + BLOCK, most)])
            self.close_connection = True

        def _of_git(self, sent: bytes) -> bytes:
            parts = urlsplit(self.path)
            told = {
                "GIT_PROJECT_ROOT": str(server.folder), "GIT_HTTP_EXPORT_ALL": "1", "PATH_INFO": parts.path,
                "QUERY_STRING": parts.query, "REQUEST_METHOD": self.command, "REMOTE_ADDR": "127.0.0.1",
                "CONTENT_TYPE": self.headers.get("Content-Type", ""), "CONTENT_LENGTH": str(len(sent)),
                "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
                "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""), "GIT_CONFIG_GLOBAL": "/dev/null",
            }  # fmt: skip
            program = ["git", "http-backend"]
            return subprocess.run(program, input=sent, env={**os.environ, **told}, capture_output=True).stdout

        def log_message(self, *_: Any) -> None:
            """Not on the terminal of the tests."""

    return Handler
