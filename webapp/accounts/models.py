"""How people sign in and where they are signed in, and what was typed when a sign-in ended."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.db.engine import Base, Moment


class SignIn(Base):
    """One browser that someone signed in with. The browser holds the token; we hold only its hash.

    Where an identity provider let them in, `issuer` is who it is, `provider_session` what it calls its own session
    (`sid`), and `id_token` what ends that session when they sign out here.
    """

    __tablename__ = "sign_ins"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    session_version: Mapped[int] = mapped_column("generation")  # the person's, when they signed in
    created_at: Mapped[datetime] = mapped_column(Moment)
    last_seen: Mapped[datetime] = mapped_column(Moment, index=True)
    device: Mapped[str] = mapped_column(String(60))
    issuer: Mapped[str] = mapped_column(String(500), default="", server_default="")
    provider_session: Mapped[str] = mapped_column(String(255), default="", server_default="", index=True)
    id_token: Mapped[str] = mapped_column(Text, default="", server_default="")


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


class SecondFactor(Base):
    """The secret that somebody's phone makes codes from, sealed; counted once `confirmed_at`.

    `last_step` is the newest half minute of which a code was taken: none of it or before it is taken again.
    """

    __tablename__ = "second_factors"

    user_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    sealed_secret: Mapped[str] = mapped_column(String(255))
    created_at: Mapped[datetime] = mapped_column(Moment)
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)
    last_step: Mapped[int] = mapped_column(default=0)


class RecoveryCode(Base):
    """A code for the day the phone is lost; it goes when it is used. We hold only its hash."""

    __tablename__ = "recovery_codes"

    user_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)


class OneTimeLink(Base):
    """A link that lets somebody in once. `purpose` is `reset` (a new password) or `sign-in`.

    Of a link that is still to be sent by e-mail, `token_hash` is empty: the token is made as it is sent. `user_id` is
    None where nobody has the address that was typed, so that asking writes the same.
    """

    __tablename__ = "one_time_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[str] = mapped_column(String(20))
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(Moment, index=True)
    expires_at: Mapped[datetime | None] = mapped_column(Moment)
