"""The ledger: every path of a feed that held a value and was not used, with its count."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.library.importing import MATCHER, TODAY, feed, service
from webapp.cli.content_group import content as command
from webapp.library.importing.feed import read
from webapp.library.importing.ledger import Ledger, watched
from webapp.library.importing.notes import Notes
from webapp.library.importing.oruk import listing
from webapp.library.importing.tagging import Feed


def unread(*services: dict[str, Any]) -> dict[str, int]:
    ledger = Ledger()
    for given in services:
        listing(given, Feed("North Town", MATCHER, Notes(), TODAY, ledger=ledger))
    return dict(ledger.unread)


def test_a_path_that_nobody_asks_for_is_counted_with_its_values() -> None:
    more = {"mood": "2 weeks", "grants": [{"source": "Lottery"}, {"source": "Council"}], "tags": ["a", "b", " "]}
    found = unread(service(1, **more), service(2, mood="none", grants=None, tags=[], plan={}))
    assert found["mood"] == 2
    assert found["grants[].source"] == 2
    assert found["tags[]"] == 2
    assert "plan" not in found


def test_what_is_used_is_not_in_it() -> None:
    found = unread(service(1, alert="Ring first", schedules=[{"byday": "MO", "opens_at": "10:00"}]))
    assert found == {}


def test_what_is_used_only_where_something_else_lacks_is_in_it_where_it_was_not() -> None:
    given = {"website": "https://org.example.org", "url": "https://other.example.org"}
    assert unread(service(1, organization={"name": "Org", **given})) == {"organization.url": 1}
    assert unread(service(2, organization={"name": "Org", "url": given["url"]})) == {}


@pytest.mark.parametrize(
    ("more", "path"),
    [
        ({"service_at_locations": [{"location": {"bus": "41"}}]}, "service_at_locations[].location.bus"),
        ({"phones": [{"number": "0161 496 0111", "priority": 1}]}, "phones[].priority"),
        ({"a b\n": {"c": False}}, "a_b_.c"),
        ({"costOptions": [{"vat": 5}]}, "costOptions[].vat"),
        ({"organisation": {"name": "Org", "mood": "good"}}, "organisation.mood"),
        ({"locations": [{"geometry": {"type": "Point", "srid": 4326}}]}, "locations[].geometry.srid"),
        ({"matrix": [[{"x": 1}], [{"x": 2}]]}, "matrix[][].x"),
    ],
)  # fmt: skip
def test_a_path_says_where_the_value_stands(more: dict[str, Any], path: str) -> None:
    assert path in unread(service(1, **more))


def test_to_look_for_what_must_stay_secret_is_not_to_read() -> None:
    found = unread(service(1, attributes=[{"name": "Carers", "value": "yes", "label": "who"}]))
    assert found["attributes[].value"] == 1
    assert "attributes[].name" not in found
    hidden = {"location": {"name": "Hall", "addresses": [{"address_1": "1 Road"}], "mask_exact_address": True}}
    assert not any("mask" in path for path in unread(service(1, service_at_locations=[hidden])))


def test_what_an_envelope_says_besides_is_in_it(tmp_path: Path) -> None:
    source = {
        "total_items": 1,
        "contents": [service(1)],
        "organizations": [{"name": "A"}, {"name": "B"}],
        "licence": "OGL",
    }
    (tmp_path / "feed.json").write_text(json.dumps(source))
    assert read(tmp_path / "feed.json").ledger.lines() == [
        "not read: envelope.licence 1",
        "not read: envelope.organizations[].name 2",
    ]


def test_to_look_through_values_is_not_to_read_them() -> None:
    node = watched({"a": 1, "b": {"c": 2}})
    assert [*node.values(), *node.items()]
    node.get("a")
    ledger = Ledger()
    ledger.add(node)
    assert dict(ledger.unread) == {"b.c": 1}


def run(home: Path, monkeypatch: pytest.MonkeyPatch, *words: Any) -> Any:
    home.mkdir(exist_ok=True)
    monkeypatch.setenv("SIGNPOST_CONTENT_DIR", str(home))
    monkeypatch.setenv("SIGNPOST_STATE_DIR", str(home.parent / "state"))
    return CliRunner().invoke(command, ["import", "oruk", *map(str, words)])


@pytest.mark.parametrize("dry", [[], ["--dry-run"]])
def test_the_ledger_stands_on_the_terminal_and_in_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dry: list[str]
) -> None:
    source = feed(tmp_path, service(1, mood="2 weeks"), service(2, mood="a month"))
    result = run(tmp_path / "content", monkeypatch, source, *dry)
    assert result.exit_code == 0
    assert "not read: mood 2\n" in result.output
    file = tmp_path / "state" / "imports" / "north-town.txt"
    assert str(file) in result.output
    assert "not read: mood 2\n" in file.read_text()
    assert "2 weeks" not in file.read_text()  # what is not read is often about people


def test_where_everything_was_read_that_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result = run(tmp_path / "content", monkeypatch, feed(tmp_path, service(1, organization={"name": "Org"})))
    assert "Everything in the feed was read." in result.output


def test_the_file_cuts_nothing_short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = [service(n, phones=[{"number": f"0161 496 {n:04}", "type": "fax"}]) for n in range(1, 31)]
    result = run(tmp_path / "content", monkeypatch, feed(tmp_path, *closed), "--report", tmp_path / "told.txt")
    assert "Tea and talk 30: 0161 496 0030" not in result.output
    assert "Tea and talk 30: 0161 496 0030" in (tmp_path / "told.txt").read_text()


def test_a_report_that_cannot_be_written_is_told_and_undoes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "state").write_text("a file where a folder should be")
    result = run(tmp_path / "content", monkeypatch, feed(tmp_path, service(1)))
    assert result.exit_code == 0
    assert "The report could not be written" in result.output
    assert len(list((tmp_path / "content").rglob("*.md"))) == 1


def test_a_dry_run_prints_every_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(tmp_path / "content", monkeypatch, feed(tmp_path, *(service(n) for n in range(1, 31))))
    changed = feed(tmp_path, *(service(n, email=f"new{n}@example.org") for n in range(1, 31)))
    result = run(tmp_path / "content", monkeypatch, changed, "--dry-run")
    assert "30 would be changed" in result.output
    for n in range(1, 31):
        assert f"contacts: + email new{n}@example.org" in result.output
    assert "new1@" not in "".join(path.read_text() for path in (tmp_path / "content").rglob("*.md"))


def test_a_part_of_a_feed_is_told_and_deletes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "feed.json").write_text(json.dumps({"total_items": 300, "contents": [service(n) for n in range(50)]}))
    result = run(tmp_path / "content", monkeypatch, tmp_path / "feed.json", "--remove-missing")
    assert result.exit_code == 1
    assert "50 of 300 services" in result.output
    result = run(tmp_path / "content", monkeypatch, tmp_path / "feed.json")
    assert "This is part of the feed: 50 of 300 services came." in result.output


@pytest.mark.parametrize("source", ["ftp://example.org/services", "nowhere.json"])
def test_an_address_or_a_file_that_is_not_there_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str
) -> None:
    result = run(tmp_path / "content", monkeypatch, source)
    assert result.exit_code == 2
    assert "is not an address by https or http" in result.output or "is not a file" in result.output
