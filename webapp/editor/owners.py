"""Who looks after a page or listing, and how they are reached: people with an account, or a mailbox without one."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.library.generation.reader import Generation
from webapp.library.generation.survey import SurveyedFile
from webapp.people.models import User


@dataclass
class Reached:
    """What is due, by who is to be notified: the id of a person, or the address of a mailbox that has no account."""

    people: dict[int, list[SurveyedFile]] = field(default_factory=dict)
    mailboxes: dict[str, list[SurveyedFile]] = field(default_factory=dict)


def reach(session: Session, gen: Generation, late: Iterable[SurveyedFile]) -> Reached:
    """Share `late` out among its owners. Items without a reachable owner are left out; editors see them all the same.

    An owner is an e-mail address, a name that `owners` of site.yml gives an address, or a team of the vocabulary, by
    its name or another name of it: then it is everyone in that team.
    """
    reached = Reached()
    rows = session.execute(select(User.id, User.email, User.team).where(User.disabled.is_(False)).order_by(User.id))
    accounts: dict[str, int] = {}
    teams: dict[str, list[int]] = {}
    for number, email, team in rows:
        accounts[email.lower()] = number
        teams.setdefault(team, []).append(number)
    for one in late:
        address = one.owner if "@" in one.owner else gen.site.owners.get(one.owner, "")
        address = address.strip().lower()
        if address and address not in accounts:
            reached.mailboxes.setdefault(address, []).append(one)
            continue
        team = team_of(gen, one.owner)
        of_team = teams.get(team, []) if team else []  # an owner that is no team means nobody who has no team
        for number in [accounts[address]] if address else of_team:
            reached.people.setdefault(number, []).append(one)
    return reached


def theirs(session: Session, gen: Generation, late: Iterable[SurveyedFile], user_id: int) -> list[SurveyedFile]:
    """The items of `late` that this person is notified of."""
    return reach(session, gen, late).people.get(user_id, [])


def team_of(gen: Generation, owner: str) -> str:
    """The slug of the team that is called `owner`; empty where there is none."""
    wanted = owner.strip().casefold()
    terms = gen.vocabulary.terms("teams").values() if wanted else ()
    named = (t.slug for t in terms if wanted in {name.casefold() for name in (t.slug, t.label, *t.also)})
    return next(named, "")
