"""When a community meets next, on both sides of a change of clocks, and where a week is left out."""

from datetime import UTC, date, datetime

from webapp.community.meetings import coming, on, regularly
from webapp.library.terms import Team

BEFORE = datetime(2026, 3, 24, 9, 30, tzinfo=UTC)


def team(**more: object) -> Team:
    return Team(slug="harbour", label="Harbour", **{"day": "thursday", "time": "14:00", **more})


def days(found: Team, now: datetime, most: int = 3) -> list[str]:
    return [meeting.day.isoformat() for meeting in coming(found, now, most)]


def test_it_is_the_same_time_on_the_wall_before_and_after_the_clocks_go_forward():
    first, second, _ = coming(team(), BEFORE, 3)
    assert first.starts.astimezone(UTC) == datetime(2026, 3, 26, 14, tzinfo=UTC)
    assert second.starts.astimezone(UTC) == datetime(2026, 4, 2, 13, tzinfo=UTC)


def test_a_meeting_counts_until_it_is_over():
    assert days(team(), datetime(2026, 3, 26, 14, 59, tzinfo=UTC))[0] == "2026-03-26"
    assert days(team(), datetime(2026, 3, 26, 15, 0, tzinfo=UTC))[0] == "2026-04-02"


def test_days_that_are_skipped_are_left_out():
    here = team(skips=(date(2026, 3, 26), date(2026, 4, 9)))
    assert days(here, BEFORE) == ["2026-04-02", "2026-04-16", "2026-04-23"]
    assert on(here, date(2026, 3, 26), BEFORE, 6) is None
    assert on(here, date(2026, 4, 2), BEFORE, 6)


def test_today_may_be_the_day():
    assert days(team(day="tuesday"), BEFORE)[0] == "2026-03-24"


def test_a_team_without_a_day_or_a_time_does_not_meet():
    for more in ({"day": ""}, {"time": None}, {"day": "someday"}):
        assert coming(team(**more), BEFORE, 3) == []
        assert regularly(team(**more)) == ""


def test_it_is_said_as_people_say_it():
    assert regularly(team(minutes=75)) == "Thursdays, 2:00pm to 3:15pm"
