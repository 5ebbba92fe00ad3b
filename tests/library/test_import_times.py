"""When a service is held: what ended is over, what is rare is not weekly, 1:30 PM is not 01:30, a night is a night."""

from typing import Any

import pytest

from tests.library.importing import TODAY, WORDS, converted, service
from webapp.config.settings import ROOT
from webapp.library.authoring.checking import check
from webapp.library.front_matter.listing import Session
from webapp.library.front_matter.model import Asset
from webapp.library.importing.clocks import clock, day


def held(*schedules: dict[str, Any], **more: Any) -> list[dict[str, Any]]:
    """The sessions of a service with these schedules, each from 10:00 to 12:00 where it says nothing else."""
    hours = {"opens_at": "10:00", "closes_at": "12:00"}
    made, _ = converted(service(schedules=[hours | schedule for schedule in schedules], **more))
    Asset.model_validate(made.front, context=WORDS)
    return made.front.get("sessions", [])


def said(schedule: dict[str, Any]) -> tuple[str, list[str], str]:
    """How often, on which days, and the note."""
    (only,) = held(schedule)
    return only["frequency"], only.get("days", []), only.get("note", "")


@pytest.mark.parametrize(
    ("schedule", "frequency", "days", "note"),
    [
        ({"freq": "WEEKLY", "byday": "TH,FR"}, "weekly", ["thursday", "friday"], ""),
        ({"freq": "weekly", "byday": "Monday, Wednesdays"}, "weekly", ["monday", "wednesday"], ""),
        ({"freq": "WEEKLY", "byday": "Mon-Wed"}, "weekly", ["monday", "tuesday", "wednesday"], ""),
        ({"freq": "WEEKLY", "byday": ["SA", "SU"]}, "weekly", ["saturday", "sunday"], ""),
        ({"byday": "MO"}, "weekly", ["monday"], ""),
        ({"freq": "WEEKLY", "dtstart": "2026-09-01"}, "weekly", ["tuesday"], ""),
        ({"freq": "DAILY"}, "daily", [], ""),
        ({"freq": "DAILY", "byday": "MO,TU"}, "weekly", ["monday", "tuesday"], ""),
        ({"weekday": "Thursday"}, "weekly", ["thursday"], ""),
        ({"freq": "WEEKLY", "interval": 2, "byday": "TU"}, "fortnightly", ["tuesday"], ""),
        (
            {"freq": "fortnightly", "byday": "TU", "dtstart": "2026-09-01"},
            "fortnightly",
            ["tuesday"],
            "Counted from 1 September 2026.",
        ),
        ({"freq": "MONTHLY", "byday": "2MO"}, "monthly", ["monday"], "Second Monday of the month."),
        ({"freq": "MONTHLY", "byday": "1MO,3MO"}, "monthly", ["monday"], "First and third Monday of the month."),
        ({"freq": "MONTHLY", "byday": "-1FR"}, "monthly", ["friday"], "Last Friday of the month."),
        ({"freq": "MONTHLY", "byday": "-2WE"}, "monthly", ["wednesday"], "Last but one Wednesday of the month."),
        (
            {"freq": "MONTHLY", "byday": "2TU,-1FR"},
            "monthly",
            ["tuesday", "friday"],
            "Second Tuesday and last Friday of the month.",
        ),
        ({"freq": "MONTHLY", "byday": "TU", "bysetpos": "2"}, "monthly", ["tuesday"], "Second Tuesday of the month."),
        ({"freq": "MONTHLY", "byday": "third Saturday"}, "monthly", ["saturday"], "Third Saturday of the month."),
        ({"rrule": "RRULE:FREQ=MONTHLY;BYDAY=2TU"}, "monthly", ["tuesday"], "Second Tuesday of the month."),
    ],
)
def test_what_our_words_say_exactly_is_said_with_them(
    schedule: dict[str, Any], frequency: str, days: list[str], note: str
) -> None:
    assert said(schedule) == (frequency, days, note)


@pytest.mark.parametrize(
    ("schedule", "words"),
    [
        ({"freq": "WEEKLY", "interval": 3, "byday": "TU"}, "every 3 weeks on Tuesday"),
        ({"freq": "WEEKLY", "interval": "4", "byday": "TU,WE"}, "every 4 weeks on Tuesday and Wednesday"),
        ({"freq": "DAILY", "interval": 2}, "every 2 days"),
        ({"freq": "MONTHLY", "interval": 2, "byday": "1WE"}, "every 2 months on the first Wednesday"),
        ({"freq": "quarterly", "byday": "-1TH"}, "every 3 months on the last Thursday"),
        ({"freq": "MONTHLY", "interval": 6, "bymonthday": "1"}, "every 6 months on the 1st of the month"),
        ({"freq": "YEARLY", "byday": "SA", "dtstart": "2026-07-04"}, "once a year on a Saturday, as on Saturday 4"),
        ({"freq": "MONTHLY", "interval": 12, "byday": "1MO"}, "once a year on the first Monday"),
        ({"freq": "YEARLY", "interval": 2, "bymonth": "5", "byday": "2SU"}, "2 years on the second Sunday in May"),
        ({"freq": "WEEKLY", "byday": "SA", "bymonth": "6,7,8"}, "every week on Saturday in June, July and August"),
        ({"freq": "YEARLY", "byyearday": "100"}, "once a year on day 100 of the year"),
        ({"freq": "WEEKLY", "byday": "TH,FR", "bymonthday": "2,3"}, "Thursdays and Fridays that are the 2nd or 3rd"),
        ({"rrule": "FREQ=WEEKLY;INTERVAL=5;BYDAY=MO"}, "every 5 weeks on Monday"),
    ],
)  # fmt: skip
def test_what_is_rare_is_never_called_weekly_or_monthly(schedule: dict[str, Any], words: str) -> None:
    frequency, _, note = said(schedule)
    assert frequency == "varies"
    assert words in note


@pytest.mark.parametrize(
    ("schedule", "words"),
    [
        ({"freq": "MONTHLY", "bymonthday": "15"}, "on the 15th of the month"),
        ({"freq": "MONTHLY", "bymonthday": "1,-1"}, "on the 1st and last day of the month"),
        ({"freq": "MONTHLY", "byday": "MO,TU,WE,TH,FR", "bysetpos": "-1"}, "on the last weekday, Monday to Friday"),
        ({"freq": "MONTHLY", "byday": "TU"}, "Which Tuesday of the month is not said"),
        ({"freq": "MONTHLY", "dtstart": "2026-09-04"}, "on the 4th of the month"),
        ({"freq": "MONTHLY"}, "Which day of the month is not said"),
    ],
)
def test_which_day_of_the_month_is_said_in_a_note(schedule: dict[str, Any], words: str) -> None:
    frequency, _, note = said(schedule)
    assert frequency == "monthly"
    assert words in note


@pytest.mark.parametrize(
    ("schedule", "words"),
    [
        ({"freq": "HOURLY", "byday": "MO"}, "HOURLY"),
        ({"freq": "termly"}, "termly"),
        ({"freq": "WEEKLY", "byday": "XX"}, "XX"),
        ({"freq": "WEEKLY", "byday": "MO", "interval": "often"}, "often"),
        ({"freq": "WEEKLY", "weekday": 0}, "0"),
        ({"freq": "WEEKLY", "byday": "MO", "until": "next year"}, "next year"),
        ({"freq": "WEEKLY", "byday": "MO", "count": "some"}, "some"),
        ({"freq": "MONTHLY", "bymonthday": "32"}, "32"),
        ({"rrule": "FREQ=WEEKLY;BYDAY=MO;EXDATE=20261225"}, "20261225"),
    ],
)
def test_what_nobody_can_make_sense_of_is_said_as_published_and_told(schedule: dict[str, Any], words: str) -> None:
    made, notes = converted(service(schedules=[schedule | {"opens_at": "10:00"}]))
    (only,) = made.front["sessions"]
    assert only["frequency"] == "varies"
    assert words in only["note"]
    assert "ask them" in only["note"]
    assert any("do not say exactly" in kind for kind in notes.inexact)


@pytest.mark.parametrize(
    "over",
    [
        {"freq": "WEEKLY", "byday": "MO", "valid_to": "2021-03-31"},
        {"freq": "WEEKLY", "byday": "MO", "until": "2022-06-30"},
        {"freq": "WEEKLY", "byday": "MO", "until": "20220630T235959Z"},
        {"freq": "WEEKLY", "byday": "MO", "valid_to": "2026-11-20"},  # yesterday
        {"freq": "WEEKLY", "byday": "MO", "until": "2030-01-01", "valid_to": "2026-01-01"},
        {"dtstart": "2022-12-25"},
        {"freq": "WEEKLY", "byday": "MO", "dtstart": "2026-01-05", "count": 6},
        {"freq": "DAILY", "dtstart": "2026-11-01", "count": "3"},
        {"freq": "MONTHLY", "byday": "1MO", "valid_from": "2020-01-01", "count": 2},
        {"rrule": "FREQ=WEEKLY;BYDAY=MO;UNTIL=20220630"},
    ],
)
def test_what_ended_is_over_and_told(over: dict[str, Any]) -> None:
    now = {"freq": "WEEKLY", "byday": "TH", "opens_at": "13:00", "closes_at": "15:00", "valid_from": "2021-04-01"}
    made, notes = converted(service(schedules=[over, now]))
    assert made.front["sessions"] == [{"days": ["thursday"], "starts": "13:00", "ends": "15:00", "frequency": "weekly"}]
    assert notes.inexact["times that ended: left out"].count == 1


def test_where_all_times_have_ended_the_listing_says_so_and_an_editor_is_told() -> None:
    over = {"freq": "WEEKLY", "byday": "MO", "until": "2024-01-31", "opens_at": "10:00"}
    made, notes = converted(service(schedules=[over]))
    assert "sessions" not in made.front
    assert made.text.startswith("Please note: Its published times ended on 31 January 2024. Ask whether it still runs.")
    assert any("have ended" in kind for kind in notes.attention)


@pytest.mark.parametrize(
    ("schedule", "between"),
    [
        ({"freq": "WEEKLY", "byday": "MO", "valid_from": "2027-05-01"}, {"valid_from": "2027-05-01"}),
        ({"freq": "WEEKLY", "byday": "MO", "dtstart": "2027-05-03"}, {"valid_from": "2027-05-03"}),
        ({"freq": "WEEKLY", "byday": "MO", "until": "2027-03-31"}, {"valid_to": "2027-03-31"}),
        ({"freq": "WEEKLY", "byday": "SA", "valid_to": TODAY.isoformat()}, {"valid_to": TODAY.isoformat()}),  # counts
        ({"freq": "WEEKLY", "byday": "MO", "dtstart": "2026-11-02", "count": 6}, {"valid_to": "2026-12-07"}),
        ({"dtstart": "2026-12-24"}, {"valid_to": "2026-12-24"}),
    ],
)
def test_the_first_and_the_last_day_to_come_are_kept(schedule: dict[str, Any], between: dict[str, str]) -> None:
    (only,) = held(schedule)
    assert {key: only[key] for key in ("valid_from", "valid_to") if key in only} == between


def test_something_held_once_says_on_which_day() -> None:
    assert said({"dtstart": "2026-12-24"}) == ("varies", ["thursday"], "On Thursday 24 December 2026 only.")


def test_a_number_of_times_without_a_beginning_is_said() -> None:
    assert said({"freq": "WEEKLY", "byday": "MO", "count": 6})[2] == "6 times in all."


@pytest.mark.parametrize(
    ("written", "time"),
    [
        ("10:00", "10:00"), ("9:30", "09:30"), ("10:00:00", "10:00"), ("1:30 PM", "13:30"), ("1:30pm", "13:30"),
        ("1.30 p.m.", "13:30"), ("13.30", "13:30"), ("1330", "13:30"), ("13h30", "13:30"), ("6pm", "18:00"),
        ("12 am", "00:00"), ("12:15 AM", "00:15"), ("12pm", "12:00"), ("noon", "12:00"), ("12 noon", "12:00"),
        ("midday", "12:00"), ("midnight", "24:00"), ("24:00", "24:00"), ("09:00:00Z", "09:00"),
        ("09:00+01:00", "09:00"), ("2026-01-05T18:30:00", "18:30"), ("14:00 hrs", "14:00"), ("13:30 pm", "13:30"),
    ],
)  # fmt: skip
def test_a_time_is_read_as_it_was_meant(written: str, time: str) -> None:
    found = clock(written)
    assert found is not None
    assert found.time == time


@pytest.mark.parametrize(
    "written", ["9", "2 o'clock", "13:30 am", "25:00", "10:75", "09:00-05:00", "late", "half past two", "24:30", ""]
)
def test_what_may_be_either_half_of_the_day_or_none_is_no_time(written: str) -> None:
    assert clock(written) is None


@pytest.mark.parametrize(
    ("opens", "closes", "kept", "note"),
    [
        ("20:00", "08:00", {"starts": "20:00", "ends": "08:00"}, ""),
        ("9:30 PM", "10am", {"starts": "21:30", "ends": "10:00"}, ""),
        ("18:00", "24:00", {"starts": "18:00", "ends": "00:00"}, ""),
        ("10:00", "midnight", {"starts": "10:00", "ends": "00:00"}, ""),
        ("9:00", "5:00", {"starts": "09:00"}, "Ends at “5:00”, as published, which is before it starts: ask them."),
        ("1:30 PM", "3:30", {"starts": "13:30"}, "Ends at “3:30”, as published, which is before it starts: ask them."),
        ("10:00", "10:00", {"starts": "10:00"}, ""),
        ("late", "12:00", {}, "Starts at “late”, as published: ask them. Ends at 12:00."),
        ("10:00", "09:00-05:00", {"starts": "10:00"}, "Ends at “09:00-05:00”, as published: ask them."),
        ("10am - 12pm", "", {"starts": "10:00", "ends": "12:00"}, ""),
        ("00:00", "24:00", {"all_day": True}, ""),
        ("00:00", "23:59", {"all_day": True}, ""),
    ],
)
def test_nights_are_nights_and_slips_are_told(opens: str, closes: str, kept: dict[str, Any], note: str) -> None:
    (only,) = held({"freq": "WEEKLY", "byday": "FR", "opens_at": opens, "closes_at": closes})
    assert {key: only[key] for key in ("starts", "ends", "all_day") if key in only} == kept
    assert only.get("note", "") == note


@pytest.mark.parametrize("hours", [("20:00", "08:00"), ("22:30", "06:15"), ("18:00", "10:00"), ("16:00", "00:00")])
def test_a_night_shelter_written_by_hand_passes_the_check(hours: tuple[str, str], tmp_path: Any) -> None:
    assert _problems(tmp_path, *hours) == []


@pytest.mark.parametrize("hours", [("10:00", "02:00"), ("14:00", "04:00"), ("20:00", "19:00"), ("10:00", "10:00")])
def test_a_time_that_lacks_its_pm_is_named_by_the_check(hours: tuple[str, str], tmp_path: Any) -> None:
    (problem,) = _problems(tmp_path, *hours)
    assert "24-hour clock" in problem


def _problems(folder: Any, starts: str, ends: str) -> list[str]:
    page = folder / "content" / "assets" / "citywide" / "night-beds.md"
    page.parent.mkdir(parents=True)
    page.write_text(
        "---\ntitle: Night beds\nsummary: A warm bed with supper for people who sleep rough.\nsample: true\n"
        "organisation: Sample Org\nstatus: active\ncitywide: true\n"
        f'sessions: [{{days: [friday], starts: "{starts}", ends: "{ends}", frequency: weekly}}]\n'
        "contacts: [{email: beds@example.org}]\nverified: {date: 2026-10-06, by: Wythenshawe team}\n---\nA bed.\n"
    )
    found = check(folder / "content", fallback=ROOT / "content").problems
    return [problem.message for problem in found if problem.file.endswith("night-beds.md") and problem.level == "error"]


def test_one_session_of_several_that_differ_in_their_day() -> None:
    days = [{"freq": "WEEKLY", "byday": name} for name in ("WE", "MO", "FR")]
    assert held(*days) == [
        {"days": ["monday", "wednesday", "friday"], "starts": "10:00", "ends": "12:00", "frequency": "weekly"}
    ]


def test_times_belong_to_their_place() -> None:
    def at(name: str, byday: str) -> dict[str, Any]:
        place = {"name": name, "addresses": [{"address_1": f"1 {name} Road", "postal_code": "M22 9ZD"}]}
        return {"location": place, "schedules": [{"freq": "WEEKLY", "byday": byday, "opens_at": "10:00"}]}

    made, _ = converted(service(service_at_locations=[at("Hall A", "MO"), at("Hall B", "TH")]))
    assert [(s["days"], s["at"]) for s in made.front["sessions"]] == [
        (["monday"], "Hall A"),
        (["thursday"], "Hall B"),
    ]


def test_a_secret_place_is_named_beside_no_time_and_no_number() -> None:
    def at(name: str, **more: Any) -> dict[str, Any]:
        return {"location": {"name": name, "addresses": [{"address_1": f"1 {name}", "postal_code": "M22 9ZD"}]}} | more

    weekly = [{"freq": "WEEKLY", "byday": "MO", "opens_at": "10:00"}]
    made, _ = converted(
        service(
            name="Women's refuge North",
            service_at_locations=[
                at("Rose House", schedules=weekly, phones=[{"number": "0161 496 0111"}]),
                at("Lily House"),
            ],
        )
    )
    told = {key: value for key, value in made.front.items() if key not in {"locations", "title"}}
    assert "House" not in str(told)


def test_dates_are_read_as_they_are_written_in_this_country() -> None:
    assert [str(day(written)) for written in ("2026-07-04", "20260704T120000Z", "04/07/2026", "4.7.2026")] == [
        "2026-07-04"
    ] * 4
    assert day("2026-13-01") is None


def test_a_link_to_the_times_and_another_time_zone_are_said() -> None:
    schedule = {
        "byday": "MO",
        "opens_at": "10:00",
        "timezone": "America/New_York",
        "schedule_link": "https://example.org/book",
    }
    made, _ = converted(service(schedules=[schedule]))
    assert made.front["sessions"][0]["note"] == "In the time zone America/New_York."
    assert "[Times and booking](https://example.org/book)" in made.text


def test_a_session_is_over_after_its_last_day() -> None:
    session = Session.model_validate({"valid_to": "2026-11-21"})
    assert not session.is_over(TODAY)
    assert Session.model_validate({"valid_to": "2026-11-20"}).is_over(TODAY)
