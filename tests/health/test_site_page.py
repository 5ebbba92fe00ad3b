"""An administrator sees how the site is, in words, and the last errors by the reference that a reader was shown."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from tests.support.client import Client
from tests.support.outages import Outages
from webapp.config.settings import Settings
from webapp.db.engine import db, now
from webapp.health.models import WorkerJob
from webapp.web import fault_file, kept_lines
from webapp.web.fault_file import KeptFault


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    return replace(settings, state_dir=tmp_path / "state")


@pytest.fixture
def worker_gone(app: Flask) -> None:
    with app.app_context():
        db.session.add(WorkerJob(name="messages", ran_at=now() - timedelta(hours=4), fault=""))
        db.session.commit()


@pytest.mark.both_databases
def test_what_is_wrong_stands_first_with_what_to_do(ada: Client, worker_gone: None):
    page = ada.get("/admin/site").text
    assert "The worker was last seen 4 hours ago." in page
    assert page.index("Start <code>signpost worker</code>") < page.index("As it should be") < page.index("Clock")
    assert "None that this machine remembers." in page
    assert "Nothing that this machine remembers." in page
    assert page.index("What the worker does") < page.index("sends mail") < page.index("Slow lately")


def test_an_administrators_first_page_says_that_the_worker_is_gone(ada: Client, worker_gone: None):
    assert "The worker was last seen 4 hours ago" in ada.get("/").text


def test_an_error_that_somebody_met_is_found_by_its_reference(app: Flask, ada: Client, priya: Client):
    with Outages(app).away():
        met = priya.get("/gaps?q=canary", status=503)
    reference = met.headers["X-Request-ID"]
    assert reference in met.text, "the reader can say it"
    page = ada.get("/admin/site").text
    assert f">{reference}<" in page
    assert "GET /gaps" in page
    assert "canary" not in page
    assert ada.get("/admin/site").headers["X-Request-ID"] != reference


def test_the_file_of_errors_stays_small_and_keeps_the_newest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(kept_lines, "MOST_BYTES", 2_000)
    for number in range(100):
        fault_file.keep(tmp_path, KeptFault(now().isoformat(), f"{number:08}", "GET", "/gaps", "builtins.OSError"))
    kept = [int(fault.reference) for fault in fault_file.latest(tmp_path)]
    assert kept == list(range(99, 99 - len(kept), -1))
    assert len(kept) > 5
    assert (tmp_path / fault_file.FILE.name).stat().st_size <= 2_000


def test_a_disk_that_takes_no_errors_is_no_error(tmp_path: Path):
    (tmp_path / "file").touch()
    fault_file.keep(tmp_path / "file", KeptFault(now().isoformat(), "1", "GET", "/", "builtins.OSError"))


Browser = Callable[[str], Client]


@pytest.mark.parametrize("name", ["priya", "carol", "ed"])
def test_nobody_else_sees_it(browser_of: Browser, name: str):
    browser_of(name).get("/admin/site", status=403)
