"""The tables of searches: counted ones, which name nobody, and those that one person keeps for themselves."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.db.engine import Base, Moment

LONGEST_ADDRESS = 1000
LONGEST_NAME = 100


class CountedSearch(Base):
    """One finished search. `at` is the hour it was made in; `person` a keyed hash that is another one every month.

    `places`, `outcomes` and `activities` are the vocabulary slugs that its filters or its words named; `phrase` is what
    searches for the same words have in common. Words that could identify somebody are not kept: `words_dropped`.
    """

    __tablename__ = "searches_counted"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    person: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(20))
    words: Mapped[str] = mapped_column(String(200), default="")
    phrase: Mapped[str] = mapped_column(String(200), default="")
    words_dropped: Mapped[bool] = mapped_column(default=False)
    near: Mapped[str] = mapped_column(String(10), default="")  # the first half of a postcode, never more
    filters: Mapped[dict[str, list[str]]] = mapped_column(JSON)
    places: Mapped[list[str]] = mapped_column(JSON)
    outcomes: Mapped[list[str]] = mapped_column(JSON)
    activities: Mapped[list[str]] = mapped_column(JSON)
    found: Mapped[int]

    __table_args__ = (Index(None, "person", "at"),)


class LatelyCounted(Base):
    """What was counted within half an hour, so that it is not counted again. `mark` is a keyed hash of who and what."""

    __tablename__ = "searches_lately"

    mark: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment, index=True)


class RecentSearch(Base):
    """One of the last searches of one person, for nobody else."""

    __tablename__ = "searches_recent"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    address: Mapped[str] = mapped_column(String(LONGEST_ADDRESS))
    at: Mapped[datetime] = mapped_column(Moment, index=True)

    __table_args__ = (UniqueConstraint("user_id", "address"),)


class SavedSearch(Base):
    """A search that one person gave a name. `removed_at` says since when it can only be brought back.

    When it was last looked at for news, `full` are the paths of those that had no room, and `news` is what was new.
    """

    __tablename__ = "searches_saved"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    address: Mapped[str] = mapped_column(String(LONGEST_ADDRESS))
    created_at: Mapped[datetime] = mapped_column(Moment)
    removed_at: Mapped[datetime | None] = mapped_column(Moment)
    looked_at: Mapped[datetime | None] = mapped_column(Moment)
    full: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    news: Mapped[list[dict[str, str]] | None] = mapped_column(JSON(none_as_null=True))

    __table_args__ = (UniqueConstraint("user_id", "address"),)
