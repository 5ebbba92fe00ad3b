"""An address that only takes letters may be somebody's home: it never becomes the place where a group meets."""

from typing import Any

import pytest

from tests.library.importing import converted, service

HOME = {"address_1": "5 Sample Close", "city": "Manchester", "postal_code": "M22 9ZD"}
HALL = {"address_1": "1 High Road", "postal_code": "M8 9AA"}


def at(*places: dict[str, Any], **more: Any) -> dict[str, Any]:
    return service(service_at_locations=[{"location": place} for place in places], **more)


@pytest.mark.parametrize(
    "place",
    [
        {"name": "Secretary", "addresses": [HOME | {"address_type": "postal"}], "latitude": 53.4, "longitude": -2.25},
        {"name": "Secretary", "location_type": "postal", "addresses": [HOME | {"address_type": "physical"}]},
        {"name": "Secretary", "addresses": [HOME | {"address_type": "Postal_Address"}]},
        {"name": "Secretary", "addresses": [HOME | {"address_type": "mailing"}]},
        {"name": "Secretary", "addresses": [HOME | {"address_types": ["postal"]}]},
        {"name": "Secretary", "physical_addresses": [HOME | {"type": "POSTAL"}]},
        {"name": "Secretary", "addresses": [HOME | {"type": {"name": "Correspondence address"}}]},
        {"name": "Postal address", "addresses": [HOME]},
        {"name": "Registered office", "addresses": [HOME | {"address_type": "physical"}]},
        {"name": "Post", "addresses": [HOME | {"address_1": "PO Box 12"}]},
        {"name": "Chair", "addresses": [HOME | {"address_1": "c/o Ann, 5 Sample Close", "address_type": "physical"}]},
    ],
)
def test_where_letters_go_is_no_venue(place: dict[str, Any]) -> None:
    made, notes = converted(at(place))
    assert "locations" not in made.front
    assert "places" not in made.front
    assert "Sample Close" not in str(made.front) + made.body
    kind = notes.repaired["a postal address is not where it happens: left out"]
    assert "Sample Close" not in str(kind), "it may be somebody's home, so not even the report says it"
    assert "it says nowhere" in notes.attention


def test_the_flat_shape_of_a_council_feed_is_read_alike() -> None:
    flat = {"name": "Secretary", "location_type": "postal", **HOME, "latitude": 53.4, "longitude": -2.25}
    given = service(locations=[flat])
    del given["service_at_locations"]
    assert "locations" not in converted(given)[0].front


def test_of_two_addresses_the_one_to_visit_is_shown() -> None:
    both = {"name": "The Hall", "addresses": [HOME | {"address_type": "postal"}, HALL | {"address_type": "physical"}]}
    made, _ = converted(at(both))
    assert made.front["locations"] == [{"name": "The Hall", "address": "1 High Road", "postcode": "M8 9AA"}]
    assert made.front["places"] == ["cheetham-crumpsall"]


def test_one_postal_location_takes_nothing_from_another() -> None:
    home = {"name": "Secretary", "addresses": [HOME | {"address_type": "postal"}]}
    made, _ = converted(at(home, {"name": "The Hall", "addresses": [HALL]}))
    assert [place["name"] for place in made.front["locations"]] == ["The Hall"]


@pytest.mark.parametrize(
    "place",
    [
        {"name": "Post Office", "type": "Post office", "addresses": [HALL]},
        {"name": "The Old Post Office", "addresses": [HALL | {"address_type": "physical"}]},
        {"name": "Registered Nurses' Hall", "addresses": [HALL]},
        {"name": "The Hall", "addresses": [HALL | {"address_type": ""}]},
        {"name": "The Hall", "addresses": [HALL | {"address_type": "physical, postal"}]},
    ],
)
def test_a_place_that_people_visit_stays_one(place: dict[str, Any]) -> None:
    assert converted(at(place))[0].front["locations"][0]["postcode"] == "M8 9AA"


@pytest.mark.parametrize(
    "said",
    [
        "Write to us at 5 Sample Close, M22 9ZD.",
        "Postal address: 5 Sample Close, Manchester, M22 9ZD. Tea every Tuesday.",
        "Please send a cheque to the treasurer, 5 Sample Close M22 9ZD.",
        "Our registered office is 5 Sample Close, M22 9ZD.",
    ],
)
def test_a_postcode_to_write_to_in_the_text_makes_no_venue(said: str) -> None:
    given = service(description=said)
    del given["service_at_locations"]
    assert "locations" not in converted(given)[0].front


def test_a_postcode_to_visit_in_the_text_still_does() -> None:
    given = service(description="Write to tea@example.org, or come to the hall at 1 High Road, M8 9AA.")
    del given["service_at_locations"]
    assert converted(given)[0].front["locations"] == [{"postcode": "M8 9AA"}]


def test_the_text_does_not_bring_a_postal_address_back() -> None:
    home = {"name": "Secretary", "addresses": [HOME | {"address_type": "postal"}]}
    made, _ = converted(at(home, description="Tea every Tuesday. Find us on the web. 5 Sample Close, M22 9ZD."))
    assert "locations" not in made.front
