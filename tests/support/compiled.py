"""The real content and the tests' own listings, compiled once for a test run, whichever of its processes asks first.

Tests name only what stands in `tests/content`, so nobody breaks them who edits the content.
"""

import fcntl
import shutil
from pathlib import Path

from webapp.config.settings import ROOT
from webapp.library.build import compile as compiling

CONTENT = ROOT / "content"
OURS = ROOT / "tests" / "content"


def copy(folder: Path) -> Path:
    """`folder`, made, with the real content and the tests' own."""
    shutil.copytree(CONTENT, folder)
    return shutil.copytree(OURS, folder, dirs_exist_ok=True)


def again(index_dir: Path, content: Path, generations: Path) -> None:
    """Copy what `real` made: its content, and generations of which a build has only later changes to make."""
    shutil.copytree(index_dir.parent / "content", content)
    shutil.copytree(index_dir, generations)


def real(folder: Path) -> Path:
    """Where the generations are, below `folder`, which all processes of the run share."""
    folder.mkdir(exist_ok=True)
    index_dir = folder / "search_index"
    with (folder / "content.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (index_dir / "current").exists():
            compiling.build(copy(folder / "content"), index_dir)
    return index_dir
