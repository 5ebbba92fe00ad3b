"""The people of the tests, one for each role, and somebody whom nothing belongs to."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from sqlalchemy import insert
from sqlalchemy.engine import Connection

from webapp.accounts import passwords
from webapp.people.models import Convener, User, UserRole, WorkstreamLead

PASSWORD = "kettle lantern meadow"
JOINED = datetime(2026, 1, 5, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Person:
    id: int
    name: str
    role: str
    team: str = ""
    leads: tuple[str, ...] = ()  # workstreams
    convenes: tuple[str, ...] = ()  # teams

    @property
    def email(self) -> str:
        return f"{self.name.split()[0].lower()}@example.org"


PEOPLE = {
    "priya": Person(1, "Priya Nair", "practitioner", "gorton-levenshulme"),
    "femi": Person(2, "Femi Adeyemi", "facilitator", "gorton-levenshulme"),
    "carol": Person(3, "Carol Whitfield", "commissioner"),
    "ed": Person(4, "Ed Marsh", "editor"),
    "ada": Person(5, "Ada Okafor", "admin"),
    # What these two may do follows from what they are assigned; the role they were given is another.
    "lena": Person(7, "Lena Ostrowska", "lead", leads=("maximising-independence", "early-help")),
    "connie": Person(8, "Connie Baptiste", "convener", convenes=("gorton-levenshulme", "ardwick-longsight")),
    "stranger": Person(6, "Sam Stranger", "practitioner", "ardwick-longsight"),
}
GIVEN = {"lead": "practitioner", "convener": "facilitator"}
ROLES = {person.role: name for name, person in reversed(PEOPLE.items())}


@cache
def password_hash() -> str:
    """Made once: argon2 is slow on purpose."""
    return passwords.hashed(PASSWORD)


def add_all(connection: Connection) -> None:
    """Write everyone of `PEOPLE` to empty tables."""
    rows = [
        {
            "id": person.id,
            "email": person.email,
            "name": person.name,
            "team": person.team,
            "password_hash": password_hash(),
            "disabled": False,
            "generation": 0,
            "created_at": JOINED,
        }
        for person in PEOPLE.values()
    ]
    connection.execute(insert(User), rows)
    everyone = PEOPLE.values()
    connection.execute(insert(UserRole), [{"user_id": p.id, "role": GIVEN.get(p.role, p.role)} for p in everyone])
    leads = [{"user_id": p.id, "workstream": workstream} for p in everyone for workstream in p.leads]
    connection.execute(insert(WorkstreamLead), leads)
    connection.execute(insert(Convener), [{"user_id": p.id, "team": team} for p in everyone for team in p.convenes])
