"""An attacker who has every page, filter and file of insights: all that is published, as equations to be solved."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import product

import numpy as np

from webapp.insights.logs import Logs
from webapp.insights.suppression import Cell, PeriodFigures
from webapp.web.small_numbers import FEWEST

Unknown = tuple[str, date, str]  # team, month, and "yes" or "no"


@dataclass
class Attack:
    """What is known: sums of unknowns, each a set and the figure that was published for it."""

    unknowns: list[Unknown]
    known: list[tuple[frozenset[Unknown], int]] = field(default_factory=list)

    @classmethod
    def on(cls, logs: Logs) -> "Attack":
        """Read everything that can be read of `logs`."""
        cells = list(product(logs.localities, logs.period.whole_months))
        attack = cls([(team, month, part) for team, month in cells for part in ("yes", "no")])
        for month in logs.period.whole_months:
            attack._read(logs, logs.counts[month], [month], [("yes", "no")])
            answers = logs.programme(month)
            if answers is not None:
                no = answers.numbers[-1]
                attack._learn(list(logs.localities), [month], ("yes",), answers.total - no)
                attack._learn(list(logs.localities), [month], ("no",), no)
        for quarter in logs.period.quarters:
            attack._read(logs, logs.answers[quarter], quarter.months, [("yes",), ("no",)])
            attack._read(logs, logs.tries[quarter], quarter.months, [("yes", "no")], added=True)
        return attack

    def _read(
        self,
        logs: Logs,
        told: PeriodFigures,
        months: Sequence[date],
        parts: Sequence[tuple[str, ...]],
        *,
        added: bool = False,
    ) -> None:
        everywhere = {
            locality: [t for t, where in logs.localities.items() if where == locality]
            for locality in logs.localities.values()
        }
        groups: list[tuple[list[str], Cell | None]] = [(list(logs.localities), told.programme)]
        groups += [(teams, told.locality(locality)) for locality, teams in everywhere.items()]
        groups += [([team], told.team(team)) for team in logs.localities]
        for teams, cell in groups:
            for place, part in enumerate(parts if cell is not None else ()):
                assert cell
                self._learn(teams, months, part, cell.total if added else cell.numbers[place])

    def _learn(self, teams: Sequence[str], months: Sequence[date], parts: Sequence[str], figure: int) -> None:
        self.known.append((frozenset(product(teams, months, parts)), figure))

    def solved(self) -> Iterator[frozenset[Unknown]]:
        """Every set of logs, of one answer or of both, whose number follows from what was published."""
        places = {unknown: place for place, unknown in enumerate(self.unknowns)}
        equations = np.zeros((len(self.known), len(places)))
        for row, (them, _) in enumerate(self.known):
            equations[row, [places[unknown] for unknown in them]] = 1
        _, sizes, directions = np.linalg.svd(equations)
        across = directions[int((sizes > 1e-9).sum()) :]  # ways to change the table that nothing published would show
        cells = sorted({(team, month) for team, month, _ in self.unknowns})
        for parts in (("yes",), ("no",), ("yes", "no")):
            change = sum(across[:, [places[(*cell, part)] for cell in cells]] for part in parts)
            choices = np.array(list(product((0, 1), repeat=len(cells))))[1:]
            still = np.abs(choices @ change.T).max(axis=1, initial=0) < 1e-7
            for choice in choices[still]:
                chosen = [cell for cell, on in zip(cells, choice, strict=True) if on]
                yield frozenset((*cell, part) for cell in chosen for part in parts)

    def bounds(self) -> Mapping[Unknown, tuple[int, int]]:
        """The least and the most that each unknown can be, by what is left of every sum."""
        most = dict.fromkeys(self.unknowns, 10000)
        least = dict.fromkeys(self.unknowns, 0)
        sums = list(self._differences())
        for _ in range(50):
            before = (dict(least), dict(most))
            for them, figure in sums:
                low, high = sum(least[u] for u in them), sum(most[u] for u in them)
                for u in them:
                    most[u] = min(most[u], figure - (low - least[u]))
                    least[u] = max(least[u], figure - (high - most[u]))
            if before == (least, most):
                break
        return {u: (least[u], most[u]) for u in self.unknowns}

    def _differences(self) -> Iterator[tuple[frozenset[Unknown], int]]:
        """What was published, and every whole less its parts."""
        yield from self.known
        for whole, figure in self.known:
            parts = [(them, n) for them, n in self.known if them < whole]
            rest, left = set(whole), figure
            for them, n in sorted(parts, key=lambda part: -len(part[0])):
                if them <= rest:
                    rest -= them
                    left -= n
                    if rest:
                        yield frozenset(rest), left


def behind(logs: Logs, them: frozenset[Unknown]) -> int:
    """How many people wrote the logs of `them`."""
    found: set[int] = set()
    for team, month, part in them:
        cell = logs.given[month].get(team)
        if cell:
            found |= cell.people[2] if part == "no" else cell.people[0] | cell.people[1]
    return len(found)


def count(logs: Logs, them: frozenset[Unknown]) -> int:
    """How many logs these are."""
    cells = [(logs.given[month].get(team), part) for team, month, part in them]
    return sum(cell.numbers[2] if part == "no" else sum(cell.numbers[:2]) for cell, part in cells if cell)


def is_nobodys(logs: Logs, them: frozenset[Unknown]) -> bool:
    """Whether nobody wrote anything at all in these teams and months, which may be known."""
    return not any(cell.total for team, month, _ in them if (cell := logs.given[month].get(team)))


def too_few(number: int) -> bool:
    return number < FEWEST
