"""A directory to ask, and how to ask it without waiting."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest

from tests.feeds.server import Directory, serving, some
from webapp.db.engine import now
from webapp.library.feeds import client
from webapp.library.feeds.download import Fetched, HowToAsk, fetch
from webapp.library.feeds.limits import FeedLimits

Fetch = Callable[..., Fetched]


@pytest.fixture
def directory() -> Iterator[Directory]:
    with serving(Directory(some(5))) as made:
        yield made


@pytest.fixture
def read(directory: Directory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Fetch:
    """Fetch the directory's feed; `later` is how long after the first time, `limits` what is not as usual."""
    monkeypatch.setattr(client, "WAITS", (0.0, 0.0))
    began: datetime = now()

    def fetch_it(address: str = "", later: timedelta = timedelta(0), changes: bool = False, **limits: Any) -> Fetched:
        how = HowToAsk("Test reader", (ip_network("127.0.0.1"),), FeedLimits(**({"pause": 0.0} | limits)), changes)
        return fetch(address or directory.address, tmp_path / "kept", began + later, how)

    return fetch_it
