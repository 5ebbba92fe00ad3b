"""The tables that `signpost db upgrade` makes are those that the program uses."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, NullPool, create_engine, inspect, text
from sqlalchemy.exc import DatabaseError

import webapp.app  # noqa: F401 - so that every table is known
from tests.support import databases
from webapp import migrating
from webapp.db import Base, prepare_sqlite


@pytest.fixture(params=databases.KINDS)
def empty(request: pytest.FixtureRequest, tmp_path: Path, worker_id: str) -> Iterator[Engine]:
    """A database without a table."""
    if request.param == "sqlite":
        engine = create_engine(f"sqlite:///{tmp_path / 'empty.db'}", poolclass=NullPool)
        prepare_sqlite(engine)
        yield engine
        return
    server = databases.server()
    name = f"migrations_{worker_id}"
    admin = create_engine(databases.url_of(server, "postgres"), isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with admin.connect() as connection:
        connection.execute(text(f"drop database if exists {name} with (force)"))
        connection.execute(text(f"create database {name}"))
    engine = create_engine(databases.url_of(server, name), poolclass=NullPool)
    yield engine
    with admin.connect() as connection:
        connection.execute(text(f"drop database {name} with (force)"))


def test_an_empty_database_gets_every_table_and_nothing_else(empty: Engine):
    migrating.upgrade(empty)
    assert migrating.differences(empty) == []
    assert set(inspect(empty).get_table_names()) == {*Base.metadata.tables, "alembic_version"}


def test_running_it_again_changes_nothing(empty: Engine):
    migrating.upgrade(empty)
    migrating.upgrade(empty)
    assert migrating.differences(empty) == []


def test_it_can_be_taken_back_and_made_again(empty: Engine):
    migrating.upgrade(empty)
    migrating.downgrade(empty)
    assert set(inspect(empty).get_table_names()) <= {"alembic_version"}
    migrating.upgrade(empty)
    assert migrating.differences(empty) == []


def test_the_audit_trail_refuses_changes_from_the_first_day(empty: Engine):
    migrating.upgrade(empty)
    row = (
        "insert into audit (id, at, action, kind, ref, previous, hash) "
        "values (1, '2026-11-21 10:00:00+00:00', 'test', 'gap', 'GAP-0001', 'a', 'b')"
    )
    with empty.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(text(row))
    for act in ("update audit set action = 'other'", "delete from audit"):
        with (
            pytest.raises(DatabaseError, match="append-only"),
            empty.connect().execution_options(writes=True) as connection,
            connection.begin(),
        ):
            connection.execute(text(act))
