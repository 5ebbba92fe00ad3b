"""My community at a glance, for the top of my home page."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from webapp.community import meetings, raised, rota
from webapp.community.meetings import Meeting
from webapp.community.raised import CommunityItem
from webapp.english.dates import day_of
from webapp.learning_logs import queries as logs
from webapp.library.generation.reader import Generation
from webapp.library.terms import Team
from webapp.people.models import Person

NEWS = 2
WRITE_LOG = ("Write your learning log", "/learning-logs/new")
MY_LOGS = ("My learning logs", "/learning-logs")


@dataclass(frozen=True, slots=True)
class Glance:
    """The next meeting, who brings something to it, and what became of what the team passed on."""

    team: Team
    meeting: Meeting | None
    brings: list[str]  # names, without mine
    mine: date | None  # when I bring something next
    news: list[CommunityItem]
    wrote: bool  # a learning log this week


def at(session: Session, gen: Generation, person: Person, now: datetime) -> Glance | None:
    """What somebody who works in a team sees of its community; None for all others."""
    team = gen.vocabulary.teams.get(person.team)
    if team is None or not person.has("practitioner", "facilitator"):
        return None
    coming = meetings.coming(team, now, rota.WEEKS)
    places = rota.places(session, team.slug, coming)
    on = {day: [place for place in there if place.off_at is None] for day, there in places.items()}
    mine = (meeting.day for meeting in coming if any(place.user_id == person.id for place in on[meeting.day]))
    return Glance(
        team=team,
        meeting=coming[0] if coming else None,
        brings=[place.user.name for place in on[coming[0].day] if place.user_id != person.id] if coming else [],
        mine=next(mine, None),
        wrote=logs.wrote_in(session, person.id, day_of(now)),
        news=[line for line in raised.by_team(session, team.slug) if line.answer][:NEWS],
    )
