"""The tables of a commissioner's desk: saved views, changes of many gaps at once, and what now meets a gap."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.db.engine import Base, Moment
from webapp.people.models import User


class GapLink(Base):
    """A page of the site that now meets a gap: a listing, or guidance."""

    __tablename__ = "gap_links"

    gap_id: Mapped[int] = mapped_column(ForeignKey("gaps.id", ondelete="CASCADE"), primary_key=True)
    path: Mapped[str] = mapped_column(String(500), primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)


class SavedView(Base):
    """A list of gaps that a commissioner opens again. `query` is the address of it, without its page."""

    __tablename__ = "saved_views"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(60))
    query: Mapped[str] = mapped_column(String(2000))
    created_at: Mapped[datetime] = mapped_column(Moment)
    deleted_at: Mapped[datetime | None] = mapped_column(Moment)  # kept for a while, so that it can be undone
    shared: Mapped[bool] = mapped_column(default=False)  # with every commissioner

    owner: Mapped[User] = relationship(lazy="raise")

    __table_args__ = (Index(None, "owner_id", "name"),)


class BulkChange(Base):
    """One change of many gaps, and by whom: what is needed to undo it."""

    __tablename__ = "bulk_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    at: Mapped[datetime] = mapped_column(Moment)
    undone_at: Mapped[datetime | None] = mapped_column(Moment)


class BulkItem(Base):
    """What one gap was before such a change, and its version after it: a later version was changed since."""

    __tablename__ = "bulk_items"

    change_id: Mapped[int] = mapped_column(ForeignKey("bulk_changes.id", ondelete="CASCADE"), primary_key=True)
    gap_id: Mapped[int] = mapped_column(ForeignKey("gaps.id", ondelete="CASCADE"), primary_key=True, index=True)
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    version: Mapped[int]


class DeskChoice(Base):
    """What one commissioner has chosen for the screen: whether single keys do something, and which columns are shown.

    `columns` are their names; None where the usual ones are.
    """

    __tablename__ = "desk_choices"

    user_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    keys: Mapped[bool] = mapped_column(default=True)
    columns: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
