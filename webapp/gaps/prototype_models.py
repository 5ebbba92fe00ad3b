"""The tables of prototypes: small tests that gaps lead to. Only `prototypes` writes to them."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Date, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.db.engine import Base, Moment, Stamped
from webapp.db.statuses import stored
from webapp.gaps.models import WHOLE_CITY, Gap
from webapp.gaps.statuses import Status
from webapp.people.models import User
from webapp.web.small_numbers import people_in_words


class Decision(StrEnum):
    """What a prototype led to. The value is what the database and forms hold."""

    SCALE = "scale"
    ADAPT = "adapt"
    STOP = "stop"

    @property
    def label(self) -> str:
        return WORDS[self].label

    @property
    def meaning(self) -> str:
        """To commissioners, as they choose."""
        return WORDS[self].meaning

    @property
    def sentence(self) -> str:
        """One sentence to the people who asked."""
        return WORDS[self].sentence

    @property
    def offers(self) -> tuple[Status, ...]:
        """The statuses that linked gaps may be moved to, the likeliest first."""
        return WORDS[self].offers


@dataclass(frozen=True)
class DecisionWords:
    label: str
    meaning: str
    sentence: str
    offers: tuple[Status, ...]


WORDS = {
    Decision.SCALE: DecisionWords(
        "Scale", "It works: do it more widely", "It worked, and will be done more widely.", (Status.IN_PLAN, Status.MET)
    ),
    Decision.ADAPT: DecisionWords(
        "Adapt",
        "Part of it works: change it and go on",
        "Part of it worked, and it will be changed.",
        (Status.UNDER_REVIEW, Status.IN_PLAN),
    ),
    Decision.STOP: DecisionWords(
        "Stop", "It does not work: end it", "It did not work, and has ended.", (Status.NOT_NOW, Status.UNDER_REVIEW)
    ),
}


class PrototypeState(StrEnum):
    """Where a prototype stands on a day. The value is what a reader sees."""

    DUE = "Decision due"
    RUNNING = "Running"
    PLANNED = "Planned"
    DECIDED = "Decided"

    @property
    def colour(self) -> str:
        """A colour of the GOV.UK tag. It never says more than the words do."""
        return {
            PrototypeState.DUE: "red",
            PrototypeState.RUNNING: "yellow",
            PrototypeState.PLANNED: "blue",
            PrototypeState.DECIDED: "green",
        }[self]


DecisionColumn = stored(Decision)


class Prototype(Stamped, Base):
    """Something small that is tried, to learn what works. Texts have passed the personal-data guard.

    Everyone reads `title`, `public`, `place`, the days and `learned`; the rest is for commissioners.
    """

    __tablename__ = "prototypes"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(110))
    public: Mapped[str] = mapped_column(String(300))  # what is tried, in a sentence
    hypothesis: Mapped[str] = mapped_column(Text)
    tries: Mapped[str] = mapped_column(Text)
    measure: Mapped[str] = mapped_column(Text)  # how we will know
    place: Mapped[str] = mapped_column(String(100), default=WHOLE_CITY)
    starts_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date] = mapped_column(Date)
    cost: Mapped[int | None]  # pounds: what it is to cost, and once it is decided what it did
    created_at: Mapped[datetime] = mapped_column(Moment)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    decision: Mapped[Decision | None] = mapped_column(DecisionColumn)
    decided_at: Mapped[datetime | None] = mapped_column(Moment)  # the first time
    became: Mapped[str] = mapped_column(Text, default="")  # what it led to
    learned: Mapped[str] = mapped_column(Text, default="")  # what was learned, in words for everyone
    reached: Mapped[int | None]  # how many people it reached
    # Raised when the plan or the decision changes: two commissioners cannot overwrite each other.
    version: Mapped[int] = mapped_column(default=1)

    links: Mapped[list["PrototypeGap"]] = relationship(lazy="raise", order_by="PrototypeGap.gap_id")

    __table_args__ = (
        Index(None, "decision", "ends_on"),
        Index(None, "starts_on", "ends_on"),
    )

    @property
    def reached_in_words(self) -> str:
        """`12 people`; fewer than five are not told as a number. Empty where it is not known."""
        return people_in_words(self.reached)

    @property
    def cost_in_words(self) -> str:
        """`£1,500`; empty where it is not known."""
        return "" if self.cost is None else f"£{self.cost:,}"

    def state(self, today: date) -> PrototypeState:
        """Where it stands on `today`: past its last day and undecided, a decision is due."""
        if self.decision:
            return PrototypeState.DECIDED
        if self.ends_on < today:
            return PrototypeState.DUE
        return PrototypeState.RUNNING if self.starts_on <= today else PrototypeState.PLANNED


class PrototypeGap(Base):
    """A gap that a prototype is about."""

    __tablename__ = "prototype_gaps"

    prototype_id: Mapped[int] = mapped_column(ForeignKey("prototypes.id", ondelete="CASCADE"), primary_key=True)
    gap_id: Mapped[int] = mapped_column(ForeignKey("gaps.id", ondelete="CASCADE"), primary_key=True, index=True)
    at: Mapped[datetime] = mapped_column(Moment)

    gap: Mapped[Gap] = relationship(lazy="raise")


class PrototypeNote(Base):
    """Something learned on the way, with its day. Appended, never changed; commissioners read it."""

    __tablename__ = "prototype_notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    prototype_id: Mapped[int] = mapped_column(ForeignKey("prototypes.id", ondelete="CASCADE"), index=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    at: Mapped[datetime] = mapped_column(Moment)
    text: Mapped[str] = mapped_column(Text)

    author: Mapped[User | None] = relationship(lazy="raise")
