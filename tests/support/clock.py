"""A clock that stands still until a test says that time passes."""

from datetime import datetime, timedelta

import pytest


class Clock:
    """Stands in for `datetime` in webapp.db.engine, so that every `now()` is this moment."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self, zone: object) -> datetime:
        return self.moment

    def passes(self, **duration: float) -> None:
        self.moment += timedelta(**duration)


def stopped(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> Clock:
    """The clock of the whole site, stopped at `moment`."""
    clock = Clock(moment)
    monkeypatch.setattr("webapp.db.engine.datetime", clock)
    return clock
