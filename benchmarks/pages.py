"""Whole pages against the floor: both served by gunicorn with two sync workers, driven in one interleaved run.

The floor is the smallest good search page an engineer would write in an afternoon (Flask, FTS5, three facets, no
sign-in); ours is the full page, signed in, with every facet. Both answer the same queries with the same filters.
"""

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from benchmarks import corpus
from webapp.config import ROOT, Settings

KEY = "a key for measuring alone, of no use anywhere else"
FACETS = {"neighbourhood": "place", "category": "activity", "cost": "cost"}


class Served(NamedTuple):
    """A server that answers: where, and its process."""

    address: str
    process: int


def measure(bench: Path, number: int, work: Path, seconds: int = 5, passes: int = 2, clients: str = "1,16") -> str:
    """Serve both on a corpus of `number` records and return the driver's table. `work` keeps what was made."""
    made = corpus.records(bench, number, work)
    folder = corpus.content(made, made.parent)
    database = made.parent / "floor.db"
    if not database.exists():
        subprocess.run([sys.executable, str(bench / "build_floor_db.py"), str(made), str(database)], check=True)
    index_dir = made.parent / "index"
    (made.parent / "site.db").unlink(missing_ok=True)  # of an earlier version, perhaps
    environment = {
        "SIGNPOST_SECRET_KEY": KEY,
        "SIGNPOST_TRUSTED_HOSTS": "127.0.0.1",
        "SIGNPOST_CONTENT_DIR": str(folder),
        "SIGNPOST_INDEX_DIR": str(index_dir),
        "DATABASE_URL": f"sqlite:///{made.parent / 'site.db'}",
        "SIGNPOST_IDLE_MINUTES": "600",
    }
    subprocess.run([_bin("signpost"), "content", "build"], env=os.environ | environment, check=True, stdout=2)
    cookie = _cookie(folder, index_dir, environment["DATABASE_URL"])
    ours, theirs, details, floor_details = _paths(bench, number, made)
    files = {"search.urls": ours, "fragment.urls": ours, "floor.urls": theirs, "detail.urls": details}
    files["floor-detail.urls"] = floor_details
    for name, lines in files.items():
        (made.parent / name).write_text("\n".join(lines) + "\n")
    with (
        _served("webapp.app:create_app()", ROOT, environment) as product,
        _served("app:app", bench / "floor", {"FLOOR_DB": str(database)}) as floor,
    ):
        table = ""
        for ours_file, floor_file, headers in (
            ("search.urls", "floor.urls", []),
            ("fragment.urls", "floor.urls", ["HX-Request: true"]),
            ("detail.urls", "floor-detail.urls", []),
        ):
            _absolute(made.parent / ours_file, product.address)
            _absolute(made.parent / floor_file, floor.address)
            command = [sys.executable, str(bench / "measure.py"), "-c", clients, "-d", str(seconds)]
            command += ["--passes", str(passes), "--header", f"Cookie: {cookie}"]
            for header in headers:
                command += ["--header", header]
            command += [str(made.parent / ours_file), str(made.parent / floor_file)]
            table += subprocess.run(command, check=True, capture_output=True, text=True).stdout + "\n"
        table += f"The most that a worker of ours ever held: {max(_memory(product.process)):.0f} MB\n"
    return table


def _memory(server: int) -> Iterator[float]:
    """MB that each worker of a server had resident at most, with all libraries, after all pages were asked for."""
    for worker in Path(f"/proc/{server}/task/{server}/children").read_text("ascii").split():
        most = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{worker}/status").read_text("ascii"))
        yield int(most[1]) / 1024 if most else float("nan")


def _bin(name: str) -> str:
    return str(Path(sys.executable).parent / name)


def _cookie(folder: Path, index_dir: Path, url: str) -> str:
    """Somebody signed in, as their browser's cookie says it: what the sign-in page sent them."""
    from webapp import migrating
    from webapp.accounts import demo
    from webapp.app import create_app
    from webapp.db import db, now

    told = {"secret_key": KEY, "database_url": url, "content_dir": folder, "index_dir": index_dir}
    settings = Settings(**told, demo=True, https=False)
    app = create_app(settings)
    with app.app_context():
        migrating.upgrade(db.engine)
        email = demo.load(db.session, now())[0].email
        db.session.commit()
    browser = app.test_client()
    page = browser.get("/sign-in").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token is not None
    browser.post("/sign-in/demo", data={"csrf_token": token[1], "email": email})
    cookie = browser.get_cookie("signpost")
    assert cookie is not None
    return f"signpost={cookie.value}"


def _paths(bench: Path, number: int, made: Path) -> tuple[list[str], list[str], list[str], list[str]]:
    queries = made.parent / "queries.json"
    command = [sys.executable, str(bench / "gen_corpus.py"), "--queries", str(queries), "--seed", "42"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    ours, theirs = [], []
    for query in json.loads(queries.read_text()):
        theirs.append("/search?" + urlencode({"q": query["q"], **query["filters"]}))
        same = {FACETS[k]: re.sub(r"[^a-z0-9]+", "-", v.lower()).strip("-") for k, v in query["filters"].items()}
        if "cost" in query["filters"]:
            same["cost"] = corpus.COSTS[query["filters"]["cost"]]
        ours.append("/directory?" + urlencode({"q": query["q"], **same}))
    slugs = []
    with made.open(encoding="utf-8") as lines:
        for at, line in enumerate(lines):
            if at % max(1, number // 200) == 0:
                slugs.append(json.loads(line)["slug"])
    return ours, theirs, [f"/directory/{slug}" for slug in slugs], [f"/assets/{slug}" for slug in slugs]


def _absolute(file: Path, base: str) -> None:
    lines = [line if line.startswith("http") else base + line for line in file.read_text().split()]
    file.write_text("\n".join(lines) + "\n")


@contextmanager
def _served(app: str, folder: Path, environment: dict[str, str]) -> Iterator[Served]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [_bin("gunicorn"), "-w", "2", "-k", "sync", "-b", f"127.0.0.1:{port}", "--log-level", "error", app]
    server = subprocess.Popen(command, cwd=folder, env=os.environ | environment)
    base = f"http://127.0.0.1:{port}"
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen(base + "/healthz", timeout=2).close()
                break
            except OSError:
                time.sleep(0.2)
        yield Served(base, server.pid)
    finally:
        server.terminate()
        server.wait(10)


if __name__ == "__main__":
    print(measure(Path(os.environ["SIGNPOST_BENCH"]), int(sys.argv[1]), Path(sys.argv[2])))
