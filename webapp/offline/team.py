"""My community as a device keeps it: what its page says to somebody who belongs to it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from webapp.accounts import starting_place
from webapp.community import meetings, membership, nearby, next_spotlight, raised, rota, tried
from webapp.english import dates
from webapp.library.generation.reader import Generation
from webapp.people.models import Person
from webapp.upkeep.closures import Closures


def of(session: Session, person: Person, gen: Generation, closures: Closures, now: datetime) -> dict[str, Any] | None:
    """Title, path and sections (heading; lines, each [words, address or empty]); None for whoever works in no team."""
    team = gen.vocabulary.teams.get(person.team)
    if team is None:
        return None
    today = dates.day_of(now)
    coming = meetings.coming(team, now, rota.WEEKS)
    people = rota.places(session, team.slug, coming)
    tries = tried.lately(session, team.slug, today)
    spotlight = next_spotlight.next_for(session, gen, team.slug, now)
    patch = starting_place.of_team(team.slug, gen.vocabulary)
    brings = (
        f"{dates.long_date(day)}: {', '.join(names)}"
        for day, there in people.items()
        if (names := [place.user.name for place in there if place.off_at is None])
    )
    passed_on = [[f"{line.title}: {line.status}", line.href] for line in raised.by_team(session, team.slug)]
    sections: list[tuple[str, list[list[str]]]] = [
        ("Meets", _plain([meetings.regularly(team), team.room or ""])),
        ("Join online", [["Join online", team.join]] if team.join else []),
        ("Facilitated by", _plain(membership.facilitators(session, team.slug))),
        ("Who brings something", _plain(brings)),
        (spotlight.heading, [[spotlight.title, spotlight.path]]) if spotlight else ("", []),
        ("What we try", _plain(tries.texts if tries else [])),
        ("What we passed on", passed_on),
        ("New on our patch", _news(nearby.new_listings(gen, patch, today, closures))),
        ("Answers about our patch", _news(nearby.answers(session, gen, patch))),
    ]
    return {
        "title": team.label,
        "path": f"/community/{team.slug}",
        "sections": [{"heading": heading, "lines": lines} for heading, lines in sections if lines],
    }


def _plain(lines: Iterable[str]) -> list[list[str]]:
    return [[line, ""] for line in lines if line]


def _news(lines: Iterable[nearby.News]) -> list[list[str]]:
    return [[line.title, line.href] for line in lines]
