"""What readers and editors said of listings, kept in memory for as long as nothing that is audited has changed.

Every list and every listing needs it, and it changes a few times an hour. Each change is audited, so the newest
entry of the trail (`audit.as_of`) tells whether what is in memory still holds.
"""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from types import MappingProxyType

from sqlalchemy import select

from webapp.db.engine import db
from webapp.people import audit
from webapp.upkeep import closures, confirmations
from webapp.upkeep.closures import Closures
from webapp.upkeep.models import Confirmation, SignpostingOutcome
from webapp.upkeep.signposting import Outcomes

MOST_PATHS = 20_000  # listings whose confirmations are kept, a hundred bytes each

Confirmed = tuple[tuple[date, int | None], ...]  # day and person; None for the organisation


class Overlay:
    """What is known at one moment of the trail."""

    def __init__(self, as_of: str) -> None:
        self.as_of = as_of
        self.closures: Closures = MappingProxyType(closures.recorded(db.session))
        self.closures_key = tuple(self.closures.items())  # the same while they are
        self._confirmed: dict[str, Confirmed] = {}
        self._outcomes: dict[str, Outcomes] = {}

    @cached_property
    def last_confirmed(self) -> Mapping[str, date]:
        """Path → the last day that somebody said the listing there is right; the newest `MOST_PATHS` of them."""
        return MappingProxyType(confirmations.last_days(db.session, MOST_PATHS))

    def confirmed(self, path: str) -> Confirmed:
        """Every confirmation of the listing at `path`."""
        known = self._confirmed.get(path)
        if known is None:
            if len(self._confirmed) >= MOST_PATHS:
                self._confirmed.clear()
            rows = db.session.execute(select(Confirmation.day, Confirmation.person_id).where(Confirmation.path == path))
            known = self._confirmed[path] = tuple((day, person) for day, person in rows)
        return known

    def outcomes(self, path: str) -> Outcomes:
        """What became of pointing people to the listing at `path`."""
        known = self._outcomes.get(path)
        if known is None:
            if len(self._outcomes) >= MOST_PATHS:
                self._outcomes.clear()
            row = SignpostingOutcome
            rows = db.session.execute(select(row.became, row.day, row.person_id).where(row.path == path))
            known = self._outcomes[path] = tuple((became, day, person) for became, day, person in rows)
        return known

    def who_said_something(self, path: str) -> frozenset[int]:
        """Who confirmed the listing at `path`, or said what became of it: its page tells them what they did."""
        persons = {person for _, person in self.confirmed(path)} | {person for *_, person in self.outcomes(path)}
        return frozenset(person for person in persons if isinstance(person, int))


_newest: Overlay | None = None


def now() -> Overlay:
    """What is known now, for whoever is not signed in: then nothing has asked for the trail's newest entry yet."""
    return at(db.session.scalar(select(audit.as_of())) or audit.GENESIS)


def at(as_of: str) -> Overlay:
    """The marks as they are while the newest entry of the trail is sealed with `as_of`. Asks nothing if it still is."""
    global _newest
    marks = _newest
    if marks is None or marks.as_of != as_of:
        # What is read now may be newer than `as_of`; then it is read once more when the next request says so.
        marks = _newest = Overlay(as_of)
    return marks
