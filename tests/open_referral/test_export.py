"""The same data as files, for an assistant, and back again by our own import."""

import asyncio
import csv
import io
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import orjson
import pytest
from click.testing import CliRunner, Result
from mcp import Client as Assistant

from tests.support.corpus import Corpus
from tests.support.open_referral import ORACLES, faults
from webapp.cli.export_oruk import export_oruk
from webapp.cli.mcp import server
from webapp.library.generation.reader import Reader
from webapp.library.open_referral import catalogue, export
from webapp.library.open_referral.shapes import SHAPES


def published(directory: Corpus, today: date, without: str = "") -> list[dict[str, Any]]:
    held = catalogue.of(directory.read())
    return [json.loads(line) for line in export.lines(held, export.chosen(held, today, without))]


@pytest.fixture(scope="module")
def package(directory: Corpus, today: date) -> dict[str, bytes]:
    held = catalogue.of(directory.read())
    return dict(export.tables(held, export.chosen(held, today)))


def rows(package: dict[str, bytes], table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(package[f"{table}.csv"].decode())))


def run(directory: Corpus, *arguments: str) -> Result:
    """`signpost content export oruk …` of the directory."""
    return CliRunner().invoke(export_oruk, arguments, env={"SIGNPOST_INDEX_DIR": str(directory.index_dir)})


def test_the_command_writes_json_lines_and_tables(directory: Corpus, tmp_path: Path):
    done = run(directory, str(tmp_path / "all.json"))
    whole = json.loads((tmp_path / "all.json").read_text())
    assert f"{whole['total_items']} services are in" in done.stderr
    assert whole["size"] == len(whole["contents"]) == whole["total_items"]
    lines = run(directory, "--format", "ndjson")
    assert [json.loads(line) for line in lines.stdout.splitlines()] == whole["contents"]
    run(directory, "--format", "csv", str(tmp_path / "package"))
    assert (tmp_path / "package" / "datapackage.json").is_file()
    unnamed = run(directory, "--format", "csv")
    assert unnamed.exit_code == 2
    assert "folder" in unnamed.stderr


def test_a_feed_gets_its_neighbours_and_not_its_own(directory: Corpus, today: date):
    everything = {service["name"] for service in published(directory, today)}
    others = {service["name"] for service in published(directory, today, "North Town")}
    assert everything - others == {"Tea in North Town"}
    wrong = run(directory, "--without", "Nowhere")
    assert wrong.exit_code == 2
    assert "North Town" in wrong.stderr


@pytest.mark.parametrize("against", ORACLES)
def test_exported_records_are_valid(directory: Corpus, today: date, against: str):
    assert not [fault for service in published(directory, today) for fault in faults(service, "service", against)]


def test_every_table_is_described_and_every_link_leads_somewhere(package: dict[str, bytes]):
    described = json.loads(package["datapackage.json"])
    assert {resource["path"] for resource in described["resources"]} == set(package) - {"datapackage.json"}
    tables = {shape.table: rows(package, shape.table) for shape in SHAPES.values() if f"{shape.table}.csv" in package}
    ids = {table: {row["id"] for row in found} for table, found in tables.items()}
    linked = 0
    for resource in described["resources"]:
        found = tables[resource["name"]]
        assert [field["name"] for field in resource["schema"]["fields"]] == list(found[0])
        assert len({row["id"] for row in found}) == len(found)
        for column in found[0]:
            shape = SHAPES.get(column.removesuffix("_id")) if column.endswith("_id") else None
            for row in found if shape else ():
                assert not row[column] or row[column] in ids[shape.table], f"{resource['name']}.{column}"
                linked += bool(row[column])
    assert linked > 50


def test_tables_hold_what_the_records_hold(package: dict[str, bytes], directory: Corpus, today: date):
    services = published(directory, today)
    assert {row["name"] for row in rows(package, "services")} == {service["name"] for service in services}
    (choir,) = [row for row in rows(package, "services") if row["name"] == "Evening choir"]
    phones = {row["number"]: row for row in rows(package, "phones")}
    contacts = {row["id"]: row for row in rows(package, "contacts")}
    leader = contacts[phones["0161 496 0200"]["contact_id"]]
    assert leader["service_id"] == choir["id"]
    caretaker = contacts[phones["0161 496 0201"]["contact_id"]]
    assert caretaker["service_at_location_id"] in {row["id"] for row in rows(package, "service_at_location")}
    office = contacts[phones["0161 496 0202"]["contact_id"]]
    assert office["organization_id"] == choir["organization_id"]


def asked(directory: Corpus, *calls: tuple[str, dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """What an assistant is answered, by the protocol itself."""

    async def talk() -> list[dict[str, Any]]:
        made = server(Reader(directory.index_dir), "https://signpost.example")
        async with Assistant(made) as assistant:
            return [orjson.loads((await assistant.call_tool(*call)).content[0].text) for call in calls]

    # In a thread of its own: a process that has driven a browser has a loop in its main one.
    with ThreadPoolExecutor(1) as thread:
        yield from thread.submit(lambda: asyncio.run(talk())).result()


def test_an_assistant_finds_what_is_published_and_can_cite_it(directory: Corpus):
    (found,) = asked(directory, ("search_directory", {"words": "choir in the evening", "near": "M22"}))
    first = found["results"][0]
    assert first["name"] == "Evening choir"
    assert first["cite"]["link"] == "https://signpost.example/directory/choir"
    assert first["miles"] > 0
    (listing,) = asked(directory, ("get_listing", {"id": first["id"]}))
    assert listing["listing"]["contacts"][0]["phones"][0]["number"] == "0161 496 0200"


def test_an_assistant_never_hears_of_what_is_not_published(directory: Corpus):
    calls = [("search_directory", {"words": word, "limit": 25}) for word in ("zebrafinch", "refuge", "group", "")]
    told = orjson.dumps(list(asked(directory, *calls))).decode()
    assert "Harbour project" in told
    assert "zebrafinch" not in told.lower()
    hidden = [directory.read().stored(row).id for row, path in directory.read().listings().items() if "hidden" in path]
    for answer in asked(directory, *(("get_listing", {"id": identity}) for identity in hidden)):
        assert "No published listing" in answer["error"]


def test_a_postcode_that_nobody_knows_is_told_to_the_assistant(directory: Corpus):
    (answer,) = asked(directory, ("search_directory", {"words": "tea", "near": "ZZ9 9ZZ"}))
    assert "ZZ9 9ZZ" in answer["error"]


def test_what_an_assistant_says_that_nothing_can_use_is_told(directory: Corpus):
    """mcp 2.3.0 drops an argument that it does not know: its results would pass for near."""

    async def talk() -> tuple[Any, str]:
        async with Assistant(server(Reader(directory.index_dir), "")) as assistant:
            answer = await assistant.call_tool("search_directory", {"words": "tea", "postcode": "M22"})
            schemas = [tool.input_schema for tool in (await assistant.list_tools()).tools]
            return schemas, answer.content[0].text if answer.is_error else ""

    with ThreadPoolExecutor(1) as thread:
        schemas, told = thread.submit(lambda: asyncio.run(talk())).result()
    assert "postcode" in told
    assert "not permitted" in told
    assert [schema["additionalProperties"] for schema in schemas] == [False, False]
    (answer,) = asked(directory, ("search_directory", {"words": "tea", "within_miles": 2}))
    assert "from a postcode" in answer["error"]
