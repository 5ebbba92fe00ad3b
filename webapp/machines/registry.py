"""The machines that serve this site, and what each has: so that one can tell when another is ahead, behind or astray.

A machine is a disk with generations on it. Each notes itself every few seconds (`library_sync.follow`), and is gone
when it has not for a minute. What was pushed is told to all of them through `ContentNews`. Whatever is `now` here is
by the clock that they share, `webapp.db.clock`: by one that is ahead, a machine that is gone would seem alive for long.
"""

import hashlib
import hmac
import socket
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import String, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from webapp.config.settings import Settings
from webapp.db import driver, revisions
from webapp.db.engine import Base, Moment
from webapp.db.upsert import insert
from webapp.library.search.postcodes import FILE as POSTCODES
from webapp.library.syncing import state
from webapp.library.syncing.following import served_commit

NOTED_EVERY = timedelta(seconds=10)
GONE = timedelta(minutes=1)  # without a word
KEPT = timedelta(days=1)
JUST_NOW = timedelta(minutes=2)  # what is not here after that is not on its way: it is told as a fault instead
MOST = 500
ONE = 1


class Machine(Base):
    """`content` is the commit that is served since `served_since`, empty where there is none.

    `program` is the newest migration that its version of the program knows. `key_mark` tells one secret key from
    another, and says nothing of either. `postcodes` is the size of its table, 0 without one.
    """

    __tablename__ = "machines"

    name: Mapped[str] = mapped_column(String(300), primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(Moment)
    content: Mapped[str] = mapped_column(String(64), default="")
    served_since: Mapped[datetime] = mapped_column(Moment)
    program: Mapped[str] = mapped_column(String(40), default="")
    key_mark: Mapped[str] = mapped_column(String(64), default="")
    postcodes: Mapped[int] = mapped_column(default=0)
    fault: Mapped[str] = mapped_column(String(500), default="")


class ContentNews(Base):
    """One row: when somebody last said that there is new content."""

    __tablename__ = "content_news"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Moment)


def may_be_many(settings: Settings) -> bool:
    """Whether other machines may serve this site. A SQLite file has one."""
    return not driver.is_sqlite(settings.database_url)


def name_of(settings: Settings) -> str:
    """What this machine is called: its host, and the folder of its generations."""
    return f"{socket.gethostname()}:{settings.index_dir}"[:300]


def note(session: Session, settings: Settings, now: datetime) -> None:
    """Say what this machine has. Commit afterwards."""
    name, content = name_of(settings), served_commit(settings.index_dir)
    before = session.scalar(select(Machine).where(Machine.name == name).with_for_update())
    since = before.served_since if before and before.content == content else now
    table = settings.index_dir / POSTCODES
    row = {
        "seen_at": now,
        "content": content,
        "served_since": since,
        "program": revisions.every()[-1],
        "key_mark": key_mark(settings.secret_key),
        "postcodes": table.stat().st_size if table.is_file() else 0,
        "fault": state.read(settings.index_dir).fault[:500],
    }
    known = insert(session, Machine).values(name=name, **row)
    session.execute(known.on_conflict_do_update(index_elements=["name"], set_=row))


def key_mark(secret_key: str) -> str:
    """The same for the same key: 64 hexadecimal digits."""
    return hmac.new(secret_key.encode(), b"machine", hashlib.sha256).hexdigest()


def alive(session: Session, now: datetime) -> Sequence[Machine]:
    """Those that noted themselves within a minute, by name."""
    known = select(Machine).where(Machine.seen_at > now - GONE).order_by(Machine.name).limit(MOST)
    return session.scalars(known.execution_options(populate_existing=True)).all()


def all_serve(session: Session, content: str, now: datetime) -> bool:
    """Whether each machine that is alive serves the commit `content`: only then has everybody what it says."""
    return all(machine.content == content for machine in alive(session, now))


def is_ahead(session: Session, settings: Settings, now: datetime) -> bool:
    """Whether another machine has just begun to serve a commit that this one has not yet."""
    machines = {machine.name: machine for machine in alive(session, now)}
    here, content = machines.pop(name_of(settings), None), served_commit(settings.index_dir)
    return any(
        other.content not in {"", content}
        and now - other.served_since < JUST_NOW
        and (here is None or other.served_since > here.served_since)
        for other in machines.values()
    )


def tell_news(session: Session, now: datetime) -> None:
    """Let every machine look for new content. Commit afterwards."""
    row = insert(session, ContentNews).values(id=ONE, at=now)
    session.execute(row.on_conflict_do_update(index_elements=["id"], set_={"at": now}))


def news(session: Session) -> datetime | None:
    """When that was last said."""
    return session.scalar(select(ContentNews.at).where(ContentNews.id == ONE))


def forget(session: Session, now: datetime) -> None:
    """Remove machines that have been gone for a day. Commit afterwards."""
    session.execute(delete(Machine).where(Machine.seen_at < now - KEPT))
