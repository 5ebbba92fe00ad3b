"""One worker reads feeds; an editor whose request comes to another machine sees how it went, and can ask for it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from webapp.config.settings import Settings
from webapp.db import turns
from webapp.db.engine import db, now
from webapp.library.feeds import state
from webapp.library.feeds.files import REPORT, folder_of, put
from webapp.library.feeds.state import FeedState
from webapp.machines import feed_copies, registry

pytestmark = pytest.mark.both_databases
SLUG = "neighbours"


@pytest.fixture
def here(settings: Settings, tmp_path: Path, app: Flask) -> Settings:
    """The machine whose worker reads feeds."""
    here = replace(settings, index_dir=tmp_path / "here")
    with app.app_context():
        take(here)
    return here


@pytest.fixture
def there(settings: Settings, tmp_path: Path) -> Settings:
    return replace(settings, index_dir=tmp_path / "there")


@pytest.fixture
def exchange(app: Flask, here: Settings, there: Settings) -> Callable[[], None]:
    def run() -> None:
        with app.app_context():
            for settings in (here, there, here):
                feed_copies.exchange(db.session, settings)
                db.session.commit()

    return run


def take(settings: Settings) -> None:
    me = feed_copies.reader_of(registry.name_of(settings), "1")
    later = now() + timedelta(hours=1)
    assert turns.take(db.session, feed_copies.READING, by=me, now=later, lease=timedelta(minutes=2))


def read(settings: Settings, services: int) -> None:
    """As a reading does it."""
    state.take(settings.index_dir, SLUG)
    put(folder_of(settings.index_dir, SLUG) / REPORT, f"{services} services".encode())
    tried = (now() + timedelta(seconds=1)).isoformat(timespec="seconds")
    state.write(settings.index_dir, SLUG, FeedState(services=services, tried_at=tried))


def test_how_it_went_is_seen_everywhere_and_stays_when_another_reads(
    app: Flask, here: Settings, there: Settings, exchange: Callable[[], None]
):
    for services in (3, 4):
        read(here, services)
        exchange()
        assert state.read(there.index_dir, SLUG) == state.read(here.index_dir, SLUG)
        assert (folder_of(there.index_dir, SLUG) / REPORT).read_text() == f"{services} services"
    with app.app_context():
        turns.give_back(
            db.session, feed_copies.READING, by=feed_copies.reader_of(registry.name_of(here), "1"), due=now()
        )
        take(there)
    read(there, 5)
    exchange()
    exchange()
    assert state.read(here.index_dir, SLUG).services == 5


def test_who_asks_elsewhere_is_heard_once_and_sees_that_it_was_asked(
    here: Settings, there: Settings, exchange: Callable[[], None]
):
    state.ask(there.index_dir, SLUG)
    exchange()
    assert state.is_asked(here.index_dir, SLUG)
    assert state.is_asked(there.index_dir, SLUG)
    read(here, 3)
    exchange()
    exchange()
    assert not state.is_asked(here.index_dir, SLUG)
    assert not state.is_asked(there.index_dir, SLUG)
    exchange()
    assert not state.is_asked(here.index_dir, SLUG), "once"
