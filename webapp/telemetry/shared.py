"""One count for all processes of a server, in files that they map: any of them can answer for all.

prometheus-client has a mode for this, with a file for each process id: a worker that ends leaves its file, and the next
begins another. Here each worker of gunicorn has a place, and whoever comes after it counts on from there. The files
are written out before they are mapped: where a disk fills under a mapped file, the system ends whoever writes to it.
Why so: docs/decisions/metrics.md.
"""

import fcntl
import logging
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

# The client looks at this when it is imported, as would any program that a worker starts. Ours is set by `begin` alone.
VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
os.environ.pop(VARIABLE, None)

from prometheus_client import values  # noqa: E402
from prometheus_client.mmap_dict import MmapedDict  # noqa: E402

log = logging.getLogger(__name__)
FOLDER, LOCK = "metrics", "lock"
GAUGES = "gauge_livesum"
ROOM = {"counter": 1024 * 1024, "histogram": 1024 * 1024, GAUGES: 64 * 1024}  # bytes a place; a test says it is enough
MASTER = 0  # the place of the process that starts the workers

_place = MASTER
_folder: Path | None = None
_held: IO[bytes] | None = None  # open, and locked, until the last process of this server has ended


def begin(state_dir: Path) -> str:
    """Count in files under `state_dir` from now on; a sentence where they cannot be made, else nothing.

    To be called before `counted` is imported. Where there is no room for the files, each process counts for itself.
    """
    global _folder
    if _folder is not None:
        return ""  # the settings of gunicorn are read again: it goes on
    try:
        folder = _new_folder(state_dir / FOLDER)
        _make_room(folder, MASTER)
    except OSError as error:
        return f"Metrics are those of one worker each, and not of all: their files cannot be made ({error.strerror})."
    _folder = folder
    os.environ[VARIABLE] = str(folder)
    values.ValueClass = values.MultiProcessValue(lambda: _place)
    return ""


def folder() -> Path | None:
    """Where all processes of this server count; None where each counts for itself."""
    return _folder


def place_for(taken: set[int]) -> int:
    """A place that no living worker has, with room made for it. For the process that starts them."""
    place = next(number for number in range(1, len(taken) + 2) if number not in taken)
    if _folder is not None:
        try:
            _make_room(_folder, place)
        except OSError as error:
            log.error("metrics of one worker may be wrong: no room for its files (%s)", error.strerror)
            return MASTER
    return place


def take(place: int) -> None:
    """Count in this place from now on. For a worker, as it begins."""
    global _place
    _place = place


def leave(place: int) -> None:
    """Whoever had this place has ended: nothing is in flight there any more. For the process that starts them."""
    file = _folder / f"{GAUGES}_{place}.db" if _folder and place != MASTER else None
    if file is None or not file.exists():
        return
    gauges = MmapedDict(str(file))
    for key, _, _ in list(gauges.read_all_values()):
        gauges.write_value(key, 0.0, 0.0)
    gauges.close()


def _new_folder(home: Path) -> Path:
    """A folder of this server alone. Those of servers that have ended, however they did, go."""
    global _held
    if not home.parent.exists():  # made as a parent of another, it would be readable by everybody
        home.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (home / LOCK).open("wb") as one_at_a_time:
        fcntl.flock(one_at_a_time, fcntl.LOCK_EX)
        for other in home.iterdir():
            if other.is_dir():
                _remove_if_left(other)
        folder = Path(tempfile.mkdtemp(prefix="server-", dir=home))
        _held = (folder / LOCK).open("wb")
        fcntl.flock(_held, fcntl.LOCK_EX)
    return folder


def _remove_if_left(folder: Path) -> None:
    with suppress(OSError), (folder / LOCK).open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # refused while a process of that server lives
        shutil.rmtree(folder)


def _make_room(folder: Path, place: int) -> None:
    for kind, size in ROOM.items():
        file = folder / f"{kind}_{place}.db"
        if not file.exists():
            aside = file.with_suffix(".new")
            aside.write_bytes(bytes(size))
            aside.replace(file)


def read() -> Any:
    """What all processes of this server have counted, as a collector of the client; None where each counts alone."""
    from prometheus_client.multiprocess import MultiProcessCollector  # here: pages need none of it

    return MultiProcessCollector(None, str(_folder)) if _folder else None
