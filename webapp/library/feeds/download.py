"""A feed from its address into one file, as an import reads it: every page as published, with whole records in them."""

import errno
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

import orjson

from webapp.config.settings import Network
from webapp.library.feeds import pages, records
from webapp.library.feeds.client import Asker
from webapp.library.feeds.files import put
from webapp.library.feeds.kept import KeptAnswers
from webapp.library.feeds.limits import FeedLimits, Unending
from webapp.library.feeds.pagination import FeedWalk, Progress, Walker

AGENT = "Signpost feed reader/1"
WHOLE_AGAIN = timedelta(days=7)  # how long a feed may be read by its changes alone
OVERLAP = timedelta(days=1)  # asked for once more, as clocks differ and a day is all that some publishers filter by
SUFFIXES = {".zip", ".csv", ".jsonl", ".ndjson"}  # of files that hold a feed without pages


@dataclass(frozen=True)
class HowToAsk:
    """Who asks (`agent`), which private networks may be asked, how much, and whether only for what changed."""

    agent: str = AGENT
    named: Sequence[Network] = ()
    limits: FeedLimits = field(default_factory=FeedLimits)
    only_changes: bool = False


@dataclass(frozen=True)
class Fetched:
    """A feed in `file`, of so many services; 0 where it has no pages. `remarks` are sentences about how it was read.

    Where only what changed `since` was asked for, `changed` services came and stand in the file with all others.
    """

    file: Path
    services: int
    since: datetime | None = None
    changed: int = 0
    remarks: tuple[str, ...] = ()
    went_on: bool = False


def who_asks(base_url: str) -> str:
    """What we call ourselves, with the address of this site where it has one, so that a publisher knows whom to ask."""
    return f"{AGENT} (+{base_url})" if base_url else AGENT


def fetch(address: str, folder: Path, now: datetime, how: HowToAsk, progress: Progress | None = None) -> Fetched:
    """Read the feed at `address` and write it into `folder`, where what it answered is kept for the next time.

    Raises FeedFault where it could not be read whole: the file that was written before is then still there.
    OSError where the disk refuses.
    """
    asker = Asker(how.agent, how.named, how.limits)
    kept = KeptAnswers(folder, address, now)
    try:
        walker = Walker(asker, kept, progress)
        made = _changes(address, walker, folder, now) if how.only_changes else None
        return made or _everything(address, walker, folder)
    except Unending:
        kept.finish()
        raise
    except sqlite3.Error as error:
        raise OSError(errno.EIO, f"what the feed answers cannot be kept ({error})") from error
    finally:
        asker.close()
        kept.close()


def _everything(address: str, walker: Walker, folder: Path) -> Fetched:
    walk = walker.walk(address)
    if walk.whole is not None:
        suffix = PurePosixPath(urlsplit(address).path).suffix.lower()
        file = _written(folder, walk.whole.body, suffix if suffix in SUFFIXES else ".json")
        walker.kept.finish()
        return Fetched(file, 0, remarks=tuple(walk.remarks))
    walk = records.fill(walk, walker, address)
    services = sum(1 for _ in walk.records())
    if walker.encoding:
        walk.remarks.append(f"It is not UTF-8, and was read as {walker.encoding}.")
    file = _written(folder, orjson.dumps(_as_saved(walk)), ".json")
    walker.kept.finish(whole=services)
    return Fetched(file, services, None, services, tuple(walk.remarks), walker.kept.goes_on)


def _as_saved(walk: FeedWalk) -> object:
    """Pages one after the other; of bare lists, one list."""
    if all(isinstance(page, list) for page in walk.pages):
        return list(walk.records())
    return walk.pages


def _changes(address: str, walker: Walker, folder: Path, now: datetime) -> Fetched | None:
    """The feed as it was read whole, with what changed since; None where that is too long ago, or it does not filter.

    What went since is noticed when it is read whole again.
    """
    whole_at, services = walker.kept.fact("whole_at"), int(walker.kept.fact("services") or 0)
    if not whole_at or not services or walker.kept.goes_on:
        return None
    since = datetime.fromisoformat(whole_at)
    last = folder / "feed.json"
    if now - since >= WHOLE_AGAIN or not last.is_file():
        return None
    asked = {"modified_after": (since - OVERLAP).strftime("%Y-%m-%dT%H:%M:%SZ")}
    first = walker.ask(pages.address(address, **asked, per_page=pages.PER_PAGE))
    said = pages.said(first)
    if said is None or not _is_filtered(said.total, services, pages.items(first) or []):
        return None
    walk = records.fill(walker.walk(address, **asked), walker, address, **asked)
    saved = orjson.loads(last.read_bytes())
    changed = records.lay_over(saved if isinstance(saved, list) else [saved], list(walk.records()))
    file = _written(folder, orjson.dumps(saved), ".json")
    walker.kept.finish()
    return Fetched(file, services, since, changed, tuple(walk.remarks))


def _is_filtered(total: int, services: int, items: list[object]) -> bool:
    """Whether the list was really narrowed: in many feeds a filter that is offered does nothing.

    A feed that has lost a few services looks a little narrower too; where most came, all may as well.
    """
    return (0 < total <= services / 2) or (total == 0 and not items)


def _written(folder: Path, body: bytes, suffix: str) -> Path:
    """`body` in the file `feed<suffix>` of `folder`."""
    file = folder / f"feed{suffix}"
    put(file, body)
    return file
