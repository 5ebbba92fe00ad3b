"""What a search that nobody made before costs the processor, beside the floor and an earlier version of this program.

    SIGNPOST_BENCH=<the bench's folder> python -m benchmarks.new_searches 10000 <a work folder> [--before COMMIT]

Each side is a process of its own, asked twenty-five searches in turn, none twice: a busy machine is so for all sides.
All read what this version has compiled. Ends with 1 where a whole page costs more than `MOST` of the floor's.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import fmean, median

from benchmarks import asked, corpus, pages, trees

MOST = 0.75  # of the floor's mean: what was reached, with room for a busy machine
WARM, ROUNDS, IN_TURN = 400, 24, 25
HEAD = "| page | program | ms: mean | median | 95th | of the floor’s mean |\n|---|---|---|---|---|---|"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.new_searches", description=__doc__)
    parser.add_argument("records", type=int)
    parser.add_argument("work", type=Path)
    parser.add_argument("--before", help="a commit to compare with")
    given = parser.parse_args()
    bench = Path(os.environ["SIGNPOST_BENCH"])
    made = corpus.records(bench, given.records, given.work)
    environment, cookie, database = pages.prepared(bench, made)
    ours, theirs = pages._searches(bench, made.parent, pages.MANY)
    print(HEAD)
    missed = False
    with tempfile.TemporaryDirectory() as folder, trees.of(given.before, Path(folder)) as programs:
        for page, headers in (("whole page", {}), ("fragment", {"HTTP_HX_REQUEST": "true"})):
            with ExitStack() as running:
                sides = {
                    name: (running.enter_context(_process("webapp.app:create_app", tree, environment)), ours, headers)
                    for name, tree in programs.items()
                }
                floor = running.enter_context(_process("app:app", bench / "floor", {"FLOOR_DB": str(database)}))
                taken = _measure(sides | {"floor": (floor, theirs, {})}, cookie)
            of_floor = fmean(taken["floor"])
            for name, spent in taken.items():
                print(_row(page, name, spent, of_floor), flush=True)
            missed |= page == "whole page" and fmean(taken["now"]) > MOST * of_floor
    return int(missed)


Side = tuple["subprocess.Popen[str]", Sequence[str], dict[str, str]]  # a process, what it is asked, headers


def _measure(sides: dict[str, Side], cookie: str) -> dict[str, list[float]]:
    """Milliseconds of each search that followed the first `WARM`, by side."""
    taken: dict[str, list[float]] = {name: [] for name in sides}
    for process, paths, headers in sides.values():
        _ask(process, paths[:WARM], cookie, headers)
    for number in range(ROUNDS):
        begin = WARM + number * IN_TURN
        for name, (process, paths, headers) in sides.items():
            taken[name] += _ask(process, paths[begin : begin + IN_TURN], cookie, headers)
    return taken


def _ask(process: "subprocess.Popen[str]", paths: Sequence[str], cookie: str, headers: dict[str, str]) -> list[float]:
    assert process.stdin
    assert process.stdout
    print(json.dumps([asked.environ_of(path, cookie) | headers for path in paths]), file=process.stdin, flush=True)
    answer = process.stdout.readline()
    if not answer:
        raise RuntimeError("a side has stopped; what it said stands above")
    spent: list[float] = json.loads(answer)
    return spent


@contextmanager
def _process(app: str, tree: Path, environment: dict[str, str]) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, str(Path(__file__).with_name("asked.py")), app]
    own = os.environ | environment | {"PYTHONPATH": str(tree)}
    with subprocess.Popen(command, cwd=tree, env=own, stdin=-1, stdout=-1, text=True) as process:
        yield process


def _row(page: str, name: str, spent: list[float], of_floor: float) -> str:
    mean, most = fmean(spent), sorted(spent)[len(spent) * 95 // 100]
    return f"| {page} | {name} | {mean:.2f} | {median(spent):.2f} | {most:.2f} | {mean / of_floor:.2f} |"


if __name__ == "__main__":
    sys.exit(main())
