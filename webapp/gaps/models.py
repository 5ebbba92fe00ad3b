"""The tables of the gap log. Only `reporting`, `triage` and the modules beside them write to them."""

import re
import textwrap
import uuid
from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.db.engine import Base, Moment, Stamped
from webapp.db.readers import only
from webapp.db.statuses import stored
from webapp.gaps.residents import Band, ResidentRange
from webapp.gaps.statuses import Status
from webapp.people.models import User

REF = re.compile(r"GAP-(\d{4,9})")
LONGEST_TITLE = 110
WHOLE_CITY = ""  # the `place` of a gap that is not about one neighbourhood

# Kept as the value in a plain text column, so that a new status needs no change of type in the database.
StatusColumn = stored(Status)
BandColumn = stored(Band)
MERGED = text("merged_into_id IS NOT NULL")  # the rows of an index


class Gap(Stamped, Base):
    """Something that people need and that nobody offers. Texts have passed the personal-data guard.

    `place`, `outcome`, `activity`, `theme` and `workstream` are vocabulary slugs, or empty.
    """

    __tablename__ = "gaps"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # from GapCounter: never used again
    needed: Mapped[str] = mapped_column(String(500))
    place: Mapped[str] = mapped_column(String(100), default=WHOLE_CITY)
    outcome: Mapped[str] = mapped_column(String(100), default="")
    activity: Mapped[str] = mapped_column(String(100), default="")
    words: Mapped[str] = mapped_column(String(200), default="")  # what was searched for, and not found
    about: Mapped[str] = mapped_column(String(500), default="")  # the path of the page it was reported from
    evidence: Mapped[str] = mapped_column(String(1000), default="")  # what was tried; everyone can read it
    may_quote: Mapped[bool] = mapped_column(default=False)  # the evidence, in reports that leave the organisation
    residents: Mapped[Band] = mapped_column(BandColumn, default=Band.NOT_SAID)  # the reporter's answer alone
    reporter_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    reporter_team: Mapped[str] = mapped_column(String(100), default="")
    created_at: Mapped[datetime] = mapped_column(Moment, index=True)
    people: Mapped[int] = mapped_column(default=1, index=True)  # staff: the reporter and everyone who joined
    # The sum of the answers of all of them, as `counted.recount` keeps it; not what may be told, which is `helps`.
    residents_low: Mapped[int] = mapped_column(default=0)
    residents_high: Mapped[int] = mapped_column(default=0)
    residents_more: Mapped[int] = mapped_column(default=0)  # answers without an end
    # Of the searches that it was made of or that were added to it: how often, and how many they were at the least.
    searches: Mapped[int | None]
    searchers: Mapped[int | None]

    status: Mapped[Status] = mapped_column(StatusColumn, default=Status.NEW)
    status_reason: Mapped[str] = mapped_column(Text, default="")
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_at: Mapped[datetime | None] = mapped_column(Moment)  # the first time
    answer_changed_at: Mapped[datetime | None] = mapped_column(Moment)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    answered_team: Mapped[str] = mapped_column(String(100), default="")
    theme: Mapped[str] = mapped_column(String(100), default="")
    workstream: Mapped[str] = mapped_column(String(100), default="")
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    target_on: Mapped[date | None] = mapped_column(Date)  # when what is planned will be there; everyone can read it
    budget: Mapped[int | None] = mapped_column(info=only("commissioner"))  # pounds
    # Raised by every change a commissioner makes, not by "me too": two of them cannot overwrite each other.
    version: Mapped[int] = mapped_column(default=1)
    touched_at: Mapped[datetime | None] = mapped_column(Moment)  # when a commissioner last changed something
    # The gap that this one was found to be the same as. It then stands in no list and in no figure.
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("gaps.id", ondelete="SET NULL"))
    split_from_id: Mapped[int | None] = mapped_column(ForeignKey("gaps.id", ondelete="SET NULL"), index=True)

    owner: Mapped[User | None] = relationship(foreign_keys=[owner_id], lazy="raise")
    is_for: Mapped[list["GapAudience"]] = relationship(
        order_by="GapAudience.audience", cascade="all, delete-orphan", passive_deletes=True, lazy="selectin"
    )

    __table_args__ = (
        Index(None, "status", "created_at"),
        Index(None, "place", "status"),
        Index(None, "place", "answered_at"),  # what was answered on somebody's patch
        Index(None, "answered_at"),  # and anywhere
        Index(None, "closed_at"),
        Index(None, "reporter_team", "created_at"),  # what a team asked for, and what there was last news of
        Index(None, "reporter_team", "touched_at"),
        # What the figures count: the database answers them from this alone, without reading any text.
        Index(
            "ix_gaps_figures",
            *("status", "place", "theme", "created_at", "answered_at", "closed_at", "people", "merged_into_id"),
            *("outcome", "workstream", "reporter_team", "residents_low", "residents_high", "residents_more", "id"),
        ),
        Index(None, "status", "people"),
        # Of the merged ones alone: the others are nearly all, and no database is to look for them here.
        Index(None, "merged_into_id", sqlite_where=MERGED, postgresql_where=MERGED),
        Index(None, "status", "target_on"),
    )

    @property
    def ref(self) -> str:
        """GAP-0001"""
        return ref_of(self.id)

    @property
    def title(self) -> str:
        """What was needed, short enough for a heading; `needed` itself where it is."""
        return textwrap.shorten(self.needed, LONGEST_TITLE, placeholder="…")

    @property
    def audiences(self) -> list[str]:
        """The slugs of whom it is for, in the order of their letters; none where it is for anyone."""
        return sorted(row.audience for row in self.is_for)

    @audiences.setter
    def audiences(self, slugs: Iterable[str]) -> None:
        wanted, kept = set(slugs), {row.audience for row in self.is_for}
        self.is_for = [row for row in self.is_for if row.audience in wanted]
        self.is_for += [GapAudience(audience=slug) for slug in sorted(wanted - kept)]

    @property
    def helps(self) -> ResidentRange:
        """How many residents it would help, as it may be told."""
        return ResidentRange(self.residents_low, self.residents_high, self.residents_more > 0).told


def ref_of(number: int) -> str:
    """GAP-0001"""
    return f"GAP-{number:04d}"


def id_of(ref: str) -> int | None:
    """The id behind GAP-0001, or None where that is no reference of ours."""
    match = REF.fullmatch(ref)
    number = int(match[1]) if match else 0
    return number if number and ref_of(number) == ref else None


class GapAudience(Base):
    """One of those whom a gap is for, as the slug of an audience. A gap without any is for anyone."""

    __tablename__ = "gap_audiences"

    gap_id: Mapped[int] = mapped_column(ForeignKey("gaps.id", ondelete="CASCADE"), primary_key=True)
    audience: Mapped[str] = mapped_column(String(100), primary_key=True)

    __table_args__ = (Index(None, "audience", "gap_id"),)


class GapCounter(Base):
    """One row: the last number given. A database's own sequence may give a number again, or leave holes."""

    __tablename__ = "gap_counter"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]


class GapSupport(Stamped, Base):
    """One person's "me too"."""

    __tablename__ = "gap_supports"

    gap_id: Mapped[int] = mapped_column(ForeignKey("gaps.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, index=True)
    team: Mapped[str] = mapped_column(String(100), default="")  # at the time: people move on
    evidence: Mapped[str] = mapped_column(String(500), default="")
    may_quote: Mapped[bool] = mapped_column(default=False)
    residents: Mapped[Band] = mapped_column(BandColumn, default=Band.NOT_SAID)
    created_at: Mapped[datetime] = mapped_column(Moment)
    # The gap through which this person came when the two were merged; none where they joined this one themselves.
    via_id: Mapped[int | None] = mapped_column(ForeignKey("gaps.id", ondelete="CASCADE"), index=True)
    # What this row is called outside, where nobody may learn whose it is.
    public_id: Mapped[str | None] = mapped_column(String(32), default=lambda: uuid.uuid4().hex, unique=True, index=True)


class GapEvent(Stamped, Base):
    """One step that everyone can see: reported, a new status with its reason, an answer or its correction."""

    __tablename__ = "gap_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    gap_id: Mapped[int] = mapped_column(ForeignKey("gaps.id", ondelete="CASCADE"), index=True)
    # reported, status, answered, corrected, undone; merged, unmerged, split; tried, learned
    kind: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime] = mapped_column(Moment)
    team: Mapped[str] = mapped_column(String(100), default="")  # of the commissioner; never of a reporter
    status: Mapped[Status | None] = mapped_column(StatusColumn)
    text: Mapped[str] = mapped_column(Text, default="")


class GapNote(Base):
    """A private note between commissioners. A table of its own, so that no page for everyone can show one."""

    __tablename__ = "gap_notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    gap_id: Mapped[int] = mapped_column(ForeignKey("gaps.id", ondelete="CASCADE"), index=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(Moment)
    text: Mapped[str] = mapped_column(Text)

    author: Mapped[User | None] = relationship(lazy="raise")
