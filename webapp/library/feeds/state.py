"""How reading a feed went and goes: for the pages of editors, and to know when it is due again."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta
from pathlib import Path

import orjson

from webapp.library.feeds.configured import ConfiguredFeed
from webapp.library.feeds.files import LOCK, STATE, WANTED, folder_of, put
from webapp.library.generation.disk import Busy

AFTER_A_FAULT = timedelta(hours=1)  # or sooner, where the feed is read more often than that
GONE_QUIET = timedelta(minutes=15)  # without a word of progress: whoever read it was killed


@dataclass(frozen=True)
class FeedState:
    """Moments are ISO text in UTC, empty where it has not happened. `fault` is why the last reading changed nothing.

    `doing`, `done` and `total` are how far the reading is that runs since `began`. `commit` is that of the branch with
    proposed changes, `pushed` the one the content's remote has; both are empty where nothing is proposed.
    """

    tried_at: str = ""
    read_at: str = ""
    whole_at: str = ""
    services: int = 0
    fault: str = ""
    fault_since: str = ""
    note: str = ""
    began: str = ""
    told_at: str = ""
    doing: str = ""
    done: int = 0
    total: int = 0
    branch: str = ""
    commit: str = ""
    pushed: str = ""
    new: int = 0
    changed: int = 0
    retired: int = 0
    conflicts: int = 0

    def is_running(self, now: datetime) -> bool:
        return bool(self.began) and now - datetime.fromisoformat(self.told_at or self.began) < GONE_QUIET


def read(index_dir: Path, slug: str) -> FeedState:
    """The last state; an empty one where none can be read."""
    known = {field.name for field in fields(FeedState)}
    try:
        data = orjson.loads((folder_of(index_dir, slug) / STATE).read_bytes())
        return FeedState(**{name: value for name, value in data.items() if name in known})
    except (OSError, ValueError, TypeError, AttributeError):
        return FeedState()


def write(index_dir: Path, slug: str, state: FeedState) -> None:
    """Keep it. Raises OSError."""
    put(folder_of(index_dir, slug) / STATE, orjson.dumps(asdict(state), option=orjson.OPT_INDENT_2))


def ask(index_dir: Path, slug: str) -> None:
    """Ask the worker to read the feed now. Raises OSError."""
    put(folder_of(index_dir, slug) / WANTED, b"")


def is_asked(index_dir: Path, slug: str) -> bool:
    return (folder_of(index_dir, slug) / WANTED).exists()


def take(index_dir: Path, slug: str) -> None:
    """What was asked for is being done."""
    (folder_of(index_dir, slug) / WANTED).unlink(missing_ok=True)


def is_due(index_dir: Path, feed: ConfiguredFeed, now: datetime) -> bool:
    """Whether the feed is to be read now: because it is time, or somebody asked."""
    state = read(index_dir, feed.slug)
    if is_asked(index_dir, feed.slug) or not state.tried_at:
        return True
    wait = min(AFTER_A_FAULT, feed.interval) if state.fault else feed.interval
    return now - datetime.fromisoformat(state.tried_at) >= wait


@contextmanager
def alone(index_dir: Path, slug: str) -> Iterator[None]:
    """Hold the right to read the feed. Raises disk.Busy where another process reads it."""
    folder = folder_of(index_dir, slug)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / LOCK).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy("another process reads this feed just now") from None
        yield
