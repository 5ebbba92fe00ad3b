"""The backups that were made, so that the site can say how old the last one is."""

from datetime import datetime

from sqlalchemy import BigInteger, String, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from webapp.db.engine import Base, Moment


class Backup(Base):
    """One archive: its file name, when its rows were read, its size in bytes, and when it was last checked."""

    __tablename__ = "backups"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    bytes: Mapped[int] = mapped_column(BigInteger)
    rows: Mapped[int] = mapped_column(BigInteger)
    verified_at: Mapped[datetime | None] = mapped_column(Moment)


def last(session: Session) -> Backup | None:
    """The newest backup that was made of this database; None where there never was one."""
    return session.scalars(select(Backup).order_by(Backup.at.desc(), Backup.id.desc()).limit(1)).one_or_none()


def note_verified(session: Session, name: str, now: datetime) -> None:
    """Say of the archive called `name` that it was checked, where it was made of this database. Commit afterwards."""
    session.execute(update(Backup).where(Backup.name == name).values(verified_at=now))
