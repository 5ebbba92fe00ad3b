"""Who somebody is to an identity provider, and what of its words was taken already."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.db.engine import Base, Moment


class Identity(Base):
    """One person as a provider knows them: `subject` is theirs for ever at this `issuer`, whatever their e-mail."""

    __tablename__ = "identities"

    issuer: Mapped[str] = mapped_column(String(500), primary_key=True)
    subject: Mapped[str] = mapped_column(String(255), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(Moment)


class UsedOnce(Base):
    """What counts only the first time: the `state` of an answer, the `jti` of a logout token. Only their hash."""

    __tablename__ = "used_once"

    word_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    expires_at: Mapped[datetime] = mapped_column(Moment, index=True)
