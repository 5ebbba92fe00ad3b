"""How soon the figures open after years of use: python -m benchmarks.insights

50,000 learning logs and 5,000 barriers of 400 people, over all teams and two years, on SQLite and on PostgreSQL: whole
pages and files, in milliseconds; then the same pages where somebody writes a log before each of them, so that all is
counted anew. The exit status is 1 where the 95th per cent of any is over the limit.
"""

import random
import sys

from flask import Flask
from sqlalchemy import insert

from benchmarks import community, filled
from webapp.barriers.models import Barrier
from webapp.db.engine import db, now
from webapp.learning_logs.models import LearningLog
from webapp.library.vocabulary import Vocabulary
from webapp.people.models import User

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
    size = filled.size_asked_for("insights", "The figures, measured.")
    return 1 if sum(map(_measure, filled.sites(fill, size))) else 0


def _measure(app: Flask) -> int:
    slow = filled.measure(app, PAGES, LIMIT)
    print("\nEach after somebody wrote a log:\n")
    return slow + filled.measure(app, PAGES, LIMIT, first=lambda: _write_one(app))


def _write_one(app: Flask) -> None:
    with app.app_context():
        words = app.extensions["signpost.content"].current().vocabulary
        dice = random.Random()
        filled.write(LearningLog, community.logs(dice, words, [1], 1))
        db.session.commit()


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
        filled.write(table, ({**row, who: dice.choice(own[row["team"]])} for row in rows))


if __name__ == "__main__":
    sys.exit(main())
