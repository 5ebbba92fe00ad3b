"""Temporary files of a test run in memory, where the machine has a file system for that.

Tests write thousands of small databases and generations, each forced to the disk as in earnest. A disk takes some
milliseconds for each time, most of what such a test lasts; what is tried is that it is asked for, and in which order.
"""

import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")
WANTED = 4_000_000_000  # bytes; a run leaves less than one


def use() -> None:
    """Let all temporary files of this process and those that it starts be there, unless somebody chose a folder."""
    if "TMPDIR" in os.environ or not os.access(MEMORY, os.W_OK) or shutil.disk_usage(MEMORY).free < WANTED:
        return
    os.environ["TMPDIR"] = str(MEMORY)
    tempfile.tempdir = None  # it is looked for again
