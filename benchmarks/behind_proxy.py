"""What stands behind a proxy in `benchmarks.proxies`: it answers with what it was asked, and notes it in a file.

Its worker is the one that the site itself is served with.
"""

import json
import os
import time
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

NOTED = "PROXIES_NOTED"  # the setting that names the file
PIECES, BETWEEN = 3, 0.7  # of a file that takes its time: how many, and seconds between two
PIECE = b"x" * 20_000


def answer(environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
    """What came with the request, as JSON; `/data/slow.csv` is sent in pieces; `/static/…` may be kept."""
    body = environ["wsgi.input"].read()
    path = unquote(environ["PATH_INFO"])
    asked = {
        "path": path,
        "method": environ["REQUEST_METHOD"],
        "body": len(body),
        "headers": {name: value for name, value in environ.items() if name.startswith("HTTP_")},
    }
    with open(os.environ[NOTED], "a", encoding="utf-8") as noted:  # noqa: PTH123 - appended in one write
        noted.write(json.dumps(asked) + "\n")
    headers = [("Strict-Transport-Security", "max-age=1"), ("X-Request-ID", "0123abcd")]
    if path == "/data/slow.csv":
        start("200 OK", [*headers, ("Content-Type", "text/csv")])
        return _slowly()
    if path.startswith("/static/"):
        kept = ("Cache-Control", "max-age=315360000, public, immutable")
        start("200 OK", [*headers, kept, ("Vary", "Accept-Encoding"), ("Content-Type", "text/css")])
        return [b"p{}"]
    start("200 OK", [*headers, ("Content-Type", "text/html"), ("Cache-Control", "no-store")])
    return [json.dumps(asked).encode(), b" " * 5_000]


def _slowly() -> Iterator[bytes]:
    for _ in range(PIECES):
        yield PIECE
        time.sleep(BETWEEN)
