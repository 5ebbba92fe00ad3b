"""So many practitioners at work at once, played by Locust: `make load`, or python -m benchmarks.load [--unproven]

First it proves that it would notice: a page that fails, one that is slow and a worker that grows are planted, and each
must be found. Ends with 1 where an aim is missed. The load is made on the same machine, so its share is printed too.
Locust has an environment of its own (`make load` makes it): nothing else of this project needs it.
"""

import argparse
import itertools
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import psutil

from benchmarks import filled, gaps
from tests.support import databases
from tests.support.gunicorn import Gunicorn
from webapp.accounts import passwords
from webapp.app import create_app
from webapp.config.settings import ROOT, Settings
from webapp.db.engine import db, now
from webapp.library.build import compile as compiling
from webapp.people.models import User, UserRole

LOCUST = ROOT / ".venv-load" / "bin" / "locust"
SCENARIO = ROOT / "benchmarks" / "practitioners.py"
REFUSED = "refused: "  # as practitioners.py begins a line
PASSWORD = "teapot lantern gravel"
ACCOUNTS = {"practitioner": 4_000, "commissioner": 400}
SLOW = 300  # milliseconds at the 95th per cent: the aim
GROWTH = 0.1  # of a worker's own memory from the second fifth of the time to the last
COME_IN = 5  # people a second
# What is planted, and what must be said of it.
PLANTED = {
    "a page that fails": ("if path.startswith('/gaps'): raise RuntimeError('planted')", "errors"),
    "a page that is slow": ("if path.startswith('/directory'): time.sleep(1.5)", "95th"),
    "a worker that grows": ("grown.append(bytearray(b'x' * 8_000_000))", "grew"),
}
PLANT = """
def post_worker_init(worker):
    import time
    site, grown = worker.wsgi, []
    def planted(environ, start_response):
        path = environ["PATH_INFO"]
        {}
        return site(environ, start_response)
    worker.wsgi = planted
"""


@dataclass
class Load:
    """What came of it. `times` has milliseconds and how often, for each kind of page; `grew` is a share, or None."""

    people: int
    seconds: float
    times: dict[str, dict[int, int]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    failed: int = 0
    grew: float | None = None
    shares: dict[str, float] = field(default_factory=dict)  # of both processors, by who took them

    @property
    def every(self) -> dict[int, int]:
        together: dict[int, int] = {}
        for times in self.times.values():
            for took, often in times.items():
                together[took] = together.get(took, 0) + often
        return together

    def faults(self) -> list[str]:
        """The aims that were missed."""
        found = [f"{self.failed} errors: {'; '.join(self.errors[:5])}"] if self.failed or not self.every else []
        if (slow := percentile(self.every, 95)) > SLOW:
            found.append(f"the 95th per cent took {slow} ms; the aim is {SLOW}")
        if self.grew is not None and self.grew > GROWTH:
            found.append(f"workers grew by {self.grew:.0%}; the aim is {GROWTH:.0%}")
        return found

    def __str__(self) -> str:
        every, count = self.every, sum(self.every.values())
        shares = ", ".join(f"{who} {share:.0%}" for who, share in self.shares.items())
        grew = "not looked at" if self.grew is None else f"{self.grew:+.1%}"
        return (
            f"{self.people} people, {count} requests in {self.seconds:.0f} s ({count / self.seconds:.0f} a second): "
            f"p50 {percentile(every, 50)}, p95 {percentile(every, 95)}, p99 {percentile(every, 99)} ms, "
            f"{self.failed} errors, memory of workers {grew}.\nOf the machine: {shares}."
        )


def main() -> int:
    given = _given()
    if not given.locust.exists():
        print(f"Locust is not at {given.locust}: `make load` installs it there.", file=sys.stderr)
        return 2
    missed: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        index_dir = Path(folder) / "index"
        compiling.build(ROOT / "content", index_dir)
        for kind in given.on or databases.KINDS:
            print(f"\n{kind}", flush=True)
            url = fill(kind, Path(folder), index_dir)
            if not given.unproven:
                missed += _unnoticed(given.locust, Path(folder), index_dir, url)
            with site_on(Path(folder), index_dir, url) as site:
                load = play(given.locust, site, given.people, given.seconds)
                print(_table(load), load, sep="\n", flush=True)
                missed += load.faults()
    print(*(f"missed: {one}" for one in missed), sep="\n", end="\n" if missed else "")
    return int(bool(missed))


def _given() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description="Practitioners at work at once.")
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--on", choices=databases.KINDS, action="append", help="one database alone")
    parser.add_argument("--unproven", action="store_true", help="leave out the planted faults")
    parser.add_argument("--locust", type=Path, default=LOCUST, help="where the program is")
    return parser.parse_args()


def fill(kind: str, folder: Path, index_dir: Path) -> str:
    """A database with a log of 2,000 gaps and everybody's account; its address."""
    made = databases.Sqlite(folder) if kind == "sqlite" else databases.Postgresql("load")
    databases.make_durable()
    made.reset()
    app = create_app(Settings(secret_key=filled.SECRET, database_url=made.url, index_dir=index_dir))
    words = app.extensions["signpost.content"].current().vocabulary
    with app.app_context():
        gaps.fill(words, 10)
        filled.write(User, _accounts(list(words.teams)))
        filled.write(UserRole, ({"user_id": row["id"], "role": row["name"]} for row in _accounts([""])))
        db.session.commit()
        db.engine.dispose()
    return made.url


def _accounts(teams: Sequence[str]) -> Iterator[dict[str, Any]]:
    number, moment, hashed = itertools.count(10_000), now(), passwords.hashed(PASSWORD)
    for kind, count in ACCOUNTS.items():
        for one in range(1, count + 1):
            yield {
                "id": next(number), "email": f"{kind}-{one}@example.org", "name": kind, "team": teams[one % len(teams)],
                "password_hash": hashed, "disabled": False, "session_version": 0, "created_at": moment,
            }  # fmt: skip


@contextmanager
def site_on(folder: Path, index_dir: Path, url: str, planted: str = "") -> Iterator[Gunicorn]:
    """Two workers behind a proxy, as far as they know."""
    with Gunicorn(
        folder, index_dir, planted, workers=2, database_url=url, more_settings={"SIGNPOST_PROXIES": "1"}
    ) as site:
        yield site


def _unnoticed(locust: Path, folder: Path, index_dir: Path, url: str) -> list[str]:
    """Plant each fault; those that nothing would have been said of."""
    unnoticed = []
    for name, (line, word) in PLANTED.items():
        with site_on(folder, index_dir, url, PLANT.format(line)) as site:
            load = play(locust, site, people=20, seconds=30, think=0.2)
        found = [said for said in load.faults() if word in said]
        print(f"planted, {name}: {found[0] if found else 'NOT NOTICED'}", flush=True)
        unnoticed += [] if found else [f"{name} was not noticed"]
    return unnoticed


def play(locust: Path, site: Gunicorn, people: int, seconds: float, think: float = 1) -> Load:
    """Let `people` work at `site` for `seconds`, who think `think` times as long as people do."""
    watch = Watch(site)
    running = begin(locust, site, people, max(COME_IN, people / 40), seconds, think)
    with watch.beside(running):
        said, wrong = running.communicate(timeout=seconds + 120)
    if running.returncode:
        raise SystemExit(f"Locust ended with {running.returncode}:\n{wrong[-2000:]}")
    load = Load(people, seconds, grew=watch.growth(), shares=watch.shares())
    if gone := watch.gone(site):
        load.failed, load.errors = gone, [f"{gone} workers ended and were replaced"]
    for entry in json.loads(said):
        load.failed += entry["num_failures"]
        load.times[entry["name"]] = {int(float(took)): often for took, often in entry["response_times"].items()}
    lines = wrong.splitlines()
    load.errors += sorted({line.removeprefix(REFUSED) for line in lines if line.startswith(REFUSED)})
    if broken := sum(line.startswith("Traceback") for line in lines):  # a person who could not go on
        load.failed += broken
        load.errors.append(lines[-1])
    return load


def begin(
    program: Path,
    site: Gunicorn,
    people: int,
    a_second: float,
    seconds: float,
    think: float = 1,
    more: Sequence[str] = (),
) -> "subprocess.Popen[str]":
    """Locust, with so many coming in a second until all of `people` are there; at its end it writes figures as JSON."""
    command = [
        *(str(program), "--locustfile", str(SCENARIO), "--headless", "--json", "--only-summary", "--host", site.url),
        *("--users", str(people), "--spawn-rate", str(a_second), "--run-time", f"{seconds:.0f}s"),
        *("--stop-timeout", "5", "--exit-code-on-error", "0", "--loglevel", "ERROR", *more),
    ]
    environ = {
        **site.environ,
        "PYTHONPATH": str(ROOT),
        "SIGNPOST_LOAD_THINK": str(think),
        "SIGNPOST_LOAD_PASSWORD": PASSWORD,
    }
    return subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


class Watch:
    """What the processes take while people work: memory of the workers, and everybody's share of the processors."""

    def __init__(self, site: Gunicorn) -> None:
        self._workers = [psutil.Process(pid) for pid in site.workers()]
        self._memory: list[int] = []
        self._shares: dict[str, float] = {}

    @contextmanager
    def beside(self, locust: "subprocess.Popen[str]") -> Iterator[None]:
        """Look every half second until the block ends."""
        ended = threading.Event()
        everybody = {"Locust": [psutil.Process(locust.pid)], "workers": self._workers}
        thread = threading.Thread(target=self._look, args=(everybody, ended))
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()

    def gone(self, site: Gunicorn) -> int:
        """How many of the workers are not there any more."""
        return len({process.pid for process in self._workers} - set(site.workers()))

    def growth(self) -> float | None:
        """By what share the workers grew; None where there was too little to see it."""
        fifth = len(self._memory) // 5
        if not fifth:
            return None
        early, late = median(self._memory[fifth : 2 * fifth]), median(self._memory[-fifth:])
        return late / early - 1

    def shares(self) -> dict[str, float]:
        return self._shares

    def _look(self, everybody: dict[str, list[psutil.Process]], ended: threading.Event) -> None:
        began = time.monotonic()
        at_first = {who: _processor(them) for who, them in everybody.items()} | {"PostgreSQL": _processor(_servers())}
        idle = psutil.cpu_times().idle
        while not ended.wait(0.5):
            self._memory.append(sum(_own(process) for process in self._workers))
            so_far = {who: _processor(them) for who, them in everybody.items()} | {"PostgreSQL": _processor(_servers())}
            whole = (time.monotonic() - began) * (os.cpu_count() or 1)
            self._shares = {who: max(0.0, took - at_first[who]) / whole for who, took in so_far.items() if took}
            self._shares["idle"] = (psutil.cpu_times().idle - idle) / whole


def _own(process: psutil.Process) -> int:
    """Bytes that no other process shares; nothing where it has ended, which the errors tell."""
    try:
        return int(process.memory_full_info().uss)
    except psutil.Error:
        return 0


def _processor(processes: list[psutil.Process]) -> float:
    """Seconds of processor that these, and what they began and buried, have taken."""
    took = 0.0
    for process in processes:
        try:
            took += sum(process.cpu_times()[:4])
        except psutil.Error:
            continue
    return took


def _servers() -> list[psutil.Process]:
    """Processes of the PostgreSQL of this run."""
    return [one for one in psutil.process_iter(["name"]) if (one.info["name"] or "").startswith("postgres")]


def percentile(times: dict[int, int], share: float) -> int:
    """The milliseconds that `share` per cent took at most; nothing where there were none."""
    wanted, so_far = sum(times.values()) * share / 100, 0
    for took in sorted(times):
        so_far += times[took]
        if so_far >= wanted:
            return took
    return 0


def _table(load: Load) -> str:
    lines = ["| page | requests | p50 ms | p95 ms |", "|---|---|---|---|"]
    for name, times in sorted(load.times.items(), key=lambda one: -percentile(one[1], 95)):
        count = sum(times.values())
        lines.append(f"| {name} | {count} | {percentile(times, 50)} | {percentile(times, 95)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
