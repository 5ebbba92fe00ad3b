"""Learning logs as continuing professional development (CPD) for the register of Social Work England.

The rule: in each registration year, from 1 December to 30 November, at least two different pieces of CPD, and at least
one of them with a reflection with a peer. A piece says what was done, what was learned, and what effect it has on
practice. Source: Social Work England, "CPD", https://www.socialworkengland.org.uk/cpd/, as told in
content/toolkit/kcvets-reflection.md and by Research in Practice, "Record your CPD and apply to renew registration",
November 2024. A log serves as a piece where it says those three things; whether it is a good one, its writer decides.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from webapp.english.dates import HERE, day_of
from webapp.learning_logs import queries
from webapp.learning_logs.models import LearningLog

PIECES = 2
WITH_PEERS = 1


@dataclass(frozen=True)
class Year:
    """One registration year, and how many of its logs can serve. Both days are included."""

    since: date
    until: date
    logs: int = 0
    pieces: int = 0
    with_peers: int = 0  # of the pieces

    @property
    def is_enough(self) -> bool:
        return self.pieces >= PIECES and self.with_peers >= WITH_PEERS

    @property
    def missing(self) -> list[str]:
        """What is still needed, in words."""
        found = []
        if more := max(0, PIECES - self.pieces):
            found.append("one more piece" if more == 1 else f"{more} pieces")
        if self.with_peers < WITH_PEERS:
            found.append("one reflected on with peers")
        return found


def year_of(day: date) -> tuple[date, date]:
    """The first and the last day of the registration year that `day` is in."""
    start = day.year if day.month == 12 else day.year - 1
    return date(start, 12, 1), date(start + 1, 11, 30)


def lacks(log: LearningLog) -> list[str]:
    """What `log` does not say yet of what a piece of CPD must say; empty where it can serve as one."""
    parts = {
        "what happened": log.experience,
        "what you learned": log.reflection or log.concept,
        "what it changes in your work": log.experiment or log.will_try,
    }
    return [words for words, text in parts.items() if not text]


def years(logs: Iterable[LearningLog]) -> list[Year]:
    """The registration years in which any of `logs` was written, in order, and what each has."""
    by_year: dict[tuple[date, date], list[LearningLog]] = {}
    for log in logs:
        by_year.setdefault(year_of(day_of(log.created_at)), []).append(log)
    return [_year(days, theirs) for days, theirs in sorted(by_year.items())]


def progress(session: Session, author_id: int, today: date) -> Year:
    """Where this person stands in the registration year of `today`."""
    since, until = year_of(today)
    return _year((since, until), written_within(session, author_id, since, until))


def written_within(session: Session, author_id: int, since: date, until: date) -> list[LearningLog]:
    """What this person wrote from `since` to `until`, both days included, as they are in Great Britain."""
    return list(queries.written_between(session, author_id, _begins(since), _begins(until + timedelta(days=1))))


def _year(days: tuple[date, date], logs: Iterable[LearningLog]) -> Year:
    every = list(logs)
    pieces = [log for log in every if not lacks(log)]
    return Year(*days, len(every), len(pieces), sum(log.with_peers for log in pieces))


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), HERE)
