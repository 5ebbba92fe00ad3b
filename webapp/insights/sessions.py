"""What is counted of spotlight sessions: how many each team held in each quarter, and how many came."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.insights.buckets import begins, number_of
from webapp.insights.periods import Period, Quarter, shift
from webapp.spotlights.models import SpotlightSession
from webapp.web.small_numbers import FEWEST

MOST_READ = 5_000


@dataclass
class Held:
    """Sessions of one team in one quarter. `came` adds up those of `counted` sessions, to which five or more came."""

    sessions: int = 0
    counted: int = 0
    came: int = 0


def read(session: Session, period: Period, now: datetime) -> Mapping[tuple[Quarter, str], Held]:
    """By quarter and team; the team is EVERY_TEAM for sessions that are for all. A session to which fewer than five
    came is in no sum of people, so that none gives it away."""
    quarters = period.quarters
    starts = [begins(quarter.first) for quarter in quarters]
    ends = min(begins(shift(quarters[-1].first, 3)), now)
    place = number_of(SpotlightSession.starts_at, starts)
    wanted = select(place, SpotlightSession.team, SpotlightSession.came).where(
        SpotlightSession.starts_at >= starts[0],
        SpotlightSession.starts_at < ends,
        SpotlightSession.cancelled_at.is_(None),
    )
    found: dict[tuple[Quarter, str], Held] = defaultdict(Held)
    for number, team, came in session.execute(wanted.limit(MOST_READ)):
        held = found[quarters[number], team]
        held.sessions += 1
        if came is not None and came >= FEWEST:
            held.counted, held.came = held.counted + 1, held.came + came
    return found
