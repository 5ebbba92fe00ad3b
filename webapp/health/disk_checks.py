"""Whether the folders are there, have room, and belong to the program alone."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from webapp.db import driver
from webapp.health.finding import Finding, Patient, fault, fine, notice, size
from webapp.library.generation import disk

ABOUT = "Disk"
LEAST = 200_000_000  # bytes: a backup, a generation and a day of logs of a small site
PLENTY = 1_000_000_000
LEAST_FILES = 2_000  # a generation has some hundred
OTHERS_WRITE = 0o022


def folders(at: Patient) -> dict[str, Path]:
    """Every folder that the program writes to, by what it is for."""
    settings, url = at.settings, at.engine.url
    found = {"compiled content": settings.index_dir, "state": settings.state_dir}
    return {"database": Path(str(url.database)).absolute().parent, **found} if driver.is_sqlite(url) else found


def room(at: Patient) -> Iterator[Finding]:
    """How much room there is, once for each disk."""
    disks: dict[int, list[str]] = {}
    places: dict[int, Path] = {}
    for name, folder in folders(at).items():
        there = nearest(folder)
        device = there.stat().st_dev
        disks.setdefault(device, []).append(name)
        places[device] = there
    needed = _of_generation(at.settings.index_dir)
    for device, names in disks.items():
        what = " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
        yield _room_on(places[device], what, needed if "compiled content" in names else 0)


def _room_on(place: Path, what: str, generation: int) -> Finding:
    usage, files = shutil.disk_usage(place), os.statvfs(place)
    said = f"{size(usage.free)} of {size(usage.total)} are free for {what}, at {place}."
    todo = "Make room, or move the folder to a larger disk. Old backups and logs are often the largest."
    if usage.free < LEAST + generation:
        return fault(ABOUT, said, todo)
    if files.f_files and files.f_favail < LEAST_FILES:
        return fault(ABOUT, f"Only {files.f_favail:,} more files fit on the disk for {what}, at {place}.", todo)
    return notice(ABOUT, said, todo) if usage.free < PLENTY + 3 * generation else fine(ABOUT, said)


def _of_generation(index_dir: Path) -> int:
    """How many bytes the generation that is served takes; the next one is written beside it."""
    served = disk.pointed(index_dir)
    return sum(sums[0] for sums in disk.read_checksums(served).values()) if served else 0


def nearest(folder: Path) -> Path:
    """`folder`, or the closest one above it that is there."""
    return next(there for there in (folder, *folder.parents) if there.exists())


def rights(at: Patient) -> Iterator[Finding]:
    """Whether the program may write where it must, and nobody else where that would let them run code."""
    for name, folder in folders(at).items():
        if not folder.is_dir():
            continue  # it is made when there is something to keep
        try:
            with tempfile.TemporaryFile(dir=folder):
                pass
        except OSError as error:
            todo = f"Let the user of the site write there: chown, or mount it for writing. ({error.strerror})"
            yield fault(ABOUT, f"Nothing can be written to the folder for {name}, {folder}.", todo)
    index = at.settings.index_dir
    if index.is_dir() and index.stat().st_mode & OTHERS_WRITE:
        todo = f"Run `chmod 700 {index}`, then build the content again: `signpost content build --everything`."
        yield fault(ABOUT, f"Others on this machine can write to {index}, and so run code as the site.", todo)
    if index.is_dir() and index.stat().st_uid != os.geteuid():
        todo = "Run this, and every command of Signpost, as the user of the site."
        yield notice(ABOUT, f"{index} belongs to another user than the one who looks.", todo)
