"""The addresses of a person's feeds."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.db.engine import Base, Moment


class FeedKey(Base):
    """What the token of one person's feeds is made from. Worth nothing without the secret key of the site."""

    __tablename__ = "feed_keys"

    user_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    token_handle: Mapped[str] = mapped_column(String(32), unique=True)
    token_secret: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(Moment)
