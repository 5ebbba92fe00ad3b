"""Slow pages and queries are counted, logged and shown to administrators, without any value that a query was sent."""

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from tests.support.client import Client
from webapp.cli import worker
from webapp.config.observability import Observability
from webapp.config.settings import Settings, SettingsError, load
from webapp.db import timed
from webapp.db.engine import db
from webapp.telemetry import counted
from webapp.telemetry.statements import without_values
from webapp.web import log_lines, slow

# It takes some milliseconds, and each of its rows a part of them.
ROWS = (
    "with recursive n(x) as (select 1 union all select x + 1 from n where x < 60000) "
    "select x, :words from n where x % 10000 = 0"
)


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    """Where a millisecond is slow."""
    return replace(settings, state_dir=tmp_path, observability=Observability(slow_page_ms=1, slow_query_ms=1))


def messages(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.message for record in caplog.records if record.name == "signpost.requests"]


def ask(app: Flask) -> None:
    """Ask for ROWS in a request."""
    with app.test_request_context("/gaps/GAP-0001?q=canary"):
        assert len(db.session.execute(text(ROWS), {"words": "canary"}).all()) == 6


@pytest.mark.both_databases
def test_a_slow_query_is_told_with_its_route_and_without_its_values(
    app: Flask, ada: Client, settings: Settings, caplog: pytest.LogCaptureFixture
):
    told = counted.slow_queries.labels("/gaps/<ref>")
    before = told._value.get()
    ask(app)
    assert told._value.get() == before + 1
    (line,) = [line for line in map(json.loads, messages(caplog)) if line.get("route") == "/gaps/<ref>"]
    assert line["ms"] >= 1
    assert "from n" in line["statement"]
    page = ada.get("/admin/site").text
    assert "/gaps/&lt;ref&gt;" in page
    assert "<code>with recursive n(x)" in page
    assert "canary" not in page + caplog.text + (settings.state_dir / slow.FILE.name).read_text()


@pytest.mark.one_database
def test_a_query_takes_until_its_last_row_came(app: Flask, monkeypatch: pytest.MonkeyPatch):
    """SQLite finds most rows while they are fetched: a time that ends with the sending would be that of the first."""
    clock, took = [0.0], list[float]()

    def a_second_passes(row: int) -> int:
        clock[0] += 1
        return row

    monkeypatch.setattr(timed, "perf_counter", lambda: clock[0])
    monkeypatch.setattr(timed, "_listeners", [lambda statement, began, seconds: took.append(seconds)])
    with app.app_context():
        raw = db.session.connection().connection.driver_connection
        assert raw
        raw.create_function("found", 1, a_second_passes)
        rows = "select 1 as x union all select 2 union all select 3 union all select 4"
        assert len(db.session.execute(text(f"select found(x) from ({rows})")).all()) == 4
    assert took[-1] == 4.0


def test_a_query_that_is_not_fetched_to_its_end_is_told_once_it_is_let_go(app: Flask, monkeypatch: pytest.MonkeyPatch):
    told: list[str] = []
    monkeypatch.setattr(timed, "_listeners", [lambda statement, began, seconds: told.append(statement)])
    with app.app_context():
        assert db.session.scalar(text("select 1 union select 2"))
        assert told == ["select 1 union select 2"]


@pytest.mark.one_database
def test_an_answer_that_is_given_again_slowly_is_told_as_any_other(
    priya: Client, settings: Settings, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
):
    for _ in range(3):
        priya.get("/directory/bobbin-larder")
    caplog.clear()
    seconds = count(1)
    monkeypatch.setattr(timed, "perf_counter", lambda: next(seconds))
    reference = priya.get("/directory/bobbin-larder").headers["X-Request-ID"]
    query, page = map(json.loads, messages(caplog))
    assert (query["event"], query["request"], query["route"]) == ("slow-query", reference, "/directory/<slug>")
    assert (page["event"], page["request"], page["route"]) == ("request", reference, "/directory/<slug>")
    assert page["queries"] == 1
    assert page["db_ms"] == query["ms"] >= 1_000
    assert "sign_ins.last_seen" in slow.lately(settings.state_dir)[0].statement


def test_a_slow_page_is_told_by_its_route(app: Flask, ada: Client, settings: Settings):
    told = counted.slow_pages.labels("/gaps")
    before = told._value.get()
    ada.get("/gaps?q=canary")
    assert told._value.get() == before + 1
    (work,) = [work for work in slow.lately(settings.state_dir) if work.where == "/gaps" and not work.statement]
    assert work.times == 1
    assert "canary" not in ada.get("/admin/site").text


def test_nothing_is_slow_where_the_settings_say_never(app: Flask, ada: Client, settings: Settings):
    app.extensions["signpost.settings"] = replace(settings, observability=Observability("json", 0, 0))
    before = slow.lately(settings.state_dir)
    ask(app)
    ada.get("/gaps")
    assert slow.lately(settings.state_dir) == before


@pytest.mark.parametrize(
    ("statement", "shown"),
    [
        ("select a from b\n  where c = ? and d in (?, ?, ?)", "select a from b where c = ? and d in (…)"),
        ("where c = %(c_1)s::VARCHAR and d IN (%(d_1_1)s, %(d_1_2)s)", "where c = %(c_1)s::VARCHAR and d IN (…)"),
        ("values (?, ?), (?, ?), (?, ?) returning id", "values (…) returning id"),
        ("where name = 'O''Brien' and n = 9434765919", "where name = … and n = …"),
    ],
)
def test_no_value_is_left_in_a_statement(statement: str, shown: str):
    assert without_values(statement) == shown


@pytest.mark.parametrize(
    "value",
    [
        r"E'it\'s canary'", "$$canary$$", "$of$ 'canary' $of$", "'it''s canary'", "0xcaca0", "1.5e12",
        "/* canary */", "'canary'),('canary'",
    ],
)  # fmt: skip
def test_a_value_that_stands_in_a_statement_is_not_told(value: str):
    said = without_values(f"select name from people where x in ({value}) and y2 > 7")
    assert said.startswith("select name from people where x in (")
    assert said.endswith(") and y2 > …")
    assert "can" not in said
    assert "caca" not in said
    assert "5" not in said


def test_a_long_statement_is_cut():
    assert len(without_values("select " + "column, " * 1_000)) < 1_100


@pytest.fixture
def logfmt() -> Iterator[None]:
    log_lines.use("logfmt")
    yield
    log_lines.use("json")


def test_lines_can_be_for_eyes(logfmt: None):
    said = log_lines.line(event="request", method="GET", route="/gaps/<ref>", path=None, status=200, said='a "b"\nc')
    assert said.partition(" ")[2] == r'event=request method=GET route=/gaps/<ref> status=200 said="a \"b\"\nc"'


def test_each_line_has_its_moment_and_each_request_what_it_asked_of_the_database(
    priya: Client, caplog: pytest.LogCaptureFixture
):
    priya.get("/gaps")
    (line,) = [line for line in map(json.loads, messages(caplog)) if line["event"] == "request"]
    assert line["time"].endswith("+00:00")
    assert line["queries"] >= 2
    assert 0 < line["db_ms"] <= line["ms"]


def test_what_a_job_of_the_worker_did_is_a_line_too(app: Flask, caplog: pytest.LogCaptureFixture):
    with app.app_context():
        worker._do(worker.Job("messages", worker.LOOK_AGAIN, lambda: "3 sent"))
    (line,) = [line for line in map(json.loads, messages(caplog)) if line["event"] == "job"]
    assert (line["event"], line["job"], line["said"]) == ("job", "messages", "3 sent")


@pytest.mark.parametrize(
    "wrong",
    [
        {"SIGNPOST_LOG": "xml"},
        {"SIGNPOST_SLOW_QUERY_MS": "-1"},
        {"SIGNPOST_SLOW_PAGE_MS": "soon"},
        {"SIGNPOST_SLOW_PAGE_MS": "9" * 5_000},
        {"SIGNPOST_SESSION_MINUTES": "99999999999999"},
        {"SIGNPOST_METRICS_TOKEN": "a-tökén-that-is-long-enough"},
        {"SIGNPOST_TRACES": "http://collector.example:4318/v1/traces"},
        {"SIGNPOST_TRACES": "collector"},
    ],
)
def test_a_wrong_setting_stops_the_start_and_is_named(wrong: dict[str, str]):
    with pytest.raises(SettingsError, match=next(iter(wrong))):
        load({"SIGNPOST_DEMO": "1"} | wrong)
