"""The words that commissioners write into a report: before its figures, and after them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.db.engine import Base, Moment
from webapp.people.models import User


class ReportWords(Base):
    """What was written for one scope at one moment; the newest row is what is shown, the others its history.

    `scope` is `Scope.key`. Both texts have passed the personal-data guard.
    """

    __tablename__ = "report_words"

    id: Mapped[int] = mapped_column(primary_key=True)
    scope: Mapped[str] = mapped_column(String(300))
    opening: Mapped[str] = mapped_column(Text, default="")
    recommendations: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(Moment)

    by: Mapped[User | None] = relationship(lazy="raise")

    __table_args__ = (Index(None, "scope", "id"),)
