from collections.abc import Callable

import pytest

from tests.demand.conftest import searched
from tests.support import world
from tests.support.client import Client
from tests.support.clock import Clock, stopped
from webapp.db.engine import now

__all__ = ["searched"]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return stopped(monkeypatch, now())


@pytest.fixture
def history(browser_of: Callable[[str], Client]) -> str:
    """A gap that Priya reported and the stranger joined, tried in a prototype, and a barrier; the gap's number."""
    gap = world.furnish(browser_of).gap
    world.report(browser_of("priya"), "A shed at the weekend", "citywide", audience=["carers", "men"])
    world.try_something(browser_of, gap)
    world.raise_barrier(browser_of)
    return gap
