"""How soon a team's own page opens after years of use: python -m benchmarks.community

50,000 learning logs, 5,000 barriers and 20,000 gaps over all teams, on SQLite and on PostgreSQL: whole pages, in
milliseconds. The exit status is 1 where the 95th per cent of any is over the limit.
"""

import argparse
import gc
import random
import sys
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from sqlalchemy import insert, select

from benchmarks.gaps import AT_ONCE, SECRET
from benchmarks.gaps import fill as fill_gaps
from benchmarks.triage import times
from tests.support import databases, people
from tests.support.client import Client
from webapp.accounts import sign_in
from webapp.app import create_app
from webapp.barriers.models import Barrier
from webapp.barriers.statuses import Status
from webapp.community import rota
from webapp.community.meetings import coming
from webapp.community.models import RotaPlace
from webapp.config import ROOT, Settings
from webapp.dates import day_of
from webapp.db.engine import db, now
from webapp.learning_logs.models import Helped, LearningLog
from webapp.library.build import compile as compiling
from webapp.library.generation.reader import Reader
from webapp.library.vocabulary import Vocabulary
from webapp.people import User

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
    parser = argparse.ArgumentParser(prog="python -m benchmarks.community", description="A team's page, measured.")
    parser.add_argument("--small", action="store_true", help="a tenth of everything")
    given = parser.parse_args()
    slow = 0
    with tempfile.TemporaryDirectory() as folder:
        compiling.build(ROOT / "content", Path(folder) / "index")
        for made in (databases.Sqlite(Path(folder)), databases.Postgresql("bench")):
            slow += _on(made, Path(folder) / "index", 10 if given.small else 1)
    return 1 if slow else 0


def fill(words: Vocabulary, size: int) -> None:
    """The whole history of every team, `size` times smaller."""
    fill_gaps(size)
    dice = random.Random(7)
    everyone = list(db.session.scalars(select(User.id)))
    for table, rows in (
        (LearningLog, list(logs(dice, words, everyone, LOGS // size))),
        (Barrier, list(barriers(dice, words, everyone, BARRIERS // size))),
        (RotaPlace, list(_rota(words, everyone))),
    ):
        for start in range(0, len(rows), AT_ONCE):
            db.session.execute(insert(table), rows[start : start + AT_ONCE])
    db.session.commit()


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


def _on(made: databases.Database, index_dir: Path, size: int) -> int:
    """Measure one database; how many pages were over the limit."""
    made.reset()
    app = create_app(
        Settings(secret_key=SECRET, database_url=made.url, index_dir=index_dir, trusted_hosts=("localhost",))
    )
    tokens = {}
    with app.app_context():
        fill(Reader(index_dir).current().vocabulary, size)
        for name in ("priya", "carol"):
            tokens[name] = sign_in.begin(db.session, db.session.get_one(User, people.PEOPLE[name].id), "", now())
        db.session.commit()
        print(f"\n{db.engine.dialect.name}\n\n| page | p50 ms | p95 ms |\n|---|---|---|")
    gc.collect()  # what filling left behind is not the site's
    slow = 0
    for title, name, path in PAGES:
        took = times(Client(app, name, tokens[name], people.PEOPLE[name].id), path, {})
        worst = quantiles(took, n=20)[-1]
        slow += worst > LIMIT
        print(f"| {title} | {median(took):.0f} | {worst:.0f} |", flush=True)
    with app.app_context():
        db.engine.dispose()
    made.close()
    return slow


if __name__ == "__main__":
    sys.exit(main())
