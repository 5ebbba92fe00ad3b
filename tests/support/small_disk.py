"""A disk so small that it is soon full."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def small_disk(folder: Path) -> Iterator[bool]:
    """Make `folder` a disk of a megabyte; says False where this machine does not let us."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "signpost-test", str(folder)]
    mounted = os.geteuid() == 0 and subprocess.run(mount, check=False, capture_output=True).returncode == 0
    try:
        yield mounted
    finally:
        if mounted:
            # What a test read there may still be open until garbage is collected: the disk goes when it is closed.
            subprocess.run(["umount", "--lazy", str(folder)], check=True)
