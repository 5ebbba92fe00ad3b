"""A service of a feed becomes a listing: every field to its place, nothing made up, people kept out."""

from typing import Any

import pytest

from tests.library.importing import MATCHER, WORDS, converted, service
from webapp.library.build.rendering import render
from webapp.library.front_matter.model import Asset
from webapp.library.front_matter.source import Source
from webapp.library.importing.oruk import Unusable


def front(**more: Any) -> dict[str, Any]:
    return converted(service(**more))[0].front


def test_a_complete_service_is_a_listing_that_needs_no_attention() -> None:
    made, notes = converted(service())
    asset = Asset.model_validate(made.front, context=WORDS)
    assert (asset.title, asset.organisation, str(asset.id)) == ("Tea and talk 1", "Tea and Talk", service()["id"])
    assert asset.verified is not None
    assert asset.verified.by == "North Town (as published)"
    assert asset.places == ("cheetham-crumpsall",)
    assert notes.attention == {}


def test_schedules_become_sessions() -> None:
    weekly = {"freq": "WEEKLY", "interval": 2, "byday": "TH,FR", "opens_at": "10:00:00", "closes_at": "18:30:00"}
    monthly = {"freq": "MONTHLY", "byday": "2MO", "opens_at": "9:30"}
    assert front(schedules=[weekly, monthly, weekly])["sessions"] == [
        {
            "days": ["thursday", "friday"], "starts": "10:00", "ends": "18:30", "frequency": "fortnightly",
            "rrule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH,FR",
        },
        {
            "days": ["monday"], "starts": "09:30", "frequency": "monthly", "rrule": "FREQ=MONTHLY;BYDAY=2MO",
            "note": "Second Monday of the month.",
        },
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("active", "active"), ("Active ", "active"), ("ACTIVE", "active"), ("open", "active"), ("Published", "active"),
        (True, "active"), ("Closed", "defunct"), ("CLOSED", "defunct"), ("archived", "defunct"),
        ("Permanently closed", "defunct"),
        ("no longer running", "defunct"), ("ceased", "defunct"), ("Defunct", "defunct"), ("suspended", "inactive"),
        ("pending", "inactive"), ("pending approval", "inactive"), ("draft", "inactive"), ("Not Active", "inactive"),
        (False, "inactive"), ("temporarily_closed", "temporarily closed"), ("Temporarily-Closed", "temporarily closed"),
        ("temporarilyClosed", "temporarily closed"), ("closed until spring", "temporarily closed"),
        ("on hold", "temporarily closed"), ("Gone fishing", "inactive"),
    ],
)  # fmt: skip
def test_what_is_closed_is_never_active(said: Any, status: str) -> None:
    assert front(status=said)["status"] == status


def test_a_word_for_a_status_that_nobody_knows_is_said_and_named() -> None:
    made, notes = converted(service(status="Gone fishing"))
    assert made.text.startswith("Please note: Its publisher gives its status as “Gone fishing”.")
    assert any("status that we do not know" in kind for kind in notes.attention)


@pytest.mark.parametrize("none", ["", None, "  "])
def test_a_service_without_a_status_is_named_for_attention(none: Any) -> None:
    made, notes = converted(service(status=none))
    assert made.front["status"] == "active"
    assert "it has no status: taken to be active" in notes.attention


@pytest.mark.parametrize(
    "said",
    [
        "For people aged <18 or >65 who live nearby.",
        "Members <£5, guests >£5",
        "Groups of <10 only. Ring first if you bring >2 guests.",
        "Under <five people> each & more",
        "x < y > z <jo@example.org>",
    ],
)
@pytest.mark.parametrize("key", ["application_process", "alert", "accreditations", "fees", "name"])
def test_words_between_angles_stay_in_every_field(key: str, said: str) -> None:
    made, _ = converted(service(**{key: said}))
    shown = render(Source("x.md", {}, "", 2, made.text, 2)).text
    kept = (made.front.get(name, "") for name in ("title", "alert", "accreditations"))
    assert said in f"{shown} {' '.join(kept)} {made.front.get('cost', {}).get('note', '')}"


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("Tea &amp;amp; talk", "Tea & talk"),
        ("Caf&amp;eacute; <b>here</b>", "Café here"),
        ("&lt;p&gt;Tea&lt;/p&gt;", "Tea"),
        ("T<b>e</b>a<br>and<p>talk</p>", "Tea and talk"),
        ("5 &lt; 6 &amp;lt; 7", "5 < 6 < 7"),
    ],
)
def test_one_line_of_text_is_without_markup_and_entities(said: str, plain: str) -> None:
    assert front(name=said)["title"] == plain


@pytest.mark.parametrize(
    ("options", "cost", "told"),
    [
        ([{"amount": 9, "valid_to": "2020-01-01"}], None, "Its published prices have ended."),
        ([{"amount": 9, "valid_to": "2026-11-20"}, {"amount": 3}], {"band": "under-5", "note": "£3"}, ""),
        (
            [{"amount": 3}, {"amount": 6, "valid_from": "2027-04-01"}],
            {"band": "under-5", "note": "£3; £6 from 1 April 2027"}, "",
        ),
        ([{"amount": "£3.50"}], {"band": "under-5", "note": "£3.50"}, ""),
        ([{"amount": "50p"}], {"band": "under-5", "note": "£0.50"}, ""),
        ([{"amount": "Ask us", "option": "Hall"}], {"band": "varies", "note": "Hall: Ask us"}, ""),
    ],
)  # fmt: skip
def test_a_price_that_ended_is_no_price(options: list[dict[str, Any]], cost: Any, told: str) -> None:
    made, _ = converted(service(cost_options=options))
    assert made.front.get("cost") == cost
    assert told in made.text


@pytest.mark.parametrize(
    ("least", "most", "age"),
    [
        (18, 65, {"min": 18, "max": 65}), ("18+", None, {"min": 18}), ("18 years", "25.0", {"min": 18, "max": 25}),
        (-1, -1, None), (0, 120, None), (50, 30, None), ("6 months", 4, {"min_months": 6, "max": 4}),
        (1.5, "2 years 3 months", {"min": 1, "min_months": 6, "max": 2, "max_months": 3}), ("a child", 4, {"max": 4}),
    ],
)  # fmt: skip
def test_ages_are_years_and_months_or_said_in_words(least: Any, most: Any, age: Any) -> None:
    made, _ = converted(service(minimum_age=least, maximum_age=most))
    assert made.front.get("age") == age
    assert ("Minimum age: a child" in made.text) == (least == "a child")
    assert ("Ages: 50 to 30" in made.text) == (least == 50)


def test_what_has_no_place_here_is_said_in_words() -> None:
    made, notes = converted(
        service(
            url="see Facebook",
            languages=[{"name": "Klingon"}, {"name": "Urdu"}],
            service_areas=[{"name": "Gotham"}],
            name="A very long name " * 9,
            summary="A first sentence that goes on for rather more than the number of words that a summary may have, "
            "because whoever wrote it had a great deal to say.",
        )
    )
    assert made.front["languages"] == ["urdu"]
    assert made.front["other_languages"] == ["Klingon"]
    assert made.front["service_areas"] == ["Gotham"]
    for said in (
        "- Url: see Facebook",
        "- Name in full: A very long name",
        "a great deal to say",
    ):
        assert said in made.text
    assert any("web address" in kind for kind in notes.inexact)


@pytest.mark.parametrize(
    ("options", "fees", "cost"),
    [
        ([{"amount": 0}], "", {"band": "free", "note": "£0"}),
        ([], "Free of charge", {"band": "free"}),
        ([{"amount": "3.50", "amount_description": "a session"}], "", {"band": "under-5", "note": "£3.50 a session"}),
        ([{"amount": 35, "option": "Under 18s"}], "", {"band": "over-10", "note": "Under 18s: £35"}),
        ([{"amount": 2}, {"amount": 20}], "", {"band": "varies", "note": "£2; £20"}),
        ([], "Voluntary donation", {"band": "donation", "note": "Voluntary donation"}),
        ([{"amount": 9, "valid_to": "2020-01-01"}, {"amount": 3}], "", {"band": "under-5", "note": "£3"}),
    ],
)
def test_costs_become_a_band_and_a_note(options: list[dict[str, Any]], fees: str, cost: dict[str, str]) -> None:
    made = front(cost_options=options, fees=fees)["cost"]
    assert made == cost or (cost["band"] == "free" and made == {"band": "free"})


def test_a_location_brings_its_address_point_and_ways_in() -> None:
    place = {
        "name": "The Hall",
        "latitude": "-2.2590",
        "longitude": "53.4069",
        "addresses": [
            {
                "attention": "A. Person",
                "address_1": "4 High Road",
                "city": "Manchester M22 9ZA",
                "address_type": "physical",
            }
        ],
        "accessibility": [{"description": "Wheelchair access throughout. There is no hearing loop."}],
    }
    made, notes = converted(service(service_at_locations=[{"location": place}]))
    assert made.front["locations"] == [
        {
            "name": "The Hall", "address": "4 High Road, Manchester", "postcode": "M22 9ZA", "latitude": 53.4069,
            "longitude": -2.259, "access_note": "Wheelchair access throughout. There is no hearing loop.",
        }
    ]  # fmt: skip
    assert made.front["places"] == ["wythenshawe-brooklands-northenden"]
    assert "latitude and longitude were changed over" in notes.repaired


def test_a_refuge_keeps_its_address_secret_until_somebody_has_looked() -> None:
    made, notes = converted(service(name="Women's Refuge North"))
    assert all(place["confidential"] for place in made.front["locations"])
    assert any("refuge" in said for said in notes.attention)


def test_not_even_the_neighbourhood_of_a_refuge_is_told() -> None:
    assert "places" in converted(service(name="Tea"))[0].front
    assert "places" not in converted(service(name="Women's Refuge North"))[0].front


@pytest.mark.parametrize(
    "said", ["mailto:a@b.example ; c@d.example", "a@b.example, c@d.example", "a@b.example/c@d.example"]
)
def test_of_several_addresses_in_one_field_the_first_is_kept(said: str) -> None:
    made, notes = converted(service(email=said))
    assert {"email": "a@b.example"} in made.front["contacts"]
    assert any("tidied" in repair for repair in notes.repaired)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Disabled People ", ("audiences", "physical-disability")),
        ("Long Term Health Conditions", ("audiences", "long-term-conditions")),
        ("Sensory Impaired>Visually Impaired ", ("audiences", "sight-loss")),
        ("Drug and Alcohol Misuse", ("audiences", "substance-use")),
        ("Mental Health", ("audiences", "mental-health")),
        ("Drop-in", ("referral", "drop-in")),
        ("Lunch clubs", ("activities", "meals-together")),
    ],
)
def test_a_tag_in_a_feeds_own_words_is_matched(said: str, found: tuple[str, str]) -> None:
    assert found in MATCHER.tag(said)


def test_what_is_not_matched_can_still_be_searched_for() -> None:
    made, _ = converted(service(pc_targetAudience=[{"audienceType": "Care leavers "}, {"audienceType": "Carers"}]))
    assert made.front["audiences"] == ["carers"]
    assert made.front["listed_as"] == ["Care leavers"]


def test_a_contact_is_a_role_never_a_person() -> None:
    given = [
        {"name": "Ann Persona", "title": "Reception manager", "phones": [{"number": "0161 496 0123"}]},
        {"name": "Bob Persona", "email": "bob@example.org"},
    ]
    made, notes = converted(service(contacts=given))
    assert made.front["contacts"][0] == {"name": "Reception manager", "phone": "0161 496 0123"}
    assert {"email": "bob@example.org"} in made.front["contacts"]
    assert "Persona" not in str(made.front)
    assert any("own name kept out" in kind for kind in notes.repaired)


def test_a_phone_number_in_the_text_becomes_a_contact_unless_there_are_many() -> None:
    one = front(description="Ring (01652) 650585 or come along.")
    assert one["contacts"][0]["phone"] == "01652 650585"
    many = front(description="Halls: 01652 650585, 01652 650586, 01652 650587.")
    assert "phone" not in many["contacts"][0]


def test_an_address_that_looks_personal_is_kept_and_told() -> None:
    made, notes = converted(service(email="someone@gmail.com"))
    assert made.front["contacts"] == [{"email": "someone@gmail.com"}]
    assert any("looks personal" in said for said in notes.attention)


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ("www.tea.org/x", "https://www.tea.org/x"),
        ("HTTPS://tea.org", "https://tea.org"),
        ("tea", ""),
        ("ftp://a.org", ""),
    ],
)
def test_web_addresses_are_made_whole_or_left_out(given: str, url: str) -> None:
    assert front(url=given).get("url", "") == url


def test_a_service_that_says_little_is_taken_with_what_it_has() -> None:
    made, notes = converted({"id": "7", "name": " Tea "})
    assert made.front["title"] == "Tea"
    assert set(notes.attention) == {
        "it says nowhere",
        "there is no way to get in touch",
        "`verified` is missing",
        "it has no status: taken to be active",
    }
    assert made.front["id"] == converted({"id": "7", "name": "Tea"})[0].front["id"]


def test_a_future_date_verifies_nothing() -> None:
    assert "verified" not in front(assured_date="2030-01-01")


@pytest.mark.parametrize(
    "given", [None, 7, "x", [], {}, {"id": "1"}, {"id": "1", "name": ["x"]}, {"id": "1", "name": ""}]
)
def test_a_record_that_names_nothing_is_unusable(given: Any) -> None:
    with pytest.raises(Unusable):
        converted(given)


@pytest.mark.parametrize(
    "odd", [1, 1.5, True, "x", [1], ["x"], [None], {"a": 1}, [[1]], [{"x": [1]}], "\x00", "9" * 5000]
)
def test_values_of_the_wrong_kind_never_stop_a_service(odd: Any) -> None:
    keys = set(service()) | {
        "url", "contacts", "phones", "schedules", "cost_options", "languages", "attributes", "service_areas", "alert",
        "pc_targetAudience", "pc_metadata", "last_modified", "minimum_age", "maximum_age", "fees", "accreditations",
        "eligibilitys", "taxonomies", "summary", "alternate_name", "attending_type", "locations",
    }  # fmt: skip
    made, _ = converted(dict.fromkeys(keys, odd) | {"name": "Tea"})
    assert made.title == "Tea"


def test_a_text_that_is_the_summary_alone_is_not_said_twice_before_what_else_there_is():
    given = service(description="Tea, cake and company every Tuesday.", application_process="- Just turn up.")
    assert converted(given)[0].text == "How to apply: - Just turn up."
