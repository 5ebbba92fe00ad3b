"""How long content takes to compile: all of it, nothing changed, one file changed and live."""

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

from benchmarks import corpus
from webapp.config import ROOT
from webapp.library.generation.reader import Reader

PROCESSES = 2


class Build(NamedTuple):
    """Seconds of compiling. `live` is from saving a file to its being served, with the start of an interpreter."""

    files: int
    whole: float
    unchanged: float
    changed: float
    live: float


def measure(bench: Path, number: int, work: Path) -> Build:
    """Compile a corpus of `number` listings in `work`, which keeps the files and begins without an index."""
    made = corpus.records(bench, number, work)
    folder = corpus.content(made, made.parent)
    index = made.parent / f"built-{time.time_ns()}"
    whole = _build(folder, index)
    unchanged = _build(folder, index)
    page = next(path for path in sorted((folder / "assets").rglob("*.md")))
    text = page.read_text("utf-8")
    reader = Reader(index)
    before = reader.current().id
    try:
        began = time.perf_counter()
        page.write_text(f"{text}\nOne sentence more.\n", "utf-8")
        changed = _build(folder, index)
        assert reader.current().id != before
        live = time.perf_counter() - began
    finally:
        page.write_text(text, "utf-8")
    return Build(number, whole, unchanged, changed, live)


def _build(folder: Path, index: Path) -> float:
    """As the worker does it: in a process that is running already, without the start of an interpreter."""
    code = (
        "import sys, time; from pathlib import Path; from webapp.library.build.compile import build; "
        "began = time.perf_counter(); "
        f"build(Path(sys.argv[1]), Path(sys.argv[2]), processes={PROCESSES}); print(time.perf_counter() - began)"
    )
    run = [sys.executable, "-c", code, str(folder), str(index)]
    done = subprocess.run(run, check=True, capture_output=True, text=True, cwd=ROOT)
    return float(done.stdout.split()[-1])


def table(builds: list[Build]) -> str:
    """The builds as lines of a table."""
    lines = ["| files | everything s | nothing changed s | one file s | one file live s |", "|---|---|---|---|---|"]
    lines += [f"| {b.files:,} | {b.whole:.1f} | {b.unchanged:.2f} | {b.changed:.2f} | {b.live:.2f} |" for b in builds]
    return "\n".join(lines)


if __name__ == "__main__":
    sizes = [int(size) for size in sys.argv[2:]] or [10_000]
    print(table([measure(Path(os.environ["SIGNPOST_BENCH"]), size, Path(sys.argv[1])) for size in sizes]))
