"""The spotlight that comes next: one that was planned for a team or for all, else the next date in the content."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.english import dates
from webapp.library.generation.reader import Generation
from webapp.spotlights.models import EVERY_TEAM, SpotlightSession


@dataclass(frozen=True, slots=True)
class Spotlight:
    """What is shown of it. `starts` is known of a planned session alone; `heading` says how soon it is."""

    title: str
    summary: str
    path: str
    day: date
    heading: str
    starts: datetime | None = None
    venue: str = ""


def next_for(session: Session, gen: Generation, team: str, now: datetime) -> Spotlight | None:
    """The next spotlight of `team` (empty: of everybody); where none is planned, the latest there was, if any."""
    today = dates.day_of(now)
    planned = _planned(session, gen, team, now)
    card = next_in_content(gen.section("spotlight"), today)
    if planned and (card is None or not today <= date.fromisoformat(card["date"]) < planned.day):
        return planned
    if card is None:
        return None
    day = date.fromisoformat(card["date"])
    return Spotlight(card["title"], card["summary"], card["path"], day, _heading(day, today))


def next_in_content(cards: list[dict[str, Any]], today: date) -> dict[str, Any] | None:
    """The next of these by its date; where all have been, the latest."""
    sessions = sorted(cards, key=lambda card: card["date"])
    coming = [card for card in sessions if card["date"] >= today.isoformat()]
    return next(iter(coming), sessions[-1] if sessions else None)


def _planned(session: Session, gen: Generation, team: str, now: datetime) -> Spotlight | None:
    theirs = SpotlightSession.team.in_([team, EVERY_TEAM])
    query = select(SpotlightSession).where(theirs, SpotlightSession.cancelled_at.is_(None))
    query = query.where(SpotlightSession.starts_at > now - timedelta(hours=8), SpotlightSession.ends_at > now)
    for found in session.scalars(query.order_by(SpotlightSession.starts_at, SpotlightSession.id).limit(5)):
        card = gen.card(f"/spotlights/{found.spotlight}")
        if card is not None:  # its page may have gone
            day = dates.day_of(found.starts_at)
            heading = _heading(day, dates.day_of(now))
            return Spotlight(card["title"], card["summary"], card["path"], day, heading, found.starts_at, found.venue)
    return None


def _heading(day: date, today: date) -> str:
    ahead = day - today
    if ahead < timedelta(0):
        return "Latest spotlight"
    return "This week’s spotlight" if ahead < timedelta(days=7) else "Next spotlight"
