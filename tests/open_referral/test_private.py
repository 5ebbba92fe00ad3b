"""What is for staff stays with staff: in no answer, no file, no log, nor in what the interface is served from."""

import io
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest

from tests.open_referral.conftest import CANARY
from tests.support.client import Client
from tests.support.corpus import Corpus
from tests.support.open_referral import API, ONE
from webapp.library.open_referral import catalogue, export
from webapp.library.open_referral.edition import FOLDER

pytestmark = pytest.mark.reads_only
Ask = Callable[..., Any]
WAYS = ("", "?full=true", "?format=ndjson")
FULLER = {"services": ("?extended=true", "?minimal=true"), "organizations": ("?full_service=true",)}


def test_a_word_that_only_staff_may_read_is_in_no_answer(
    client: Client, ask: Ask, caplog: pytest.LogCaptureFixture, directory: Corpus
):
    caplog.set_level(logging.DEBUG)
    asked = 0
    for path in ONE:
        has_full = path in {"services", "organizations", "service_at_locations"}
        ways = [way for way in WAYS if has_full or way != "?full=true"]
        for way in (*ways, *FULLER.get(path, ())):
            answer = client.get(f"{API}/{path}{way}{'&' if way else '?'}per_page=1000", 200).text.lower()
            assert CANARY.lower() not in answer, f"{path}{way}"
            asked += 1
        for record in ask(f"/{path}", per_page=1000)["contents"]:
            assert CANARY not in client.get(f"{API}/{path}/{record['id']}").text
    assert asked > 15
    assert CANARY.lower() not in caplog.text.lower()
    assert CANARY in (directory.content / "assets/citywide/choir.md").read_text(), "the word is there to be leaked"


def test_nor_in_what_the_interface_is_served_from(directory: Corpus, ask: Ask):
    ask("/services")
    files = [path for path in (directory.index_dir / FOLDER).rglob("*") if path.is_file()]
    assert len(files) > 10
    leaking = [path.name for path in files if CANARY.lower().encode() in path.read_bytes().lower()]
    assert not leaking
    assert all(path.stat().st_mode & 0o077 == 0 for path in files[0].parents if path == directory.index_dir / FOLDER)


def test_nor_in_any_file_that_is_exported(directory: Corpus, today, tmp_path: Path):
    held = catalogue.of(directory.read())
    numbers = export.chosen(held, today)
    export.write_tables(tmp_path, held, numbers)
    written = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    whole = b"".join(export.one_object(held, numbers)) + b"".join(export.lines(held, numbers)) + written
    assert b"Evening choir" in whole
    assert CANARY.lower().encode() not in whole.lower()


def test_a_search_cannot_feel_for_it(ask: Ask):
    assert ask("/services", search=CANARY)["total_items"] == 0
    assert ask("/organizations", search=CANARY)["total_items"] == 0


def test_a_listing_that_is_not_published_has_no_address(client: Client, directory: Corpus, unhurried: None):
    hidden = [path for path in directory.read().listings().values() if "hidden-" in path]
    assert len(hidden) == 3
    for row, path in directory.read().listings().items():
        status = 404 if path in hidden else 200
        client.get(f"{API}/services/{directory.read().stored(row).id}", status)


def test_a_secret_place_is_nowhere_and_whom_to_ring_for_the_service_stays(ask: Ask):
    found = ask("/services", search="harbour", extended="true")["contents"]
    (refuge,) = found
    assert "service_at_locations" not in refuge
    assert "service_areas" not in refuge
    assert not [a for a in refuge.get("attributes", []) if a["link_type"] == "place"]
    assert [contact["name"] for contact in refuge["contacts"]] == ["Helpline"]
    text = orjson.dumps(refuge).decode() + orjson.dumps(ask(f"/services/{refuge['id']}")).decode()
    for secret in ("M13", "53.46", "Ardwick", "0161 496 0301", "House"):
        assert secret not in text
    assert refuge["schedules"][0]["byday"] == "MO"
    assert "service_at_location_id" not in refuge["schedules"][0]
    near = ask("/service_at_locations", postcode="M13", proximity=500_000)["contents"]
    assert refuge["id"] not in {place["service_id"] for place in near}


def test_links_into_this_site_are_told_as_words(ask: Ask):
    (choir,) = ask("/services", search="evening choir", full="true")["contents"]
    assert "See our page and theirs (https://choir.example.org)." in choir["description"]


def test_a_record_of_somebody_else_says_whose_it_is(ask: Ask):
    (tea,) = ask("/services", search="tea in north town", full="true")["contents"]
    (source,) = [one["taxonomy_term"] for one in tea["attributes"] if one["link_type"] == "source"]
    assert (source["name"], source["taxonomy"]) == ("North Town", "Source of the record")
    assert ask("/services", taxonomy_term_id=source["id"])["total_items"] == 1
    assert ask(f"/taxonomy_terms/{source['id']}") == source


def test_a_harvester_is_logged_by_its_path_alone(client: Client, unhurried: None, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    client.get(f"{API}/services?search=somebodyunlikely&postcode=M22%209ZA", 400)
    client.get(f"{API}/services?search=somebodyunlikely")
    told = io.StringIO()
    told.write(caplog.text)
    assert "/open-referral/v3/services" in told.getvalue()
    assert "somebodyunlikely" not in told.getvalue()
    assert "9ZA" not in told.getvalue()
