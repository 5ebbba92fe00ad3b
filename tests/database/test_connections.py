"""A PostgreSQL that hung up, was restarted or has no connection free: no page fails for longer than it is away.

And what of SQLite is kept open for the question that every page asks.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import NullPool, create_engine, text
from sqlalchemy.exc import DBAPIError

from tests.support.databases import Database
from webapp.db import faults, kept, straight
from webapp.db.engine import connected_to, db
from webapp.telemetry import counted

HANG_UP = """
    select pg_terminate_backend(pid, 5000) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()
"""


@pytest.fixture(scope="module")
def server(databases: Callable[[str], Database]) -> str:
    return databases("postgresql").url


def test_who_was_hung_up_on_connects_again_before_anything_is_asked(server: str):
    engine = create_engine(server, pool_size=2)
    kept.look_before_use(engine)
    with engine.connect(), engine.connect():
        pass  # two wait in the pool now
    hang_up(server)
    for _ in range(3):
        with engine.connect() as connection:
            assert connection.execute(text("select 1")).scalar() == 1
    engine.dispose()


def test_one_that_is_in_use_is_not_asked_each_time_whether_it_is_there(server: str, monkeypatch: pytest.MonkeyPatch):
    engine, asked = create_engine(server, pool_size=1), []
    kept.look_before_use(engine)
    monkeypatch.setattr(engine.dialect, "do_ping", asked.append)
    for _ in range(3):
        with engine.connect():
            pass
    assert not asked
    monkeypatch.setattr(kept, "DOUBTFUL", 0)  # a line may go dead in silence while nobody uses it
    with engine.connect():
        pass
    assert len(asked) == 1
    engine.dispose()


def test_a_server_with_no_connection_free_is_an_outage_that_is_named(server: str):
    admin = create_engine(server, poolclass=NullPool)
    with admin.begin() as connection:
        connection.execute(text("drop role if exists crowd"))
        connection.execute(text("create role crowd login connection limit 0 password 'of no use elsewhere'"))
    crowd = create_engine(admin.url.set(username="crowd", password="of no use elsewhere"), poolclass=NullPool)
    with pytest.raises(DBAPIError) as fault:
        crowd.connect()
    assert faults.is_unavailable(fault.value)
    assert faults.name_of(fault.value) == "psycopg.OperationalError 53300"
    assert "connections" in faults.in_words(faults.name_of(fault.value))
    with admin.begin() as connection:
        connection.execute(text("drop role crowd"))


def hang_up(server: str) -> None:
    """As a server does that is restarted."""
    with create_engine(server, poolclass=NullPool).begin() as connection:
        connection.execute(text(HANG_UP))


def test_who_is_hung_up_on_in_the_middle_of_a_question_is_told_that_it_was_that(server: str):
    engine = create_engine(server, pool_size=1)
    with pytest.raises(DBAPIError) as fault:
        straight.ask(engine, "select pg_terminate_backend(pg_backend_pid())", {})
    assert faults.hung_up(fault.value)
    assert straight.ask(engine, "select 1", {}) == [(1,)], "the next has a new connection"
    engine.dispose()


@pytest.mark.one_database
def test_a_file_is_asked_again_after_a_fault_and_no_longer_where_another_has_its_place(tmp_path: Path):
    file = tmp_path / "site.db"
    engine = connected_to(f"sqlite:///{file}")
    for attempt in range(2):
        with pytest.raises(DBAPIError, match="no such table"):
            straight.ask(engine, "select 1 from here", {})
        with engine.begin() as connection:
            connection.execute(text("create table here (number)"))
            connection.execute(text(f"insert into here values ({attempt})"))
        for _ in range(2):
            assert straight.ask(engine, "select number from here where number = ?", [attempt]) == [(attempt,)]
        held = engine.pool  # as whoever has just used it may hold it
        engine.dispose()
        assert held is not engine.pool
        assert not file.with_name("site.db-wal").exists(), "all are closed, or another file would get this journal"
        file.unlink()


@pytest.mark.one_database
def test_a_connection_that_is_kept_for_a_question_is_not_counted_as_in_use(app: Flask):
    with app.app_context():
        assert straight.ask(db.engine, "select 1", {}) == [(1,)]
        assert counted.connections._value.get() == 0
