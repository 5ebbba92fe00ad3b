"""What a listing says that came from another directory: its exact times, prices, way there, and who runs it."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.library.importing import WORDS
from webapp.directory import wording
from webapp.directory.summary import ListingSummary, summary
from webapp.library.front_matter.listing import Age, Price, Session
from webapp.library.front_matter.model import Asset

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)  # a Saturday


def shown(**more: Any) -> ListingSummary:
    front = {"title": "Choir", "summary": "We sing.", "organisation": "Sing Out", "status": "active", **more}
    return summary(Asset.model_validate(front), WORDS, NOW)


@pytest.mark.parametrize(
    ("rule", "begins", "when"),
    [
        ("FREQ=WEEKLY;INTERVAL=3;BYDAY=WE", "2026-11-04", "next on Wednesday 16 December, 10:00am"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", None, "next on Monday 10:00am"),
        ("FREQ=YEARLY;BYMONTH=5;BYDAY=1MO", None, "next on Monday 3 May, 10:00am"),
        ("FREQ=WEEKLY;INTERVAL=3;BYDAY=WE", None, "some Wednesdays"),  # nobody says from which week
    ],
)
def test_the_next_time_is_worked_out_by_the_rule(rule: str, begins: str | None, when: str):
    days = ["wednesday"] if "WE" in rule else []
    session = {"days": days, "frequency": "varies", "rrule": rule, "starts": "10:00", "note": "As published."}
    assert shown(sessions=[session | ({"dtstart": begins} if begins else {})]).next_on.lower() == when.lower()


def test_a_session_says_where_it_is_and_that_it_is_open_all_day():
    session = Session.model_validate({"days": ["monday"], "all_day": True, "at": "The Hall"})
    assert wording.session(session) == "Mondays, open 24 hours, at The Hall"


def test_a_rule_that_nobody_put_into_words_is_said_in_words():
    rule = {"days": ["wednesday"], "frequency": "varies", "rrule": "FREQ=WEEKLY;INTERVAL=3;BYDAY=WE", "starts": "10:00"}
    said = "Some Wednesdays, from 10:00am. Held every 3 weeks on Wednesday."
    assert wording.session(Session.model_validate(rule)) == said


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ({"min_months": 6}, "6 months and over"),
        ({"min": 1, "min_months": 6, "max": 4}, "1 year 6 months to 4"),
        ({"max": 2, "max_months": 1}, "Up to 2 years 1 month"),
    ],
)
def test_ages_are_said_in_months_where_years_are_too_coarse(limits: dict[str, int], words: str):
    assert wording.age(Age.model_validate(limits)) == words


def test_prices_are_said_where_no_band_says_them():
    prices = [{"option": "Adults", "amount": 3.5, "text": "a session"}, {"amount": 4, "currency": "EUR"}]
    assert shown(prices=prices).cost == "Adults: £3.50 a session; EUR 4"
    assert wording.price(Price.model_validate({"text": "Ask", "valid_to": "2027-03-31"})) == "Ask, until 31 March 2027"


def test_how_to_get_there_and_who_runs_it_are_said():
    place = {"name": "The Hall", "transport": "The 41 bus.", "access_note": "Two steps.", "description": "Brick."}
    details = {"id": "a3f0", "parent": "Music Trust", "identifiers": [{"scheme": "GB-CHC", "value": "1163899"}]}
    said = shown(
        locations=[place],
        organisation_details=details,
        programme="Sing for health",
        funding=["the lottery"],
        service_areas=["Gotham"],
        other_languages=["Klingon"],
    )
    assert said.places[0].notes == ["Brick.", "The 41 bus.", "Two steps."]
    assert said.runs_it == [
        "Part of Music Trust", "Programme: Sing for health", "Paid for by the lottery", "GB-CHC: 1163899",
    ]  # fmt: skip
    assert (said.serves, said.languages) == ("Gotham", "Klingon")
    hidden = {"parent": "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610"}
    assert shown(organisation_details=hidden).runs_it == [], "an id says nothing to a reader"
