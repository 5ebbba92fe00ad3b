"""The real content, compiled once for a test run, whichever of its processes asks first."""

import fcntl
from pathlib import Path

from webapp.config import ROOT
from webapp.library.build import compile as compiling

CONTENT = ROOT / "content"


def real(folder: Path) -> Path:
    """Where the generations of the real content are, below `folder`, which all processes of the run share."""
    folder.mkdir(exist_ok=True)
    index_dir = folder / "search_index"
    with (folder / "content.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (index_dir / "current").exists():
            compiling.build(CONTENT, index_dir)
    return index_dir
