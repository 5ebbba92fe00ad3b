"""A backup holds every row that was acknowledged before it began, is checked whole, and is put back without loss."""

import json
import os
import stat
import tarfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import NullPool, func, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from tests.gaps.site import Visitor
from tests.support.client import Client
from tests.support.databases import Database, programs
from webapp.app import create_app
from webapp.backup import archive, keeping, models
from webapp.config.settings import Settings
from webapp.db.engine import connected_to, db, now
from webapp.gaps.models import Gap
from webapp.people import audit

pytestmark = pytest.mark.both_databases

Run = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


@pytest.fixture
def run(app: Flask, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `signpost backup …` on the app's database, with PostgreSQL's programs at hand."""
    monkeypatch.setenv("PATH", f"{programs()}{os.pathsep}{os.environ['PATH']}")
    runner = app.test_cli_runner()

    def command(*words: str, status: int = 0) -> Result:
        result = runner.invoke(args=["backup", *map(str, words)])
        assert result.exit_code == status, (result.output, result.exception)
        return result

    return command


@pytest.fixture
def made(run: Run, priya: Client, folder: Path) -> Path:
    """A backup of a site with one gap."""
    Visitor(priya).post("/gaps/new", needed="Somewhere to sing", place="citywide")
    run("create", "--to", str(folder))
    return archive.made_in(folder)[0]


@pytest.fixture
def elsewhere(database: Database, settings: Settings, tmp_path: Path) -> Iterator[Flask]:
    """A site that is set up on another machine: its database is not there yet."""
    url = make_url(database.url)
    there = url.set(database=str(tmp_path / "elsewhere.db") if url.drivername == "sqlite" else f"{url.database}_2")
    address = there.render_as_string(hide_password=False)
    _drop(address)
    yield create_app(replace(settings, database_url=address))
    _drop(address)


def _drop(address: str) -> None:
    url = make_url(address)
    if url.get_backend_name() == "sqlite":
        return
    admin = connected_to(
        url.set(database="postgres").render_as_string(hide_password=False),
        poolclass=NullPool, isolation_level="AUTOCOMMIT",
    )  # fmt: skip
    with admin.connect() as connection:
        made = text("select datname from pg_database where datname like :name")
        for name in connection.scalars(made, {"name": f"{url.database}%"}).all():
            connection.execute(text(f'drop database "{name}" with (force)'))


def needs(app: Flask) -> set[str]:
    with app.app_context():
        found = set(db.session.scalars(select(Gap.needed)))
        db.session.rollback()
        db.engine.dispose()
    return found


def test_what_was_acknowledged_before_a_backup_began_is_in_it_while_people_go_on_writing(
    app: Flask, run: Run, browser_of: Callable[[str], Client], folder: Path, elsewhere: Flask
):
    said: list[str] = []
    ended = threading.Event()

    def work(person: Visitor) -> None:
        for number in range(1000):
            needed = f"Need {'abcdefghij'[number % 10]} {'abcdefghij'[number // 10 % 10]} of {person.client.name}"
            person.post("/gaps/new", needed=needed, place="citywide")
            said.append(needed)
            if ended.is_set():
                return

    people = [Visitor(browser_of(name)) for name in ("priya", "femi", "stranger")]
    threads = [threading.Thread(target=work, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    before: list[list[str]] = []
    url = app.extensions["signpost.settings"].database_url
    try:
        for _ in range(2):
            while len(said) < 5 * (len(before) + 1) and any(thread.is_alive() for thread in threads):
                ended.wait(0.01)
            before.append(list(said))
            keeping.create(url, folder, {}, "", now())
        after = len(said)
    finally:
        ended.set()
        for thread in threads:
            thread.join()
    assert len(said) > after >= len(before[-1]) >= 10, "people went on meanwhile"
    last, first = archive.made_in(folder)
    run("verify", str(first))
    there = elsewhere.test_cli_runner().invoke(args=["backup", "restore", str(last)])
    assert there.exit_code == 0, there.output
    assert set(before[-1]) <= needs(elsewhere)
    with elsewhere.app_context():
        assert audit.verify(db.session) is None
        db.session.rollback()
        db.engine.dispose()


def test_the_site_knows_its_last_backup_and_when_it_was_checked(app: Flask, run: Run, made: Path):
    with app.app_context():
        noted = models.last(db.session)
        assert noted is not None
        assert (noted.name, noted.bytes, noted.verified_at) == (made.name, made.stat().st_size, None)
        db.session.rollback()
    run("verify", str(made))
    with app.app_context():
        assert models.last(db.session).verified_at is not None
        db.session.rollback()


def test_it_is_for_its_owner_alone_and_leaves_nothing_beside_it(made: Path):
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert stat.S_IMODE(made.parent.stat().st_mode) == 0o700
    assert list(made.parent.iterdir()) == [made]


def test_settings_are_in_it_and_secrets_are_not(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SIGNPOST_BASE_URL", "https://signpost.example")
    monkeypatch.setenv("SIGNPOST_SECRET_KEY", "canary-one")
    monkeypatch.setenv("SIGNPOST_SMTP_URL", "smtp://user:canary-two@mail.example:587?key=canary-three")
    monkeypatch.setenv("SIGNPOST_WHATEVER_COMES_NEXT", "canary-four")
    run("create", "--to", str(folder))
    with tarfile.open(archive.made_in(folder)[0]) as tar:
        kept = tar.extractfile(archive.SETTINGS).read().decode()
    assert json.loads(kept)["SIGNPOST_BASE_URL"] == "https://signpost.example"
    assert json.loads(kept)["SIGNPOST_SMTP_URL"] == "smtp://mail.example:587"
    assert {"SIGNPOST_SECRET_KEY", "SIGNPOST_WHATEVER_COMES_NEXT"} <= set(json.loads(kept)), (
        "it says that they were set"
    )
    assert "canary" not in kept


def test_a_live_site_is_not_overwritten_without_being_told(app: Flask, run: Run, made: Path, priya: Client):
    Visitor(priya).post("/gaps/new", needed="Written since", place="citywide")
    refused = run("restore", str(made), status=1)
    assert "There is a site in" in refused.output
    assert "--replace" in refused.output
    assert needs(app) == {"Somewhere to sing", "Written since"}


def test_a_running_site_is_not_overwritten_at_all(app: Flask, run: Run, made: Path):
    url = app.extensions["signpost.settings"].database_url
    with connected_to(url, poolclass=NullPool).connect() as connection:
        connection.execute(select(func.count()).select_from(Gap))
        refused = run("restore", str(made), "--replace", status=1)
        assert "is in use: stop the web and worker processes first" in refused.output
    assert needs(app) == {"Somewhere to sing"}


def test_told_so_it_takes_the_place_of_what_is_there_which_is_kept(elsewhere: Flask, run: Run, made: Path):
    runner = elsewhere.test_cli_runner()
    assert runner.invoke(args=["backup", "restore", str(made)]).exit_code == 0
    with elsewhere.app_context():
        db.session.connection(execution_options={"writes": True})
        db.session.execute(text("update gaps set needed = 'Changed since'"))
        db.session.commit()
    assert needs(elsewhere) == {"Changed since"}
    done = runner.invoke(args=["backup", "restore", str(made), "--replace"])
    assert done.exit_code == 0, done.output
    assert needs(elsewhere) == {"Somewhere to sing"}
    kept = next(line for line in done.output.splitlines() if "is kept: " in line).partition("is kept: ")[2]
    url = make_url(elsewhere.extensions["signpost.settings"].database_url)
    name = kept.partition(". Remove")[0].removeprefix("the database ")
    with Session(connected_to(url.set(database=name).render_as_string(False), poolclass=NullPool)) as session:
        assert set(session.scalars(select(Gap.needed))) == {"Changed since"}


@pytest.mark.parametrize("harm", ["a byte", "the end", "nothing but noise"])
def test_a_damaged_archive_is_named_and_never_restored(run: Run, made: Path, harm: str, app: Flask):
    data = bytearray(made.read_bytes())
    if harm == "a byte":
        data[len(data) // 2] ^= 0x40
    elif harm == "the end":
        del data[-200:]
    else:
        data[:] = b"\x00" * 1000
    made.write_bytes(data)
    assert f"{made.name} is no good." in run("verify", str(made), status=1).output
    assert "Nothing was restored." in run("restore", str(made), "--replace", status=1).output
    assert needs(app) == {"Somewhere to sing"}


def test_a_row_that_somebody_took_out_of_the_audit_trail_is_named(app: Flask, run: Run, made: Path, folder: Path):
    with app.app_context():
        db.session.connection(execution_options={"writes": True})
        for trigger in audit.TRIGGERS[db.engine.dialect.name]:
            name = trigger.split("trigger ")[1].split()[0] if "create trigger" in trigger else None
            if name:
                on = "" if db.engine.dialect.name == "sqlite" else " on audit"
                db.session.execute(text(f"drop trigger {name}{on}"))
        db.session.execute(text("update audit set ref = 'GAP-0009'"))
        db.session.commit()
    try:
        run("create", "--to", str(folder))
        found = run("verify", str(archive.made_in(folder)[0]), status=1)
        assert "The audit trail is not whole, entry 1" in found.output
    finally:
        with app.app_context():
            db.session.connection(execution_options={"writes": True})
            for trigger in audit.TRIGGERS[db.engine.dialect.name]:
                db.session.execute(text(trigger))
            db.session.commit()


def test_without_the_programs_it_says_what_to_install(
    database: Database, run: Run, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PATH", str(tmp_path))
    made = run("create", "--to", str(folder), status=0 if database.url.startswith("sqlite") else 1)
    assert database.url.startswith("sqlite") or "pg_dump is not on the PATH: install" in made.output


def test_only_so_many_are_kept_and_never_what_is_not_ours(run: Run, folder: Path):
    folder.mkdir()
    mine = folder / "minutes.tar.gz"
    mine.write_bytes(b"mine")
    for _ in range(3):
        said = run("create", "--to", str(folder), "--keep", "2", "--verify").output
        assert "is whole" in said
    assert len(archive.made_in(folder)) == 2
    assert mine.exists()


def test_without_room_for_it_nothing_is_left_and_what_was_there_stays(run: Run, made: Path, tmp_path: Path):
    blocked = tmp_path / "a file"
    blocked.write_text("")
    assert "Nothing was backed up." in run("create", "--to", str(blocked / "x"), status=1).output
    assert list(made.parent.iterdir()) == [made]
