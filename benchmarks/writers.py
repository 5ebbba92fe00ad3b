"""Many people writing at once, through HTTP, on both databases: python -m benchmarks.writers [--before COMMIT]

Each reports gaps and joins those of others, one after the other, as fast as the site answers. With --before the same is
asked of an earlier commit, turn by turn, so that both are measured on the machine as it is today.
"""

import argparse
import random
import sys
import tempfile
import threading
import time
import uuid
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

from benchmarks import trees
from tests.support import databases
from tests.support.at_work import NotSaved, Person
from tests.support.gunicorn import Gunicorn
from tests.support.kills import EMAIL, PASSWORD, words
from webapp.config.settings import ROOT
from webapp.library.build import compile as compiling

TURNS = 4
SHOWN = 5  # errors that are printed


@dataclass
class Work:
    """What came of it: milliseconds of each write that was acknowledged, and what was answered instead."""

    took: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.writers", description="Many people writing at once.")
    parser.add_argument("--before", help="a commit to compare with")
    parser.add_argument("--writers", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--on", choices=databases.KINDS, action="append", help="one database alone")
    given = parser.parse_args()
    failed = False
    with tempfile.TemporaryDirectory() as folder, trees.of(given.before, Path(folder)) as versions:
        index_dir = Path(folder) / "index"
        compiling.build(ROOT / "content", index_dir)
        print(f"{given.writers} writers for {given.seconds:.0f} s, two workers of four threads\n")
        print("| database | program | writes | a second | p50 ms | p95 ms | p99 ms | longest ms | errors |")
        print("|---|---|---|---|---|---|---|---|---|", flush=True)
        databases.make_durable()
        for kind in given.on or databases.KINDS:
            for name, work in _measure(kind, versions, index_dir, Path(folder), given.writers, given.seconds).items():
                print(_row(kind, name, work, given.seconds), flush=True)
                print(*work.errors[:SHOWN], sep="\n", end="\n" if work.errors else "", file=sys.stderr)
                failed |= bool(work.errors)
    return int(failed)


def _measure(
    kind: str, versions: dict[str, Path], index_dir: Path, folder: Path, writers: int, seconds: float
) -> dict[str, Work]:
    """Both versions by turns, each on a database of its own, so that what else the machine does meets both."""
    done = {name: Work() for name in versions}
    with ExitStack() as running:
        offices = {}
        for name, tree in versions.items():
            here = folder / f"{kind}-{name}"
            here.mkdir()
            url = databases.fresh(kind, f"writers_{name}", here)
            site = running.enter_context(Gunicorn(here, index_dir, workers=2, database_url=url, tree=tree))
            offices[name] = Office(site, writers)
        for _ in range(TURNS):
            for name, office in offices.items():
                office.work(done[name], seconds / TURNS)
    return done


class Office:
    """People who are signed in at a site."""

    def __init__(self, site: Gunicorn, people: int) -> None:
        site.add_person(EMAIL, PASSWORD)
        self._people = [Person(site.url, EMAIL, PASSWORD) for _ in range(people)]
        self._seen = [self._people[0].report("Something to join", uuid.uuid4().hex)]

    def work(self, work: Work, seconds: float) -> None:
        """Let all of them write for `seconds`."""
        until = time.monotonic() + seconds
        threads = [threading.Thread(target=_work, args=(one, work, self._seen, until)) for one in self._people]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()


def _work(person: Person, work: Work, seen: list[str], until: float) -> None:
    for turn in range(sys.maxsize):
        began = time.monotonic()
        if began >= until:
            return
        form_id = uuid.uuid4().hex
        try:
            if turn % 2:
                person.join(random.choice(seen))
            else:
                seen.append(person.report(f"Somewhere to sing, by the words {words(form_id)}", form_id))
        except (NotSaved, OSError) as error:
            work.errors.append(str(error))
        else:
            work.took.append((time.monotonic() - began) * 1000)


def _row(kind: str, name: str, work: Work, seconds: float) -> str:
    cuts = quantiles(work.took, n=100)
    figures = f"{median(work.took):.0f} | {cuts[94]:.0f} | {cuts[98]:.0f} | {max(work.took):.0f}"
    rate = f"{len(work.took) / seconds:.1f}"
    return f"| {kind} | {name} | {len(work.took)} | {rate} | {figures} | {len(work.errors)} |"


if __name__ == "__main__":
    sys.exit(main())
