"""Prometheus reads what the site counts: of all that happened, and of nobody."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from prometheus_client.mmap_dict import MmapedDict, mmap_key
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import select

from tests.support.client import Client
from tests.support.outages import Outages
from tests.support.routes import routes
from webapp.config.observability import Observability
from webapp.config.settings import ContentRemote, Settings, SettingsError, load
from webapp.db.engine import db, now
from webapp.library.generation.reader import Generation
from webapp.library.syncing import state
from webapp.mail import outbox
from webapp.people.models import User
from webapp.searches import counting
from webapp.searches.finished import FinishedSearch
from webapp.telemetry import counted, shared

TOKEN = "a token of the tests, of no other use"
ELSEWHERE = {"REMOTE_ADDR": "192.0.2.7"}
Read = Callable[..., dict[str, float]]


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, observability=Observability(metrics_token=TOKEN))


@pytest.fixture
def read(client: Client) -> Read:
    """Every figure by its name and labels, as Prometheus would take them."""

    def ask() -> dict[str, float]:
        families = text_string_to_metric_families(client.get("/metrics").text)
        return {_name(sample.name, sample.labels): sample.value for family in families for sample in family.samples}

    return ask


def _name(name: str, labels: dict[str, str]) -> str:
    return name + "".join(f" {label}={value}" for label, value in sorted(labels.items()))


def test_answers_are_counted_by_route_method_and_status(priya: Client, read: Read):
    before = read()
    priya.get("/gaps?q=canary-words")
    priya.get("/gaps/GAP-9999", status=404)
    priya.get("/canary-of-no-page", status=404)
    after = read()
    for figure in (
        "signpost_requests_total method=GET route=/gaps status=200",
        "signpost_requests_total method=GET route=/gaps/<ref> status=404",
        "signpost_requests_total method=GET route=other status=404",
        "signpost_request_seconds_count route=/gaps",
    ):
        assert after[figure] == before.get(figure, 0) + 1, figure
    assert (
        after["signpost_request_seconds_bucket le=+Inf route=/gaps"]
        == after["signpost_request_seconds_count route=/gaps"]
    )


def test_no_label_says_what_somebody_asked_for_or_who(priya: Client, client: Client):
    priya.get("/search?q=canary-words")
    priya.get("/directory/canary-of-no-listing", status=404)
    priya.http.open("/gaps", method="CANARY")
    told = client.get("/metrics").text
    assert "canary" not in told.casefold()
    assert "Priya" not in told
    assert 'method="other"' in told


@pytest.mark.parametrize(
    ("environ", "headers", "status"),
    [
        ({}, {}, 200),
        ({}, {"Host": "127.0.0.1:8000"}, 200),
        ({}, {"X-Forwarded-For": "192.0.2.7"}, 403),  # a proxy on this machine
        ({}, {"Host": "signpost.example.org"}, 400),
        (ELSEWHERE, {}, 403),
        (ELSEWHERE, {"Authorization": "Bearer no"}, 403),
        (ELSEWHERE, {"Authorization": f"Basic {TOKEN}"}, 403),
        (ELSEWHERE, {"Authorization": f"Bearer {TOKEN}"}, 200),
        (ELSEWHERE, {"Authorization": f"Bearer {TOKEN}", "Host": "192.0.2.1:8000"}, 200),
        ({"REMOTE_ADDR": ""}, {}, 403),  # a socket that is a file
    ],
)
def test_this_machine_may_read_them_and_whoever_has_the_token(client: Client, environ, headers, status: int):
    client.get("/metrics", environ_overrides=environ, headers=headers, status=status)


def test_without_a_token_nobody_else_may(app: Flask, client: Client, settings: Settings):
    app.extensions["signpost.settings"] = replace(settings, observability=Observability())
    for given in ("", "None"):
        client.get("/metrics", environ_overrides=ELSEWHERE, headers={"Authorization": f"Bearer {given}"}, status=403)


def test_a_token_that_can_be_guessed_stops_the_start():
    with pytest.raises(SettingsError, match="SIGNPOST_METRICS_TOKEN is too short"):
        load({"SIGNPOST_DEMO": "1", "SIGNPOST_METRICS_TOKEN": "short"})


def test_whoever_watches_asks_by_number_and_nobody_by_another_name(client: Client):
    client.get("/readyz", headers={"Host": "10.0.0.5:8000"})
    client.get("/", headers={"Host": "10.0.0.5:8000"}, status=400)
    client.get("/readyz", headers={"Host": "evil.example"}, status=400)


@pytest.mark.both_databases
def test_waiting_mail_is_counted_with_the_age_of_the_oldest(app: Flask, read: Read):
    with app.app_context():
        outbox.enqueue(
            db.session, now=now() - timedelta(hours=2), to=db.session.scalars(select(User.id)), topic="gap-answered",
            subject=("gap", "1"), text="There is an answer.", path="/gaps/1", key="1",
        )  # fmt: skip
        db.session.commit()
    found = read()
    assert found["signpost_outbox_waiting"] > 1
    assert found["signpost_outbox_oldest_seconds"] == pytest.approx(7200, abs=60)


def test_the_content_that_is_served_and_failed_syncs_are_told(
    app: Flask, settings: Settings, read: Read, content: Generation, monkeypatch: pytest.MonkeyPatch
):
    last = state.SyncState(tried_at=now().isoformat(), fault="Nobody answers.", failures=3)
    monkeypatch.setattr(state, "read", lambda index_dir: last)
    app.extensions["signpost.settings"] = replace(settings, content_remote=ContentRemote("/srv/content.git"))
    found = read()
    assert found[f"signpost_content_info commit= generation={content.id}"] == 1
    assert (found["signpost_sync_failing"], found["signpost_sync_failures_total"]) == (1, 3)
    assert found["signpost_disk_free_bytes holds=compiled content"] > 0


@pytest.mark.both_databases
def test_a_database_that_is_away_takes_only_its_own_figures(app: Flask, read: Read, priya: Client):
    faults = "signpost_faults_total kind=unavailable"
    before = read()
    assert before["signpost_database_up"] == 1
    with Outages(app).away():
        priya.get("/gaps", status=503)
        found = read()
    assert found["signpost_database_up"] == 0
    assert "signpost_outbox_waiting" not in found
    assert found["signpost_content_served"] == 1
    assert found[faults] == before.get(faults, 0) + 1
    assert read()["signpost_database_connections_in_use"] >= 0, "a connection that could not be opened was not taken"


def test_searches_that_found_nothing_are_a_figure_without_words(app: Flask, read: Read, content: Generation):
    def search(words: str, found: int) -> None:
        asked = FinishedSearch.of("asset", words=words, found=found, vocabulary=content.vocabulary)
        with app.app_context():
            db.session.connection(execution_options={"writes": True})
            counting.count(db.session, asked, 1, "a key", now())
            db.session.commit()

    before = read()
    search("canary choir", 0)
    search("choir", 4)
    after = read()
    for found in ("nothing", "some"):
        figure = f"signpost_searches_total found={found} kind=asset"
        assert after[figure] == before.get(figure, 0) + 1
    assert not any("canary" in figure for figure in after)


def test_whoever_ends_leaves_nothing_in_flight_and_all_that_was_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(shared, "_folder", tmp_path)
    place = shared.place_for({1, 3})
    assert place == 2
    assert all(path.stat().st_blocks * 512 >= path.stat().st_size > 0 for path in tmp_path.iterdir()), "written out"
    for kind in (shared.GAUGES, "counter"):
        file = MmapedDict(str(tmp_path / f"{kind}_{place}.db"))
        file.write_value(mmap_key("name", "name", [], [], ""), 7.0, 0.0)
        file.close()
    shared.leave(place)
    (told,) = MmapedDict.read_all_values_from_file(str(tmp_path / f"{shared.GAUGES}_{place}.db"))
    (kept,) = MmapedDict.read_all_values_from_file(str(tmp_path / f"counter_{place}.db"))
    assert (told[1], kept[1]) == (0.0, 7.0)


def test_the_folder_of_the_state_is_read_by_nobody_else_on_the_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(shared, "_held", None)
    shared._new_folder(tmp_path / "state" / shared.FOLDER)
    assert shared._held
    shared._held.close()
    assert (tmp_path / "state").stat().st_mode & 0o777 == 0o700


def test_where_no_files_can_be_made_it_is_said_and_each_process_counts(tmp_path: Path):
    (tmp_path / "state").touch()
    assert "cannot be made (Not a directory)" in shared.begin(tmp_path / "state")
    assert shared.folder() is None
    assert shared.read() is None


def test_folders_of_servers_that_have_ended_go_and_those_of_living_ones_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(shared, "_held", None)
    first = shared._new_folder(tmp_path)
    held = shared._held
    second = shared._new_folder(tmp_path)
    assert first.is_dir(), "its server lives"
    assert held
    held.close()
    held = shared._held
    third = shared._new_folder(tmp_path)
    assert (first.exists(), second.exists(), third.exists()) == (False, True, True)
    for lock in (held, shared._held):
        assert lock
        lock.close()


@pytest.mark.reads_only
def test_the_files_that_workers_share_hold_every_route_whatever_it_answers(app: Flask):
    """They are written out before they are mapped: one that had to grow on a full disk would end its worker."""
    every = {route.rule for route in app.url_map.iter_rules()} | {counted.OTHER}
    assert len(every) > 200
    labels = {route: [method for method, path in routes(app) if path == route] for route in every}

    def takes(key: str) -> int:
        return len(key.encode()) + 4 + 16 + 8

    name, help_text = "signpost_requests_total", "Answers"
    counters = sum(
        takes(mmap_key(name, name, ["method", "route", "status"], [method, route, "500"], help_text))
        for route in every
        for method in {"HEAD", counted.OTHER, *labels[route]}
        for _ in range(6)  # statuses
    )
    histograms = sum(
        takes(
            mmap_key(
                "signpost_request_seconds", "signpost_request_seconds_bucket", ["route", "le"], [route, "0.005"], ""
            )
        )
        for route in every
        for _ in range(len(counted.SECONDS) + 2)
    )
    assert counters < shared.ROOM["counter"] * 0.9
    assert histograms < shared.ROOM["histogram"] * 0.9
