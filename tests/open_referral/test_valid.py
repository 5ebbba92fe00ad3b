"""Every answer is what the standard says it is, and what we say it is, in every fullness and on every page."""

import re
import uuid
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import orjson
import pytest

from tests.support import open_referral as oracle
from tests.support.client import Client
from tests.support.open_referral import API, ONE, ORACLES

pytestmark = pytest.mark.reads_only
Ask = Callable[..., Any]
WAYS = [
    ("services", {}), ("services", {"full": "true"}), ("services", {"extended": "true"}),
    ("organizations", {}), ("organizations", {"full": "true"}), ("organizations", {"full_service": "true"}),
    ("taxonomies", {}), ("taxonomy_terms", {}), ("taxonomy_terms", {"top_only": "true"}),
    ("service_at_locations", {}), ("service_at_locations", {"full": "true"}),
    ("service_at_locations", {"postcode": "M22", "proximity": "5000"}),
]  # fmt: skip


@pytest.mark.parametrize("against", ORACLES)
def test_every_record_of_every_list_is_valid(ask: Ask, against: str):
    for path, parameters in WAYS:
        records = ask(f"/{path}", per_page=1000, **parameters)["contents"]
        assert records, f"{path} {parameters} has nothing to look at"
        wrong = [fault for record in records for fault in oracle.faults(record, ONE[path], against)]
        assert not wrong, f"{path} {parameters}: {wrong[:5]}"


@pytest.mark.parametrize("against", ORACLES)
def test_every_record_by_its_id_is_valid(ask: Ask, against: str):
    for path, shape in ONE.items():
        for record in ask(f"/{path}", per_page=1000)["contents"]:
            whole = ask(f"/{path}/{record['id']}")
            assert whole["id"] == record["id"]
            assert not oracle.faults(whole, shape, against)


@pytest.mark.parametrize("against", ORACLES)
def test_the_whole_real_content_is_valid(content, against: str):
    """Not through the interface: the records as they stand ready, in each fullness."""
    from webapp.library.open_referral import edition

    held = edition.of(content)
    for stream in ("pure", "whole", "brief"):
        wrong = [fault for row in held[stream] for fault in oracle.faults(orjson.loads(row), "service", against)]
        assert not wrong, f"{stream}: {wrong[:5]}"
    assert len(held) > 0


@pytest.mark.parametrize("against", ORACLES)
def test_the_required_endpoints_have_no_property_that_the_profile_does_not_declare(ask: Ask, against: str):
    for record in ask("/services", per_page=1000)["contents"]:
        assert not list(oracle.undeclared(record, "service", against))
        assert not list(oracle.undeclared(ask(f"/services/{record['id']}"), "service", against))
    extended = ask("/services", extended="true", search="evening choir")["contents"][0]
    assert "contact.phones" in set(oracle.undeclared(extended, "service", against))


def test_our_own_fields_are_declared_and_marked_as_ours(ask: Ask):
    schemas = ask("/openapi.json")["components"]["schemas"]
    assert schemas["contact"]["properties"]["phones"]["x-beyond-profile"] is True
    assert "x-beyond-profile" not in schemas["service"]["properties"]["contacts"]
    assert all(not schema.get("additionalProperties", True) for name, schema in schemas.items() if name != "page")


# A valid record, spoilt in one place each: the check must see it.
SPOILT = [
    ("uuid", "service", lambda r: r.update(id="not-a-uuid")),
    ("email", "service", lambda r: r.update(email="nobody")),
    ("uri", "service", lambda r: r.update(url="www.example.org")),
    ("date-time", "service", lambda r: r.update(last_modified="2026-10-06 09:00")),
    ("enum", "service", lambda r: r.update(status="open")),
    ("freq", "service", lambda r: r["schedules"][0].update(freq="DAILY")),
    ("date", "cost_option", lambda r: r.update(valid_from="6 October 2026")),
    ("day", "service", lambda r: r.update(assured_date="6 October")),
    ("time", "service", lambda r: r["schedules"][0].update(opens_at="7pm")),
    ("required", "organization", lambda r: r.pop("description")),
]


@pytest.mark.parametrize("against", ORACLES)
@pytest.mark.parametrize(("what", "shape", "spoil"), SPOILT, ids=[one[0] for one in SPOILT])
def test_a_fault_of_each_kind_would_be_seen(ask: Ask, against: str, what: str, shape: str, spoil: Callable[[Any], Any]):
    whole = ask("/services", search="evening choir", full="true")["contents"][0]
    record = {"service": whole, "cost_option": whole["cost_options"][0], "organization": whole["organization"]}[shape]
    assert not oracle.faults(record, shape, against)
    spoilt = deepcopy(record)
    spoil(spoilt)
    assert oracle.faults(spoilt, shape, against)


def test_every_id_is_a_uuid_that_names_one_thing(ask: Ask):
    seen: dict[str, set[str]] = {}
    for service in ask("/services", extended="true", per_page=1000)["contents"]:
        parts = list(oracle.identities(service))
        own = [identity for identity, part in parts if "taxonomy" not in part and "description" not in part]
        assert len(own) == len(set(own)), "two parts of one service have one id"
        for identity, part in parts:
            assert str(uuid.UUID(identity)) == identity
            seen.setdefault(identity, set()).add(str(sorted(part.keys() - {"parent_id"})))
    shapes = {identity: kinds for identity, kinds in seen.items() if len(kinds) > 1}
    assert not shapes, "one id stands for things of two kinds"


def test_what_is_referred_to_is_there(ask: Ask):
    terms = {term["id"]: term for term in ask("/taxonomy_terms", per_page=1000)["contents"]}
    organizations = {record["id"] for record in ask("/organizations", per_page=1000)["contents"]}
    for service in ask("/services", full="true", per_page=1000)["contents"]:
        assert service["organization_id"] == service["organization"]["id"]
        assert service["organization_id"] in organizations
        at = {place["id"] for place in service.get("service_at_locations", [])}
        timed = [schedule.get("service_at_location_id") for schedule in service.get("schedules", [])]
        assert {place for place in timed if place} <= at
        for attribute in service.get("attributes", []):
            assert terms[attribute["taxonomy_term_id"]] == attribute["taxonomy_term"]
    for term in terms.values():
        assert term.get("parent_id", term["id"]) in terms


@pytest.mark.parametrize("path", ONE)
def test_the_envelope_adds_up_on_every_page(ask: Ask, path: str):
    total = ask(f"/{path}")["total_items"]
    assert total > 1
    pages = -(-total // 3)
    ids = []
    for number in range(1, pages + 2):
        page = ask(f"/{path}", page=number, per_page=3)
        ids += [record["id"] for record in page["contents"]]
        assert page["total_items"] == total
        assert page["total_pages"] == pages
        assert page["page_number"] == number
        assert page["size"] == len(page["contents"]) == max(0, min(3, total - 3 * (number - 1)))
        assert page["first_page"] == (number == 1)
        assert page["last_page"] == (number >= pages)
        assert page["empty"] == (number > pages)
    assert len(ids) == len(set(ids)) == total


def test_an_empty_list_is_empty(ask: Ask):
    page = ask("/services", search="nothingiscalledthis")
    assert (page["total_items"], page["total_pages"], page["size"], page["contents"]) == (0, 0, 0, [])
    assert page["empty"]
    assert page["first_page"]
    assert page["last_page"]


def test_the_version_is_said_in_every_place_that_a_validator_looks(ask: Ask):
    about, document = ask("/"), ask("/openapi.json")
    said = [about["version"], document["version"], document["x-hsds-version"], document["info"]["version"]]
    assert {*said, document["info"]["x-hsds-version"]} == {"HSDS-UK-3.0"}
    assert about["openapi_url"].endswith(f"{API}/openapi.json")


def test_lines_are_the_same_records_as_the_pages(ask: Ask, client: Client):
    for path in ONE:
        lines = client.get(f"{API}/{path}?format=ndjson").data.splitlines()
        assert [orjson.loads(line) for line in lines] == ask(f"/{path}", per_page=1000)["contents"]


def test_nothing_is_null_or_empty(ask: Ask):
    text = orjson.dumps(ask("/services", extended="true", per_page=1000)["contents"]).decode()
    assert not re.findall(r"\":(?:null|\"\"|\[\]|\{\})", text)
