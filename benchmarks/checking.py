"""How long a check takes: python -m benchmarks.checking [FILES]

A content folder of copies of the real listings, under other names: everything, again with nothing changed, with one
file changed, and with advice. `signpost content check` adds about the time Python needs to start (0.4 s).
Seconds of the processor are of all processes together; they mean something on a busy machine too.
"""

import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from webapp.cli.content import PROCESSES
from webapp.config.settings import ROOT
from webapp.library.authoring import checking

CONTENT = ROOT / "content"


def main(files: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        content, cache = Path(folder) / "content", Path(folder) / "index"
        make(content, files)
        print(f"{files:,} files, {PROCESSES} processes")

        def check(with_advice: bool = False) -> checking.Checked:
            return checking.check(content, processes=PROCESSES, cache=cache, with_advice=with_advice)

        measure("all of them", check, 10.0)
        measure("nothing changed", check, 1.0)
        changed = next((content / "assets").rglob("*.md"))
        changed.write_text(changed.read_text() + "\nOne more line.\n")
        measure("one file changed", check, 1.0)
        measure("with advice", lambda: check(True), None)


def make(content: Path, files: int) -> None:
    """Copy the real listings until there are `files` of them; each has its own title, address and no `id`."""
    shutil.copytree(CONTENT, content)
    models = [path.read_text() for path in sorted((CONTENT / "assets").rglob("*.md"))]
    there = sum(1 for _ in content.rglob("*.md"))
    for number in range(files - there):
        text = re.sub(r"(?m)^title: .*$", f"title: Made up group {number}", models[number % len(models)], count=1)
        path = content / "assets" / f"folder-{number % 50}" / f"made-up-group-{number}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(re.sub(r"(?m)^(id|aliases): .*\n", "", text))


def measure(what: str, check: Callable[[], checking.Checked], most: float | None) -> None:
    began, used = time.perf_counter(), _processor()
    done = check()
    took, used = time.perf_counter() - began, _processor() - used
    target = f"   (target: under {most:.0f} s)" if most else ""
    times = f"{took:6.2f} s {used:6.2f} s of the processor"
    print(f"{what:<18} {times}   {done.looked_at:>6,} files read, {len(done.problems):>4,} told{target}")


def _processor() -> float:
    """Seconds that this process and those it waited for have worked."""
    return sum(os.times()[:4])


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5_000)
