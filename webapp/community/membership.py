"""How somebody belongs to a community, which decides what they see on its page and may do there."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session

from webapp.community.models import Invitation
from webapp.people.models import Convener, Person, User, UserRole, conveners_of

MOST_NAMES = 20


@dataclass(frozen=True, slots=True)
class Belonging:
    """`member`: it is their team. `convenes`: they convene it. `invited`: a commissioner asked to a coming meeting."""

    member: bool = False
    convenes: bool = False
    facilitates: bool = False
    invited: bool = False

    @property
    def inside(self) -> bool:
        """Whether the inner part is theirs: the rota, and what people say they will try."""
        return self.member or self.convenes

    @property
    def sees_raised(self) -> bool:
        """Whether they see what this community passed on."""
        return self.inside or self.invited

    @property
    def may_invite(self) -> bool:
        return self.convenes or self.facilitates


def of(session: Session, person: Person, team: str, today: date) -> Belonging:
    """Who `person` is to the community of `team`. An invitation counts until its day is over."""
    member = person.team == team
    convenes = person.has("convener") and session.get(Convener, (person.id, team)) is not None
    invited = person.has("commissioner") and bool(
        session.scalar(
            select(
                exists().where(
                    Invitation.team == team,
                    Invitation.user_id == person.id,
                    Invitation.day >= today,
                    Invitation.withdrawn_at.is_(None),
                )
            )
        )
    )
    return Belonging(member, convenes, facilitates=member and person.has("facilitator"), invited=invited)


def facilitators(session: Session, team: str) -> list[str]:
    """The names of those who facilitate `team`, in order."""
    theirs = select(User.name).join(UserRole).where(UserRole.role == "facilitator")
    theirs = theirs.where(User.team == team, User.disabled.is_(False)).order_by(User.name).limit(MOST_NAMES)
    return list(session.scalars(theirs))


def conveners(session: Session, team: str) -> list[str]:
    """The names of those who convene `team`, in order."""
    return [user.name for user in conveners_of(session, team)[:MOST_NAMES]]


def still_there(team: str) -> ColumnElement[bool]:
    """Whether a User may sign in and belongs to `team`, as a member or its convener: for a query."""
    convenes = exists().where(Convener.user_id == User.id, Convener.team == team)
    return and_(User.disabled.is_(False), or_(User.team == team, convenes))
