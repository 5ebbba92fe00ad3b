"""What the worker did last, so that a page and a command can say whether it is alive."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.db.engine import Base, Moment


class WorkerJob(Base):
    """One kind of work of the worker. `ran_at` is when it was last tried, `done_at` when it last came to its end.

    `fault` is the kind of the last fault, never what it said, and empty where the last try was well; `fault_since` is
    when it began.
    """

    __tablename__ = "worker_jobs"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    ran_at: Mapped[datetime] = mapped_column(Moment)
    done_at: Mapped[datetime | None] = mapped_column(Moment)
    fault: Mapped[str] = mapped_column(String(200), default="")
    fault_since: Mapped[datetime | None] = mapped_column(Moment)
