"""How the interface behaves: off until switched on, kind to caches and browsers, patient with nobody for ever."""

import gzip
from dataclasses import replace
from datetime import date
from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner
from flask import Flask

from tests.support.client import Client
from tests.support.corpus import Corpus
from tests.support.open_referral import API, ONE
from webapp.cli.content import build
from webapp.config.settings import SettingsError, load
from webapp.library.generation.origin import LastCommit, Origin
from webapp.library.open_referral import edition
from webapp.open_referral.rate import Rate

pytestmark = pytest.mark.reads_only


def test_it_is_off_until_it_is_switched_on(client: Client, app: Flask):
    app.extensions["signpost.settings"] = replace(app.extensions["signpost.settings"], open_referral=False)
    nothing = client.get("/no-such-page", 404)
    for path in ("/open-referral", API, f"{API}/", *(f"{API}/{name}" for name in (*ONE, "openapi.json", "x/y"))):
        answer = client.get(path, 404)
        assert answer.words == nothing.words
        assert "Access-Control-Allow-Origin" not in answer.headers
    env = {"SIGNPOST_DEMO": "1"}
    assert load(env).open_referral is False
    assert load(env | {"SIGNPOST_OPEN_REFERRAL": "1"}).open_referral is True
    with pytest.raises(SettingsError, match="SIGNPOST_OPEN_REFERRAL"):
        load(env | {"SIGNPOST_OPEN_REFERRAL": "perhaps"})


def test_what_has_not_changed_is_not_sent_again(client: Client, unhurried: None):
    for path in ("/services", "/services?full=true&page=2", "/openapi.json", "/taxonomies", "/services?format=ndjson"):
        first = client.get(f"{API}{path}")
        tag = first.headers["ETag"]
        again = client.get(f"{API}{path}", 304, headers={"If-None-Match": tag})
        assert not again.data
        assert again.headers["ETag"] == tag
        assert "no-cache" in first.headers["Cache-Control"]
    other = client.get(f"{API}/services?per_page=2").headers["ETag"]
    assert other != client.get(f"{API}/services").headers["ETag"]


def test_long_answers_are_packed_for_who_can_unpack_them(client: Client, unhurried: None):
    for path in ("/services?full=true", "/services?format=ndjson"):
        plain = client.get(f"{API}{path}")
        packed = client.get(f"{API}{path}", headers={"Accept-Encoding": "gzip"})
        assert packed.headers["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in packed.headers["Vary"]
        assert gzip.decompress(packed.data) == plain.data
        assert len(packed.data) < len(plain.data) / 3
        assert packed.headers["ETag"] != plain.headers["ETag"]


def test_any_page_on_the_web_may_read_it_and_its_refusals(client: Client, unhurried: None):
    for path, status in (("/", 200), ("/services", 200), ("/services?page=0", 400), ("/services/x", 404), ("/y", 404)):
        assert client.get(f"{API}{path}", status).headers["Access-Control-Allow-Origin"] == "*"
    asked_first = client.http.options(f"{API}/services", headers={"Origin": "https://example.org"})
    assert asked_first.status_code == 200
    assert asked_first.headers["Access-Control-Allow-Headers"] == "If-None-Match"
    assert client.http.post(f"{API}/services").status_code in {400, 403, 405}


def test_who_asks_too_often_is_told_how_long_to_wait(client: Client, app: Flask, tmp_path: Path):
    rate = app.extensions["signpost.open_referral.rate"] = Rate(tmp_path, most=3)
    for _ in range(3):
        client.get(f"{API}/")
    answer = client.get(f"{API}/services", 429)
    assert 0 < int(answer.headers["Retry-After"]) <= 60
    assert answer.headers["Retry-After"] in orjson.loads(answer.data)["detail"]
    client.get("/open-referral", 200)
    elsewhere = client.http.get(f"{API}/", environ_overrides={"REMOTE_ADDR": "192.0.2.7"})
    assert elsewhere.status_code == 200
    rate.close()
    del app.extensions["signpost.open_referral.rate"]


def test_all_processes_count_together(tmp_path: Path):
    here, there = Rate(tmp_path, most=3), Rate(tmp_path, most=3)
    now = 1_800_000_000.0
    assert [rate.count("ab" * 32, now).wait for rate in (here, there, here)] == [0, 0, 0]
    assert there.count("ab" * 32, now).wait == 60
    assert there.count("cd" * 32, now).wait == 0
    assert here.count("ab" * 32, now + 60).wait == 0
    here.close()
    there.close()


def test_of_several_machines_each_lets_through_its_share(tmp_path: Path):
    rate, now = Rate(tmp_path, most=6), 1_800_000_000.0
    assert [rate.count("ab" * 32, now, lambda: 3).wait for _ in range(3)] == [0, 0, 60]
    assert [rate.count("ab" * 32, now + 60, lambda: 0).wait for _ in range(3)] == [0, 0, 0]
    rate.close()


def test_the_page_for_people_says_what_it_is_how_to_use_it_and_under_what_licence(client: Client, ask):
    page = client.get("/open-referral", 200)
    assert page.h1 == "Open data"
    assert f"{ask('/services')['total_items']} services are published now" in page.words
    assert "OGL v3.0" in page.words
    assert {"https://example.org/ogl", f"http://localhost{API}/openapi.json"} <= set(page.links())


def test_ids_stay_when_the_content_is_built_again_elsewhere(directory: Corpus, today: date, tmp_path: Path):
    copy = Corpus(tmp_path / "copy")
    for path in directory.content.rglob("*"):
        if path.is_file():
            copy.write(path.relative_to(directory.content).as_posix(), path.read_bytes())
    copy.build(today=today)
    mine, theirs = (edition.of(corpus.read()) for corpus in (directory, copy))
    without_time = [[{**orjson.loads(row), "last_modified": ""} for row in held["whole"]] for held in (mine, theirs)]
    assert without_time[0] == without_time[1]


def test_only_what_changed_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    corpus = Corpus(tmp_path, assets=3)
    corpus.write("site.yml", "name: S\norganisation: C\nopen_referral: {publish: all}\n")
    corpus.build()
    edition.of(corpus.read())
    made: list[str] = []
    original = edition.made_of
    monkeypatch.setattr(edition, "made_of", lambda page, *more: made.append(page.slug) or original(page, *more))
    corpus.asset("walking-group-1", title="Another name")
    corpus.build()
    held = edition.of(corpus.read())
    assert made == ["walking-group-1"]
    assert sorted(orjson.loads(row)["name"] for row in held["brief"]) == [
        "Another name", "Walking group 0", "Walking group 2",
    ]  # fmt: skip
    corpus.asset("choir", activities=["music-and-singing"])
    corpus.build()
    edition.of(corpus.read())
    made.clear()
    words = (corpus.content / "vocabulary" / "activities.yml").read_text()
    corpus.write("vocabulary/activities.yml", words.replace("label: Music and singing", "label: Bramble songs"))
    corpus.build()
    assert b"Bramble songs" in b"".join(edition.of(corpus.read())["whole"])
    assert made == ["choir"], "only it has the label that changed"
    corpus.write("site.yml", "name: S\norganisation: C\nopen_referral: {publish: marked}\n")
    corpus.build()
    assert len(edition.of(corpus.read())) == 0


def test_a_listing_is_published_by_its_own_mark_where_the_site_says_marked(tmp_path: Path):
    corpus = Corpus(tmp_path, assets=1)
    corpus.asset("marked", publish=True)
    corpus.build()
    assert [orjson.loads(row)["name"] for row in edition.of(corpus.read())["brief"]] == ["Marked"]


def test_a_build_writes_what_is_published_so_that_nobody_waits(tmp_path: Path):
    corpus = Corpus(tmp_path, assets=1)
    folders = {"SIGNPOST_CONTENT_DIR": str(corpus.content), "SIGNPOST_INDEX_DIR": str(corpus.index_dir)}
    home = corpus.index_dir / edition.FOLDER
    CliRunner().invoke(build, env=folders)
    assert not home.exists()
    CliRunner().invoke(build, env=folders | {"SIGNPOST_OPEN_REFERRAL": "1"})
    assert [path.parent.name.rpartition("-")[0] for path in home.glob("*/about.json")] == [corpus.read().id]


def test_last_modified_is_the_last_commit_of_the_file(tmp_path: Path):
    corpus = Corpus(tmp_path, assets=2)
    corpus.write("site.yml", "name: S\norganisation: C\nopen_referral: {publish: all}\n")
    commit = LastCommit(1_790_000_000)  # seconds
    changes = {"content/assets/citywide/walking-group-1.md": commit}
    corpus.build(origin=lambda: Origin("c" * 40, commit, changes=changes))
    found = {record["name"]: record for record in map(orjson.loads, edition.of(corpus.read())["whole"])}
    assert found["Walking group 1"]["last_modified"] == "2026-09-21T14:13:20.000Z"
    assert found["Walking group 0"]["last_modified"] != found["Walking group 1"]["last_modified"]


def test_a_damaged_edition_is_made_again(tmp_path: Path):
    corpus = Corpus(tmp_path, assets=2)
    corpus.write("site.yml", "name: S\norganisation: C\nopen_referral: {publish: all}\n")
    corpus.build()
    assert len(edition.of(corpus.read())) == 2
    (about,) = (corpus.index_dir / edition.FOLDER).glob("gen-*/about.json")
    about.write_bytes(b"{")
    assert len(edition.of(corpus.read())) == 2
