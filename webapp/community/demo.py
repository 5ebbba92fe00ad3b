"""What the people of the demonstration bring to their next meetings, and whom they asked to come."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.community import meetings, rota
from webapp.community.meetings import Meeting
from webapp.community.models import Invitation, RotaPlace
from webapp.library.vocabulary import Vocabulary
from webapp.people.models import User
from webapp.pii import guard


def load_demo(
    session: Session, words: Vocabulary, history: Mapping[str, Any], everyone: Mapping[str, User], now: datetime
) -> None:
    """Fill the rota of their teams, where it is empty. Commit afterwards."""
    if session.scalar(select(RotaPlace.team).limit(1)) is not None:
        return
    home = everyone["femi"].team
    for place in history["rota"]:
        if meeting := _meeting(words, home, place["week"], now):
            rota.put_on(session, home, meeting, everyone[place["who"]].id, guard.clean(place["about"]), now)
    asked = history["invited"]
    if meeting := _meeting(words, home, asked["week"], now):
        people = {"user_id": everyone[asked["who"]].id, "by_id": everyone[asked["by"]].id}
        note = str(guard.clean(asked["note"]))
        at = now - timedelta(days=1)
        session.add(Invitation(team=home, day=meeting.day, note=note, created_at=at, **people))


def _meeting(words: Vocabulary, team: str, week: int, now: datetime) -> Meeting | None:
    """The meeting of `team` so many after the next; None where content says no day."""
    known = words.teams.get(team)
    coming = meetings.coming(known, now, rota.WEEKS) if known else []
    return coming[week] if week < len(coming) else None
