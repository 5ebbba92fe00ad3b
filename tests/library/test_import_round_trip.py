"""What was brought in, published and brought in again is what it was."""

import re
from typing import Any

import pytest

from tests.library.importing import TODAY, WORDS, converted, service
from webapp.config.settings import ROOT
from webapp.library import site
from webapp.library.build.pages import compile_text, load
from webapp.library.build.places import Place
from webapp.library.importing import writing
from webapp.library.importing.oruk import ImportedListing
from webapp.library.open_referral.services import Words
from webapp.library.open_referral.services import service as published
from webapp.library.open_referral.taxonomies import Taxonomies

SITE, _ = site.load(ROOT / "content" / "site.yml", ROOT, WORDS)
assert SITE
AS_PUBLISHED = Words(WORDS, Taxonomies(WORDS), SITE)
OURS = {"last_modified"}  # what is published says when our file changed
HALL = {
    "id": "3a19ff88-4620-4d17-9830-ac1d859eb5d5",
    "name": "The Hall",
    "location_type": "physical",
    "description": "A brick building behind the church.",
    "transportation": "The 41 bus stops outside.",
    "latitude": 53.51,
    "longitude": -2.24,
    "external_identifier": "10012345678",
    "external_identifier_type": "UPRN",
    "addresses": [
        {
            "address_1": "1 High Road",
            "city": "Manchester",
            "state_province": "Greater Manchester",
            "postal_code": "M8 9AA",
        }
    ],
    "accessibility": [{"description": "Wheelchair access at the side. There is a hearing loop."}],
}
ROOM = HALL | {"id": "3a19ff88-4620-4d17-9830-ac1d859eb5d6", "name": "The Room", "external_identifier": ""}
RICH: dict[str, Any] = {
    "alternate_name": "The singers",
    "description": "<p>We sing <b>together</b> each week, and nobody has to read music.</p><ul><li>Tea</li></ul>",
    "url": "https://sing.example.org",
    "alert": "Closed for repairs until March.",
    "minimum_age": 0.5,
    "maximum_age": 18,
    "wait_time": "Two weeks",
    "interpretation_services": "Urdu on request",
    "accreditations": "Quality mark",
    "required_documents": [{"document": "A letter from your GP"}],
    "program": {"name": "Sing for health"},
    "funding": [{"source": "The lottery"}],
    "languages": [{"name": "Urdu"}, {"name": "Klingon"}],
    "service_areas": [{"name": "Gotham"}],
    "attributes": [{"taxonomy_term": {"name": "Carers"}}, {"taxonomy_term": {"name": "Choral works"}}],
    "additional_urls": [{"label": "Dates", "url": "https://dates.example.org"}],
    "cost_options": [
        {"option": "Adults", "amount": 3.5, "amount_description": "a session", "valid_to": "2027-03-31"},
        {"option": "Visitors", "amount": 4, "currency": "EUR"},
    ],
    "organization": {
        "id": "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610",
        "name": "Sing Out",
        "description": "We sing.",
        "website": "https://org.example.org",
        "email": "org@example.org",
        "legal_status": "Charity",
        "organization_identifiers": [{"identifier_scheme": "GB-CHC", "identifier": "1163899"}],
    },
    "contacts": [{"title": "Choir office", "phones": [{"number": "0161 496 0111", "extension": "204"}]}],
    "service_at_locations": [
        {
            "location": HALL,
            "schedules": [{"freq": "MONTHLY", "byday": "2TU,-1FR", "opens_at": "10:00", "closes_at": "12:00"}],
        },
        {
            "location": ROOM,
            "schedules": [{"freq": "WEEKLY", "byday": "MO", "opens_at": "00:00", "closes_at": "24:00"}],
        },
    ],
    "schedules": [
        {
            "freq": "WEEKLY", "interval": 3, "byday": "WE", "dtstart": "2026-11-04", "opens_at": "20:00",
            "closes_at": "08:00",
        },
        {"freq": "WEEKLY", "byday": "TH", "opens_at": "10:00", "valid_to": "2027-05-27", "notes": "Bring a mat."},
    ],
}  # fmt: skip


def words_in(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)


def again(made: ImportedListing) -> ImportedListing:
    """A listing as it comes back from our own interface."""
    text = writing.page(made, "North Town").encode()
    place = Place("asset", "/directory/choir", "choir", "/directory/")
    compiled = compile_text(text, "assets/choir.md", place, WORDS, TODAY)
    assert compiled.front is not None, compiled.problems
    return converted(published(load(compiled.stored), 1_764_000_000, AS_PUBLISHED))[0]


@pytest.mark.parametrize("given", [{}, RICH, {"schedules": RICH["schedules"]}, {"description": "Tea.\n\nCake & talk."}])
def test_a_listing_comes_back_as_it_was(given: dict[str, Any]) -> None:
    """Of a whole address: the standard requires a city and a county, and where none was said ours are supplied."""
    first, _ = converted(service(1, **({"service_at_locations": [{"location": HALL}]} | given)))
    second = again(first)
    keys = (first.front.keys() | second.front.keys()) - OURS
    assert {key: second.front.get(key) for key in keys} == {key: first.front.get(key) for key in keys}
    assert words_in(second.text) == words_in(first.text), "plain text, as every reader of open data can show it"
    assert again(second).front == second.front


def test_every_part_of_a_rich_record_has_a_place() -> None:
    made, _ = converted(service(1, **RICH))
    details = made.front["organisation_details"]
    assert made.front["age"] == {"min_months": 6, "max": 18}
    assert details["identifiers"] == [{"scheme": "GB-CHC", "value": "1163899"}]
    assert [place["access"] for place in made.front["locations"]] == [["hearing-loop"]] * 2
    assert {session.get("at") for session in made.front["sessions"]} == {None, "The Hall", "The Room"}
    told = f"{made.front} {made.text}"
    for said in (
        "The singers", "Closed for repairs", "Two weeks", "Urdu on request", "Quality mark", "A letter from your GP",
        "Sing for health", "The lottery", "Klingon", "Gotham", "Choral works", "https://dates.example.org", "EUR",
        "2027-03-31", "Charity", "The 41 bus", "10012345678", "ext. 204", "Bring a mat",
    ):  # fmt: skip
        assert said in told
