"""Two machines, one database: each knows what the other has, and what that means for readers and for the work."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine

from tests.support.client import Client
from tests.syncing.remote import Editor
from webapp.cli import worker
from webapp.config.settings import Settings
from webapp.db import turns
from webapp.db.engine import db, now
from webapp.health import content_checks, machine_checks
from webapp.health.finding import Level, Patient
from webapp.library.build.manifest import FORMAT
from webapp.library.generation import disk
from webapp.library.syncing import following, state
from webapp.machines import library_sync, registry

LEASE = timedelta(minutes=10)


@pytest.fixture
def editor(tmp_path: Path) -> Editor:
    editor = Editor(tmp_path, assets=1)
    editor.push("Begin")
    return editor


@pytest.fixture
def settings(settings: Settings, editor: Editor, tmp_path: Path) -> Settings:
    return replace(settings, index_dir=tmp_path / "here", content_remote=editor.remote)


@pytest.fixture
def there(settings: Settings, tmp_path: Path) -> Settings:
    """The other machine."""
    return replace(settings, index_dir=tmp_path / "there")


@pytest.fixture
def app(app: Flask, settings: Settings, there: Settings, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """This machine; both serve the first commit."""
    monkeypatch.setattr(registry, "may_be_many", lambda settings: True)
    sync(settings)
    with app.app_context():
        note(settings, there)
    return app


def sync(settings: Settings) -> str:
    assert settings.content_remote
    return following.sync(settings.content_remote, settings.index_dir).commit


def note(*these: Settings) -> None:
    for settings in these:
        registry.note(db.session, settings, now())
    db.session.commit()


@pytest.mark.both_databases
def test_a_page_that_another_machine_has_already_is_on_its_way(
    app: Flask, priya: Client, settings: Settings, there: Settings, editor: Editor
):
    sync(there)
    with app.app_context():
        note(there)
    priya.get("/directory/choir-by-the-canal", status=404)
    editor.corpus.asset("choir-by-the-canal")
    editor.push()
    sync(there)
    with app.app_context():
        note(there)
    page = priya.get("/directory/choir-by-the-canal", status=503)
    assert page.h1 == "This page is on its way"
    assert int(page.headers["Refresh"]) < 10
    sync(settings)
    with app.app_context():
        note(settings)
    priya.get("/directory/choir-by-the-canal", status=200)
    priya.get("/directory/nothing-of-the-kind", status=404)


def test_what_is_not_here_after_a_while_is_not_on_its_way(
    app: Flask, settings: Settings, there: Settings, editor: Editor
):
    editor.corpus.asset("choir-by-the-canal")
    editor.push()
    sync(there)
    with app.app_context():
        note(there)
        assert registry.is_ahead(db.session, settings, now())
        later = now() + registry.JUST_NOW
        for one in (settings, there):
            registry.note(db.session, one, later)
        assert not registry.is_ahead(db.session, settings, later)


def test_nothing_is_settled_until_every_reader_sees_it(app: Flask, there: Settings, settings: Settings):
    with app.app_context():
        content = following.served_commit(settings.index_dir)
        assert not registry.all_serve(db.session, content, now()), "there nothing is served yet"
        sync(there)
        note(there)
        assert registry.all_serve(db.session, content, now())
        assert not registry.all_serve(db.session, "another", now())
        gone = now() + registry.GONE + registry.NOTED_EVERY
        registry.note(db.session, settings, gone)
        assert [m.name for m in registry.alive(db.session, gone)] == [registry.name_of(settings)]
        registry.forget(db.session, gone + registry.KEPT + registry.NOTED_EVERY)
        assert registry.alive(db.session, gone) == []


@pytest.mark.both_databases
def test_a_machine_whose_clock_is_a_year_ahead_is_not_alive_for_a_year(
    app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(library_sync, "now", lambda: now() + timedelta(days=365))
    library_sync._Follower(app, settings, apart=True).look()
    with app.app_context():
        assert registry.alive(db.session, now() + timedelta(minutes=2)) == []


def test_after_an_upgrade_what_an_earlier_program_compiled_is_compiled_anew(settings: Settings):
    assert settings.content_remote
    sync(settings)
    at = Patient(settings, create_engine("sqlite://"), now())
    for program, again in ((FORMAT - 1, True), (FORMAT + 1, False)):
        served = disk.pointed(settings.index_dir)
        assert served
        file = served / "manifest.json"
        file.write_text(file.read_text().replace(f'"format":{FORMAT}', f'"format":{program}', 1))
        assert following.is_behind(settings.content_remote, settings.index_dir) == again
        assert ("content build" in "".join(finding.todo for finding in content_checks.content(at))) == again
        sync(settings)
        assert (disk.pointed(settings.index_dir) != served) == again


@pytest.mark.both_databases
def test_who_hears_of_a_push_tells_every_machine(app: Flask, settings: Settings):
    with app.app_context():
        assert registry.news(db.session) is None
        for seconds in (0, 1):
            at = now() + timedelta(seconds=seconds)
            registry.tell_news(db.session, at)
            db.session.commit()
            assert registry.news(db.session) == at


@pytest.mark.both_databases
def test_of_two_workers_one_does_what_is_to_be_done_alone(app: Flask):
    with app.app_context():
        at = now()
        take: Callable[..., bool] = lambda by, at=at, **more: turns.take(  # noqa: E731
            db.session, "tidying", by=by, now=at, lease=LEASE, **more
        )
        assert take("one")
        assert take("one"), "it holds on to it"
        assert not take("two")
        assert not take("two", anyway=True)
        assert take("two", at + LEASE + timedelta(seconds=1)), "the first was killed"
        turns.give_back(db.session, "tidying", by="one", due=at)
        assert not take("three", at + LEASE + timedelta(seconds=2)), "it is no longer the first's to give back"
        turns.give_back(db.session, "tidying", by="two", due=at + timedelta(hours=1))
        assert not take("one", at + timedelta(minutes=30))
        assert take("one", at + timedelta(minutes=30), anyway=True)


def test_a_worker_leaves_to_another_what_that_has_just_done(app: Flask):
    done: list[str] = []
    with app.app_context():
        for who in ("one", "two"):
            for alone in (True, False):
                job = worker.Job(
                    f"job {alone}", timedelta(hours=1), lambda who=who, alone=alone: done.append((who, alone)), alone
                )
                worker._at_its_turn(job, who, anyway=False)
    assert done == [("one", True), ("one", False), ("two", False)]


def test_of_the_processes_of_a_machine_one_follows(settings: Settings):
    free, full = threading.Event(), threading.Event()
    full.set()
    with state.leading(settings.index_dir, free) as first, state.leading(settings.index_dir, full) as second:
        assert first
        assert not second


def test_what_a_machine_has_otherwise_than_the_others_is_named(app: Flask, settings: Settings, there: Settings):
    with app.app_context():
        sync(there)
        note(there)
        at = Patient(settings, db.engine, now())
        assert [finding.level for finding in machine_checks.alike(at)] == [Level.FINE]
        note(replace(there, secret_key="another key, and long enough to be taken"))
        there.index_dir.joinpath("postcodes.npy").write_bytes(b"more")
        assert "secret key" in told(at)
        note(there)
        assert "secret key" not in told(at)
        assert "places import" in told(at)
        machine = db.session.get_one(registry.Machine, registry.name_of(there))
        machine.content, machine.program = "newer", "9999"
        db.session.commit()
        assert "older content" not in told(at), "it may be under way"
        machine.served_since = at.now - 2 * registry.JUST_NOW
        db.session.get_one(registry.Machine, registry.name_of(settings)).served_since = at.now - timedelta(days=1)
        db.session.commit()
        assert f"{registry.name_of(settings)} serves older content" in told(at)
        assert "older version" in told(at)


def told(at: Patient) -> str:
    return "\n".join(f"{finding.said} {finding.todo}" for finding in machine_checks.alike(at))
