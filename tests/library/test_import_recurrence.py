"""Schedules of every form are kept exactly: a session is held on the days that its feed's rule means, and no others.

The oracle is dateutil, given the rule as RFC 5545 has it and the last day as a day that counts.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.library.importing import TODAY, converted, service
from webapp.directory.wording import held_on
from webapp.english.dates import WEEKDAYS
from webapp.library.front_matter.listing import Session
from webapp.library.front_matter.model import Asset

AHEAD = 150  # days that are compared
DAYS = st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"])
Schedule = dict[str, Any]
OFTEN = {"daily": "DAILY", "weekly": "WEEKLY", "monthly": "MONTHLY"}


def near(least: int, most: int) -> st.SearchStrategy[date]:
    return st.integers(least, most).map(lambda days: TODAY + timedelta(days=days))


def several(of: st.SearchStrategy[Any], most: int = 3) -> st.SearchStrategy[str]:
    return st.lists(of, min_size=1, max_size=most, unique=True).map(lambda parts: ",".join(map(str, parts)))


NTH = st.tuples(st.sampled_from([1, 2, 3, 4, -1, -2]), DAYS).map(lambda pair: f"{pair[0]}{pair[1]}")
MONTH_DAYS = st.one_of(st.integers(1, 31), st.integers(-5, -1))
WEEKLY = st.fixed_dictionaries({"freq": st.just("WEEKLY"), "byday": several(DAYS)})
MONTHLY = st.one_of(
    st.fixed_dictionaries({"freq": st.just("MONTHLY"), "byday": several(NTH, 2)}),
    st.fixed_dictionaries({"freq": st.just("MONTHLY"), "bymonthday": several(MONTH_DAYS)}),
    st.fixed_dictionaries(
        {"freq": st.just("MONTHLY"), "byday": several(DAYS), "bysetpos": st.sampled_from(["1", "2", "-1", "1,-1"])}
    ),
)
OTHERS = st.one_of(
    st.just({"freq": "DAILY"}),
    st.just({"freq": "YEARLY"}),
    st.fixed_dictionaries({"freq": st.just("YEARLY"), "bymonth": several(st.integers(1, 12)), "byday": NTH}),
)
ENDS = st.one_of(
    st.just({}),
    near(-20, 90).map(lambda day: {"until": day.isoformat()}),
    near(-20, 90).map(lambda day: {"valid_to": day.isoformat()}),
    st.integers(1, 30).map(lambda count: {"count": count}),
)
SCHEDULES = st.builds(
    lambda rule, begins, interval, end, wkst, valid_from: {
        **rule, "dtstart": begins.isoformat(), "interval": interval, **end, **wkst, **valid_from,
        "opens_at": "10:00", "closes_at": "12:00",
    },
    st.one_of(WEEKLY, MONTHLY, OTHERS),
    near(-200, 40),
    st.sampled_from([1, 1, 2, 3, 5]),
    ENDS,
    st.one_of(st.just({}), DAYS.map(lambda day: {"wkst": day})),
    st.one_of(st.just({}), near(-30, 30).map(lambda day: {"valid_from": day.isoformat()})),
)  # fmt: skip


def meant(schedule: Schedule) -> list[date]:
    """The days from today on that dateutil finds for a schedule."""
    names = ("freq", "interval", "count", "wkst", "byday", "bymonthday", "bymonth", "bysetpos")
    rule = ";".join(f"{name.upper()}={schedule[name]}" for name in names if name in schedule)
    first = max(TODAY, date.fromisoformat(schedule.get("valid_from", "2000-01-01")))
    lasts = [date.fromisoformat(schedule[key]) for key in ("until", "valid_to") if key in schedule]
    last = min([TODAY + timedelta(days=AHEAD - 1), *lasts])
    begins = datetime.combine(date.fromisoformat(schedule["dtstart"]), time.min)
    found = rrulestr(f"RRULE:{rule}", dtstart=begins).between(
        datetime.combine(first, time.min), datetime.combine(last, time.max), inc=True
    )
    return [moment.date() for moment in found]


def sessions(*schedules: Schedule) -> list[dict[str, Any]]:
    made, _ = converted(service(schedules=list(schedules)))
    Asset.model_validate(made.front)
    return made.front.get("sessions", [])


def held(given: list[dict[str, Any]]) -> list[date]:
    known = [Session.model_validate(one) for one in given]
    days = (TODAY + timedelta(days=ahead) for ahead in range(AHEAD))
    return [day for day in days if any(held_on(session, day) for session in known)]


def published(session: dict[str, Any]) -> Schedule:
    """A session as a feed has it."""
    rule = session.get("rrule") or f"FREQ={OFTEN[session['frequency']]}"
    made: Schedule = {name.lower(): value for name, value in (part.split("=") for part in rule.split(";"))}
    if "rrule" not in session and session.get("days"):
        made["byday"] = ",".join(day[:2].upper() for day in session["days"])
    made |= {key: session[key] for key in ("dtstart", "valid_from", "valid_to") if key in session}
    hours = ("00:00", "24:00") if session.get("all_day") else (session.get("starts"), session.get("ends"))
    return made | {"opens_at": hours[0], "closes_at": hours[1], "notes": session.get("note")}


@settings(max_examples=40, deadline=None)
@given(SCHEDULES)
def test_a_session_is_held_on_the_days_that_its_rule_means(schedule: Schedule) -> None:
    assert held(sessions(schedule)) == meant(schedule)


LOOSE = st.builds(  # no day says from when it is counted
    lambda schedule, without: {key: value for key, value in schedule.items() if key not in without},
    SCHEDULES,
    st.sampled_from([(), ("dtstart",), ("byday", "bysetpos"), ("opens_at", "closes_at"), ("closes_at", "dtstart")]),
)


@settings(max_examples=20, deadline=None)
@given(st.lists(LOOSE, min_size=1, max_size=3))
def test_what_is_published_again_comes_back_as_it_was(schedules: list[Schedule]) -> None:
    made = sessions(*schedules)
    assert sessions(*map(published, made)) == made


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ({"byday": "2MO,1MO"}, {"byday": "1MO,2MO"}),
        ({"byday": "-1MO,1MO,1MO"}, {"byday": "1MO,-1MO"}),
        ({"byday": "MO", "bysetpos": "-1,1"}, {"byday": "MO", "bysetpos": "1,-1"}),
        ({"bymonthday": "-1,15,1"}, {"bymonthday": "1,15,-1"}),
        ({"interval": 3, "byday": "TU,MO", "bysetpos": "2,1,2"}, {"interval": 3, "byday": "MO,TU", "bysetpos": "1,2"}),
    ],
)
def test_the_order_in_which_days_are_published_makes_no_other_session(said: Schedule, plain: Schedule) -> None:
    often = {"freq": "MONTHLY", "opens_at": "10:00"}
    made = sessions(often | said)
    assert made == sessions(often | plain)
    assert sessions(*map(published, made)) == made


def test_the_last_day_counts() -> None:
    last = {"freq": "WEEKLY", "byday": "MO", "opens_at": "10:00"}
    monday = TODAY + timedelta(days=(7 - TODAY.weekday()) % 7)
    assert WEEKDAYS[monday.weekday()] == "monday"
    for key in ("until", "valid_to"):
        assert held(sessions(last | {key: monday.isoformat()})) == [monday]


@pytest.mark.parametrize("hours", [("00:00", "24:00"), ("20:00", "08:00"), ("10:00", None)])
def test_hours_of_a_day_and_of_a_night_come_back(hours: tuple[str, str | None]) -> None:
    made = sessions({"freq": "WEEKLY", "byday": "MO", "opens_at": hours[0], "closes_at": hours[1]})
    assert sessions(*map(published, made)) == made
    assert made[0].get("all_day", False) is (hours[1] == "24:00")
