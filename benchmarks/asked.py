"""A process that asks one site, without a network: `asked.py MODULE:NAME`, in that site's own folder.

It reads a line of JSON for each round, a list of requests as WSGI has them, and answers with one: the milliseconds of
the processor that each took. It stands alone, so that it can ask an earlier version of the program too.
"""

import gc
import importlib
import json
import os
import sys
import time
from collections.abc import Callable
from io import BytesIO
from typing import Any

MANY = 200  # requests, after which what is kept for good is set aside from the collector, as workers do


def main() -> None:
    module, _, name = sys.argv[1].partition(":")
    site = getattr(importlib.import_module(module), name)
    site = site() if name == "create_app" else site
    answers = os.fdopen(os.dup(1), "w")
    for number in (1, 2):
        os.dup2(os.open(os.devnull, os.O_WRONLY), number)  # what is logged is made, and written nowhere
    asked = 0
    for line in sys.stdin:
        taken = [spent(site, environ) for environ in json.loads(line)]
        if asked < MANY <= (asked := asked + len(taken)):
            gc.collect()
            gc.freeze()
        print(json.dumps(taken), file=answers, flush=True)


def spent(site: Callable[..., Any], environ: dict[str, Any]) -> float:
    """Milliseconds of the processor for one answer. Raises RuntimeError where it is not the page."""
    environ |= {"wsgi.input": BytesIO(), "wsgi.errors": sys.stderr}
    said: list[str] = []
    began = time.process_time_ns()
    answer = site(environ, lambda status, headers, fault=None: said.append(status))
    b"".join(answer)
    getattr(answer, "close", lambda: None)()
    spent = (time.process_time_ns() - began) / 1e6
    if said != ["200 OK"]:
        raise RuntimeError(f"{environ['PATH_INFO']}?{environ['QUERY_STRING']} answers {said}")
    return spent


def environ_of(path: str, cookie: str) -> dict[str, Any]:
    """What gunicorn would give for a browser's GET, but for its streams."""
    where, _, query = path.partition("?")
    return {
        "REQUEST_METHOD": "GET", "PATH_INFO": where, "QUERY_STRING": query, "SCRIPT_NAME": "",
        "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": "127.0.0.1",
        "REMOTE_ADDR": "127.0.0.1", "HTTP_COOKIE": cookie, "wsgi.url_scheme": "http", "wsgi.version": (1, 0),
        "wsgi.multithread": False, "wsgi.multiprocess": True, "wsgi.run_once": False,
    }  # fmt: skip


if __name__ == "__main__":
    main()
