"""A record of professional development: my logs of a period, to print, to download, to take along."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from webapp.learning_logs import cpd, queries
from webapp.learning_logs.cpd import Year
from webapp.learning_logs.models import LearningLog
from webapp.people.models import Person
from webapp.web import asked_days

ASYE = "asye"

# The nine domains of the Professional Capabilities Framework, British Association of Social Workers, 2018
# (https://basw.co.uk/training-cpd/professional-capabilities-framework-pcf), as content/toolkit/asye-starter-path.md
# names them.
DOMAINS = (
    "Professionalism",
    "Values and ethics",
    "Diversity and equality",
    "Rights, justice and economic wellbeing",
    "Knowledge",
    "Critical reflection and analysis",
    "Skills and interventions",
    "Contexts and organisations",
    "Professional leadership",
)


@dataclass(frozen=True)
class RecordPeriod:
    """From `since` to `until`, both days included. What made no sense was left out, and `notices` say so."""

    since: date
    until: date
    asye: bool = False
    notices: tuple[str, ...] = ()

    @classmethod
    def from_args(cls, args: Any, today: date) -> "RecordPeriod":
        """From an address: `from`, `to`, `as`. The registration year of `today` where the days are not said."""
        notices: list[str] = []
        first, last = cpd.year_of(today)
        since = asked_days.day(args.get("from", ""), notices) or first
        until = asked_days.day(args.get("to", ""), notices) or last
        since, until = asked_days.in_order(since, until, notices)
        return cls(since, until, args.get("as") == ASYE, tuple(notices))

    def as_args(self) -> dict[str, str]:
        """The same as an address says it."""
        args = {"from": self.since.isoformat(), "to": self.until.isoformat()}
        return args | {"as": ASYE} if self.asye else args


@dataclass(frozen=True)
class LogRecord:
    """Whose it is, and the logs, the oldest first. `cut`: there are more than can be shown."""

    person: str
    team: str
    period: RecordPeriod
    logs: Sequence[LearningLog]
    years: list[Year]
    cut: bool

    @property
    def title(self) -> str:
        if self.period.asye:
            return "Critical reflection log for the assessed and supported year in employment"
        return "Record of continuing professional development"


def make(session: Session, person: Person, team: str, period: RecordPeriod) -> LogRecord:
    """The record of `person`; `team` is what their team is called."""
    logs = cpd.written_within(session, person.id, period.since, period.until)
    cut = len(logs) == queries.MOST_IN_A_RECORD
    return LogRecord(person.name, team, period, logs, cpd.years(logs), cut)


def headed_texts(log: LearningLog) -> list[tuple[str, str]]:
    """The parts of `log` that something was written in, under the headings of a record."""
    parts = (
        ("What happened", log.experience),
        ("What I noticed", log.reflection),
        ("What it might mean", log.concept),
        ("What I would do differently", log.experiment),
        ("What I will try", log.will_try),
        ("What got in the way", log.in_the_way),
    )
    return [(heading, text) for heading, text in parts if text]
