"""How fast: the engine beside its baselines, query by query in turn, so that a busy machine is busy for all of them."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from benchmarks import made_up
from benchmarks.baselines import FullTextDirectory, PlainWhoosh
from benchmarks.site import SITE, names, opened
from webapp.library.build import index

WHOOSH_UP_TO = 10_000  # records: past this plain Whoosh takes minutes
PASSES = 3


class Times(NamedTuple):
    """Milliseconds that half, and nineteen in twenty, of the searches stay under."""

    half: float
    most: float


class Speed(NamedTuple):
    """At one size. `first` is the engine's first pass over the queries, nothing remembered; times in seconds; MB."""

    size: int
    engine: Times
    first: Times
    full_text: Times
    whoosh: Times | None
    build: float
    change: float
    memory: float


def measure(bench: Path, size: int, folder: Path) -> Speed:
    """Build, change and search a made-up directory of `size` records, in `folder`."""
    records = made_up.generate(bench, size, folder)
    asked = made_up.queries(bench, folder)
    whole, changed = folder / f"index-{size}", folder / f"index-{size}-changed"
    whole.mkdir()
    changed.mkdir()
    build = _seconds(lambda: index.write(whole, made_up.documents(records), names()))
    one = [next(made_up.documents(records, first_row=size))]
    change = _seconds(lambda: index.write(changed, one, names(), previous=whole, removed_rows=[0]))
    memory = _memory(whole, folder)
    engine = opened(whole)
    ways: dict[str, Callable[[dict], object]] = {"engine": lambda q: engine.search(made_up.as_query(q))}
    floor = FullTextDirectory(records, folder)
    ways["full text"] = floor.search
    if size <= WHOOSH_UP_TO:
        plain = PlainWhoosh(made_up.documents(records), folder / f"whoosh-{size}")
        ways["whoosh"] = lambda q: plain.search(q["q"])
    taken: dict[tuple[str, int], list[float]] = {}
    for number in range(PASSES):
        for query in asked:
            for name, search in ways.items():
                taken.setdefault((name, number), []).append(_seconds(lambda s=search, q=query: s(q)) * 1000)
    engine.close()

    def over(name: str, passes: range) -> Times:
        return _times([t for number in passes for t in taken[name, number]])

    later = range(1, PASSES)
    return Speed(
        size,
        over("engine", later),
        over("engine", range(1)),
        over("full text", later),
        over("whoosh", later) if "whoosh" in ways else None,
        build,
        change,
        memory,
    )


def _memory(whole: Path, folder: Path) -> float:
    """Resident MB of a process of its own that has opened the index and answered every query."""
    run = [sys.executable, "-m", "benchmarks.memory", str(whole), str(folder / "queries.json")]
    return float(subprocess.run(run, check=True, capture_output=True, text=True, cwd=SITE).stdout)


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _times(taken: list[float]) -> Times:
    ordered = sorted(taken)
    return Times(ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)])
