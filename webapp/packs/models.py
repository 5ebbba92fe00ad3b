"""The tables of support packs: what one person gathered, why each thing fits, and the links by which it is shared."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.db.engine import Base, Moment

LONGEST_NAME = 80
LONGEST_NOTE = 500
LONGEST_PATH = 500


class Pack(Base):
    """A shortlist that one person keeps. What is added goes to the one that was used last.

    `removed_at` says since when it can only be brought back.
    """

    __tablename__ = "packs"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    created_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime] = mapped_column(Moment, index=True)
    removed_at: Mapped[datetime | None] = mapped_column(Moment)

    __table_args__ = (Index(None, "owner_id", "used_at"),)


class PackItem(Base):
    """A listing or a page in a pack. `title` is what it was called then, so that a pack can say what went.

    `place` orders the items of a pack, and has gaps. `note` says why it fits, and has passed the guard.
    """

    __tablename__ = "pack_items"

    id: Mapped[int] = mapped_column(primary_key=True)
    pack_id: Mapped[int] = mapped_column(ForeignKey("packs.id", ondelete="CASCADE"))
    path: Mapped[str] = mapped_column(String(LONGEST_PATH))
    title: Mapped[str] = mapped_column(String(300))
    note: Mapped[str] = mapped_column(Text, default="")
    place: Mapped[int]
    added_at: Mapped[datetime] = mapped_column(Moment)
    removed_at: Mapped[datetime | None] = mapped_column(Moment)

    __table_args__ = (UniqueConstraint("pack_id", "path"),)


class SharedLink(Base):
    """A link that opens a pack, or one listing, without an account until it expires or is stopped.

    `pack_id` is none where it is about the listing at `path`. Openings are counted, never whose. The link is a code
    over `token_seed` made with the site's key; what is looked up is a hash of it. Who reads the table can make none.
    """

    __tablename__ = "shared_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    pack_id: Mapped[int | None] = mapped_column(ForeignKey("packs.id", ondelete="CASCADE"), index=True)
    path: Mapped[str] = mapped_column(String(LONGEST_PATH), default="")
    token_seed: Mapped[str] = mapped_column(String(32))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment, index=True)
    stopped_at: Mapped[datetime | None] = mapped_column(Moment)
    opened: Mapped[int] = mapped_column(default=0)
    last_opened: Mapped[date | None] = mapped_column(Date)
