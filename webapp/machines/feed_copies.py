"""What one machine keeps of the feeds that it reads, for the others: editors see the same wherever they are answered.

One worker reads feeds (`db.turns`). Its machine puts its small files into the database, the other machines take them
onto their own disks, and what an editor asks for on any of them reaches the one that reads.
"""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import LargeBinary, String, delete, select
from sqlalchemy.orm import Mapped, Session, defer, mapped_column

from webapp.config.settings import Settings
from webapp.db.engine import Base, Moment
from webapp.db.turns import Turn
from webapp.db.upsert import insert
from webapp.library.feeds import state
from webapp.library.feeds.files import CHANGES, HEALTH, REPORT, STATE, WANTED, folder_of, put
from webapp.machines import registry

READING = "feeds"  # the turn of the worker that reads them
SHARED = (CHANGES, HEALTH, REPORT, STATE)  # the state last: what it says is there
MOST = 1_000  # files


class FeedCopy(Base):
    """A file of a feed as it was when it was written `at`; of `wanted`, that somebody asked."""

    __tablename__ = "feed_copies"

    slug: Mapped[str] = mapped_column(String(100), primary_key=True)
    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    data: Mapped[bytes] = mapped_column(LargeBinary)


def reader_of(machine: str, worker: str) -> str:
    """What a worker of `machine` calls itself when it takes the turn."""
    return f"{worker}@{machine}"[:300]


def exchange(session: Session, settings: Settings) -> None:
    """Give the others what is new here where feeds are read here, else take it. Commit afterwards. Raises OSError."""
    holder = session.scalar(select(Turn.held_by).where(Turn.name == READING))
    if not holder:
        return
    if holder.partition("@")[2] == registry.name_of(settings):
        _give(session, settings.index_dir)
    else:
        _take(session, settings.index_dir)


def _give(session: Session, index_dir: Path) -> None:
    known = {(row.slug, row.name): row.at for row in _rows(session)}
    for slug in _slugs(index_dir):
        for name in SHARED:
            file = folder_of(index_dir, slug) / name
            at = _written(file)
            if at is not None and known.get((slug, name)) != at:
                _put(session, slug, name, at, file.read_bytes())
    for slug, name in known:
        if name == WANTED:
            _pass_on(session, index_dir, slug, known[slug, name])


def _pass_on(session: Session, index_dir: Path, slug: str, at: datetime) -> None:
    """Somebody asked elsewhere: it is read here, and the wish is forgotten once it has been."""
    if _has_been_tried(index_dir, slug, at):
        session.execute(delete(FeedCopy).where(FeedCopy.slug == slug, FeedCopy.name == WANTED))
    elif not state.is_asked(index_dir, slug):
        state.ask(index_dir, slug)


def _take(session: Session, index_dir: Path) -> None:
    rows = _rows(session)
    for row in sorted(rows, key=lambda row: (row.slug, row.name == STATE)):
        file = folder_of(index_dir, row.slug) / row.name
        if row.name != WANTED and _written(file) != row.at:
            put(file, row.data)
            os.utime(file, ns=(_ns(row.at), _ns(row.at)))
    asked = {row.slug: row.at for row in rows if row.name == WANTED}
    for slug in _slugs(index_dir):
        at = _written(folder_of(index_dir, slug) / WANTED)
        if at is None:
            continue
        if _has_been_tried(index_dir, slug, at):
            state.take(index_dir, slug)
        elif asked.get(slug) != at:
            _put(session, slug, WANTED, at, b"")


def _rows(session: Session) -> list[FeedCopy]:
    wanted = select(FeedCopy).options(defer(FeedCopy.data)).limit(MOST)
    return list(session.scalars(wanted.execution_options(populate_existing=True)))


def _put(session: Session, slug: str, name: str, at: datetime, data: bytes) -> None:
    row = insert(session, FeedCopy).values(slug=slug, name=name, at=at, data=data)
    session.execute(row.on_conflict_do_update(index_elements=["slug", "name"], set_={"at": at, "data": data}))


def _has_been_tried(index_dir: Path, slug: str, at: datetime) -> bool:
    tried = state.read(index_dir, slug).tried_at
    return bool(tried) and datetime.fromisoformat(tried) >= at.replace(microsecond=0)


def _slugs(index_dir: Path) -> Iterator[str]:
    home = index_dir / "feeds"
    return (folder.name for folder in sorted(home.iterdir()) if folder.is_dir()) if home.is_dir() else iter(())


def _written(file: Path) -> datetime | None:
    """When `file` was written, to a microsecond, as both databases keep it; None where it is not there."""
    try:
        return datetime.fromtimestamp(file.stat().st_mtime_ns // 1000 / 1_000_000, UTC)
    except FileNotFoundError:
        return None


def _ns(moment: datetime) -> int:
    since = moment - datetime(1970, 1, 1, tzinfo=UTC)
    return ((since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds) * 1_000
