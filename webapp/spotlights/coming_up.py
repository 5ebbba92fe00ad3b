"""What comes up again and again in learning logs and barriers, for who plans spotlights.

Nothing is told of fewer than AT_LEAST people: numbers are rounded down to a multiple of it, so that no difference
between two of them tells of fewer either. Quotes are those that may be quoted, and never say whose or which team's.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from sqlalchemy import Subquery, func, or_, select, union_all
from sqlalchemy.orm import Session

from webapp.barriers.models import Barrier
from webapp.english.dates import HERE
from webapp.learning_logs.models import LearningLog, LearningLogTheme
from webapp.spotlights.feedback import AT_LEAST
from webapp.spotlights.models import SessionFeedback, SpotlightSession

MONTHS = 6
MOST_THEMES = 12
MOST_QUOTES = 5  # of one theme, or after one spotlight
MOST_READ = 300
MOST_BARRIERS = 10


@dataclass(slots=True)
class Recurring:
    """One theme. Numbers are people, "this many or more"; a team or a month with too few is left out."""

    theme: str
    people: int
    teams: dict[str, int] = field(default_factory=dict)  # slug → people
    months: dict[date, int] = field(default_factory=dict)  # first day → people
    quotes: list[str] = field(default_factory=list)


def months_until(today: date) -> list[date]:
    """The first days of the last MONTHS months, this one among them, the latest last."""
    number = today.year * 12 + today.month - 1
    return [date(at // 12, at % 12 + 1, 1) for at in range(number - MONTHS + 1, number + 1)]


def recurring(session: Session, teams: Collection[str], today: date) -> list[Recurring]:
    """The themes that most people of `teams` wrote of in the last MONTHS months, at most MOST_THEMES."""
    months = months_until(today)
    ends = [*months[1:], today + timedelta(days=1)]
    mentions = _mentions(teams, months[0], ends[-1])
    people = func.count(mentions.c.person.distinct())
    every = session.execute(select(mentions.c.theme, people).group_by(mentions.c.theme).having(people >= AT_LEAST))
    found = {theme: Recurring(theme, _at_least(count)) for theme, count in every}
    by_team = (
        select(mentions.c.theme, mentions.c.team, people)
        .group_by(mentions.c.theme, mentions.c.team)
        .having(people >= AT_LEAST)
    )
    for theme, team, count in session.execute(by_team):
        found[theme].teams[team] = _at_least(count)
    for begins, ends_before in zip(months, ends, strict=True):
        month = _mentions(teams, begins, ends_before)
        people = func.count(month.c.person.distinct())
        for theme, count in session.execute(select(month.c.theme, people).group_by(month.c.theme)):
            if count >= AT_LEAST and theme in found:
                found[theme].months[begins] = _at_least(count)
    shown = sorted(found.values(), key=lambda theme: (-theme.people, theme.theme))[:MOST_THEMES]
    _quote(session, shown, teams, months[0])
    return shown


def _mentions(teams: Collection[str], since: date, before: date) -> Subquery:
    """`theme`, `team` and `person` of everything that was written from `since` until the day before `before`."""
    logs = (
        select(LearningLogTheme.theme, LearningLog.team, LearningLog.author_id.label("person"))
        .join(LearningLog, LearningLog.id == LearningLogTheme.log_id)
        .where(LearningLog.week >= since, LearningLog.week < before, LearningLog.withdrawn_at.is_(None))
        .where(LearningLog.team.in_(teams))
    )
    barriers = select(Barrier.theme, Barrier.team, Barrier.reporter_id.label("person")).where(
        Barrier.theme != "",
        Barrier.team.in_(teams),
        Barrier.created_at >= _midnight(since),
        Barrier.created_at < _midnight(before),
        Barrier.reporter_id.is_not(None),
    )
    return union_all(logs, barriers).subquery("mentions")


def _quote(session: Session, shown: Iterable[Recurring], teams: Collection[str], since: date) -> None:
    by_theme = {theme.theme: theme for theme in shown}
    logs = (
        select(LearningLog.created_at, LearningLogTheme.theme, LearningLog.will_try, LearningLog.in_the_way)
        .join(LearningLog, LearningLog.id == LearningLogTheme.log_id)
        .where(LearningLog.may_quote, LearningLog.withdrawn_at.is_(None), LearningLog.week >= since)
        .where(LearningLog.team.in_(teams), LearningLogTheme.theme.in_(by_theme))
        .where(or_(LearningLog.will_try != "", LearningLog.in_the_way != ""))
        .order_by(LearningLog.created_at.desc(), LearningLog.id.desc())
    )
    barriers = (
        select(Barrier.created_at, Barrier.theme, Barrier.text)
        .where(Barrier.may_quote, Barrier.theme.in_(by_theme), Barrier.team.in_(teams))
        .where(Barrier.created_at >= _midnight(since))
        .order_by(Barrier.created_at.desc(), Barrier.id.desc())
    )
    mentions = [*session.execute(logs.limit(MOST_READ)), *session.execute(barriers.limit(MOST_READ))]
    # The latest of both, or what came up after a session would stand behind every log.
    for _, theme, *texts in sorted(mentions, key=lambda row: row.created_at, reverse=True):
        kept = by_theme[theme].quotes
        kept += [text for text in texts if text and text not in kept]
    for recurring in by_theme.values():
        recurring.quotes = sorted(recurring.quotes[:MOST_QUOTES])  # the order would say which is the newest


def shared_barriers(session: Session, today: date) -> Sequence[Barrier]:
    """Open barriers of these months that several people share, as everyone sees them: most people first."""
    since = _midnight(months_until(today)[0])
    query = select(Barrier).where(Barrier.created_at >= since, Barrier.people > 1, Barrier.closed_at.is_(None))
    return session.scalars(query.order_by(Barrier.people.desc(), Barrier.id.desc()).limit(MOST_BARRIERS)).all()


def tried(session: Session, teams: Collection[str]) -> Mapping[str, list[str]]:
    """What people of `teams` said they would try after each spotlight: texts that may be quoted, by its slug.

    A spotlight after which fewer than AT_LEAST of them answered is left out.
    """
    of_teams = select(SpotlightSession.spotlight, SessionFeedback.will_try, SessionFeedback.may_quote)
    of_teams = of_teams.join(SessionFeedback, SessionFeedback.session_id == SpotlightSession.id)
    of_teams = of_teams.where(SessionFeedback.team.in_(teams))
    people = func.count(SessionFeedback.user_id.distinct())
    enough = select(SpotlightSession.spotlight).join(SessionFeedback, SessionFeedback.session_id == SpotlightSession.id)
    enough = enough.where(SessionFeedback.team.in_(teams)).group_by(SpotlightSession.spotlight)
    enough = enough.having(people >= AT_LEAST)
    wanted = of_teams.where(
        SessionFeedback.may_quote, SessionFeedback.will_try != "", SpotlightSession.spotlight.in_(enough)
    )
    found: dict[str, set[str]] = defaultdict(set)
    for spotlight, text, _ in session.execute(wanted.order_by(SessionFeedback.id.desc()).limit(MOST_READ)):
        if len(found[spotlight]) < MOST_QUOTES:
            found[spotlight].add(text)
    return {spotlight: sorted(texts) for spotlight, texts in found.items()}


def _at_least(people: int) -> int:
    return people // AT_LEAST * AT_LEAST


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), HERE)
