"""What we publish can be brought in again, by us or another Signpost, and published again without a difference."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.open_referral.conftest import SITE
from tests.support.corpus import Corpus
from webapp.library.build.compile import words_for
from webapp.library.importing.bring_in import Choices, bring_in
from webapp.library.open_referral import catalogue, export

FEED = "North Town"  # SITE says that its listings may be published again
Travel = Callable[[list[dict[str, Any]]], list[dict[str, Any]]]
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def published(directory: Corpus, today: date) -> list[dict[str, Any]]:
    held = catalogue.of(directory.read())
    return [json.loads(line) for line in export.lines(held, export.chosen(held, today))]


@pytest.fixture(scope="module")
def travel(tmp_path_factory: pytest.TempPathFactory, today: date) -> Travel:
    """Bring records into an empty directory, build it, and read what it publishes."""

    def bring(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
        folder = tmp_path_factory.mktemp("travel")
        there, feed = Corpus(folder), folder / "feed.json"
        there.write("site.yml", SITE)
        feed.write_text(json.dumps({"total_items": len(records), "contents": records}))
        choices = Choices(FEED, there.content / "assets" / "imported" / "north-town")
        bring_in(feed, there.content, words_for(there.content, None), choices, today)
        there.build(today=today)
        return published(there, today)

    return bring


def told(records: list[dict[str, Any]]) -> dict[str, Any]:
    """What records say, but for when our own files changed."""
    return {record["id"]: {k: v for k, v in record.items() if k != "last_modified"} for record in records}


def test_everything_that_is_published_comes_back(directory: Corpus, travel: Travel, today: date):
    ours = [record for record in published(directory, today) if not _sources(record)]
    first = travel(ours)
    assert told(travel(first)) == told(first)
    before, after = told(ours), told(first)
    assert before.keys() == after.keys()
    for identity, record in before.items():
        again = after[identity]
        for key in ("name", "description", "url", "status", "organization", "minimum_age", "maximum_age", "languages"):
            assert again.get(key) == record.get(key), f"{record['name']}: {key}"
        assert _sources(again) == [FEED]
        assert _numbers(again) == _numbers(record)


def _sources(record: dict[str, Any]) -> list[str]:
    return [one["taxonomy_term"]["name"] for one in record.get("attributes", []) if one["link_type"] == "source"]


def _numbers(record: dict[str, Any]) -> set[str]:
    everywhere = [record, *record.get("service_at_locations", []), record["organization"]]
    return {p["number"] for holder in everywhere for c in holder.get("contacts", []) for p in c.get("phones", [])}


def test_a_session_stays_at_its_place(tmp_path: Path, travel: Travel, today: date):
    here = Corpus(tmp_path)
    here.write("site.yml", SITE)
    halls = [
        {"name": name, "address": f"{number} {name} Walk", "postcode": f"M22 9Z{letter}"}
        for number, (name, letter) in enumerate({"Larch": "A", "Elm": "B"}.items(), 1)
    ]
    times = [{"days": [day], "starts": "10:00", "at": at} for day, at in (("monday", "Larch"), ("friday", "Elm"))]
    here.asset("tea", citywide=None, locations=halls, sessions=times)
    here.build(today=today)
    ours = published(here, today)
    for (record,) in (ours, travel(ours)):
        places = {at["id"]: at["location"]["name"] for at in record["service_at_locations"]}
        found = {schedule["byday"]: places[schedule["service_at_location_id"]] for schedule in record["schedules"]}
        assert found == {"MO": "Larch", "FR": "Elm"}


def test_headings_links_and_stresses_come_back(tmp_path: Path, travel: Travel, today: date):
    said = """Tea *and* talk with **no** stairs.

## What to bring

- a [mug](https://mugs.example.org)
- [the toolkit](/toolkit/)

1. Ring
2. Come
"""
    here = Corpus(tmp_path)
    here.write("site.yml", SITE)
    here.asset("tea", said, summary="Tea and company on Mondays.")
    here.build(today=today)
    ours = published(here, today)
    assert "*" not in ours[0]["description"]
    assert "/toolkit/" not in ours[0]["description_html"], "a link into this site leads nowhere elsewhere"
    first = travel(ours)
    assert first[0]["description_html"] == ours[0]["description_html"].replace("<a>the toolkit</a>", "the toolkit")
    assert told(travel(first)) == told(first)


CLOCKS = st.sampled_from(["06:00", "09:30", "12:00", "18:15", "23:30"])
BY_RULE = st.sampled_from(
    [
        "FREQ=MONTHLY;BYDAY=2TU", "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=MONTHLY;BYMONTHDAY=15", "FREQ=MONTHLY;BYMONTHDAY=-1",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "FREQ=WEEKLY;BYDAY=MO,WE", "FREQ=DAILY",
    ]
)  # fmt: skip
RULES = {"rrule": BY_RULE, "frequency": st.just("monthly")}
SESSIONS = st.one_of(
    st.fixed_dictionaries(
        {"days": st.lists(st.sampled_from(DAYS), min_size=1, max_size=3, unique=True)},
        optional={"starts": CLOCKS, "ends": CLOCKS, "term_time": st.just(True), "note": st.just("Bring a mug")},
    ),
    st.fixed_dictionaries({"frequency": st.just("daily")}, optional={"starts": CLOCKS}),
    st.fixed_dictionaries({"frequency": st.just("varies"), "note": st.just("Ring for the next day")}),
    st.fixed_dictionaries(RULES, optional={"starts": CLOCKS, "valid_to": st.just("2027-03-31")}),
    st.just({"rrule": "FREQ=WEEKLY;INTERVAL=3;BYDAY=MO", "dtstart": "2026-01-05", "frequency": "varies"}),
    st.just({"rrule": "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24", "frequency": "varies"}),
)
SAID = st.text(st.sampled_from("abc dé–’&<*_#-!1"), min_size=1, max_size=30)
WORDS = SAID.map(lambda said: f"Tea {said.strip()} tea")
LISTED = st.fixed_dictionaries(
    {"sessions": st.lists(SESSIONS, max_size=2), "body": WORDS},
    optional={
        "age": st.sampled_from([{"min": 18}, {"max": 25}, {"min": 1, "min_months": 6, "max": 5}]),
        "cost": st.sampled_from(["free", "donation", {"band": "under-5", "note": "£3"}]),
        "prices": st.just([{"amount": 4.5, "currency": "EUR", "text": "per session"}, {"text": "Ask about the price"}]),
        "languages": st.just(["urdu", "polish"]),
        "alert": WORDS,
        "url": st.just("https://tea.example.org/a?b=c"),
    },
)


# What is found is shown as it is: each example takes a second, and making it smaller minutes.
@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(listings=st.lists(LISTED, min_size=12, max_size=12))
def test_made_up_listings_come_back_the_same(tmp_path_factory, travel: Travel, today: date, listings: list[Any]):
    here = Corpus(tmp_path_factory.mktemp("made-up"))
    here.write("site.yml", SITE)
    for number, front in enumerate(listings):
        rest = {key: value for key, value in front.items() if key != "body"}
        here.asset(f"tea-{number}", f"{front['body']}\n", summary=f"Tea and company, number {number}.", **rest)
    here.build(today=today)
    ours = published(here, today)
    assert len(ours) > len(listings) / 2, "most of what is made up can be published"
    first = travel(ours)
    assert {record["id"] for record in first} == {record["id"] for record in ours}
    second = told(travel(first))
    for identity, record in told(first).items():
        assert {
            key: (value, second[identity].get(key))
            for key, value in record.items()
            if second[identity].get(key) != value
        } == {}
        assert second[identity] == record
