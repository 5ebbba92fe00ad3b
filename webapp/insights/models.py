"""The tables of insights: measures that the council enters itself, beside what the site counts."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Date, Float, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.db.engine import Base, Moment
from webapp.db.statuses import stored

PROGRAMME = "programme"  # the `scope` of a measure of all teams together


class Better(StrEnum):
    """Which way a measure should move. The value is what the database holds."""

    HIGHER = "higher"
    LOWER = "lower"


class Measure(Base):
    """A figure of the performance framework, as in "share leaving reablement without ongoing care".

    `scope` is PROGRAMME, a slug of the localities, or a slug of the teams vocabulary. `target` is in `unit`.
    """

    __tablename__ = "measures"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(100))
    title: Mapped[str] = mapped_column(String(200))
    unit: Mapped[str] = mapped_column(String(40), default="")  # %, hours, placements
    source: Mapped[str] = mapped_column(String(300), default="")
    better: Mapped[Better] = mapped_column(stored(Better))
    scope: Mapped[str] = mapped_column(String(100), default=PROGRAMME)
    target: Mapped[float | None] = mapped_column(Float)
    created_at: Mapped[datetime] = mapped_column(Moment)
    changed_at: Mapped[datetime] = mapped_column(Moment)

    __table_args__ = (UniqueConstraint("slug", "scope"),)


class MeasurePoint(Base):
    """One month of a measure: what it was, and what it was meant to be. `month` is its first day."""

    __tablename__ = "measure_points"

    measure_id: Mapped[int] = mapped_column(ForeignKey("measures.id", ondelete="CASCADE"), primary_key=True)
    month: Mapped[date] = mapped_column(Date, primary_key=True)
    value: Mapped[float | None] = mapped_column(Float)
    trajectory: Mapped[float | None] = mapped_column(Float)
