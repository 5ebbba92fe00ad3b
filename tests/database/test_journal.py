"""Which journal SQLite keeps: WAL with a mended version, the rollback journal with an old one; how files change."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import NullPool, text

from webapp.db import driver
from webapp.db.engine import connected_to

OLD, MENDED = "delete", "wal"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "site.db"


@pytest.fixture
def old_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """The SQLite of the machine, as if it were one that WAL is not safe with."""
    monkeypatch.setattr(driver, "sqlite", sqlite3)
    monkeypatch.setattr(driver, "WAL_SAFE", ((99, 0, 0),))


def made_with(journal: str, file: Path) -> None:
    with closing(driver.sqlite.connect(file)) as connection, connection:
        connection.execute(f"pragma journal_mode={journal}")
        connection.execute("create table gaps (needed)")
        connection.execute("insert into gaps values ('before')")


def write(file: Path, needed: str) -> str:
    """Write as the site does; the journal that it was written with."""
    engine = connected_to(f"sqlite:///{file}", poolclass=NullPool)
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(text("insert into gaps values (:needed)"), {"needed": needed})
        return str(connection.exec_driver_sql("pragma journal_mode").scalar())


def kept(file: Path) -> list[str]:
    with closing(driver.sqlite.connect(file)) as connection:
        return [row[0] for row in connection.execute("select needed from gaps order by rowid")]


@pytest.mark.parametrize(
    ("version", "journal"),
    [
        ((3, 40, 1), OLD), ((3, 44, 5), OLD), ((3, 44, 6), MENDED), ((3, 45, 0), OLD), ((3, 50, 6), OLD),
        ((3, 50, 7), MENDED), ((3, 51, 2), OLD), ((3, 51, 3), MENDED), ((3, 53, 4), MENDED), ((4, 0, 0), MENDED),
    ],
)  # fmt: skip
def test_wal_is_for_versions_that_do_not_corrupt_it(version: driver.Version, journal: str):
    """SQLite's notice on the reset of the WAL: from 3.7.0, mended in 3.51.3, and in 3.50.7 and 3.44.6 for those two."""
    assert driver.journal_mode(version) == journal


def test_where_a_mended_sqlite_came_along_it_is_the_one_in_use():
    pysqlite3 = pytest.importorskip("pysqlite3", reason="there is none for this kind of machine")
    assert driver.sqlite.sqlite_version_info == max(pysqlite3.sqlite_version_info, sqlite3.sqlite_version_info)
    assert driver.journal_mode(driver.sqlite.sqlite_version_info) == MENDED


def test_a_file_of_the_rollback_journal_turns_to_wal_by_itself(file: Path):
    made_with(OLD, file)
    assert write(file, "after") == MENDED
    assert kept(file) == ["before", "after"]


def test_a_file_that_somebody_is_reading_is_written_all_the_same_and_turns_later(file: Path):
    made_with(OLD, file)
    with closing(driver.sqlite.connect(file, isolation_level=None)) as reader:
        reader.execute("begin")
        reader.execute("select * from gaps").fetchall()
        with closing(driver.sqlite.connect(file, timeout=0)) as other, pytest.raises(driver.sqlite.OperationalError):
            other.execute("pragma journal_mode=wal")
        engine = connected_to(f"sqlite:///{file}", poolclass=NullPool)
        with engine.connect() as connection:
            assert connection.exec_driver_sql("pragma journal_mode").scalar() == OLD
        reader.execute("rollback")
    assert write(file, "after") == MENDED


@pytest.mark.usefixtures("old_version")
def test_an_old_sqlite_writes_with_the_rollback_journal(file: Path):
    made_with(OLD, file)
    assert write(file, "after") == OLD
    assert kept(file) == ["before", "after"]


@pytest.mark.usefixtures("old_version")
def test_an_old_sqlite_takes_a_file_out_of_wal_before_it_writes(file: Path):
    made_with(MENDED, file)
    assert write(file, "after") == OLD
    assert kept(file) == ["before", "after"]
    assert not file.with_name("site.db-wal").exists()


@pytest.mark.usefixtures("old_version")
def test_an_old_sqlite_writes_nothing_into_a_wal_that_another_program_holds(file: Path):
    made_with(MENDED, file)
    with closing(driver.sqlite.connect(file)) as other:
        other.execute("select * from gaps").fetchall()
        with pytest.raises(Exception, match="locked"):
            write(file, "after")
    assert kept(file) == ["before"]


def test_the_file_of_a_new_site_is_read_by_nobody_else_on_the_machine(file: Path):
    with connected_to(f"sqlite:///{file}", poolclass=NullPool).connect() as connection, connection.begin():
        connection.execute(text("create table gaps (needed)"))
        assert {path.stat().st_mode & 0o777 for path in file.parent.glob("site.db*")} == {0o600}


def test_who_may_read_a_file_that_is_there_stays_as_it_is(file: Path):
    file.touch()
    file.chmod(0o640)
    with connected_to(f"sqlite:///{file}", poolclass=NullPool).connect():
        assert file.stat().st_mode & 0o777 == 0o640
