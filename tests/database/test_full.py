"""A disk that is really full: SQLite's fault is named as an outage, nothing is lost; with room again it goes on."""

import os
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.support.small_disk import small_disk
from webapp.db import faults
from webapp.db.engine import connected_to


def fill(ballast: Path) -> None:
    """Write until there is no room."""
    held = os.open(ballast, os.O_WRONLY | os.O_CREAT)
    try:
        with suppress(OSError):
            while True:
                os.write(held, b"x" * 4096)
    finally:
        os.close(held)


def test_a_full_disk_is_named_and_writing_goes_on_once_there_is_room(tmp_path: Path):
    with small_disk(tmp_path / "disk") as mounted:
        if not mounted:
            pytest.skip("only root can make a small disk")
        ballast = tmp_path / "disk" / "ballast"
        engine = connected_to(f"sqlite:///{tmp_path / 'disk' / 'site.db'}")  # whose pool keeps it open, as a site does

        def write(statement: str) -> None:
            with engine.connect().execution_options(writes=True) as connection, connection.begin():
                connection.execute(text(statement))

        write("create table gaps (needed)")
        write("insert into gaps values ('before')")
        fill(ballast)
        with pytest.raises(DBAPIError) as fault:
            write("insert into gaps values (zeroblob(200000))")
        assert faults.is_unavailable(fault.value)
        with engine.connect() as connection:
            assert connection.execute(text("select needed from gaps")).all() == [("before",)]
        ballast.unlink()
        write("insert into gaps values ('after')")
        with engine.connect() as connection:
            assert connection.execute(text("select needed from gaps")).all() == [("before",), ("after",)]
        engine.dispose()
