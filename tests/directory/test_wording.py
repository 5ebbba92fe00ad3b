"""A listing's times, distance and room, as a practitioner would say them."""

from datetime import UTC, datetime, timedelta

import pytest

from webapp.directory import wording
from webapp.english.dates import HERE
from webapp.library.front_matter.listing import Age, Session

SATURDAY_NIGHT = datetime(2026, 11, 21, 21, 0, tzinfo=UTC)


def session(*days: str, **more: object) -> Session:
    return Session.model_validate({"days": days, "starts": "10:30", "ends": "12:30", **more})


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (session("tuesday"), "Tuesdays, 10:30am to 12:30pm"),
        (session("tuesday", "thursday"), "Tuesdays and Thursdays, 10:30am to 12:30pm"),
        (session("tuesday", term_time=True), "Tuesdays, 10:30am to 12:30pm, term time only"),
        (session("monday", "tuesday", "wednesday", "thursday", "friday"), "Monday to Friday, 10:30am to 12:30pm"),
        (session("tuesday", frequency="fortnightly"), "Every other Tuesday, 10:30am to 12:30pm"),
        (session("tuesday", frequency="monthly"), "Once a month, on a Tuesday, 10:30am to 12:30pm"),
        (
            session("tuesday", frequency="monthly", note="First Tuesday"),
            "First Tuesday of the month, 10:30am to 12:30pm",
        ),
        (
            session("monday", frequency="monthly", note="Last Monday; December's is a week early"),
            "Last Monday of the month, 10:30am to 12:30pm. December's is a week early.",
        ),
        (session(frequency="varies", starts=None, ends=None), "Days vary"),
        (
            session("monday", frequency="monthly", note="First and third Monday of the month."),
            "First and third Monday of the month, 10:30am to 12:30pm",
        ),
        (
            session("monday", "friday", frequency="monthly", note="second Monday and last but one Friday"),
            "Second Monday and last but one Friday of the month, 10:30am to 12:30pm",
        ),
        (
            session("tuesday", frequency="varies", note="Held every 3 weeks on Tuesday"),
            "Some Tuesdays, 10:30am to 12:30pm. Held every 3 weeks on Tuesday.",
        ),
        (session("tuesday", frequency="varies"), "Days vary, usually Tuesday, 10:30am to 12:30pm"),
        (session("friday", starts="20:00", ends="08:00"), "Fridays, 8:00pm to 8:00am the next day"),
        (session("friday", starts="20:00", ends="00:00"), "Fridays, 8:00pm to midnight"),
        (session("monday", valid_from="2027-05-03"), "Mondays, 10:30am to 12:30pm, from 3 May 2027"),
        (session("monday", valid_to="2027-03-29"), "Mondays, 10:30am to 12:30pm, until 29 March 2027"),
        (
            session("thursday", frequency="varies", valid_to="2026-12-24", note="On Thursday 24 December 2026 only."),
            "Thursday 24 December 2026, 10:30am to 12:30pm",
        ),
        (
            session(
                "thursday",
                frequency="varies",
                valid_to="2026-12-24",
                note="At Hall A. On Thursday 24 December 2026 only.",
            ),
            "Thursday 24 December 2026, 10:30am to 12:30pm. At Hall A.",
        ),
        (session("tuesday", note="Bring a cup"), "Tuesdays, 10:30am to 12:30pm. Bring a cup."),
        (session("sunday", starts="12:00", ends=None), "Sundays, from midday"),
    ],
)
def test_sessions_are_told_in_words(said: Session, words: str):
    assert wording.session(said) == words


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (session("tuesday"), "next on Tuesday 10:30am"),
        (session("sunday"), "next tomorrow 10:30am"),
        (session("saturday", starts="21:30", ends=None), "next today 9:30pm"),
        (session("saturday"), "next on Saturday 28 November, 10:30am"),
        (session("monday", valid_from="2027-05-01"), "next on Monday 3 May, 10:30am"),
        (session("monday", valid_to="2026-11-23"), "next on Monday 10:30am"),
        (session("sunday", valid_to="2026-11-20"), ""),
        (
            session("thursday", frequency="varies", valid_to="2026-12-24", note="On Thursday 24 December 2026 only."),
            "next on Thursday 24 December, 10:30am",
        ),
        (
            session("monday", frequency="monthly", note="First and third Monday"),
            "next on Monday 7 December, 10:30am",
        ),
        (session("saturday", frequency="monthly", note="First Saturday"), "next on Saturday 5 December, 10:30am"),
        (
            session("sunday", frequency="monthly", note="Men's table, last Sunday"),
            "next on Sunday 29 November, 10:30am",
        ),
    ],
)
def test_the_next_time_is_worked_out_from_today(said: Session, words: str):
    assert wording.next_on([said], SATURDAY_NIGHT) == words


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (session("tuesday", frequency="fortnightly"), "every other Tuesday 10:30am"),
        (session("tuesday", term_time=True), "Tuesdays 10:30am, term time"),
        (session("tuesday", frequency="monthly"), "once a month, on a Tuesday 10:30am"),
        (session(frequency="varies"), ""),
    ],
)
def test_a_date_that_nobody_could_know_is_not_made_up(said: Session, words: str):
    assert wording.next_on([said], SATURDAY_NIGHT) == words


def test_the_soonest_of_several_sessions_is_told():
    assert wording.next_on([session("thursday"), session("monday")], SATURDAY_NIGHT) == "next on Monday 10:30am"


def test_times_are_those_of_great_britain_in_summer_too():
    ten_in_london = datetime(2026, 7, 7, 9, 0, tzinfo=UTC)  # a Tuesday
    assert wording.next_on([session("tuesday")], ten_in_london) == "next today 10:30am"


@pytest.mark.parametrize(
    ("miles", "words"),
    [
        (0.02, "under 0.1 miles"),
        (0.84, "0.8 miles"),
        (1.0, "1 mile"),
        (2.04, "2 miles"),
        (9.96, "10 miles"),
        (31.4, "31 miles"),
    ],
)
def test_distance_is_as_exact_as_it_can_be(miles: float, words: str):
    assert wording.distance(miles) == words


def test_room_says_how_long_the_wait_is():
    waits = [wording.capacity("waiting-list", weeks) for weeks in (6, 1, None)]
    assert [w.text for w in waits if w] == ["Waiting list, about 6 weeks", "Waiting list, about 1 week", "Waiting list"]
    assert wording.capacity("", None) is None


def test_age_is_told_only_where_it_matters():
    assert wording.age(Age(min=50)) == "50 and over"
    assert wording.age(Age(max=25)) == "Up to 25"
    assert wording.age(Age(min=18, max=25)) == "18 to 25"
    assert wording.age(None) == ""


@pytest.mark.parametrize(
    ("said", "until"),
    [
        (session("tuesday"), datetime(2026, 11, 3, 10, 30, tzinfo=HERE)),
        (session("wednesday"), datetime(2026, 11, 4, tzinfo=HERE)),
        (session("tuesday", frequency="fortnightly"), datetime(2026, 11, 4, tzinfo=HERE)),
    ],
)
def test_what_is_next_is_right_until_it_begins_or_the_day_ends(said: Session, until: datetime):
    tuesday = datetime(2026, 11, 3, 9, 0, tzinfo=HERE)
    words, right_until = wording.next_until([said], tuesday)
    assert right_until == until
    assert words == wording.next_on([said], until - timedelta(minutes=1))
    if said.frequency != "fortnightly":
        assert words != wording.next_on([said], until)
