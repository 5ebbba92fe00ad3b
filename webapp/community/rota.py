"""Who brings something to which meeting: people put themselves on, take themselves off, and can undo that.

The caller commits.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, contains_eager

from webapp.community.meetings import Meeting
from webapp.community.membership import still_there
from webapp.community.models import RotaPlace
from webapp.db.upsert import insert
from webapp.english.dates import day_of, long_date
from webapp.people.models import User
from webapp.pii.guard import CleanText
from webapp.web.refusals import Refused

WEEKS = 6  # meetings ahead that the rota shows
MOST_EACH = 3  # people at one meeting: an hour has no room for more
KEPT = timedelta(weeks=26)


def places(session: Session, team: str, meetings: Iterable[Meeting]) -> dict[date, list[RotaPlace]]:
    """Who is on the rota and who took themselves off, by day, with the person. Not those who left the team."""
    days = [meeting.day for meeting in meetings]
    found: dict[date, list[RotaPlace]] = {day: [] for day in days}
    if days:
        query = select(RotaPlace).join(RotaPlace.user).options(contains_eager(RotaPlace.user).lazyload(User.role_rows))
        query = query.where(RotaPlace.team == team, RotaPlace.day.in_(days), still_there(team))
        for place in session.scalars(query.order_by(RotaPlace.day, RotaPlace.created_at, RotaPlace.user_id)):
            found[place.day].append(place)
    return found


def put_on(session: Session, team: str, meeting: Meeting, user_id: int, about: CleanText | None, now: datetime) -> None:
    """Put somebody on for `meeting`, or change what they bring. Raises Refused where it is full.

    Two who come at the same moment may both find room: nobody is harmed by that.
    """
    _find_room(session, team, meeting, user_id)
    values = {"about": str(about or ""), "off_at": None}
    row = insert(session, RotaPlace).values(team=team, day=meeting.day, user_id=user_id, created_at=now, **values)
    session.execute(row.on_conflict_do_update(index_elements=["team", "day", "user_id"], set_=values))


def take_off(session: Session, team: str, meeting: Meeting, user_id: int, now: datetime) -> bool:
    """Take somebody off; False where they are not on."""
    place = session.get(RotaPlace, (team, meeting.day, user_id))
    if place is None or place.off_at is not None:
        return False
    place.off_at = now
    return True


def put_back(session: Session, team: str, meeting: Meeting, user_id: int) -> bool:
    """Undo `take_off`; False where there is nothing to undo. Raises Refused where it has become full."""
    place = session.get(RotaPlace, (team, meeting.day, user_id))
    if place is None or place.off_at is None:
        return False
    _find_room(session, team, meeting, user_id)
    place.off_at = None
    return True


def _find_room(session: Session, team: str, meeting: Meeting, user_id: int) -> None:
    there = places(session, team, [meeting])[meeting.day]
    if sum(place.off_at is None and place.user_id != user_id for place in there) >= MOST_EACH:
        raise Refused(f"{long_date(meeting.day)} is full: {MOST_EACH} people bring something. Choose another day.")


def forget(session: Session, now: datetime) -> int:
    """Remove what has been for half a year; how many places that was."""
    gone = delete(RotaPlace).where(RotaPlace.day < day_of(now) - KEPT).returning(RotaPlace.user_id)
    return len(session.scalars(gone).all())
