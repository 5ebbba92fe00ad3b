"""`signpost content import oruk ADDRESS`: what an editor types, and what they are told."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.feeds.server import Asked, Directory
from webapp.cli import feed_address
from webapp.cli.content_group import content
from webapp.library.feeds import client, state

Run = Callable[..., Result]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "content").mkdir()
    return tmp_path / "content"


@pytest.fixture
def run(home: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("SIGNPOST_CONTENT_DIR", str(home))
    monkeypatch.setenv("SIGNPOST_STATE_DIR", str(home.parent / "state"))
    monkeypatch.setenv("SIGNPOST_INDEX_DIR", str(home.parent / "index"))
    monkeypatch.setattr(client, "WAITS", ())
    monkeypatch.setattr("webapp.library.feeds.client.Asker._pause", lambda asker: None)
    return lambda *words: CliRunner().invoke(content, ["import", "oruk", *map(str, words)])


def listings(home: Path) -> list[str]:
    return sorted(path.stem for path in (home / "assets").rglob("*.md"))


def test_a_feed_is_brought_in_from_its_address(run: Run, home: Path, directory: Directory):
    result = run(directory.address, "--name", "North Town", "--allow-network", "127.0.0.1")
    assert result.exit_code == 0, result.output
    assert "5 services in the feed North Town." in result.output
    assert listings(home) == [f"tea-and-talk-{n}" for n in range(1, 6)]
    assert directory.asked[0].headers["User-Agent"].startswith("Signpost feed reader/")


def test_an_address_of_our_own_network_must_be_named(run: Run, home: Path, directory: Directory):
    result = run(directory.address, "--name", "North Town")
    assert result.exit_code == 1
    assert "Nothing was brought in." in result.output
    assert "private network" in result.output
    assert (directory.asked, listings(home)) == ([], [])


def test_two_readings_of_one_feed_do_not_get_in_each_others_way(run: Run, home: Path, directory: Directory):
    with state.alone(home.parent / "index", "north-town"):
        result = run(directory.address, "--name", "North Town", "--allow-network", "127.0.0.1")
    assert result.exit_code == 1
    assert "Another process reads this feed just now" in result.output
    assert directory.asked == []


def test_a_setting_names_the_networks_too(run: Run, home: Path, directory: Directory, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SIGNPOST_FEED_NETWORKS", "10.20.0.0/16, 127.0.0.1")
    assert run(directory.address, "--name", "North Town").exit_code == 0
    monkeypatch.setenv("SIGNPOST_FEED_NETWORKS", "here")
    result = run(directory.address, "--name", "North Town")
    assert result.exit_code == 2
    assert "SIGNPOST_FEED_NETWORKS" in result.output


@pytest.mark.parametrize("words", [["ftp://example.org/services"], ["file:///etc/hosts"]])
def test_other_kinds_of_address_are_refused(run: Run, words: list[str]):
    assert run(*words, "--name", "North Town").exit_code == 2


def test_a_feed_that_breaks_off_changes_nothing(run: Run, home: Path, directory: Directory):
    def read() -> Result:
        return run(directory.address, "--name", "North Town", "--allow-network", "127.0.0.1", "--remove-missing")

    read()
    directory.services = directory.services[:1]
    directory.answer = lambda asked: asked.send(500)
    before = {path: path.read_text() for path in home.rglob("*.md")}
    result = read()
    assert result.exit_code == 1
    assert "answers 500" in result.output
    assert {path: path.read_text() for path in home.rglob("*.md")} == before


def test_where_nothing_changed_since_it_says_so(run: Run, home: Path, directory: Directory):
    words = (directory.address, "--name", "North Town", "--allow-network", "127.0.0.1")
    run(*words)

    def answer(asked: Asked) -> object:
        empty = {"total_items": 0, "total_pages": 0, "contents": []}
        return empty if "modified_after" in asked.query else directory.page(asked)

    directory.answer = answer
    result = run(*words, "--changes")
    assert result.exit_code == 0
    assert "Nothing in the feed North Town has changed since" in result.output


def test_what_is_no_feed_is_refused_in_words(run: Run, home: Path, directory: Directory):
    directory.answer = lambda asked: b"<html>Not here</html>"
    result = run(directory.address, "--name", "North Town", "--allow-network", "127.0.0.1")
    assert result.exit_code == 1
    assert result.output.startswith("Nothing was brought in.")
    assert listings(home) == []


def test_a_feed_is_called_after_its_address():
    named = {
        "https://api.north-town.gov.uk/open-referral/v3": "North Town",
        "https://openreferral.south.org.uk": "South",
    }
    assert {address: feed_address.name_of(address) for address in named} == named
