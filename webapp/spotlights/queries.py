"""Which sessions there are. Every answer is bounded; none reads a feedback."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from webapp.spotlights.hosts import Hosting
from webapp.spotlights.models import EVERY_TEAM, SessionTheme, SpotlightSession

MOST = 50  # on one page
MOST_IN_CALENDAR = 500
CANCELLED_SHOWN = timedelta(days=30)  # on a page, after the day on which it would have been
ABOUT_NOW = timedelta(hours=12)
TO_WRITE_UP = timedelta(days=21)


def one(session: Session, spotlight: str, number: int) -> SpotlightSession | None:
    """The session of this id, where it is one of `spotlight`."""
    found = session.get(SpotlightSession, number)
    return found if found and found.spotlight == spotlight else None


def coming(session: Session, spotlight: str, now: datetime) -> Sequence[SpotlightSession]:
    """Sessions of one spotlight that have not ended, cancelled ones among them, the soonest first."""
    query = select(SpotlightSession).where(SpotlightSession.spotlight == spotlight, SpotlightSession.ends_at > now)
    return session.scalars(query.order_by(SpotlightSession.starts_at, SpotlightSession.id).limit(MOST)).all()


def held(session: Session, spotlight: str, now: datetime) -> Sequence[SpotlightSession]:
    """Sessions of one spotlight that have been, the latest first."""
    query = select(SpotlightSession).where(
        SpotlightSession.spotlight == spotlight,
        SpotlightSession.ends_at <= now,
        SpotlightSession.cancelled_at.is_(None),
    )
    latest_first = query.order_by(SpotlightSession.starts_at.desc(), SpotlightSession.id.desc())
    return session.scalars(latest_first.limit(MOST)).all()


def for_teams(
    session: Session, teams: Iterable[str], *, since: datetime, until: datetime | None = None, cancelled_since: datetime
) -> Sequence[SpotlightSession]:
    """Sessions of `teams` and those for all, that end after `since`; the soonest first, MOST_IN_CALENDAR at most.

    A cancelled one is among them where it was cancelled after `cancelled_since`.
    """
    query = select(SpotlightSession).where(
        SpotlightSession.team.in_([*teams, EVERY_TEAM]),
        SpotlightSession.ends_at > since,
        or_(SpotlightSession.cancelled_at.is_(None), SpotlightSession.cancelled_at > cancelled_since),
    )
    if until:
        query = query.where(SpotlightSession.starts_at < until)
    newest_first = query.order_by(SpotlightSession.starts_at.desc(), SpotlightSession.id.desc())
    return session.scalars(newest_first.limit(MOST_IN_CALENDAR)).all()[::-1]


def under_way(session: Session, spotlight: str, hosting: Hosting, now: datetime) -> SpotlightSession | None:
    """The session of `spotlight` that `hosting` holds about now: the nearest within half a day."""
    query = select(SpotlightSession).where(
        SpotlightSession.spotlight == spotlight,
        SpotlightSession.starts_at.between(now - ABOUT_NOW, now + ABOUT_NOW),
        SpotlightSession.cancelled_at.is_(None),
    )
    mine = [found for found in session.scalars(query.limit(MOST)) if hosting.may(found.team)]
    return min(mine, key=lambda found: abs(found.starts_at - now), default=None)


def to_write_up(session: Session, hosting: Hosting, now: datetime) -> Sequence[SpotlightSession]:
    """Sessions of the last weeks that `hosting` holds and of which nothing is kept, the oldest first."""
    query = select(SpotlightSession).where(
        SpotlightSession.ends_at.between(now - TO_WRITE_UP, now),
        SpotlightSession.held_at.is_(None),
        SpotlightSession.cancelled_at.is_(None),
    )
    if not hosting.all_teams:
        query = query.where(SpotlightSession.team.in_(hosting.teams))
    return session.scalars(query.order_by(SpotlightSession.starts_at).limit(MOST)).all()


def themes(session: Session, sessions: Iterable[SpotlightSession]) -> Mapping[int, list[str]]:
    """What came up in each of `sessions`: slugs by the session's id."""
    wanted = [each.id for each in sessions]
    found: dict[int, list[str]] = {number: [] for number in wanted}
    if wanted:
        query = select(SessionTheme).where(SessionTheme.session_id.in_(wanted)).order_by(SessionTheme.theme)
        for row in session.scalars(query):
            found[row.session_id].append(row.theme)
    return found
