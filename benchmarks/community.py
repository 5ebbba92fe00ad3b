"""How soon a team's own page opens after years of use: python -m benchmarks.community

50,000 learning logs, 5,000 barriers and 20,000 gaps over all teams, on SQLite and on PostgreSQL: whole pages, in
milliseconds. The exit status is 1 where the 95th per cent of any is over the limit.
"""

import random
import sys
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from benchmarks import filled, gaps
from webapp.barriers.models import Barrier
from webapp.barriers.statuses import Status
from webapp.community import rota
from webapp.community.meetings import coming
from webapp.community.models import RotaPlace
from webapp.db.engine import db, now
from webapp.english.dates import day_of
from webapp.learning_logs.models import Helped, LearningLog
from webapp.library.vocabulary import Vocabulary
from webapp.people.models import User

LOGS, BARRIERS = 50_000, 5_000
WEEKS = 104
LIMIT = 60  # milliseconds
PAGES = (
    ("my community", "priya", "/community"),
    ("another’s", "carol", "/community/gorton-levenshulme"),
    ("all of them", "priya", "/communities"),
    ("home", "priya", "/"),
)


def main() -> int:
    size = filled.size_asked_for("community", "A team's page, measured.")
    return 1 if sum(filled.measure(app, PAGES, LIMIT) for app in filled.sites(fill, size)) else 0


def fill(words: Vocabulary, size: int) -> None:
    """The whole history of every team, `size` times smaller."""
    gaps.fill(words, size)
    dice = random.Random(7)
    everyone = list(db.session.scalars(select(User.id)))
    filled.write(LearningLog, logs(dice, words, everyone, LOGS // size))
    filled.write(Barrier, barriers(dice, words, everyone, BARRIERS // size))
    filled.write(RotaPlace, _rota(words, everyone))


def logs(dice: random.Random, words: Vocabulary, everyone: list[int], most: int) -> Iterator[dict[str, Any]]:
    teams, monday = list(words.teams), day_of(now()) - timedelta(days=day_of(now()).weekday())
    for number in range(most):
        week = monday - timedelta(weeks=dice.randrange(WEEKS))
        yield {
            "author_id": dice.choice(everyone),
            "team": teams[number % len(teams)],
            "week": week,
            "created_at": now() - timedelta(days=(monday - week).days),
            "helped": dice.choice(list(Helped)),
            "will_try": f"Ask what a good week looked like before visit {number}",
            "share": dice.random() < 0.5,
            **dict.fromkeys(("experience", "reflection", "concept", "experiment", "in_the_way"), "x" * 400),
            **dict.fromkeys(("may_quote", "with_peers"), False),
        }


def barriers(dice: random.Random, words: Vocabulary, everyone: list[int], most: int) -> Iterator[dict[str, Any]]:
    teams, workstreams = list(words.teams), list(words.terms("workstreams"))
    for number in range(1, most + 1):
        status = dice.choice(list(Status))
        at = now() - timedelta(days=dice.randrange(WEEKS * 7))
        yield {
            "id": number,
            "text": f"The form asks the same thing twice, on page {number}",
            "kind": "process",
            "workstream": dice.choice(workstreams),
            "team": teams[number % len(teams)],
            "reporter_id": dice.choice(everyone),
            "created_at": at,
            "status": status,
            "answer": "" if status.is_open else "It is gone from the form.",
            "answered_at": None if status.is_open else at,
            "touched_at": None if status is Status.NEW else at,
        }


def _rota(words: Vocabulary, everyone: list[int]) -> Iterator[dict[str, Any]]:
    for team in words.teams.values():
        for meeting in coming(team, now(), rota.WEEKS):
            for user_id in everyone[: rota.MOST_EACH]:
                yield {"team": team.slug, "day": meeting.day, "user_id": user_id, "about": "x", "created_at": now()}


if __name__ == "__main__":
    sys.exit(main())
