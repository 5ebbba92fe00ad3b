"""The people of the demonstration: one for each role, and colleagues who give it a history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.accounts import passwords
from webapp.people.models import User, give_roles

PASSWORD = "kettle lantern meadow"  # nosec B105 # noqa: S105 - shown on the sign-in page, in the demonstration only


@dataclass(frozen=True)
class DemoPerson:
    """Someone invented. `does` finishes the sentence "Sign in as …".

    `role` may follow from an assignment, which the history file lists; `given` is then the role that was given to them.
    """

    name: str
    role: str
    does: str = ""

    @property
    def email(self) -> str:
        return f"{self.name.split()[0].lower()}@example.org"

    @property
    def given(self) -> str:
        return {"lead": "practitioner", "convener": "facilitator"}.get(self.role, self.role)


SHOWN = (
    DemoPerson("Priya (demo practitioner)", "practitioner", "finds groups, reads guidance, reports gaps"),
    DemoPerson("Femi (demo facilitator)", "facilitator", "runs a Community of Practice"),
    DemoPerson("Carol (demo commissioner)", "commissioner", "answers the gap log"),
    DemoPerson("Ewa (demo editor)", "editor", "looks after content and corrections"),
    DemoPerson("Amir (demo administrator)", "admin", "looks after people and their roles"),
    DemoPerson("Lena (demo workstream lead)", "lead", "answers what gets in the way"),
    DemoPerson("Connie (demo convener)", "convener", "looks across several communities and plans spotlights"),
)
COLLEAGUES = (
    DemoPerson("Bilal (demo)", "practitioner"),
    DemoPerson("Dawn (demo)", "practitioner"),
    DemoPerson("Grace (demo)", "practitioner"),
    DemoPerson("Huda (demo)", "practitioner"),
    DemoPerson("Joe (demo)", "practitioner"),
    DemoPerson("Kasia (demo)", "practitioner"),
    DemoPerson("Liam (demo)", "practitioner"),
    DemoPerson("Nadia (demo)", "practitioner"),
)


def load(session: Session, now: datetime, teams: Sequence[str] = ()) -> list[User]:
    """Add the people who are missing and return all of them, those of `SHOWN` first. Commit afterwards.

    `teams` are slugs of the vocabulary; people are spread over them in order. For demo mode alone: everybody
    knows the password.
    """
    here = {user.email: user for user in session.scalars(select(User)).unique()}
    kept = ""
    everyone = []
    for number, person in enumerate((*SHOWN, *COLLEAGUES)):
        user = here.get(person.email)
        if user is None:
            kept = kept or passwords.hashed(PASSWORD)  # slow on purpose, so at most once
            user = User(
                email=person.email,
                name=person.name,
                team=teams[number % len(teams)] if teams else "",
                password_hash=kept,
                disabled=False,
                session_version=0,
                created_at=now - timedelta(days=400),
            )
            give_roles(user, frozenset({person.given}))
            session.add(user)
        everyone.append(user)
    session.flush()
    return everyone


def find(session: Session, email: str) -> User | None:
    """The person of the demonstration with this e-mail, if they were loaded."""
    if email not in {person.email for person in (*SHOWN, *COLLEAGUES)}:
        return None
    return session.scalars(select(User).where(User.email == email)).unique().one_or_none()


def shown(session: Session) -> list[DemoPerson]:
    """Those of `SHOWN` who were loaded and may sign in."""
    emails = [person.email for person in SHOWN]
    there = set(session.scalars(select(User.email).where(User.email.in_(emails), User.disabled.is_(False))))
    return [person for person in SHOWN if person.email in there]
