"""How long content takes to compile: all of it, nothing changed, one file changed and live, one label changed."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from benchmarks import corpus
from webapp.config.settings import ROOT
from webapp.library.build import compile as compiling
from webapp.library.generation.reader import Reader

PROCESSES = 2


class Build(NamedTuple):
    """Seconds of compiling. `live` is from saving a file to its being served, by a process that runs, as a worker does.

    `begun` is the same with the start of an interpreter.
    """

    files: int
    whole: float
    unchanged: float
    changed: float
    live: float
    begun: float
    label: float  # that of a term of the vocabularies, which many listings have


def measure(bench: Path, number: int, work: Path) -> Build:
    """Compile a corpus of `number` listings in `work`, which keeps the files and begins without an index."""
    made = corpus.records(bench, number, work)
    folder = corpus.content(made, made.parent)
    index = made.parent / f"built-{time.time_ns()}"
    whole = build(folder, index)
    unchanged = build(folder, index)
    page = next(path for path in sorted((folder / "assets").rglob("*.md")))
    reader = Reader(index)
    before = reader.current().id
    with _edited(page, lambda text: f"{text}\nOne sentence more.\n"):
        began = time.perf_counter()
        changed = build(folder, index)
        assert reader.current().id != before
        begun = time.perf_counter() - began
    compiling.build(folder, index, processes=PROCESSES)  # it has then all that a running worker has
    before = reader.current().id
    with _edited(page, lambda text: f"{text}\nOne sentence more.\n"):
        began = time.perf_counter()
        compiling.build(folder, index, processes=PROCESSES)
        assert reader.current().id != before
        live = time.perf_counter() - began
    build(folder, index)
    with _edited(folder / "vocabulary" / "activities.yml", lambda text: text.replace("label: ", "label: Local ", 1)):
        label = build(folder, index)
    return Build(number, whole, unchanged, changed, live, begun, label)


@contextmanager
def _edited(file: Path, edit: Callable[[str], str]) -> Iterator[None]:
    before = file.read_text("utf-8")
    after = edit(before)
    assert after != before
    file.write_text(after, "utf-8")
    try:
        yield
    finally:
        file.write_text(before, "utf-8")


def build(folder: Path, index: Path) -> float:
    """Seconds of one build in a process that is running already, as the worker's is: without its start."""
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
    lines = ["| files | everything s | nothing changed s | one file s | live s | live, with a start s | one label s |"]
    lines.append("|---|---|---|---|---|---|---|")
    lines += [
        f"| {b.files:,} | {b.whole:.1f} | {b.unchanged:.2f} | {b.changed:.2f} | {b.live:.2f} "
        f"| {b.begun:.2f} | {b.label:.2f} |"
        for b in builds
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sizes = [int(size) for size in sys.argv[2:]] or [10_000]
    print(table([measure(Path(os.environ["SIGNPOST_BENCH"]), size, Path(sys.argv[1])) for size in sizes]))
