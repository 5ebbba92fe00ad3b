"""Killed at work, a thousand times: web processes on both databases, and builds of the content.

python -m benchmarks.kills [--kills 1000] [--of sqlite]. Ends with 1 where anything was lost, doubled or not found.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.support import databases, kills
from tests.support.corpus import Corpus
from tests.support.gunicorn import Gunicorn
from tests.support.killed_builds import ASSETS, Builders, kill_builds
from webapp.config.settings import ROOT
from webapp.library.build import compile as compiling

WRITERS = 6
BUILDS = "builds"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kills", description="Killed at work, again and again.")
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--of", choices=(*databases.KINDS, BUILDS), action="append", help="one of them alone")
    parser.add_argument("--minutes", type=float, default=float("inf"), help="stop killing web processes after so long")
    given = parser.parse_args()
    lost = 0
    with tempfile.TemporaryDirectory() as folder:
        for what in given.of or (*databases.KINDS, BUILDS):
            here = Path(folder) / what
            here.mkdir()
            began = time.monotonic()
            said, wrong = (
                _builds(here, given.kills) if what == BUILDS else _writes(what, here, given.kills, given.minutes * 60)
            )
            print(f"{what}, in {time.monotonic() - began:.0f} s: {said}", flush=True)
            print(*wrong, sep="\n", end="\n" if wrong else "")
            lost += len(wrong)
    return int(bool(lost))


def _writes(kind: str, folder: Path, number: int, seconds: float) -> tuple[str, list[str]]:
    index_dir, url = folder / "index", databases.fresh(kind, "kills", folder)
    compiling.build(ROOT / "content", index_dir)
    databases.make_durable()
    with Gunicorn(folder, index_dir, kills.LOADED_ONCE, workers=2, database_url=url) as site:
        outcome = kills.kill_at_work(site, number, WRITERS, seconds)
    wrong = kills.faults(url, outcome)
    said = f"{outcome.kills} kills, {len(outcome.acknowledged)} writes acknowledged, {outcome.again} sent again"
    return f"{said}, {len(wrong)} lost or doubled", wrong


def _builds(folder: Path, number: int) -> tuple[str, list[str]]:
    corpus = Corpus(folder, assets=ASSETS)
    corpus.build()
    builders = Builders(corpus)
    try:
        searches = kill_builds(corpus, builders, number)
    except AssertionError as failed:
        return "a search failed", [str(failed)]
    finally:
        builders.close()
    return f"{number} kills, {searches} searches, 0 failed", []


if __name__ == "__main__":
    sys.exit(main())
