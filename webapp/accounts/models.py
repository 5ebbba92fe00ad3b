"""Where people are signed in, and what was typed when a sign-in ended."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.db.engine import Base, Moment


class SignIn(Base):
    """One browser that someone signed in with. The browser holds the token; we hold only its hash."""

    __tablename__ = "sign_ins"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    session_version: Mapped[int] = mapped_column("generation")  # the person's, when they signed in
    created_at: Mapped[datetime] = mapped_column(Moment)
    last_seen: Mapped[datetime] = mapped_column(Moment, index=True)
    device: Mapped[str] = mapped_column(String(60))


class Draft(Base):
    """A form that was sent after the sign-in had ended. `fields` are pairs of name and text, in order.

    `path` is where it was sent, `page` where it stood. `left_out` says in words what could not be kept.
    """

    __tablename__ = "drafts"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    path: Mapped[str] = mapped_column(String(2000))
    page: Mapped[str] = mapped_column(String(2000), default="/", server_default="/")
    fields: Mapped[list[Any]] = mapped_column(JSON)
    left_out: Mapped[list[Any]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(Moment, index=True)


class StartingPlace(Base):
    """Where somebody's home page and directory begin: a slug of the places, or empty for the whole city.

    Without a row they begin from the places of the person's team.
    """

    __tablename__ = "starting_places"

    user_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    place: Mapped[str] = mapped_column(String(100), default="")
