"""`signpost doctor` names what is wrong with a set-up, each with what to do, and says nothing that is secret."""

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import NullPool, select

from tests.support.live import free_port
from webapp.backup.models import Backup
from webapp.cli import worker
from webapp.cli.doctor import doctor
from webapp.config.identity_provider import IdentityProvider
from webapp.config.mail_transport import Smtp
from webapp.config.settings import ContentRemote, Settings
from webapp.db.engine import connected_to, db, now
from webapp.health import disk_checks, examination, place_checks, settings_checks, worker_jobs
from webapp.health.finding import Finding, Level, Patient
from webapp.health.models import WorkerJob
from webapp.library.syncing import state
from webapp.mail import outbox
from webapp.people import audit
from webapp.people.models import User

KEY = "k7Zp-4wQxT9mB2vLrY8nC6dHsJ3gFaE1"
CANARY = "canary"
Look = Callable[..., list[Finding]]


@pytest.fixture
def well(app: Flask, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    """A site of which nothing is wrong: backed up, checked, its worker alive."""
    with app.app_context():
        db.session.add(Backup(name="signpost-1.tar.gz", at=now(), bytes=1_000, rows=1, verified_at=now()))
        db.session.add(WorkerJob(name="messages", ran_at=now(), done_at=now(), fault=""))
        db.session.commit()
        monkeypatch.setattr(place_checks, "MOUNTS", tmp_path / "none")  # whatever disk the tests run on
        yield replace(settings, secret_key=KEY, state_dir=tmp_path / "state")
        db.session.rollback()


@pytest.fixture
def look(app: Flask) -> Look:
    def examine(settings: Settings, *, later: timedelta = timedelta(), thorough: bool = False) -> list[Finding]:
        engine = connected_to(settings.database_url, poolclass=NullPool)
        return list(examination.examine(Patient(settings, engine, now() + later, thorough)))

    return examine


def faults_of(findings: list[Finding]) -> dict[str, Finding]:
    return {finding.about: finding for finding in findings if finding.level is Level.FAULT}


@pytest.mark.both_databases
def test_a_site_that_is_well_has_no_faults(well: Settings, look: Look):
    findings = look(well, thorough=True)
    found = faults_of(findings)
    if well.database_url.startswith("postgresql"):
        assert "before its disk has it" in found.pop("Database").said, "the tests' own server runs without fsync"
    assert found == {}
    assert len({finding.about for finding in findings}) >= 13


@pytest.mark.both_databases
def test_where_the_database_is_not_there_it_says_so_and_what_was_not_looked_at(
    well: Settings, look: Look, tmp_path: Path
):
    away = tmp_path / "none.db" if well.database_url.startswith("sqlite") else None
    url = f"sqlite:///{away}" if away else f"postgresql+psycopg://me:{CANARY}@127.0.0.1:{free_port()}/signpost"
    found = faults_of(look(replace(well, database_url=url)))
    assert set(found) == {"Database", "Not looked at"}
    assert CANARY not in str(found)
    assert away is None or not away.exists(), "to look makes nothing"


def of_settings(**changed: Any) -> Callable[[Settings, Path], Settings]:
    return lambda settings, tmp: replace(settings, **changed)


def an_empty_database(settings: Settings, tmp: Path) -> Settings:
    (tmp / "empty.db").touch()
    return replace(settings, database_url=f"sqlite:///{tmp / 'empty.db'}")


def others_may_write(settings: Settings, tmp: Path) -> Settings:
    (tmp / "index").mkdir()
    (tmp / "index").chmod(0o777)
    return replace(settings, index_dir=tmp / "index")


def a_folder_for_a_database(settings: Settings, tmp: Path) -> Settings:
    return replace(settings, database_url=f"sqlite:///{tmp}")


def no_database_at_all(settings: Settings, tmp: Path) -> Settings:
    (tmp / "text").write_text("This is a text. " * 100)
    return replace(settings, database_url=f"sqlite:///{tmp / 'text'}")


def a_file_for_a_folder(settings: Settings, tmp: Path) -> Settings:
    (tmp / "file").touch()
    return replace(settings, state_dir=tmp / "file")


def state_among_the_content(settings: Settings, tmp: Path) -> Settings:
    (tmp / "page.md").touch()
    return replace(settings, content_dir=tmp, state_dir=tmp / "state")


def on_another_disk(kind: str) -> Callable[[Settings, Path], Settings]:
    def arrange(settings: Settings, tmp: Path) -> Settings:
        place_checks.MOUNTS.write_text(f"1 0 8:1 / / rw - ext4 x rw\n2 1 0:9 / {tmp} rw shared:1 - {kind} x rw\n")
        (tmp / "signpost.db").touch()
        return replace(settings, database_url=f"sqlite:///{tmp / 'signpost.db'}")

    return arrange


def a_commit_that_cannot_be_taken(settings: Settings, tmp: Path) -> Settings:
    state.write(tmp, state.SyncState(fault="Nobody answers.", fault_since=(now() - timedelta(hours=3)).isoformat()))
    return replace(settings, index_dir=tmp, content_remote=ContentRemote(str(tmp / "none")))


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("arrange", "about", "said", "todo"),
    [
        (of_settings(base_url="https://other.example"), "Settings", "other.example", "SIGNPOST_TRUSTED_HOSTS"),
        (of_settings(secret_key="a" * 32), "Secret key", "guessed", "SIGNPOST_SECRET_KEY"),
        (of_settings(secret_key="please-ChangeMe-0829-qwvzxj-before-use"), "Secret key", "guessed", "random"),
        (an_empty_database, "Database", "no tables", "signpost db upgrade"),
        (lambda s, tmp: replace(s, index_dir=tmp / "none"), "Content", "no page", "signpost content build"),
        (others_may_write, "Disk", "run code", "chmod 700"),
        (
            of_settings(demo=True, base_url="https://a.example", trusted_hosts=("a.example",)),
            "Settings",
            "demonstration",
            "SIGNPOST_DEMO",
        ),
        (a_folder_for_a_database, "Database", "is a folder", "DATABASE_URL"),
        (no_database_at_all, "Database", "damaged", "put a backup in its place"),
        (a_file_for_a_folder, "Disk", "is a file and no folder", "Name a folder"),
        (state_among_the_content, "Disk", "inside that of the content", "outside of SIGNPOST_CONTENT_DIR"),
        (lambda s, tmp: replace(s, content_dir=tmp), "Content", "nothing can be compiled", "SIGNPOST_CONTENT_DIR"),
        (on_another_disk("tmpfs"), "Disk", "a restart empties it", "a disk that stays"),
        (on_another_disk("overlay"), "Disk", "inside the container", "a volume"),
        (on_another_disk("nfs4"), "Disk", "on another machine (nfs4)", "PostgreSQL"),
        (a_commit_that_cannot_be_taken, "Content repository", "since 3 hours ago: Nobody answers.", "content sync"),
    ],
)
def test_what_is_wrong_is_named_with_what_to_do(
    well: Settings, look: Look, tmp_path: Path, arrange: Callable, about: str, said: str, todo: str
):
    found = faults_of(look(arrange(well, tmp_path)))[about]
    assert said in found.said
    assert todo in found.todo


def test_other_machines_are_asked_and_nothing_secret_is_said(well: Settings, look: Look, tmp_path: Path):
    nobody = free_port()
    away = replace(
        well,
        mail=Smtp("a@example.org", "127.0.0.1", nobody, "none", "user", CANARY),
        single_sign_on=IdentityProvider(f"http://127.0.0.1:{nobody}", "signpost", CANARY),
        content_remote=ContentRemote(f"https://someone:{CANARY}@127.0.0.1:{nobody}/content.git"),
        hook_secret=CANARY,
    )
    findings = look(away, thorough=True)
    found = faults_of(findings)
    assert {"Mail", "Identity provider", "Content repository"} <= set(found)
    assert "cannot be reached" in found["Mail"].said
    assert CANARY not in str(findings)
    assert KEY not in str(findings)


def test_a_disk_that_is_nearly_full_is_named(well: Settings, look: Look, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(disk_checks, "LEAST", 10**18)
    assert "are free for" in faults_of(look(well))["Disk"].said


@pytest.mark.both_databases
def test_work_that_is_not_done_is_named(well: Settings, look: Look):
    outbox.enqueue(
        db.session, now=now(), to=db.session.scalars(select(User.id)), topic="gap-answered", subject=("gap", "1"),
        text="There is an answer.", path="/gaps/1", key="1",
    )  # fmt: skip
    db.session.commit()
    found = faults_of(look(well, later=timedelta(days=5)))
    assert "5 days ago" in found["Backup"].said
    assert "5 days ago" in found["Worker"].said
    assert "the oldest for 5 days" in found["Mail queue"].said


@pytest.mark.both_databases
def test_a_clock_that_was_set_back_is_named(well: Settings, look: Look):
    audit.append(db.session, now=now(), actor=None, action="gap.reported", subject=("gap", "GAP-0001"))
    db.session.commit()
    assert "clock" in faults_of(look(well, later=-timedelta(hours=2)))["Clock"].said


def test_a_site_without_an_administrator_is_named(well: Settings, look: Look):
    for person in db.session.scalars(select(User)).unique():
        person.disabled = True
    db.session.commit()
    assert "users add" in faults_of(look(well))["People"].todo


@pytest.mark.both_databases
def test_a_job_of_the_worker_that_fails_is_named_until_it_is_well_again(well: Settings, look: Look):
    def fail() -> str:
        raise ValueError(CANARY)

    job = worker.Job("reviews", timedelta(hours=1), fail)
    worker._do(job)
    found = look(well)
    assert "“reviews” has failed" in faults_of(found)["Worker"].said
    assert "builtins.ValueError" in faults_of(found)["Worker"].said
    assert CANARY not in str(found)
    job.run = lambda: ""
    worker._do(job)
    assert "Worker" not in faults_of(look(well))


@pytest.mark.both_databases
def test_a_job_that_is_left_out_while_others_run_is_named(well: Settings, look: Look):
    db.session.add(WorkerJob(name="feeds", ran_at=now() - timedelta(hours=5), fault=""))
    db.session.add(WorkerJob(name="of an older version", ran_at=now() - timedelta(hours=5), fault=""))
    db.session.commit()
    found = faults_of(look(well))["Worker"]
    assert found.said == "Its job “feeds” was last tried 5 hours ago."
    assert "anew" in found.todo


def test_every_job_of_the_worker_is_missed_where_it_is_left_out(settings: Settings):
    assert {job.name for job in worker.jobs(settings)} | {worker.FEEDS} == set(worker_jobs.STEADY)


def test_one_check_that_breaks_hides_no_other(well: Settings, look: Look, monkeypatch: pytest.MonkeyPatch):
    def rights(at: Patient) -> Iterator[Finding]:
        raise RuntimeError(CANARY)
        yield

    monkeypatch.setattr(examination, "ANYWHERE", (rights, *examination.ANYWHERE))
    found = look(well)
    assert faults_of(found)["Rights"].said == "This could not be looked at: builtins.RuntimeError."
    assert {"Content", "Backup"} <= {finding.about for finding in found}


def test_a_setting_that_stops_the_start_and_one_that_nothing_reads_are_named():
    settings, (only,) = settings_checks.read({"SIGNPOST_DEMO": "maybe"})
    assert settings is None
    assert only.level is Level.FAULT
    assert "SIGNPOST_DEMO is 'maybe'" in only.said
    misspelt = {"SIGNPOST_DEMO": "1", "SIGNPOST_TRUSTED_HOST": "a", "SIGNPOST_MAIL_FROM": "a@example.org"}
    _, found = settings_checks.read(misspelt)
    assert [finding.todo for finding in found if "TRUSTED" in finding.said] == ["Did you mean SIGNPOST_TRUSTED_HOSTS?"]
    assert len(found) == 2


@pytest.mark.parametrize(
    ("environ", "said"),
    [
        ({"SIGNPOST_TRUSTED_HOSTS": '"signpost.example.org"'}, "SIGNPOST_TRUSTED_HOSTS is in quotes"),
        ({"SIGNPOST_TRUSTED_HOSTS": "https://signpost.example.org"}, "list host names alone"),
        ({"SIGNPOST_TRUSTED_HOSTS": "*"}, "list host names alone"),
        ({"SIGNPOST_SECRET_KEY": f"{KEY}\n"}, "SIGNPOST_SECRET_KEY begins or ends with a space or a line end"),
        ({"SIGNPOST_STATE_DIR": "state"}, "SIGNPOST_STATE_DIR names a place that depends"),
        ({"DATABASE_URL": "sqlite:///signpost.db"}, "DATABASE_URL names a place that depends"),
        ({"DATABASE_URL": f"postgresql://me:p@{CANARY}@localhost/signpost"}, "DATABASE_URL cannot be read"),
        ({"DATABASE_URL": f"postgresql://me:{CANARY}/@localhost/signpost"}, "DATABASE_URL cannot be read"),
        ({"DATABASE_URL": "postgresql://localhost:port/signpost"}, "and the port as a number"),
    ],
)
def test_a_setting_that_is_badly_written_is_named_without_its_secret(environ: dict[str, str], said: str):
    right = {"SIGNPOST_SECRET_KEY": KEY, "SIGNPOST_TRUSTED_HOSTS": "signpost.example.org"}
    _, found = settings_checks.read(right | environ)
    assert any(said in finding.said for finding in found)
    assert CANARY not in str(found)
    assert settings_checks.read(right)[1] == []


@pytest.mark.one_database
def test_what_starts_and_is_not_what_was_meant_is_worth_a_look(
    well: Settings, look: Look, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(place_checks, "LEAST_OPEN", 10**9)
    odd = replace(well, demo=False, proxies=5, idle_minutes=90, session_minutes=60)
    said = " ".join(finding.said for finding in look(odd) if finding.level is Level.NOTICE)
    assert "5 proxies are counted" in said
    assert "SIGNPOST_IDLE_MINUTES never counts" in said
    assert "files and connections open" in said
    said = " ".join(finding.said for finding in look(replace(well, demo=False, proxies=0)))
    assert "No proxy is counted" in said


@pytest.mark.one_database
def test_the_command_ends_with_1_where_anything_is_wrong_and_speaks_to_programs(
    well: Settings, app: Flask, monkeypatch: pytest.MonkeyPatch
):
    environ = {
        "SIGNPOST_SECRET_KEY": KEY,
        "SIGNPOST_TRUSTED_HOSTS": "signpost.example.org",
        "DATABASE_URL": well.database_url,
        "SIGNPOST_INDEX_DIR": str(well.index_dir),
        "SIGNPOST_STATE_DIR": str(well.state_dir),
        "SIGNPOST_CONTENT_DIR": str(well.content_dir),
    }
    for name in [name for name in os.environ if name.startswith("SIGNPOST_")]:
        monkeypatch.delenv(name)
    run = app.test_cli_runner().invoke
    done = run(doctor, ["--json"], env=environ)
    said = json.loads(done.output)
    assert (done.exit_code, said["well"]) == (0, True)
    assert {"about", "level", "said", "todo"} == set(said["findings"][0])
    done = run(doctor, ["--quiet"], env=environ | {"SIGNPOST_SECRET_KEY": "short"})
    assert done.exit_code == 1
    assert done.output.startswith("WRONG Settings: SIGNPOST_SECRET_KEY is too short")
    assert "→ Set it right" in done.output
