"""What people are e-mailed about, what each of them has chosen, and the words of each kind of mail.

A topic without a choice stays in the product. `outbox.enqueue` does not ask here: what counts is what somebody wants at
the moment a mail would be sent.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from webapp.db.engine import Base
from webapp.db.upsert import insert
from webapp.people.models import User


@dataclass(frozen=True)
class Choice:
    """One box that a person ticks. `on` is what holds until they say; `roles` are those it is offered to."""

    key: str
    label: str
    hint: str
    on: bool
    roles: frozenset[str] = frozenset()

    def is_for(self, user: User) -> bool:
        return not self.roles or user.has(*self.roles)


@dataclass(frozen=True)
class MailTopic:
    """What a mail about a topic says. `sentence` is none where the message's own text is the sentence."""

    choice: str
    subject: str
    sentence: str | None


CHOICES = {
    choice.key: choice
    for choice in (
        Choice(
            "answers",
            "An answer to something I asked",
            "A gap or a barrier that I raised or share, a correction or a group I sent",
            on=True,
        ),
        Choice("progress", "A change in something I asked for", "Something is being tried, or it is planned", on=True),
        Choice("updates", "What was answered last week", "On Mondays, when there is something to tell", on=False),
        Choice(
            "saved-searches",
            "Something new in a search I saved",
            "On Mondays, when a group came that fits, or a full one has room again",
            on=True,
        ),
        Choice(
            "news",
            "The month in the programme",
            "On the first of each month: answers, sessions, guidance, and what is being asked for",
            on=False,
        ),
        Choice(
            "corrections",
            "Corrections to look at",
            "For editors, each morning after a day on which one came",
            on=True,
            roles=frozenset({"editor"}),
        ),
        Choice("my-reviews", "Pages my team looks after", "On Mondays, when one of them is due for review", on=True),
        Choice(
            "reviews",
            "Everything due for review",
            "For editors, on Mondays, when anything is due",
            on=True,
            roles=frozenset({"editor"}),
        ),
        Choice(
            "content-faults",
            "Files with faults",
            "For editors, when newly pushed content has faults",
            on=True,
            roles=frozenset({"editor"}),
        ),
        Choice(
            "new-gaps",
            "Gaps reported last week",
            "For commissioners, on Mondays, when there are any",
            on=True,
            roles=frozenset({"commissioner"}),
        ),
        Choice(
            "overdue",
            "A day I planned for has passed",
            "For commissioners, once for each gap in the plan that is not met by its day",
            on=True,
            roles=frozenset({"commissioner"}),
        ),
        Choice(
            "invitations",
            "Invitations to a community’s meeting",
            "For commissioners who are asked, and for whoever asked them",
            on=True,
            roles=frozenset({"commissioner", "facilitator"}),
        ),
    )
}
TOPICS = {
    "gap-answered": MailTopic(
        "answers", "An answer to something you asked", "There is an answer to something you asked."
    ),
    "gap-status": MailTopic("progress", "News of something you asked", "There is news of something you asked for."),
    "barrier-answered": MailTopic(
        "answers", "An answer to something you raised", "There is an answer to something you raised or share."
    ),
    "barrier-status": MailTopic(
        "progress", "News of something you raised", "There is news of something you raised or share."
    ),
    "correction-decided": MailTopic(
        "answers", "An answer to something you asked", "There is an answer to a correction you sent."
    ),
    "suggestion-decided": MailTopic(
        "answers", "An answer to something you told us", "There is an answer to a group that you found."
    ),
    "corrections-daily": MailTopic("corrections", "Corrections to look at", None),
    "updates-weekly": MailTopic("updates", "What was answered last week", None),
    "saved-searches": MailTopic(
        "saved-searches", "Something new in your saved searches", "There is something new in a search that you saved."
    ),
    "news-monthly": MailTopic("news", "The month in the programme", None),
    "reviews-weekly": MailTopic("reviews", "Pages and listings due for review", None),
    "reviews-mine": MailTopic("my-reviews", "Pages your team looks after are due for review", None),
    "content-faults": MailTopic("content-faults", "Files of the content have faults", None),
    "gaps-weekly": MailTopic("new-gaps", "Gaps reported last week", None),
    "gap-overdue": MailTopic("overdue", "A planned day has passed", None),
    "invited": MailTopic("invitations", "A community’s meeting", None),
    "invitation-answered": MailTopic("invitations", "An answer to your invitation", None),
}


class EmailChoice(Base):
    """What one person said about one choice. Without a row, what `Choice.on` says holds."""

    __tablename__ = "email_choices"

    user_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    choice: Mapped[str] = mapped_column(String(40), primary_key=True)
    wanted: Mapped[bool]


def offered_to(user: User) -> list[Choice]:
    """The choices this person has."""
    return [choice for choice in CHOICES.values() if choice.is_for(user)]


def wanted_by(session: Session, user: User) -> set[str]:
    """The keys of the choices that are on for this person."""
    rows = session.scalars(select(EmailChoice).where(EmailChoice.user_id == user.id))
    chosen = {row.choice: row.wanted for row in rows}
    return {choice.key for choice in offered_to(user) if chosen.get(choice.key, choice.on)}


def choose(session: Session, user_id: int, choice: str, wanted: bool) -> None:
    """Note what somebody wants. Raises KeyError for a choice that does not exist. Commit afterwards."""
    CHOICES[choice]
    row = insert(session, EmailChoice).values(user_id=user_id, choice=choice, wanted=wanted)
    session.execute(row.on_conflict_do_update(index_elements=["user_id", "choice"], set_={"wanted": wanted}))


def choose_all(session: Session, user: User, wanted: Iterable[str]) -> None:
    """Note that of all that is offered to `user` just these are wanted. Commit afterwards."""
    keys = set(wanted)
    for choice in offered_to(user):
        choose(session, user.id, choice.key, choice.key in keys)
