"""What may be told: nothing that is about fewer than five people, and nothing from which that could be worked out.

The rules, and why they are enough, are in docs/decisions/small-numbers.md. In short:

* a figure stands alone only if five people or more are behind each part of it (the answers "helped" and "not yet");
* where figures beside each other are left out, there are two of them at the least, and five people behind each part of
  them together: so neither the whole less the others, nor anything else, says what one of them is;
* answers are told by month for the programme and by quarter for teams, and for a quarter only if no month could be
  worked out of both: see `answers`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import add
from typing import TypeVar

from webapp.web.small_numbers import FEWEST

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure in its parts: how many things each part counts, and who is behind them."""

    numbers: tuple[int, ...]
    people: tuple[frozenset[int], ...]

    def __add__(self, other: "Cell") -> "Cell":
        numbers = tuple(a + b for a, b in zip(self.numbers, other.numbers, strict=True))
        return Cell(numbers, tuple(a | b for a, b in zip(self.people, other.people, strict=True)))

    @property
    def total(self) -> int:
        return sum(self.numbers)

    @property
    def whole(self) -> "Cell":
        """The same, not told apart."""
        return Cell((self.total,), (frozenset().union(*self.people),))

    @property
    def is_enough(self) -> bool:
        """Whether five people or more are behind each part."""
        return self.fewest >= FEWEST

    @property
    def fewest(self) -> int:
        """How many people are behind the part with fewest."""
        return min(len(them) for them in self.people)

    @property
    def is_mixed(self) -> bool:
        """Whether there is something of each part."""
        return all(self.numbers)


class Tally:
    """A cell that is being counted, `parts` of it."""

    __slots__ = ("numbers", "people")

    def __init__(self, parts: int) -> None:
        self.numbers = [0] * parts
        self.people: list[set[int]] = [set() for _ in range(parts)]

    def add(self, part: int, number: int, people: Iterable[int]) -> None:
        self.numbers[part] += number
        self.people[part].update(people)

    @property
    def cell(self) -> Cell:
        return Cell(tuple(self.numbers), tuple(map(frozenset, self.people)))


def cells(tallies: Mapping[str, Tally]) -> dict[str, Cell]:
    """What was counted, by the same names."""
    return {name: tally.cell for name, tally in tallies.items()}


Teams = Mapping[str, Cell]  # by the slug of the team
Localities = Mapping[str, str]  # the locality of each team


@dataclass(frozen=True, slots=True)
class Shown:
    """What of a tree may be told: of the whole, of its localities and of its teams."""

    programme: bool = False
    localities: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()


NOTHING = Shown()


@dataclass(frozen=True, slots=True)
class PeriodFigures:
    """The figures of one period, and what may be told of them. None is what may not; nothing counted is a Cell of 0."""

    teams: Teams
    localities: Localities
    shown: Shown
    none: Cell

    @property
    def programme(self) -> Cell | None:
        whole = summed(self.teams.values()) or self.none
        return whole if self.shown.programme or not whole.total else None

    def locality(self, slug: str) -> Cell | None:
        those = [cell for team, cell in self.teams.items() if self.localities[team] == slug]
        whole = summed(those) or self.none
        return whole if slug in self.shown.localities or not whole.total else None

    def team(self, slug: str) -> Cell | None:
        cell = self.teams.get(slug, self.none)
        return cell if slug in self.shown.teams or not cell.total else None


def summed(cells: Iterable[Cell]) -> Cell | None:
    """All of them together; None for none."""
    every = list(cells)
    return reduce(add, every) if every else None


def by_locality(teams: Teams, localities: Localities) -> dict[str, Cell]:
    """What the teams of each locality have together."""
    found: dict[str, Cell] = {}
    for team, cell in teams.items():
        where = localities[team]
        found[where] = found[where] + cell if where in found else cell
    return found


def siblings(cells: Mapping[Key, Cell], may_be_shown: Iterable[Key] | None = None) -> frozenset[Key]:
    """Which of `cells`, whose sum is told, may be told themselves. Where nothing is counted, nothing is left out.

    As long as what is left out is one figure, or fewer than five people are behind a part of it, the figure of fewest
    people is left out with it.
    """
    filled = {key: cell for key, cell in cells.items() if cell.total}
    allowed = set(filled) if may_be_shown is None else set(may_be_shown)
    shown = {key for key, cell in filled.items() if cell.is_enough and key in allowed}
    for smallest in sorted(shown, key=lambda key: (filled[key].fewest, filled[key].total, str(key))):
        left_out = [cell for key, cell in filled.items() if key not in shown]
        if not left_out or (len(left_out) > 1 and reduce(add, left_out).is_enough):
            break
        shown.discard(smallest)
    return frozenset(shown)


def tree(teams: Teams, localities: Localities, within: Shown | None = None) -> Shown:
    """What may be told of one period. `within` says what alone may be: what another table tells anyway."""
    whole = summed(teams.values())
    if whole is None or not whole.is_enough or (within is not None and not within.programme):
        return NOTHING
    there = by_locality(teams, localities)
    shown_localities = siblings(there, within.localities if within else None)
    shown_teams: set[str] = set()
    for locality in shown_localities:
        those = {team: cell for team, cell in teams.items() if localities[team] == locality}
        shown_teams |= siblings(those, within.teams if within else None)
    return Shown(True, shown_localities, frozenset(shown_teams))


def all_of(shown: Sequence[Shown]) -> Shown:
    """What is told in each of several periods."""
    return Shown(
        all(one.programme for one in shown),
        frozenset.intersection(*(one.localities for one in shown)),
        frozenset.intersection(*(one.teams for one in shown)),
    )


def answers(months: Mapping[date, Teams], localities: Localities, within: Shown) -> Shown:
    """What may be told of the answers of a quarter by locality and team, beside those of each of its `months`.

    Two ways of adding up the same answers, by month and by team, can give away what one team said in one month. They
    cannot where each part of one way meets each part of the other, and where of these meetings enough hold both answers
    to join all parts: then there is always another way to fill the table. Otherwise nothing is told by team.
    """
    if not all((whole := summed(teams.values())) and whole.is_enough for teams in months.values()):
        return NOTHING
    quarter: dict[str, Cell] = {}
    for teams in months.values():
        for team, cell in teams.items():
            quarter[team] = quarter[team] + cell if team in quarter else cell
    steady = {team for team in quarter if all(team in teams and teams[team].total for teams in months.values())}
    shown = tree(quarter, localities, Shown(within.programme, within.localities, within.teams & steady))
    groups = _grouped(quarter, localities, shown)
    return shown if len(groups) > 1 and _cannot_be_solved(groups, list(months.values())) else NOTHING


def _grouped(teams: Iterable[str], localities: Localities, shown: Shown) -> list[set[str]]:
    """The teams in groups of which no more than the sum is told."""
    groups: dict[str, set[str]] = {}
    for team in teams:
        where = localities[team]
        name = f"team {team}" if team in shown.teams else f"in {where}" if where in shown.localities else "elsewhere"
        groups.setdefault(name, set()).add(team)
    return list(groups.values())


def _cannot_be_solved(groups: Sequence[set[str]], months: Sequence[Teams]) -> bool:
    """Whether every group has something in every month, and meetings with both answers join all groups and months."""
    joined: dict[int, set[int]] = {}  # months by the group, where both answers were given
    for number, group in enumerate(groups):
        for place, teams in enumerate(months):
            cell = summed(teams[team] for team in group if team in teams)
            if cell is None or not cell.total:
                return False
            if cell.is_mixed:
                joined.setdefault(number, set()).add(place)
    reached, found = {0}, set(joined.get(0, ()))
    while more := {n for n, places in joined.items() if n not in reached and places & found}:
        reached |= more
        found.update(*(joined[n] for n in more))
    return len(reached) == len(groups) and len(found) == len(months)
