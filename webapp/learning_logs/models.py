"""The tables of learning logs. Only the modules of this folder write to them.

A log is its author's. Others read only what was shared, and figures: see `queries`.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from webapp.barriers.models import Barrier
from webapp.db.engine import Base, Moment
from webapp.db.statuses import stored


class Helped(StrEnum):
    """Whether the community helped to develop strengths-based practice. The value is what forms and tables hold."""

    HELPED = "helped"
    PARTLY = "partly"
    NOT_YET = "not_yet"

    @property
    def label(self) -> str:
        return LABELS[self]


def _tries(context: Any) -> bool:
    return bool(context.get_current_parameters().get("will_try"))


LABELS = {Helped.HELPED: "It helped", Helped.PARTLY: "It partly helped", Helped.NOT_YET: "Not yet"}


class LearningLog(Base):
    """What one practitioner learned in one week, along Kolb's four steps. Texts have passed the guard."""

    __tablename__ = "learning_logs"

    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    team: Mapped[str] = mapped_column(String(100), default="")  # of the author, at the time
    week: Mapped[date] = mapped_column(Date)  # the Monday of the week it was written in; figures count by it
    created_at: Mapped[datetime] = mapped_column(Moment)
    changed_at: Mapped[datetime | None] = mapped_column(Moment)
    helped: Mapped[Helped] = mapped_column(stored(Helped))
    experience: Mapped[str] = mapped_column(Text, default="")
    reflection: Mapped[str] = mapped_column(Text, default="")
    concept: Mapped[str] = mapped_column(Text, default="")
    experiment: Mapped[str] = mapped_column(Text, default="")
    will_try: Mapped[str] = mapped_column(String(500), default="")
    tries: Mapped[bool] = mapped_column(default=_tries)  # `will_try` says something: figures count by it
    in_the_way: Mapped[str] = mapped_column(String(500), default="")
    may_quote: Mapped[bool] = mapped_column(default=False)  # without a name
    share: Mapped[bool] = mapped_column(default=False)  # `will_try` and `in_the_way`, with the author's community
    with_peers: Mapped[bool] = mapped_column(default=False)  # it was reflected on with peers
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)  # it counts no more; kept a while for an undo
    barrier_id: Mapped[int | None] = mapped_column(ForeignKey("barriers.id", ondelete="SET NULL"), index=True)

    barrier: Mapped[Barrier | None] = relationship(lazy="raise")
    themes: Mapped[list["LearningLogTheme"]] = relationship(
        cascade="all, delete-orphan", lazy="selectin", order_by="LearningLogTheme.theme"
    )

    @validates("will_try")
    def _says_whether_it_tries(self, _: str, text: str) -> str:
        self.tries = bool(text)
        return text

    __table_args__ = (
        Index(None, "author_id", "created_at"),
        # What the figures count: the database answers them from this alone, without reading any text.
        Index("ix_learning_logs_figures", "week", "team", "helped", "tries", "author_id", "withdrawn_at"),
        Index(None, "team", "week"),
    )


class LearningLogTheme(Base):
    """One thing that a log is about: a slug of the vocabulary `themes`."""

    __tablename__ = "learning_log_themes"

    log_id: Mapped[int] = mapped_column(ForeignKey("learning_logs.id", ondelete="CASCADE"), primary_key=True)
    theme: Mapped[str] = mapped_column(String(100), primary_key=True, index=True)


class LearningLogDraft(Base):
    """A log that is being written: one for each person. `fields` is what was typed, by the name of the field."""

    __tablename__ = "learning_log_drafts"

    user_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    fields: Mapped[dict[str, Any]] = mapped_column(JSON)
    saved_at: Mapped[datetime] = mapped_column(Moment, index=True)


class LearningLogMonth(Base):
    """What stays of a team's month when its logs have reached the end of their life: figures, nothing written."""

    __tablename__ = "learning_log_months"

    team: Mapped[str] = mapped_column(String(100), primary_key=True)
    month: Mapped[date] = mapped_column(Date, primary_key=True)  # its first day
    logs: Mapped[int]
    helped: Mapped[int]
    partly: Mapped[int]
    not_yet: Mapped[int]
    writers: Mapped[int]  # people, each once
