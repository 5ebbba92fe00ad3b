"""Who holds sessions for whom: a facilitator for their team, a convener for the teams they convene, a commissioner or
an administrator for every team and for all of them at once.
"""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from webapp.people.models import Person, teams_convened_by
from webapp.spotlights.models import EVERY_TEAM, SpotlightSession

HOSTS = ("facilitator", "convener", "commissioner", "admin")  # who may hold sessions at all


@dataclass(frozen=True, slots=True)
class Hosting:
    """`teams` are slugs; `all_teams`: any team's sessions, and those that are for all."""

    teams: frozenset[str] = frozenset()
    all_teams: bool = False

    def may(self, team: str) -> bool:
        """Whether sessions of `team` (EVERY_TEAM: of all) are theirs to plan, to run and to write up."""
        return self.all_teams or (team != EVERY_TEAM and team in self.teams)

    def __bool__(self) -> bool:
        return self.all_teams or bool(self.teams)


def of(session: Session, person: Person) -> Hosting:
    """What `person` may hold."""
    if person.has("commissioner", "admin"):
        return Hosting(all_teams=True)
    teams: set[str] = set()
    if person.has("facilitator") and person.team:
        teams.add(person.team)
    if person.has("convener"):
        teams |= teams_convened_by(session, person.id)
    return Hosting(frozenset(teams))


def reads_record(hosting: Hosting, person: Person, held: SpotlightSession) -> bool:
    """Whether `person` reads what the room said and decided: who was asked to the session, and who holds it."""
    return held.team in (EVERY_TEAM, person.team) or hosting.may(held.team)
