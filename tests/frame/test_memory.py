"""What a process keeps in memory: no library that only a command or a rare download needs; what it shares."""

import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask

from tests.support.client import Client
from webapp.cli import server_warming
from webapp.db import readiness
from webapp.db.engine import db
from webapp.library.search.engine import Engine
from webapp.telemetry import counted

RARE = {
    "PIL", "alembic", "babel", "bs4", "docx", "icalendar", "notifications_python_client", "openpyxl", "requests",
    "urllib3", "webapp.library.authoring.checking",
}  # fmt: skip


LATER = {"webapp.pii.rules", "webapp.pii.organisations"}  # what the first who writes needs, read before they come


def test_the_site_starts_without_what_no_page_needs():
    code = "import sys, webapp.app; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert not (RARE | LATER) & set(done.stdout.split())


def test_the_worker_starts_without_pages_and_without_what_is_rarely_due(tmp_path: Path):
    code = "import sys, webapp.cli.worker; from webapp.cli import pageless; pageless.create(); print(*sys.modules)"
    environ = {
        "SIGNPOST_SECRET_KEY": "x" * 40,
        "SIGNPOST_TRUSTED_HOSTS": "x.example",
        "SIGNPOST_STATE_DIR": str(tmp_path),
    }
    environ["DATABASE_URL"] = f"sqlite:///{tmp_path / 'signpost.db'}"
    done = subprocess.run([sys.executable, "-c", code], env=environ, check=True, capture_output=True, text=True)
    loaded = set(done.stdout.split())
    assert not (RARE | LATER | {"authlib"}) & loaded
    assert not [name for name in loaded if name.startswith("webapp.") and name.endswith("views")]


@pytest.mark.one_database
def test_what_is_shown_before_workers_begin_is_shown_to_nobody(
    app: Flask, priya: Client, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(server_warming, "OF_EACH", 2)
    caplog.clear()
    assert server_warming.show_some_pages(app) == 2 * (3 * 2 + 2)
    assert not caplog.records, "it is no request, and all went well"
    with app.app_context():
        assert db.engine.pool.checkedin() == 0, "a copy of the process would use the same connection"
    assert counted.connections_most._value.get() == 0
    for path in ("/directory?q=food", "/directory/bobbin-larder"):
        for _ in range(3):
            assert "Priya Nair" in priya.get(path).text


@pytest.mark.one_database
def test_the_start_goes_on_where_no_page_can_be_shown_before(
    app: Flask, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(readiness, "schema", lambda engine: None)
    assert server_warming.show_some_pages(app) == 0
    assert not caplog.records, "what a database cannot do is said at /readyz"
    monkeypatch.undo()
    monkeypatch.setattr(Engine, "search", lambda *_: 1 / 0)
    assert server_warming.show_some_pages(app) == 0
    assert "could not be shown before the workers began: ZeroDivisionError" in caplog.text
