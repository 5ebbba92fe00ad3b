"""`signpost db upgrade` makes of an empty database, of either kind, exactly what the models say."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, MetaData, NullPool, String, Table, inspect, text
from sqlalchemy.exc import DatabaseError

import webapp.app  # noqa: F401 - so that every table is known
from tests.support.databases import KINDS, copy_of, fresh
from webapp.config.settings import ROOT
from webapp.db import revisions, upgrade
from webapp.db.engine import Base, connected_to


@pytest.fixture(params=KINDS)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database without a table."""
    made = _engine(request.param, "empty", tmp_path)
    yield made
    made.dispose()


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Engine]:
    """A database of each kind that a release has brought from nothing to the newest version: copied, never changed."""

    @cache
    def made(kind: str) -> Engine:
        engine = _engine(kind, "released", tmp_path_factory.mktemp(kind))
        done = run_upgrade(engine)
        assert done.returncode == 0, done.stderr
        return engine

    return made


@pytest.fixture(params=KINDS)
def migrated(request: pytest.FixtureRequest, releases: Callable[[str], Engine], tmp_path: Path) -> Iterator[Engine]:
    """A database of the newest version, every migration of which was run, without a row."""
    engine = connected_to(copy_of(releases(request.param).url, _named("copied"), tmp_path), poolclass=NullPool)
    yield engine
    engine.dispose()


def _engine(kind: str, name: str, folder: Path) -> Engine:
    return connected_to(fresh(kind, _named(name), folder), poolclass=NullPool)


def _named(name: str) -> str:
    return f"{name}_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"


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


def test_an_empty_database_becomes_what_the_models_say(migrated: Engine, tmp_path: Path):
    modelled = _engine(migrated.dialect.name, "modelled", tmp_path)
    with modelled.connect().execution_options(writes=True) as connection, connection.begin():
        Base.metadata.create_all(connection)
    advice = "write a migration: `signpost db revision MESSAGE`"
    assert upgrade.differences(migrated) == [], advice
    was, wanted = shape(migrated), shape(modelled)
    assert set(was) == set(wanted), advice
    for table in wanted:
        assert was[table] == wanted[table], f"{table}: {advice}"
    assert triggers(migrated) == triggers(modelled) != [], f"triggers: {advice}"
    modelled.dispose()


def test_running_it_again_changes_nothing(migrated: Engine):
    done = run_upgrade(migrated)
    assert done.returncode == 0, done.stderr
    assert upgrade.differences(migrated) == []
    with migrated.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(text("update alembic_version set version_num = '9999'"))
    done = run_upgrade(migrated)
    assert (done.returncode, "of a later version" in done.stdout) == (0, True), "whoever goes back runs it again too"


def test_the_trail_is_append_only_once_migrated(migrated: Engine):
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


def test_they_can_all_be_taken_back(migrated: Engine):
    upgrade.downgrade(migrated)
    assert shape(migrated) == {}
    assert triggers(migrated) == []
    upgrade.upgrade(migrated)
    assert upgrade.differences(migrated) == []


def test_keys_that_would_come_back_with_a_role_are_gone(engine: Engine):
    """Whose owner lost the role, or was stopped, before keys ended with either."""
    upgrade.upgrade(engine, "0005")
    at = datetime(2026, 1, 1, tzinfo=UTC)
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
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
    upgrade.upgrade(engine)
    with engine.connect() as connection:
        assert connection.scalars(text("select user_id from data_keys")).all() == [1]
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(text("delete from people_roles where user_id = 1"))
        assert connection.scalars(text("select user_id from data_keys")).all() == []


def test_whom_a_gap_was_for_is_kept_both_ways(engine: Engine):
    upgrade.upgrade(engine, "0012")
    texts = "needed, place, outcome, activity, words, about, evidence, reporter_team, status_reason, answer"
    texts += ", answered_team, theme, workstream, audience"
    made = "id, created_at, people, version, status"
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        for number, audience in ((1, "carers"), (2, "")):
            values = f"{number}, '2026-01-01 09:00:00', 1, 1, 'new', {', '.join(13 * [repr('')])}, '{audience}'"
            connection.execute(text(f"insert into gaps ({made}, {texts}) values ({values})"))
    upgrade.upgrade(engine)
    with engine.connect() as connection:
        rows = connection.execute(text("select gap_id, audience from gap_audiences")).all()
        assert [tuple(row) for row in rows] == [(1, "carers")]
    upgrade.downgrade(engine, "0012")
    with engine.connect() as connection:
        assert connection.scalars(text("select audience from gaps order by id")).all() == ["carers", ""]


SINCE = "0025"  # from here on, processes of the version before serve while a migration runs


def test_processes_of_the_version_before_can_serve_while_a_migration_runs(tmp_path: Path):
    """A migration adds: nothing that the version before reads goes, and nothing that it writes is refused."""
    engine = _engine("sqlite", "stepwise", tmp_path)
    upgrade.upgrade(engine, SINCE)
    later = [step for step in scripts() if step.revision > SINCE]
    assert later
    for step in reversed(later):
        before, kept = shape(engine), triggers(engine)
        upgrade.upgrade(engine, step.revision)
        after = shape(engine)
        assert set(triggers(engine)) >= set(kept), f"{step.revision} drops triggers, as a batch change on SQLite does"
        for table, was in before.items():
            assert table in after, f"{step.revision} drops {table}: leave it for a version in which nobody reads it"
            wrong = list(unkind(was, after[table], inspect(engine).get_columns(table)))
            assert not wrong, f"{step.revision}, {table}: {wrong}: see docs/scaling.md"
    engine.dispose()


def unkind(was: dict[str, Any], now: dict[str, Any], columns: list[Any]) -> Iterator[str]:
    """What of a table has changed so that those who know it as it `was` would fail."""
    for name, seen in was["columns"].items():
        if now["columns"].get(name) != seen:
            yield f"the column {name} is not as it was"
    for column in columns:
        if column["name"] not in was["columns"] and not column["nullable"] and column["default"] is None:
            yield f"the new column {column['name']} must be nullable or have a server_default: nobody fills it yet"
    for kind in ("unique", "foreign", "checks"):
        if [row for row in now[kind] if row not in was[kind]]:
            yield f"a new constraint ({kind}) may refuse what is written meanwhile"
    serve = [columns for _, columns, _ in now["indexes"]]  # a longer index serves what the shorter one did
    if any(columns not in [one[: len(columns)] for one in serve] for _, columns, _ in was["indexes"]):
        yield "an index went that is searched by"


def test_what_would_break_the_version_before_is_seen():
    was = {
        "columns": {"a": ("INTEGER", False)},
        "unique": [],
        "foreign": [],
        "checks": [],
        "indexes": [("i", ("a",), 0)],
    }
    now = {**was, "columns": {"a": ("TEXT", False)}, "checks": ["c"], "indexes": []}
    assert len(list(unkind(was, now, [{"name": "b", "nullable": False, "default": None}]))) == 4
    assert not list(unkind(was, was, [{"name": "b", "nullable": True, "default": None}]))


def test_nobody_waits_behind_a_migration_that_waits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A long reading holds a table; the migration gives way until it is free, and readers are not held up.

    On PostgreSQL: readers of SQLite wait for nobody.
    """
    migrated = _engine("postgresql", "waited_for", tmp_path)
    upgrade.upgrade(migrated, "0012")
    monkeypatch.setattr(upgrade, "LOCK_MILLISECONDS", 50)
    monkeypatch.setattr(upgrade, "PAUSE", 0.05)
    with migrated.connect() as reading, ThreadPoolExecutor() as others:
        reading.execute(text("select * from gaps")).all()
        running = [others.submit(upgrade.upgrade, migrated) for _ in range(2)]
        until = time.monotonic() + 0.4
        while time.monotonic() < until:
            with migrated.connect() as another:
                another.execute(text("set lock_timeout = 300"))
                another.execute(text("select count(*) from gaps"))
        assert not any(upgrading.done() for upgrading in running)
        reading.rollback()
        assert [upgrading.result(60) for upgrading in running] == [None, None], "the second found nothing to do"
    assert upgrade.differences(migrated) == []
    migrated.dispose()


def scripts() -> list[Any]:
    """Every migration, the newest first."""
    return list(ScriptDirectory.from_config(upgrade.scripts()).walk_revisions())


def test_migrations_stand_in_one_line():
    assert len(ScriptDirectory.from_config(upgrade.scripts()).get_heads()) == 1, (
        "two migrations follow the same one: merge them"
    )
    told = [script.revision for script in reversed(scripts())]
    assert list(revisions.every()) == told, "call each file by its revision, in the order in which they are run"
