"""The people of the tests, one for each role, and somebody whom nothing belongs to."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from sqlalchemy import insert
from sqlalchemy.engine import Connection

from webapp.accounts import passwords
from webapp.people import User, UserRole

PASSWORD = "kettle lantern meadow"
JOINED = datetime(2026, 1, 5, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Person:
    id: int
    name: str
    role: str
    team: str = ""

    @property
    def email(self) -> str:
        return f"{self.name.split()[0].lower()}@example.org"


PEOPLE = {
    "priya": Person(1, "Priya Nair", "practitioner", "gorton-levenshulme"),
    "femi": Person(2, "Femi Adeyemi", "facilitator", "gorton-levenshulme"),
    "carol": Person(3, "Carol Whitfield", "commissioner"),
    "ed": Person(4, "Ed Marsh", "editor"),
    "ada": Person(5, "Ada Okafor", "admin"),
    "stranger": Person(6, "Sam Stranger", "practitioner", "ardwick-longsight"),
}
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
    connection.execute(insert(UserRole), [{"user_id": p.id, "role": p.role} for p in PEOPLE.values()])
