"""How soon the figures open after years of use: python -m benchmarks.insights

50,000 learning logs and 5,000 barriers of 400 people, over all teams and two years, on SQLite and on PostgreSQL: whole
pages and files, in milliseconds. The exit status is 1 where the 95th per cent of any is over the limit.
"""

import argparse
import gc
import random
import sys
import tempfile
from pathlib import Path
from statistics import median, quantiles

from sqlalchemy import insert

from benchmarks import community
from benchmarks.gaps import AT_ONCE, SECRET
from benchmarks.triage import times
from tests.support import databases, people
from tests.support.client import Client
from webapp.accounts import sign_in
from webapp.app import create_app
from webapp.barriers.models import Barrier
from webapp.config import ROOT, Settings
from webapp.db.engine import db, now
from webapp.learning_logs.models import LearningLog
from webapp.library.build import compile as compiling
from webapp.library.generation.reader import Reader
from webapp.library.vocabulary import Vocabulary
from webapp.people import User

WRITERS = 400
LIMIT = 200  # milliseconds
PAGES = (
    ("one team", "femi", "/insights"),
    ("one team, two years", "femi", "/insights?quarters=8"),
    ("the programme", "carol", "/insights/programme"),
    ("the programme, two years", "carol", "/insights/programme?quarters=8"),
    ("the programme as CSV", "carol", "/insights/programme.csv"),
)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.insights", description="The figures, measured.")
    parser.add_argument("--small", action="store_true", help="a tenth of everything")
    given = parser.parse_args()
    slow = 0
    with tempfile.TemporaryDirectory() as folder:
        compiling.build(ROOT / "content", Path(folder) / "index")
        for made in (databases.Sqlite(Path(folder)), databases.Postgresql("bench")):
            slow += _on(made, Path(folder) / "index", 10 if given.small else 1)
    return 1 if slow else 0


def fill(words: Vocabulary, size: int) -> None:
    """The logs and barriers of two years, `size` times smaller; each team's are of its own people."""
    row = {"password_hash": "", "disabled": True, "session_version": 0, "created_at": now()}
    each = [{**row, "email": f"writer-{n}@example.org", "name": f"Writer {n}"} for n in range(WRITERS)]
    ids = list(db.session.scalars(insert(User).returning(User.id), each))
    own = {team: ids[place :: len(words.teams)] for place, team in enumerate(words.teams)}
    dice = random.Random(11)
    for table, who, rows in (
        (LearningLog, "author_id", community.logs(dice, words, ids, community.LOGS // size)),
        (Barrier, "reporter_id", community.barriers(dice, words, ids, community.BARRIERS // size)),
    ):
        every = [{**row, who: dice.choice(own[row["team"]])} for row in rows]
        for start in range(0, len(every), AT_ONCE):
            db.session.execute(insert(table), every[start : start + AT_ONCE])
    db.session.commit()


def _on(made: databases.Database, index_dir: Path, size: int) -> int:
    """Measure one database; how many pages were over the limit."""
    made.reset()
    app = create_app(
        Settings(secret_key=SECRET, database_url=made.url, index_dir=index_dir, trusted_hosts=("localhost",))
    )
    tokens = {}
    with app.app_context():
        fill(Reader(index_dir).current().vocabulary, size)
        for name in ("femi", "carol"):
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
