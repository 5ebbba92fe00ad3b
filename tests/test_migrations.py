"""`signpost db upgrade` makes of an empty database, of either kind, exactly what the models say."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, MetaData, NullPool, String, Table, inspect, text
from sqlalchemy.exc import DatabaseError

import webapp.app  # noqa: F401 - so that every table is known
from tests.support.databases import KINDS, fresh
from webapp.config import ROOT
from webapp.db import upgrade
from webapp.db.engine import Base, connected_to


@pytest.fixture(params=KINDS)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[list[Engine]]:
    """Two databases without a table: one for the migrations, one for the models."""
    engines = [_engine(request.param, name, tmp_path) for name in ("migrated", "modelled")]
    yield engines
    for engine in engines:
        engine.dispose()


def _engine(kind: str, name: str, folder: Path) -> Engine:
    return connected_to(
        fresh(kind, f"{name}_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}", folder), poolclass=NullPool
    )


def run_upgrade(engine: Engine) -> subprocess.CompletedProcess[str]:
    """As a release does it."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("SIGNPOST_", "DATABASE_URL"))}
    told = {
        "DATABASE_URL": engine.url.render_as_string(hide_password=False),
        "SIGNPOST_SECRET_KEY": "k" * 32,
        "SIGNPOST_TRUSTED_HOSTS": "localhost",
    }
    command = [Path(sys.executable).parent / "signpost", "db", "upgrade"]
    return subprocess.run(
        command, cwd=ROOT, env={**kept, **told}, capture_output=True, text=True, timeout=120, check=False
    )


def shape(engine: Engine) -> dict[str, Any]:
    """Everything that the database knows of its own tables, in an order of its own."""
    seen = inspect(engine)
    tables = {}
    for name in seen.get_table_names():
        if name == "alembic_version":
            continue
        tables[name] = {
            "columns": {c["name"]: (str(c["type"]), c["nullable"]) for c in seen.get_columns(name)},
            "key": seen.get_pk_constraint(name)["constrained_columns"],
            "indexes": sorted((i["name"], tuple(i["column_names"]), bool(i["unique"])) for i in seen.get_indexes(name)),
            "unique": sorted((str(u["name"]), tuple(u["column_names"])) for u in seen.get_unique_constraints(name)),
            "foreign": sorted(
                (str(f["name"]), tuple(f["constrained_columns"]), f["referred_table"], str(f["options"]))
                for f in seen.get_foreign_keys(name)
            ),
            "checks": sorted(str(c["name"]) for c in seen.get_check_constraints(name)),
        }
    return tables


def triggers(engine: Engine) -> list[str]:
    query = {
        "sqlite": "select name from sqlite_master where type = 'trigger' order by name",
        "postgresql": "select tgname from pg_trigger where not tgisinternal order by tgname",
    }[engine.dialect.name]
    with engine.connect() as connection:
        return list(connection.scalars(text(query)))


def test_an_empty_database_becomes_what_the_models_say(empty: list[Engine]):
    migrated, modelled = empty
    done = run_upgrade(migrated)
    assert done.returncode == 0, done.stderr
    with modelled.connect().execution_options(writes=True) as connection, connection.begin():
        Base.metadata.create_all(connection)
    advice = "write a migration: `signpost db revision MESSAGE`"
    assert upgrade.differences(migrated) == [], advice
    was, wanted = shape(migrated), shape(modelled)
    assert set(was) == set(wanted), advice
    for table in wanted:
        assert was[table] == wanted[table], f"{table}: {advice}"
    assert triggers(migrated) == triggers(modelled) != [], f"triggers: {advice}"


def test_running_it_again_changes_nothing(empty: list[Engine]):
    migrated, _ = empty
    for _ in range(2):
        done = run_upgrade(migrated)
        assert done.returncode == 0, done.stderr
    assert upgrade.differences(migrated) == []


def test_the_trail_is_append_only_once_migrated(empty: list[Engine]):
    migrated, _ = empty
    upgrade.upgrade(migrated)
    entry = (
        "insert into audit (id, at, action, kind, ref, previous, hash) "
        "values (1, '2026-01-01 09:00:00', 'gap.reported', 'gap', 'GAP-0001', 'a', 'b')"
    )
    with migrated.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(text(entry))
    for harm in ("update audit set action = 'x'", "delete from audit"):
        with (
            pytest.raises(DatabaseError, match="append-only"),
            migrated.connect().execution_options(writes=True) as connection,
            connection.begin(),
        ):
            connection.execute(text(harm))


def test_they_can_all_be_taken_back(empty: list[Engine]):
    migrated, _ = empty
    upgrade.upgrade(migrated)
    upgrade.downgrade(migrated)
    assert shape(migrated) == {}
    assert triggers(migrated) == []
    upgrade.upgrade(migrated)
    assert upgrade.differences(migrated) == []


def test_keys_that_would_come_back_with_a_role_are_gone(empty: list[Engine]):
    """Whose owner lost the role, or was stopped, before keys ended with either."""
    migrated, _ = empty
    upgrade.upgrade(migrated, "0005")
    at = datetime(2026, 1, 1, tzinfo=UTC)
    with migrated.connect().execution_options(writes=True) as connection, connection.begin():
        people, roles, keys = (
            Table(name, MetaData(), autoload_with=connection) for name in ("people", "people_roles", "data_keys")
        )
        for number, role, stopped in ((1, "commissioner", False), (2, "editor", False), (3, "commissioner", True)):
            person = {"id": number, "email": f"{number}@example.org", "name": "A", "disabled": stopped}
            empty_texts = dict.fromkeys((c.name for c in people.c if isinstance(c.type, String)), "")
            connection.execute(people.insert(), {**empty_texts, **person, "generation": 0, "created_at": at})
            connection.execute(roles.insert(), {"user_id": number, "role": role})
            key = {"user_id": number, "key_hash": str(number), "created_at": at, "window_at": at, "used": 0}
            connection.execute(keys.insert(), key)
    upgrade.upgrade(migrated)
    with migrated.connect() as connection:
        assert connection.scalars(text("select user_id from data_keys")).all() == [1]
    with migrated.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(text("delete from people_roles where user_id = 1"))
        assert connection.scalars(text("select user_id from data_keys")).all() == []


def test_whom_a_gap_was_for_is_kept_both_ways(empty: list[Engine]):
    migrated, _ = empty
    upgrade.upgrade(migrated, "0012")
    texts = "needed, place, outcome, activity, words, about, evidence, reporter_team, status_reason, answer"
    texts += ", answered_team, theme, workstream, audience"
    made = "id, created_at, people, version, status"
    with migrated.connect().execution_options(writes=True) as connection, connection.begin():
        for number, audience in ((1, "carers"), (2, "")):
            values = f"{number}, '2026-01-01 09:00:00', 1, 1, 'new', {', '.join(13 * [repr('')])}, '{audience}'"
            connection.execute(text(f"insert into gaps ({made}, {texts}) values ({values})"))
    upgrade.upgrade(migrated)
    with migrated.connect() as connection:
        rows = connection.execute(text("select gap_id, audience from gap_audiences")).all()
        assert [tuple(row) for row in rows] == [(1, "carers")]
    upgrade.downgrade(migrated, "0012")
    with migrated.connect() as connection:
        assert connection.scalars(text("select audience from gaps order by id")).all() == ["carers", ""]


def test_migrations_stand_in_one_line():
    config = Config()
    config.set_main_option("script_location", str(upgrade.FOLDER))
    config.set_main_option("path_separator", "os")
    assert len(ScriptDirectory.from_config(config).get_heads()) == 1, "two migrations follow the same one: merge them"
