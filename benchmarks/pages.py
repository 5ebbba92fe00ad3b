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
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple
from urllib.parse import urlencode

from benchmarks import corpus
from webapp.config.settings import ROOT, Settings

KEY = "a key for measuring alone, of no use anywhere else"
MANY = range(100, 130)  # seeds of so many searches, some 3,000, that none is kept until it comes again
FACETS = {"neighbourhood": "place", "category": "activity", "cost": "cost"}


class Served(NamedTuple):
    """A server that answers: where, and its process."""

    address: str
    process: int


class Row(NamedTuple):
    """One page at one number of clients: ours beside the floor's. Times in milliseconds, the middle of the passes."""

    page: str
    clients: int
    ours: tuple[float, float, float]  # requests a second, p50, p95
    floor: tuple[float, float, float]

    def __str__(self) -> str:
        (rate, half, most), (floor_rate, floor_half, floor_most) = self.ours, self.floor
        return (
            f"| {self.page} | {self.clients} | {rate:.0f} | {half:.2f} / {most:.2f} | {floor_rate:.0f} "
            f"| {floor_half:.2f} / {floor_most:.2f} | {rate / floor_rate:.2f} | {half / floor_half:.2f} "
            f"| {most / floor_most:.2f} |"
        )


HEAD = """\
| page | clients | requests/s | p50 / p95 ms | floor requests/s | floor p50 / p95 ms | ratio | of p50 | of p95 |
|---|---|---|---|---|---|---|---|---|"""


def measure(bench: Path, number: int, work: Path, seconds: int = 5, passes: int = 2, clients: str = "1,16") -> str:
    """Serve both on a corpus of `number` records and return the table. `work` keeps what was made."""
    made = corpus.records(bench, number, work)
    environment, cookie, database = prepared(bench, made)
    ours, theirs, details, floor_details = _paths(bench, number, made)
    many, many_of_theirs = _searches(bench, made.parent, MANY)
    pages = (
        ("search, whole page", ours, theirs, []),
        ("search, fragment", ours, theirs, ["HX-Request: true"]),
        ("search, page never asked for before", many, many_of_theirs, []),
        ("search, fragment never asked for before", many, many_of_theirs, ["HX-Request: true"]),
        ("listing", details, floor_details, []),
    )
    with (
        _served("webapp.app:create_app()", ROOT, environment) as product,
        _served("app:app", bench / "floor", {"FLOOR_DB": str(database)}) as floor,
    ):
        rows = [HEAD]
        _look(product.address + ours[0], cookie)
        for name, our_paths, floor_paths, headers in pages:
            lists = made.parent / "ours.urls", made.parent / "floor.urls"
            lists[0].write_text("\n".join(product.address + path for path in our_paths))
            lists[1].write_text("\n".join(floor.address + path for path in floor_paths))
            results = made.parent / "driven.jsonl"
            results.unlink(missing_ok=True)
            command = [sys.executable, str(bench / "measure.py"), "-c", clients, "-d", str(seconds)]
            command += ["--passes", str(passes), "--json", str(results)]
            for header in [f"Cookie: {cookie}", *headers]:
                command += ["--header", header]
            subprocess.run([*command, *map(str, lists)], check=True, stdout=subprocess.DEVNULL)
            rows += _rows(name, results)
        most, own, share = (max(figures) for figures in zip(*_memory(product.process), strict=True))
    held = f"The most that a worker of ours ever held at {number:,}: {most:.0f} MB. At the end {own:.0f} MB are its own"
    return "\n".join(map(str, rows)) + f"\n\n{held}; with its part of what processes share (PSS), {share:.0f} MB.\n"


def prepared(bench: Path, made: Path) -> tuple[dict[str, str], str, Path]:
    """Beside the file of records `made`: its content compiled and somebody signed in; and the floor's database.

    What the site is to be told in its environment, the cookie, and where that database is.
    """
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
    return environment, _cookie(folder, index_dir, environment["DATABASE_URL"]), database


def _look(address: str, cookie: str) -> None:
    """Raise RuntimeError where the page is not the page: to be asked to sign in is no error to the driver."""
    asked = urllib.request.Request(address, headers={"Cookie": cookie})
    with urllib.request.urlopen(asked, timeout=30) as answer:
        if answer.url != address or answer.status != 200:
            raise RuntimeError(f"{address} answers {answer.status}, from {answer.url}")


def _rows(page: str, results: Path) -> Iterator[Row]:
    """What the driver measured, by number of clients. Raises RuntimeError where an answer was an error."""
    runs = [json.loads(line) for line in results.read_text().splitlines()]
    if any(run["err_status"] or run["err_sock"] for run in runs):
        raise RuntimeError(f"{page}: not every answer was good, so the figures would mean nothing")
    for clients in sorted({run["c"] for run in runs}):
        sides = []
        for target in ("ours", "floor"):
            same = [run for run in runs if run["c"] == clients and run["target"] == target]
            sides.append(tuple(median(run[figure] for run in same) for figure in ("rps", "p50", "p95")))
        yield Row(page, clients, *sides)


def _memory(server: int) -> Iterator[tuple[float, float, float]]:
    """MB of each worker after all pages were asked for, with all libraries.

    What was resident at most, what is its own now, and that with its part of what several processes have (PSS).
    """
    for worker in Path(f"/proc/{server}/task/{server}/children").read_text("ascii").split():
        told = "".join(Path(f"/proc/{worker}/{file}").read_text("ascii") for file in ("status", "smaps_rollup"))
        held = {name: int(kilobytes) / 1024 for name, kilobytes in re.findall(r"(?m)^(\w+):\s+(\d+) kB", told)}
        yield held["VmHWM"], held["Private_Clean"] + held["Private_Dirty"], held["Pss"]


def _bin(name: str) -> str:
    return str(Path(sys.executable).parent / name)


def _cookie(folder: Path, index_dir: Path, url: str) -> str:
    """Somebody signed in, as their browser's cookie says it: what the sign-in page sent them."""
    from webapp.accounts import demo
    from webapp.app import create_app
    from webapp.db import upgrade
    from webapp.db.engine import db, now
    from webapp.web.sessions import COOKIE, COOKIE_OF_HTTPS

    told = {"secret_key": KEY, "database_url": url, "content_dir": folder, "index_dir": index_dir}
    settings = Settings(**told, demo=True, https=False)
    app = create_app(settings)
    with app.app_context():
        upgrade.upgrade(db.engine)
        email = demo.load(db.session, now())[0].email
        db.session.commit()
    browser = app.test_client()
    page = browser.get("/sign-in").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token is not None
    browser.post("/sign-in/demo", data={"csrf_token": token[1], "email": email})
    cookie = browser.get_cookie(COOKIE)
    assert cookie is not None
    return f"{COOKIE_OF_HTTPS}={cookie.value}"  # the site that is measured takes itself to be behind https


def _paths(bench: Path, number: int, made: Path) -> tuple[list[str], list[str], list[str], list[str]]:
    ours, theirs = _searches(bench, made.parent, [42])
    slugs = []
    with made.open(encoding="utf-8") as lines:
        for at, line in enumerate(lines):
            if at % max(1, number // 200) == 0:
                slugs.append(json.loads(line)["slug"])
    return ours, theirs, [f"/directory/{slug}" for slug in slugs], [f"/assets/{slug}" for slug in slugs]


def _searches(bench: Path, folder: Path, seeds: Iterable[int]) -> tuple[list[str], list[str]]:
    """The same searches as addresses of ours and of the floor's, each once: 140 to 180 for a seed."""
    file, found = folder / "queries.json", dict[str, str]()
    for seed in seeds:
        command = [sys.executable, str(bench / "gen_corpus.py"), "--queries", str(file), "--seed", str(seed)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        for query in json.loads(file.read_text()):
            same = {FACETS[k]: re.sub(r"[^a-z0-9]+", "-", v.lower()).strip("-") for k, v in query["filters"].items()}
            if "cost" in query["filters"]:
                same["cost"] = corpus.COSTS[query["filters"]["cost"]]
            ours = "/directory?" + urlencode({"q": query["q"], **same})
            found.setdefault(ours, "/search?" + urlencode({"q": query["q"], **query["filters"]}))
    return list(found), list(found.values())


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
