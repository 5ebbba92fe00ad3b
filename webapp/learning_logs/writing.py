"""What its writer may do with a learning log: write it, change it, withdraw it, put it back.

Each function changes rows; the view commits. Free text comes as `CleanText`, which only the personal-data guard makes.
What got in the way becomes a barrier in the same commit, by the rules of `barriers.report`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from webapp.accounts import my_data, removal
from webapp.barriers import report
from webapp.barriers.report import BarrierReport
from webapp.english.dates import day_of
from webapp.learning_logs.models import Helped, LearningLog, LearningLogTheme
from webapp.learning_logs.queries import week_of
from webapp.people.models import User
from webapp.pii.guard import CleanText

STEPS = ("experience", "reflection", "concept", "experiment")  # Kolb's four, as columns and fields are called
TEXTS = (*STEPS, "will_try")
SAME_LOG = timedelta(days=1)


@dataclass(frozen=True)
class LogContent:
    """What a form knows of a log. `themes` are slugs of that vocabulary; `texts` has each of TEXTS."""

    helped: Helped
    themes: tuple[str, ...]
    texts: Mapping[str, CleanText | None]
    may_quote: bool
    share: bool


def sent_again(
    session: Session, content: LogContent, raised: BarrierReport | None, author: User, now: datetime
) -> bool:
    """Whether `author` wrote exactly this within a day."""
    recent = (LearningLog.author_id == author.id, LearningLog.created_at > now - SAME_LOG)
    texts = {name: str(text or "") for name, text in content.texts.items()}
    texts["in_the_way"] = str(raised.text) if raised else ""
    return any(
        log.helped is content.helped
        and {row.theme for row in log.themes} == set(content.themes)
        and all(getattr(log, name) == text for name, text in texts.items())
        for log in session.scalars(select(LearningLog).where(*recent, LearningLog.withdrawn_at.is_(None)))
    )


def record(
    session: Session, content: LogContent, raised: BarrierReport | None, author: User, now: datetime
) -> LearningLog:
    """Keep a log, and raise what got in the way. Commit afterwards."""
    log = LearningLog(author_id=author.id, team=author.team, week=week_of(day_of(now)), created_at=now)
    _write(log, content, author)
    session.add(log)
    _raise(session, log, raised, author, now)
    session.flush()
    return log


def change(
    session: Session, log: LearningLog, content: LogContent, raised: BarrierReport | None, author: User, now: datetime
) -> None:
    """Write `log` anew. What was raised from it stays as it was raised. Commit afterwards."""
    _write(log, content, author)
    if log.barrier_id is None:
        log.in_the_way = ""
        _raise(session, log, raised, author, now)
    log.changed_at = now


def withdraw(log: LearningLog, now: datetime) -> None:
    """Let it count no more, and show it to nobody else. `put_back` undoes it until retention removes it."""
    log.withdrawn_at = log.withdrawn_at or now


def put_back(log: LearningLog) -> None:
    """Undo `withdraw`."""
    log.withdrawn_at = None


def _write(log: LearningLog, content: LogContent, author: User) -> None:
    log.helped, log.may_quote = content.helped, content.may_quote
    log.share = content.share and bool(log.team or author.team)  # without a team there is nobody to share it with
    for name, text in content.texts.items():
        setattr(log, name, str(text or ""))
    kept = {row.theme: row for row in log.themes}
    log.themes = [kept.get(slug) or LearningLogTheme(theme=slug) for slug in content.themes]


def _raise(session: Session, log: LearningLog, raised: BarrierReport | None, author: User, now: datetime) -> None:
    if raised is None:
        return
    before = report.sent_again(session, raised, author, now)
    log.barrier_id = (before or report.record(session, raised, author, now)).id
    log.in_the_way = str(raised.text)


def _leave_figures(session: Session, author_id: int) -> None:
    """Of who is removed every word goes; what figures count stays: the week, the team, what helped, the themes."""
    words = dict.fromkeys((*TEXTS, "in_the_way"), "")
    silent = {"may_quote": False, "share": False}
    session.execute(update(LearningLog).where(LearningLog.author_id == author_id).values(words | silent))


my_data.add_through("learning_log_themes", "log_id", "learning_logs")
removal.keep("learning_logs", _leave_figures)
