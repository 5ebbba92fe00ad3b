"""What people know of listings before their files say it."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.db.engine import Base, Moment


class Closure(Base):
    """A listing that an editor marked as closed. It holds until its file says the same, or the editor undoes it."""

    __tablename__ = "listing_closures"

    path: Mapped[str] = mapped_column(String(500), primary_key=True)
    status: Mapped[str] = mapped_column(String(30))  # as front matter says it: temporarily closed, defunct
    since: Mapped[date] = mapped_column(Date)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(Moment)


class Confirmation(Base):
    """Somebody checked on `day` that a listing is right: a person here, or the organisation that runs it."""

    __tablename__ = "listing_confirmations"

    id: Mapped[int] = mapped_column(primary_key=True)
    path: Mapped[str] = mapped_column(String(500), index=True)
    day: Mapped[date] = mapped_column(Date)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    team: Mapped[str] = mapped_column(String(100), default="")  # a slug of the teams vocabulary, or empty
    by_organisation: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(Moment)

    __table_args__ = (
        UniqueConstraint("path", "person_id", "day"),
        Index(
            "uq_listing_confirmations_organisation",
            "path",
            "day",
            unique=True,
            sqlite_where=text("by_organisation"),
            postgresql_where=text("by_organisation"),
        ),
    )


class SignpostingOutcome(Base):
    """What became of pointing somebody to a listing, as a colleague said on `day`: see `signposting.Became`.

    Nothing here says whom it was about.
    """

    __tablename__ = "signposting_outcomes"

    id: Mapped[int] = mapped_column(primary_key=True)
    path: Mapped[str] = mapped_column(String(500))
    became: Mapped[str] = mapped_column(String(20))
    day: Mapped[date] = mapped_column(Date, index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    team: Mapped[str] = mapped_column(String(100), default="")  # a slug of the teams vocabulary, or empty
    created_at: Mapped[datetime] = mapped_column(Moment)

    __table_args__ = (UniqueConstraint("path", "person_id", "day", "became"),)


class OrganisationAsk(Base):
    """Who runs a listing was asked by e-mail whether it is right: once for each `period`, the day it was verified."""

    __tablename__ = "organisation_asks"

    id: Mapped[int] = mapped_column(primary_key=True)
    path: Mapped[str] = mapped_column(String(500))
    mark: Mapped[str] = mapped_column(String(64), index=True)  # in place of the address: see asking.mark
    period: Mapped[str] = mapped_column(String(10))
    asked_at: Mapped[datetime] = mapped_column(Moment)
    stopped: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (UniqueConstraint("path", "mark", "period"),)
