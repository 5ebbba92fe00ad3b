"""The state of following the remote, in small files beside the generations.

<index_dir>/sync/state.json   the commit served, when, by whom, and the last fault
                 wanted       somebody says that there is something new: see `ask`
                 lock         held by whoever is at it
                 follower     held by the one process of this machine that looks for new commits
                 repository/  the private clone          content/   its work tree
"""

import contextlib
import fcntl
import os
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import orjson

from webapp.library.generation.disk import Busy

FOLDER = "sync"
FILE = "state.json"
WANTED = "wanted"


@dataclass(frozen=True)
class SyncState:
    """Moments are ISO text in UTC, empty where it has not happened.

    `fault` is why the last try changed nothing, `note` something to know of it that is no fault. `by` is a team, or
    the author's name.
    """

    remote: str = ""  # without secrets
    branch: str = ""
    commit: str = ""
    by: str = ""
    committed_at: str = ""
    served_at: str = ""
    generation: str = ""
    faults: int = 0  # files with a fault in that commit
    tried_at: str = ""
    fault: str = ""
    fault_since: str = ""
    note: str = ""
    note_at: str = ""
    failures: int = 0  # tries that changed nothing, since the first


def home_of(index_dir: Path) -> Path:
    """The folder of all this; made for the program alone where it is not there."""
    home = index_dir / FOLDER
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    home.chmod(0o700)
    return home


def read(index_dir: Path) -> SyncState:
    """The last state; an empty one where none can be read."""
    known = {field.name for field in fields(SyncState)}
    try:
        data = orjson.loads((index_dir / FOLDER / FILE).read_bytes())
        return SyncState(**{name: value for name, value in data.items() if name in known})
    except (OSError, ValueError, TypeError, AttributeError):
        return SyncState()


def write(index_dir: Path, state: SyncState) -> None:
    """Write it so that a reader finds the old one or the new one. Raises OSError."""
    home = home_of(index_dir)
    aside = home / f".{FILE}-{secrets.token_hex(4)}"
    try:
        with aside.open("wb") as file:
            file.write(orjson.dumps(asdict(state), option=orjson.OPT_INDENT_2))
            file.flush()
            os.fsync(file.fileno())
        aside.replace(home / FILE)
    except OSError:
        with contextlib.suppress(OSError):
            aside.unlink()
        raise


def ask(index_dir: Path) -> None:
    """Say that there is something new to fetch. Saying it again changes nothing. Raises OSError."""
    (home_of(index_dir) / WANTED).touch(mode=0o600)


def is_asked(index_dir: Path) -> bool:
    return (index_dir / FOLDER / WANTED).exists()


def take(index_dir: Path) -> None:
    """What was asked for is being done: what is asked from now on is asked anew."""
    (index_dir / FOLDER / WANTED).unlink(missing_ok=True)


@contextmanager
def leading(index_dir: Path, stopping: threading.Event) -> Iterator[bool]:
    """Wait to be the one process of this machine that follows the remote; False where `stopping` was set meanwhile."""
    with (home_of(index_dir) / "follower").open("w") as file:
        while not stopping.is_set():
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                stopping.wait(1)
        yield not stopping.is_set()


@contextmanager
def alone(index_dir: Path, wait: float) -> Iterator[int]:
    """Hold the right to work on the clone; gives the open lock, which children share. Raises disk.Busy."""
    with (home_of(index_dir) / "lock").open("w") as file:
        deadline = time.monotonic() + wait
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    raise Busy("another process is fetching the content: try again when it has finished") from None
                time.sleep(0.05)
        yield file.fileno()
