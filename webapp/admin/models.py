"""How far the audit trail has been checked."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.db.engine import Base, Moment


class AuditCheck(Base):
    """One row. A round goes from the first entry to the newest, some at a time, and then follows what is added.

    `entry`, `hash` and `entries` are where it is; `whole_…` say when it was last found whole, and up to where;
    `round_ended_at` when a round last reached the newest entry. `fault` is what is wrong, in words, and empty where
    nothing is; `fault_entry` the first entry that does not fit, where it can be named.
    """

    __tablename__ = "audit_check"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    entry: Mapped[int] = mapped_column(default=0)
    hash: Mapped[str] = mapped_column(String(64))
    entries: Mapped[int] = mapped_column(default=0)
    round_ended_at: Mapped[datetime | None] = mapped_column(Moment)
    whole_at: Mapped[datetime | None] = mapped_column(Moment)
    whole_entry: Mapped[int] = mapped_column(default=0)
    whole_entries: Mapped[int] = mapped_column(default=0)
    fault: Mapped[str] = mapped_column(String(200), default="")
    fault_entry: Mapped[int | None]
    fault_at: Mapped[datetime | None] = mapped_column(Moment)
