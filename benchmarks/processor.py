"""What a page costs the processor, in one process, beside the floor: also on a machine that does much else.

    SIGNPOST_BENCH=<the bench's folder> python -m benchmarks.processor 10000 <a work folder>

Each page is made anew by its view, and given again as `webapp.web.kept_answers` keeps it, in turn with the floor's.
Milliseconds of the processor (mean, median and 95th of a hundred; the least of the rounds) and calls of Python.
`benchmarks.pages` measures the same over the network, in requests a second.
"""

import cProfile
import os
import pstats
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import redirect_stderr
from pathlib import Path
from typing import Any

from benchmarks import asked, corpus, pages

ROUNDS = 5
Site = Callable[[dict[str, Any], Callable[..., Any]], Any]
HEAD = "| page | ms: mean | median | 95th | calls |\n|---|---|---|---|---|"


def measure(bench: Path, number: int, work: Path) -> str:
    """Make what is missing in `work` and return the table."""
    from webapp.app import create_app
    from webapp.web.kept_answers import KeptAnswers

    made = corpus.records(bench, number, work)
    environment, cookie, database = pages.prepared(bench, made)
    os.environ |= environment | {"FLOOR_DB": str(database)}
    sys.path.insert(0, str(bench / "floor"))
    app = create_app()
    again = app.extensions["signpost.kept_answers"]
    assert isinstance(again, KeptAnswers)
    floor = __import__("app").app
    ours, theirs, listings, floor_listings = pages._paths(bench, number, made)
    sides: list[tuple[str, Site, Sequence[str], dict[str, str]]] = []
    for name, paths, headers in (
        ("search, whole page", ours, {}),
        ("search, fragment", ours, {"HTTP_HX_REQUEST": "true"}),
        ("listing", listings, {}),
    ):
        sides.append((f"{name}, made anew", again.site, paths, headers))
        sides.append((f"{name}, given again", again, paths, headers))
    sides += [("floor: search", floor, theirs, {}), ("floor: listing", floor, floor_listings, {})]
    taken: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    for at in range(ROUNDS + 2):  # the first two fill what is kept
        for name, site, paths, headers in sides:
            spent = sorted(_spent(site, path, cookie, headers) for path in paths)
            if at > 1:
                figures = sum(spent) / len(spent), spent[len(spent) // 2], spent[len(spent) * 95 // 100]
                taken[name].append(figures)
    rows = [HEAD]
    for name, site, paths, headers in sides:
        least = [min(figures) for figures in zip(*taken[name], strict=True)]
        calls = _calls(site, paths, cookie, headers)
        rows.append(f"| {name} | {' | '.join(f'{figure:.2f}' for figure in least)} | {calls:,.0f} |")
    return "\n".join(rows)


def _spent(site: Site, path: str, cookie: str, headers: dict[str, str]) -> float:
    return asked.spent(site, asked.environ_of(path, cookie) | headers)


def _calls(site: Site, paths: Sequence[str], cookie: str, headers: dict[str, str]) -> float:
    environs = [asked.environ_of(path, cookie) | headers for path in paths]
    profile = cProfile.Profile()
    with profile:
        for environ in environs:
            asked.spent(site, environ)
    return pstats.Stats(profile).total_calls / len(paths)  # type: ignore[attr-defined,no-any-return]


if __name__ == "__main__":
    with Path(os.devnull).open("w") as log, redirect_stderr(log):  # what is logged is made, and written nowhere
        table = measure(Path(os.environ["SIGNPOST_BENCH"]), int(sys.argv[1]), Path(sys.argv[2]))
    print(table)
