"""How long the site takes to start, until it does what it is for.

python -m benchmarks.starting [--from-nothing]. Ends with 1 where an aim is missed. A start is the quickest of five,
for whatever else the machine does can only add to it; beside it stands the processor time of that one.

With `--from-nothing` it is `make run` in a fresh copy of the last commit, twice: the first time, it installs
everything from the packages that are near. Without, the second is `signpost serve` here, as `make run` starts it.
"""

import argparse
import math
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from tests.support.gunicorn import Gunicorn
from tests.support.live import free_port
from webapp.config.settings import ROOT
from webapp.library.build import compile as compiling

STARTS = 5
LOOK_EVERY = 0.005  # seconds
NOTHING, AGAIN, WORKER, REPLACED = (
    "make run, from nothing",
    "make run, again",
    "worker",
    "web process, in a dead one's place",
)
AIMS = {NOTHING: 60.0, AGAIN: 1.5, WORKER: 1.0, REPLACED: 1.0}  # seconds
AT_MOST = 600
SIGNPOST = str(Path(sys.executable).parent / "signpost")
NOT_OURS = ("SIGNPOST_", "DATABASE_URL", "VIRTUAL_ENV", "MAKE")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.starting", description="How long a start takes.")
    parser.add_argument("--from-nothing", action="store_true", help="install everything in a fresh copy first")
    given = parser.parse_args()
    taken: dict[str, tuple[float, float]] = {}
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        if given.from_nothing:
            tree = folder / "copy"
            subprocess.run(["git", "clone", "--quiet", str(ROOT), str(tree)], check=True)
            make = ["make", "--silent", "run", "PORT={port}"]
            taken[NOTHING] = _first_answer(make, tree)
            taken[AGAIN] = _quickest(lambda: _first_answer(make, tree))
        else:
            serve = [SIGNPOST, "serve", "--port", "{port}"]
            _first_answer(serve, ROOT)  # whatever is done once alone is done
            taken[AGAIN] = _quickest(lambda: _first_answer(serve, ROOT))
        taken |= _in_production(folder)
    print("| start | seconds | of the processor | aim |\n|---|---|---|---|")
    for what, (seconds, processor) in taken.items():
        used = "–" if math.isnan(processor) else f"{processor:.2f}"
        print(f"| {what} | {seconds:.2f} | {used} | {AIMS[what]:g} |")
    return int(any(seconds > AIMS[what] for what, (seconds, _) in taken.items()))


def _quickest(start: Callable[[], tuple[float, float]]) -> tuple[float, float]:
    return min(start() for _ in range(STARTS))


def _first_answer(command: list[str], tree: Path) -> tuple[float, float]:
    """The demonstration of `tree`, until its first page is there: seconds, and seconds of the processor."""
    port = free_port()
    command = [part.replace("{port}", str(port)) for part in command]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(NOT_OURS)}
    environ = kept | {"SIGNPOST_DEMO": "1", "PYTHONPATH": str(tree)}
    used, began = _used(), time.monotonic()
    process = subprocess.Popen(command, cwd=tree, env=environ, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        seconds = _until(lambda: _answers(f"http://127.0.0.1:{port}/sign-in"), began, process)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        process.wait()
    return seconds, _used() - used


def _in_production(folder: Path) -> dict[str, tuple[float, float]]:
    """The worker, until its first round of jobs is noted; and a web process in the place of one that was killed."""
    index_dir = folder / "index"
    compiling.build(ROOT / "content", index_dir)
    with Gunicorn(folder, index_dir) as site:
        worker = _quickest(lambda: _first_round(site, folder / "signpost.db"))
        return {WORKER: worker, REPLACED: _quickest(lambda: _replaced(site))}


def _first_round(site: Gunicorn, database: Path) -> tuple[float, float]:
    _noted(database, "delete from worker_jobs")
    used, began = _used(), time.monotonic()
    process = subprocess.Popen([SIGNPOST, "worker"], cwd=ROOT, env=site.environ, stdout=subprocess.DEVNULL)
    try:
        seconds = _until(lambda: _noted(database, "select 1 from worker_jobs where name = 'messages'"), began, process)
    finally:
        process.terminate()
        process.wait()
    return seconds, _used() - used


def _replaced(site: Gunicorn) -> tuple[float, float]:
    (before,) = site.workers()
    began = time.monotonic()
    os.kill(before, signal.SIGKILL)
    seconds = _until(lambda: before not in site.workers() and _answers(f"{site.url}/sign-in"), began, site.process)
    return seconds, math.nan  # it goes on, and what it used is known at its end


def _noted(database: Path, question: str) -> bool:
    with closing(sqlite3.connect(database, timeout=10)) as connection, connection:
        return connection.execute(question).fetchone() is not None


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=AT_MOST) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _until(done: Callable[[], bool], began: float, process: subprocess.Popen[bytes]) -> float:
    while not done():
        if process.poll() is not None or time.monotonic() - began > AT_MOST:
            sys.exit(f"It did not start: {process.args}")
        time.sleep(LOOK_EVERY)
    return time.monotonic() - began


def _used() -> float:
    """Seconds of the processor that processes of ours took which have ended."""
    times = os.times()
    return times.children_user + times.children_system


if __name__ == "__main__":
    sys.exit(main())
