"""Nothing is learned about fewer than five people, by whoever puts together all pages, filters, months and files."""

from datetime import date

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.insights.attack import Attack, behind, is_nobodys, too_few
from webapp.insights.logs import Logs
from webapp.insights.periods import Period, Quarter
from webapp.insights.suppression import Cell

PERIOD = Period((Quarter(date(2026, 7, 1)),), date(2026, 10, 14))
MONTHS = PERIOD.quarters[0].months
LOCALITIES: tuple[dict[str, str], ...] = (
    {"a": "x", "b": "x"},
    {"a": "x", "b": "x", "c": "x"},
    {"a": "x", "b": "x", "c": "y"},
    {"a": "x"},
    {"a": "x", "b": "y", "c": "y", "d": "y"},
)
Table = dict[str, list[tuple[int, int, int]]]  # people who said each answer, by team and month


def world(table: Table, localities: dict[str, str], twice: bool = False) -> Logs:
    """Logs in which so many people of each team gave each answer; `twice` lets the first of them write two."""
    given_: dict[date, dict[str, Cell]] = {month: {} for month in PERIOD.months}
    tried: dict[str, Cell] = {}
    for number, (team, months) in enumerate(table.items()):
        people: set[int] = set()
        for month, (helped, partly, not_yet) in zip(MONTHS, months, strict=True):
            ids = iter(range(100 * number, 100 * number + 100))
            them = tuple(frozenset(next(ids) for _ in range(n)) for n in (helped, partly, not_yet))
            if any(them):
                numbers = tuple(len(each) + (1 if twice and each else 0) for each in them)
                given_[month][team] = Cell(numbers, them)
                people |= set().union(*them)
        total = sum(given_[month][team].total for month in MONTHS if team in given_[month])
        if total:
            half = len(people) // 2 or 1
            first, rest = frozenset(sorted(people)[:half]), frozenset(sorted(people)[half:])
            tried[team] = Cell((total - len(rest), len(rest)), (first, rest))
    return Logs(PERIOD, localities, given_, {PERIOD.quarters[0]: tried})


@st.composite
def worlds(draw: st.DrawFn) -> Logs:
    localities = draw(st.sampled_from(LOCALITIES))
    answer = st.tuples(st.integers(0, 9), st.integers(0, 6), st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6, 7, 9]))
    month = st.one_of(answer, answer, answer, st.just((0, 0, 0)))
    return world(
        {team: draw(st.lists(month, min_size=3, max_size=3)) for team in localities}, localities, draw(st.booleans())
    )


STEADY, ONCE = [(6, 3, 6)] * 3, [(3, 0, 3), (0, 0, 0), (0, 0, 0)]


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(worlds())
# Two teams that are there in one month alone: that month less what they said is what the third said.
@example(world({"a": [(6, 0, 2), (6, 0, 6), (6, 0, 6)], "b": ONCE, "c": ONCE}, LOCALITIES[1]))
# So many said "not yet" in the first month that it must have been all of one team, and nobody of the other later.
@example(world({"a": [(5, 0, 5), (9, 0, 0), (9, 0, 0)], "b": [(0, 0, 6), (5, 0, 5), (5, 0, 5)]}, LOCALITIES[0]))
@example(world({"a": STEADY, "b": STEADY, "c": [(6, 3, 1)] * 3}, LOCALITIES[1]))
@example(world({"a": STEADY, "b": [(2, 1, 1)] * 3}, LOCALITIES[0]))
def test_no_number_of_fewer_than_five_people_follows_from_all_that_is_published(logs: Logs):
    attack = Attack.on(logs)
    for them in attack.solved():
        if not is_nobodys(logs, them):
            assert not too_few(behind(logs, them)), f"{sorted(them)} is known, and {behind(logs, them)} are behind it"
    for unknown, (least, most) in attack.bounds().items():
        them = frozenset({unknown})
        if too_few(behind(logs, them)) and not is_nobodys(logs, them):
            assert least < most, f"{unknown} can only be {least}"


def test_figures_of_enough_people_are_told():
    """Or hiding everything would pass."""
    logs = world({"a": STEADY, "b": STEADY, "c": STEADY}, LOCALITIES[2])
    quarter = PERIOD.quarters[0]
    for month in MONTHS:
        assert logs.counts[month].team("b").numbers == (15,)
        assert logs.programme(month).numbers == (18, 9, 18)
    assert logs.answers[quarter].team("a").numbers == (27, 18)
    assert logs.answers[quarter].locality("y").numbers == (27, 18)


def test_with_one_small_team_a_second_is_left_out_and_the_locality_is_told():
    logs = world({"a": STEADY, "b": [(7, 3, 6)] * 3, "c": [(1, 1, 1)] * 3}, LOCALITIES[1])
    told = logs.counts[MONTHS[0]]
    assert [told.team(team) and told.team(team).total for team in "abc"] == [None, 16, None]
    assert told.locality("x").total == 15 + 16 + 3


@pytest.mark.parametrize("small", [0, 4])
def test_an_answer_of_fewer_than_five_hides_both_of_its_sides(small: int):
    logs = world({"a": STEADY, "b": [(9, 6, 0), (9, 6, 0), (9, 6, small)]}, LOCALITIES[0])
    told = logs.answers[PERIOD.quarters[0]]
    assert told.team("a") is None
    assert told.team("b") is None
    assert logs.programme(MONTHS[2]).numbers == (15, 9, 6 + small)
