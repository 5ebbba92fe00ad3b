"""A publisher keeps an address back with a field, an attribute or a word beside it, in whatever dialect of a feed."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.library.importing import converted, service

ADDRESS = {"address_1": "5 Sample Close", "city": "Manchester", "postal_code": "M22 9ZD", "address_type": "physical"}
HALL = {"name": "The Hall", "addresses": [{"address_1": "1 High Road", "postal_code": "M8 9AA"}]}


def at(place: dict[str, Any], *others: dict[str, Any], **beside: Any) -> dict[str, Any]:
    """A service at `place`, with what is said of it there."""
    return service(service_at_locations=[{"location": place, **beside}, *({"location": other} for other in others)])


def house(**more: Any) -> dict[str, Any]:
    return {"name": "Number five", "addresses": [dict(ADDRESS)], **more}


def hidden(given: dict[str, Any]) -> bool:
    """Whether every location is marked, no neighbourhood is told, and the report names the service."""
    made, notes = converted(given)
    marked = [place.get("confidential") for place in made.front["locations"]]
    named = notes.attention.get("looks like a refuge: hidden until an editor decides")
    assert len(set(marked)) == 1, marked
    if marked[0]:
        assert "places" not in made.front
        assert named
        assert named.examples[0].startswith(made.title)
    return marked[0] is True


FLAGS: list[dict[str, Any]] = [
    {"mask_exact_address": True},
    {"mask_exact_address": "true"},
    {"mask_exact_address": 1},
    {"maskExactAddress": "Yes"},
    {"is_confidential": "Y"},
    {"confidential": True},
    {"hide_address": True},
    {"address_hidden": "yes"},
    {"private_address": True},
    {"do_not_publish_address": "true"},
    {"show_address": False},
    {"publish_address": "No"},
    {"display_on_map": False, "show_on_map": "no"},
    {"is_public": False},
    {"address_visibility": "hidden"},
    {"visibility": "private"},
    {"privacy": "Confidential address"},
    {"hidden": True},
    {"visible": "false"},
    {"location_type": "confidential"},
    {"mask_address": "on"},
    {"attributes": [{"label": "Address", "value": "Not to be published"}]},
    {"attributes": [{"label": "sensitive", "value": True}]},
    {"addresses": [ADDRESS | {"public": False}]},
    {"addresses": [ADDRESS | {"attention": "Do not publish"}]},
    {"transportation": "Confidential"},
    {"attributes": [{"label": "confidential", "value": "true"}]},
    {"attributes": [{"label": "Mask exact address", "value": "1"}]},
    {"attributes": [{"label": "Show address", "value": "No"}]},
    {"attributes": [{"label": "Confidential"}]},
    {"attributes": [{"taxonomy_term": {"name": "Confidential address"}}]},
    {"attributes": [{"taxonomy_term": {"name": "Confidential", "taxonomy": "Address visibility"}}]},
    {"attributes": [{"name": "Address", "value": "Withheld"}]},
    {"attributes": ["Confidential location"]},
    {"description": "CONFIDENTIAL - do not publish the address"},
    {"description": "Not to be shown to the public"},
    {"name": "Withheld"},
    {"name": "Private residence"},
    {"alternate_name": "Hidden"},
]


@pytest.mark.parametrize("flag", FLAGS, ids=str)
def test_a_location_that_its_publisher_keeps_back_is_hidden(flag: dict[str, Any]) -> None:
    assert hidden(at(house(**flag)))


@pytest.mark.parametrize("flag", FLAGS, ids=str)
def test_and_no_other_location_with_it(flag: dict[str, Any]) -> None:
    made, _ = converted(at(house(**flag), HALL))
    first, second = made.front["locations"]
    assert first["confidential"] is True
    assert second == {"name": "The Hall", "address": "1 High Road", "postcode": "M8 9AA"}
    assert made.front["places"] == ["cheetham-crumpsall"]


@pytest.mark.parametrize(
    "flag",
    [
        {"mask_exact_address": False},
        {"mask_exact_address": "false"},
        {"confidential": None},
        {"is_confidential": "No"},
        {"show_address": True},
        {"show_on_map": "yes"},
        {"visibility": "public"},
        {"visible": True},
        {"description": "Not open to the public on Sundays. Free private car park."},
        {"name": "Hidden Gem Café"},
        {"accessibility": [{"description": "There is a refuge point on each landing."}]},
        {"face_masks_required": True},
        {"attributes": [{"label": "confidential", "value": "false"}]},
        {"attributes": [{"label": "Confidential advice"}]},
        {"attributes": [{"label": "Parking", "value": "private car park"}]},
        {"name": "The Secret Garden"},
    ],
    ids=str,
)
def test_a_location_that_is_not_kept_back_is_shown(flag: dict[str, Any]) -> None:
    assert not hidden(at(house(**flag)))


def test_what_is_said_of_the_service_at_a_location_is_read_too() -> None:
    assert hidden(at(house(), attributes=[{"label": "confidential", "value": "yes"}]))
    assert hidden(at(house(), description="Address withheld"))


def test_what_is_said_of_the_address_itself_is_read_too() -> None:
    assert hidden(at({"name": "House", "addresses": [ADDRESS | {"attributes": [{"label": "Confidential"}]}]}))
    assert hidden(at({"name": "House", "addresses": [ADDRESS | {"address_2": "(address not for publication)"}]}))


@pytest.mark.parametrize(
    "tags",
    [
        {"attributes": [{"taxonomy_term": {"name": "Refuge"}}]},
        {"attributes": [{"taxonomy_term": {"name": "Housing > Women's refuges"}}]},
        {"attributes": [{"label": "Service type", "value": "Domestic abuse refuge"}]},
        {"taxonomies": [{"id": 7, "name": "Safe accommodation"}]},
        {"service_taxonomys": [{"taxonomy": {"name": "Refuges", "vocabulary": "esdServiceTypes"}}]},
        {"taxonomy_terms": ["womens-refuge"]},
        {"taxonomies": [{"name": "Housing", "children": [{"name": "Refuges"}]}]},
        {"attributes": [{"label": "Refuges", "value": "true"}]},
        {"meta": [{"key": "Type", "value": "Refuge"}]},
        {"contacts": [{"title": "Refuge manager", "phones": [{"number": "0161 496 0123"}]}]},
        {"schedules": [{"description": "The refuge is open day and night"}]},
        {"local_offer": {"description": "Our refuge has eight rooms."}},
        {"taxonomies": [{"name": "Emergency accommodation"}, {"name": "Domestic violence"}]},
        {"attributes": [{"taxonomy_term": {"name": "Hostels"}}], "taxonomies": [{"name": "Domestic abuse"}]},
        {"pc_targetAudience": [{"audienceType": "Refuge residents"}]},
        {"eligibilitys": [{"eligibility": "Women in refuge"}]},
    ],
    ids=str,
)
def test_a_refuge_is_known_by_its_tags(tags: dict[str, Any]) -> None:
    assert hidden(service(**tags))


def in_shapes(**more: Any) -> dict[str, dict[str, Any]]:
    """One service as the dialects of British councils hold it."""
    identity = "10000000-0000-4000-8000-000000000001"
    said = {"id": identity, "name": "Rosewood", "status": "active", "email": "hello@example.org", **more}
    address = {key: value for key, value in ADDRESS.items() if key != "address_type"}
    flat = {"id": 12, "name": "Number five", "latitude": "53.4069", "longitude": "-2.2590", **address}
    return {
        "HSDS-UK 3": said | {
            "organization": {"id": "20000000-0000-4000-8000-000000000001", "name": "Rosewood", "description": ""},
            "service_at_locations": [{"id": "x", "location": {"id": "y", "location_type": "physical", **house()}}],
        },
        "Open Referral UK 1": said | {
            "organization": {"id": "1", "name": "Rosewood"},
            "service_at_locations": [{"location": {"name": "Number five", "physical_addresses": [address]}}],
        },
        "Outpost": said | {
            "id": 345,
            "organisation": {"id": 9, "name": "Rosewood"},
            "locations": [flat | {"mask_exact_address": False, "addresses": [dict(ADDRESS)]}],
            "taxonomies": [{"id": 3, "name": "Support", "parent_id": None}],
        },
    }  # fmt: skip


@pytest.mark.parametrize("shape", in_shapes())
def test_every_dialect_is_read_alike(shape: str) -> None:
    assert not hidden(in_shapes(description="Tea and cake.")[shape])
    assert hidden(in_shapes(description="A women's refuge.")[shape])
    assert hidden(in_shapes(description="Our address is confidential.")[shape])
    assert hidden(in_shapes(description="Tea.", attributes=[{"taxonomy_term": {"name": "Refuges"}}])[shape])


def test_a_location_that_the_record_holds_twice_is_hidden_in_both() -> None:
    one = house(id="30000000-0000-4000-8000-000000000001")
    given = at(one)
    given["locations"] = [one | {"mask_exact_address": True}]
    assert hidden(given)


FAULTS = Path(__file__).parent / "feeds"


def told_by(name: str) -> list[dict[str, Any]]:
    return json.loads((FAULTS / name).read_text())


@pytest.mark.parametrize("given", told_by("refuges.json"), ids=lambda given: given["name"])
def test_each_of_ten_ways_to_say_that_a_place_is_secret_is_understood(given: dict[str, Any]) -> None:
    assert hidden(given)


def test_the_text_brings_back_no_address_of_a_refuge_that_gives_none() -> None:
    given = service(description="A women's refuge. Come to 5 Sample Close, M22 9ZD.")
    del given["service_at_locations"]
    made, _ = converted(given)
    assert made.front["locations"] == [{"name": "Confidential location", "confidential": True}]


def test_how_to_get_in_is_not_told_of_a_place_that_is_hidden() -> None:
    ways_in = [{"description": "Ring the bell of the blue door opposite the Red Lion."}]
    shown, _ = converted(at(house(accessibility=ways_in)))
    kept, _ = converted(at(house(accessibility=ways_in, mask_exact_address=True)))
    assert "Red Lion" in shown.front["locations"][0]["access_note"]
    assert "Red Lion" not in str((kept.front, kept.text))


def test_a_report_tells_nothing_of_what_was_mended_in_an_address_that_is_hidden() -> None:
    place = house(mask_exact_address=True, addresses=[{"address_1": "5 Sample Close M22 9ZD", "city": "<b>Town</b>"}])
    _, shown = converted(at(house(addresses=[{"address_1": "5 Sample Close M22 9ZD", "city": "<b>Town</b>"}])))
    made, notes = converted(at(place))
    assert "Sample Close" in str(shown.repaired)
    assert "Sample Close" not in str((notes.repaired, notes.attention, notes.left_out))
    assert made.front["locations"][0]["postcode"] == "M22 9ZD"


def test_a_house_called_as_the_service_is_does_not_take_the_name_away() -> None:
    made, notes = converted(at(house(name="Rosewood", mask_exact_address=True)) | {"name": "Rosewood support"})
    assert made.title == "Rosewood support"
    assert "Rosewood support: the feed marks" in str(notes.attention)


def test_a_name_that_tells_the_address_tells_it_neither_in_the_report_nor_as_an_address_of_the_site() -> None:
    made, notes = converted(at(house()) | {"name": "Women's refuge, 5 Sample Close"})
    assert made.title == "Women's refuge, (address withheld)"
    assert "Sample" not in str(notes)
