"""Which days a rule falls on, and what is said of one that cannot be read."""

from datetime import date, timedelta

import pytest

from webapp.library.occurrences import falls_on, fault

NOVEMBER = [date(2026, 11, 1) + timedelta(days=ahead) for ahead in range(30)]


@pytest.mark.parametrize(
    ("rule", "begins", "days"),
    [
        ("FREQ=WEEKLY;BYDAY=TU,TH", None, [3, 5, 10, 12, 17, 19, 24, 26]),
        ("FREQ=MONTHLY;BYDAY=2TU,-1FR", None, [10, 27]),
        ("FREQ=MONTHLY;BYMONTHDAY=15,-1", None, [15, 30]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", None, [30]),
        ("FREQ=WEEKLY;INTERVAL=3;BYDAY=MO", date(2026, 10, 12), [2, 23]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=MO", date(2026, 11, 2), [2, 8, 16, 22, 30]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=SU", date(2026, 11, 2), [2, 15, 16, 29, 30]),
        ("FREQ=WEEKLY;BYDAY=MO;COUNT=3", date(2026, 11, 2), [2, 9, 16]),
        ("FREQ=YEARLY;BYMONTH=11;BYDAY=2SU", None, [8]),
    ],
)
def test_a_rule_falls_on_the_days_it_means(rule: str, begins: date | None, days: list[int]) -> None:
    assert [day.day for day in NOVEMBER if falls_on(rule, begins, day)] == days


def test_the_first_day_of_the_week_decides_which_weeks_are_meant() -> None:
    """The example of RFC 5545, section 3.8.5.3: every other week on Tuesday and Sunday, counted from 5 August 1997."""
    august = [date(1997, 8, 1) + timedelta(days=ahead) for ahead in range(31)]
    for first, days in (("MO", [5, 10, 19, 24]), ("SU", [5, 17, 19, 31])):
        rule = f"FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST={first}"
        assert [day.day for day in august if falls_on(rule, date(1997, 8, 5), day)] == days


@pytest.mark.parametrize("rule", ["FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "FREQ=MONTHLY", "FREQ=WEEKLY;BYDAY=MO;COUNT=2"])
def test_nobody_can_say_which_weeks_where_the_day_it_is_counted_from_is_missing(rule: str) -> None:
    assert falls_on(rule, None, date(2026, 11, 2)) is None


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("FREQ=WEEKLY;UNTIL=20261231", "valid_to"),
        ("FREQ=HOURLY", "FREQ=HOURLY"),
        ("BYDAY=MO", "no FREQ"),
        ("FREQ=WEEKLY;BYDAY=XX", "BYDAY=XX"),
        ("FREQ=MONTHLY;BYDAY=MO;FREQ=DAILY", "FREQ=DAILY"),
        ("FREQ=MONTHLY;BYMONTHDAY=400", "BYMONTHDAY=400"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "never"),
        ("FREQ=MONTHLY;BYDAY=2MO", ""),
    ],
)
def test_a_rule_that_cannot_be_read_says_why(rule: str, said: str) -> None:
    found = fault(rule)
    assert said in found if said else not found
