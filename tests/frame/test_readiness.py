"""Whatever watches over the site hears whether it can serve: content, the database, its shape, and room to write."""

import json
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from tests.support.client import Client
from tests.support.outages import Outages
from webapp.app import create_app
from webapp.config.settings import Settings
from webapp.db import readiness, revisions
from webapp.db.engine import db
from webapp.web import shutdown

pytestmark = pytest.mark.both_databases


Ask = Callable[[int], dict[str, Any]]


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "PATIENCE", 0.2)


@pytest.fixture
def ask(client: Client) -> Ask:
    def answer(status: int) -> dict[str, Any]:
        said = client.get("/readyz", status=status)
        assert status == 200 or int(said.headers["Retry-After"]) > 0
        found: dict[str, Any] = json.loads(said.text)
        assert found["ready"] is (status == 200)
        return found

    return answer


@pytest.fixture
def shaped(app: Flask) -> Iterator[Callable[[str], None]]:
    """Say of the database that the last migration it had was this one."""

    def say(revision: str) -> None:
        with app.app_context():
            db.session.connection(execution_options={"writes": True})
            db.session.execute(text("update alembic_version set version_num = :revision"), {"revision": revision})
            db.session.commit()

    yield say
    say(revisions.every()[-1])


def test_a_site_that_can_serve_and_save_says_so(ask: Ask):
    found = ask(200)
    assert (found["database"], found["schema"], found["writable"]) == (True, "current", True)


def test_a_proxy_hears_of_a_machine_what_another_may_do_better(
    app: Flask, client: Client, shaped: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
):
    of_machine = "/readyz?of=machine"
    client.get(of_machine, status=200)
    with Outages(app).away():
        client.get(of_machine, status=200)
    shaped("0001")
    client.get(of_machine, status=503)
    shaped("9999")
    client.get(of_machine, status=200)
    about_to_end = threading.Event()
    about_to_end.set()
    monkeypatch.setattr(shutdown, "begun", about_to_end)
    client.get(of_machine, status=503)
    client.get("/readyz", status=200)


def test_a_database_of_an_older_version_is_not_ready(ask: Ask, shaped: Callable[[str], None]):
    shaped("0001")
    found = ask(503)
    assert (found["database"], found["schema"]) == (True, "older")


def test_a_database_that_is_ahead_is_ready(ask: Ask, shaped: Callable[[str], None]):
    """The new version has been brought in, and this process is one of those that serve until it takes over."""
    shaped("9999")
    assert ask(200)["schema"] == "newer"


def test_a_database_without_tables_is_not_ready(settings: Settings, tmp_path, app: Flask):
    with app.app_context():
        url = db.engine.url
        if url.get_backend_name() == "sqlite":
            empty = f"sqlite:///{tmp_path / 'empty.db'}"
        else:
            empty = url.set(database="postgres").render_as_string(hide_password=False)
    bare = create_app(replace(settings, database_url=empty))
    answer = bare.test_client().get("/readyz")
    assert answer.status_code == 503
    assert (answer.json["database"], answer.json["schema"], answer.json["writable"]) == (True, "missing", False)
    with bare.app_context():
        db.engine.dispose()


@pytest.mark.parametrize("outage", ["locked", "full", "read_only"])
def test_where_nothing_can_be_written_it_is_not_ready(app: Flask, ask: Ask, outage: str):
    with getattr(Outages(app), outage)():
        found = ask(503)
        assert (found["database"], found["schema"], found["writable"]) == (True, "current", False)
    ask(200)


def test_where_the_database_is_away_it_is_not_ready(app: Flask, ask: Ask):
    with Outages(app).away():
        assert ask(503)["database"] is False
    ask(200)


def test_it_is_alive_all_the_while(app: Flask, client: Client):
    with Outages(app).away():
        assert client.get("/healthz").text == "ok\n"


def test_many_may_ask_at_once(app: Flask):
    with ThreadPoolExecutor(12) as at_once:
        answers = set(at_once.map(lambda _: app.test_client().get("/readyz").status_code, range(48)))
    assert answers == {200}
