"""Where each version of the program is that a benchmark compares."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from webapp.config.settings import ROOT


@contextmanager
def of(before: str | None, folder: Path) -> Iterator[dict[str, Path]]:
    """`now`, and `before`: an earlier commit in a copy of its own in `folder`, with the built assets of ours."""
    if not before:
        yield {"now": ROOT}
        return
    copy = folder / "before"
    subprocess.run(["git", "worktree", "add", "--quiet", "--detach", copy, before], cwd=ROOT, check=True)
    shutil.copytree(ROOT / "webapp" / "static", copy / "webapp" / "static", dirs_exist_ok=True)
    try:
        yield {"before": copy, "now": ROOT}
    finally:
        subprocess.run(["git", "worktree", "remove", "--force", copy], cwd=ROOT, check=True)
