"""People who sign in, and their roles. Shared by every feature that records who did something."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from flask_login import UserMixin
from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, make_transient_to_detached, mapped_column, relationship
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.util import identity_key

from webapp.config.roles import ASSIGNED as ASSIGNED
from webapp.config.roles import ROLES as ROLES
from webapp.db.engine import Base, Moment


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who is signed in, as their row was when this request began: to be read, not to be changed.

    `roles` has what was given (ROLES) and what follows from an assignment (ASSIGNED).
    """

    id: int
    email: str
    name: str
    team: str
    disabled: bool
    session_version: int
    roles: frozenset[str]
    unread: int = 0  # subjects of which a notice was not marked as read
    counts: Mapping[str, int] = field(default_factory=dict)  # of their own, by name: see web.own_counts

    # What Flask-Login asks of everyone.
    is_authenticated: ClassVar[bool] = True
    is_anonymous: ClassVar[bool] = False

    @property
    def is_active(self) -> bool:
        return not self.disabled

    def get_id(self) -> str:
        return str(self.id)

    def has(self, *roles: str) -> bool:
        """Whether this person has any of `roles`."""
        return not self.roles.isdisjoint(roles)


KNOWN_ROLES = "known_roles"  # where `known` leaves them, so that they need not be asked for


class User(UserMixin, Base):
    """Someone who works here. `team` is a slug of the teams vocabulary, or empty."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)  # kept in lower case
    name: Mapped[str] = mapped_column(String(200))
    team: Mapped[str] = mapped_column(String(100), default="", index=True)
    password_hash: Mapped[str] = mapped_column(String(255), default="")
    disabled: Mapped[bool] = mapped_column(default=False)
    # Raised at every change of password or role, and when sign-in is stopped: sign-ins made before it are refused.
    session_version: Mapped[int] = mapped_column("generation", default=0)
    created_at: Mapped[datetime] = mapped_column(Moment)
    removed_at: Mapped[datetime | None] = mapped_column(Moment)  # from then on the row names nobody: accounts.removal
    last_sign_in_at: Mapped[datetime | None] = mapped_column(Moment)
    role_rows: Mapped[list["UserRole"]] = relationship(cascade="all, delete-orphan", lazy="joined")

    @property
    def roles(self) -> frozenset[str]:
        """What was given, of ROLES. What follows from an assignment, `Person.roles` alone has."""
        known: frozenset[str] | None = self.__dict__.get(KNOWN_ROLES)
        return known if known is not None else frozenset(row.role for row in self.role_rows)

    def has(self, *roles: str) -> bool:
        """Whether this person has any of `roles`."""
        return bool(self.roles & set(roles))

    @property
    def is_active(self) -> bool:
        return not self.disabled


class UserRole(Base):
    """One role of one person; see ROLES."""

    __tablename__ = "people_roles"

    user_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[str] = mapped_column(String(20), primary_key=True)


class WorkstreamLead(Base):
    """Someone who leads a workstream: they answer its barriers. `workstream` is a slug of that vocabulary."""

    __tablename__ = "workstream_leads"

    user_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    workstream: Mapped[str] = mapped_column(String(100), primary_key=True, index=True)


class Convener(Base):
    """Someone who looks across the communities of several teams. `team` is a slug of the teams vocabulary."""

    __tablename__ = "convened_teams"

    user_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    team: Mapped[str] = mapped_column(String(100), primary_key=True, index=True)


def leads_of(session: Session, workstream: str) -> list[User]:
    """Who leads `workstream` and may sign in, by name."""
    theirs = select(User).join(WorkstreamLead).where(WorkstreamLead.workstream == workstream, User.disabled.is_(False))
    return list(session.scalars(theirs.order_by(User.name, User.id)).unique())


def workstreams_of(session: Session, user_id: int) -> frozenset[str]:
    """The slugs of the workstreams that this person leads."""
    return frozenset(session.scalars(select(WorkstreamLead.workstream).where(WorkstreamLead.user_id == user_id)))


def conveners_of(session: Session, team: str) -> list[User]:
    """Who convenes `team` and may sign in, by name."""
    theirs = select(User).join(Convener).where(Convener.team == team, User.disabled.is_(False))
    return list(session.scalars(theirs.order_by(User.name, User.id)).unique())


def teams_convened_by(session: Session, user_id: int) -> frozenset[str]:
    """The slugs of the teams that this person convenes."""
    return frozenset(session.scalars(select(Convener.team).where(Convener.user_id == user_id)))


def known(session: Session, person: Person) -> User:
    """The row of `person`, as if `session` had loaded it, without asking the database again."""
    if held := session.identity_map.get(identity_key(User, person.id)):
        return held
    user = User()
    for name in ("id", "email", "name", "team", "disabled", "session_version"):
        set_committed_value(user, name, getattr(person, name))
    user.__dict__[KNOWN_ROLES] = person.roles - set(ASSIGNED)
    make_transient_to_detached(user)
    session.add(user)
    return user


def give_roles(user: User, roles: frozenset[str]) -> None:
    """Replace the roles of `user`. Raises ValueError for a role that does not exist."""
    unknown = roles - set(ROLES)
    if unknown:
        raise ValueError(f"no such role: {', '.join(sorted(unknown))}")
    user.__dict__.pop(KNOWN_ROLES, None)
    user.role_rows = [row for row in user.role_rows if row.role in roles]
    user.role_rows += [UserRole(role=role) for role in sorted(roles - user.roles)]
