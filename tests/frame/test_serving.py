"""Built files, liveness and readiness, and the log of requests."""

import json
import logging
import re

import pytest
from flask import Flask
from gunicorn.config import Config
from gunicorn.glogging import Logger

from tests.support.client import Client
from webapp.web import built_files, log_lines

pytestmark = pytest.mark.reads_only


def test_built_files_are_kept_for_a_year_and_come_compressed(client: Client, app: Flask):
    for address in assets_of(client):
        assert re.match(built_files.HASHED, address)
        answer = client.get(address, headers={"Accept-Encoding": "gzip, br"})
        assert answer.headers["Cache-Control"] == "max-age=31536000, public, immutable"
        assert answer.headers["Content-Encoding"] in {"br", "gzip"}


def test_a_page_of_another_version_gets_the_style_sheet_that_is_here_and_nobody_keeps_it(client: Client):
    ours = client.get(assets_of(client)[0])
    theirs = client.get(re.sub(r"-[A-Z0-9]{8}", "-00000000", ours.path))
    assert theirs.data == ours.data
    assert theirs.headers["Cache-Control"] == "no-store"
    assert "ETag" not in theirs.headers
    client.get("/static/dist/nothing-00000000.css", status=404)


def assets_of(client: Client) -> list[str]:
    page = client.get("/sign-in")
    return [page.soup.select_one("link[rel=stylesheet]")["href"], page.soup.select_one("script")["src"]]


def test_a_first_visit_loads_little(client: Client):
    sizes = [len(client.get(address, headers={"Accept-Encoding": "gzip"}).data) for address in assets_of(client)]
    assert sum(sizes) < 100_000


@pytest.mark.parametrize("path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/", "/static/nothing.css"])
def test_nothing_else_is_served_from_the_folder(client: Client, path: str):
    assert client.get(path, status=404).status == 404


def test_missing_files_stop_the_start_with_advice(tmp_path):
    with pytest.raises(RuntimeError, match="make assets"):
        built_files.init_app(Flask("x"), {}, tmp_path)


def test_alive_and_ready(client: Client):
    assert client.get("/healthz").text == "ok\n"
    ready = json.loads(client.get("/readyz").text)
    assert ready["ready"] is True
    assert ready["generation"].startswith("gen-")


def test_the_log_names_the_path_and_nothing_personal(priya: Client, caplog):
    priya.get("/?q=canary-query")
    priya.get("/canary-path-of-no-page", status=404)
    priya.get("/directory/canary-name-of-no-listing", status=404)
    priya.post("/sign-out", status=303)
    priya.get("/directory/canary-name-before-signing-in", status=303)
    lines = [json.loads(record.message) for record in caplog.records if record.name == "signpost.requests"]
    assert [(entry["path"], entry["status"]) for entry in lines] == [
        ("/", 200), (None, 404), (None, 404), ("/sign-out", 303), (None, 303),
    ]  # fmt: skip
    assert set().union(*lines) <= set(log_lines.FIELDS)
    assert "canary" not in caplog.text
    assert "Priya" not in caplog.text


def test_a_field_that_is_not_on_the_list_cannot_be_logged():
    with pytest.raises(KeyError):
        log_lines.line(event="request", email="priya@example.org")


def test_what_the_server_says_of_its_workers_can_be_read(app: Flask, capfd, monkeypatch):
    """The site is loaded in the worker, and what it sets up for its own log must not spoil the server's."""
    monkeypatch.setattr(logging, "raiseExceptions", True)
    server = Logger(Config())
    for each in (server.error_log, server.access_log):
        monkeypatch.setattr(each, "propagate", False)
    server.error("Worker (pid:%s) was sent SIGTERM!", 7)
    said = capfd.readouterr().err
    assert re.search(r"\[\d+\] \[ERROR\] Worker \(pid:7\) was sent SIGTERM!", said)
    assert "Traceback" not in said
    for handler in server.error_log.handlers[:]:
        server.error_log.removeHandler(handler)
