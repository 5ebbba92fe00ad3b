"""How soon the triage screen answers with a large log: python -m benchmarks.triage

20,000 gaps with 200,000 events (see benchmarks.gaps), on SQLite and on PostgreSQL: whole pages and parts, in
milliseconds. The exit status is 1 where the 95th per cent of any is over the limit.
"""

import argparse
import gc
import sys
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles

from benchmarks.gaps import SECRET, fill
from tests.support import databases, people
from tests.support.client import Client
from webapp.accounts import sign_in
from webapp.app import create_app
from webapp.config import ROOT, Settings
from webapp.db.engine import db, now
from webapp.library.build import compile as compiling
from webapp.people import User

LIMIT = 120  # milliseconds
TIMES = 40
LIST = "/commissioning/gaps"
PAGES = (
    ("everything", LIST),
    ("page 300", f"{LIST}?page=300"),
    ("last page", f"{LIST}?page=667"),
    ("open, most people first", f"{LIST}?status=open&sort=people"),
    ("one status, oldest first", f"{LIST}?status=new&sort=oldest"),
    ("one place", f"{LIST}?place=gorton-levenshulme"),
    ("theme and place", f"{LIST}?theme=carers&place=ardwick-longsight&status=open"),
    ("two words", f"{LIST}?q=evening+choir"),
    ("half a word", f"{LIST}?q=ga"),
    ("no answer for 90 days", f"{LIST}?waiting=answer&age=90&sort=oldest"),
    ("gone quiet", f"{LIST}?waiting=news&sort=oldest"),
    ("mine", f"{LIST}?mine=1"),
    ("nobody’s, 5 people or more", f"{LIST}?owner=nobody&supporters=5&status=open"),
    ("a gap open beside the list", f"{LIST}?status=open&gap=GAP-10000"),
    ("one gap, its own page", f"{LIST}/GAP-10000"),
)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.triage", description="The triage screen, measured.")
    parser.add_argument("--small", action="store_true", help="a tenth of everything")
    given = parser.parse_args()
    slow = 0
    with tempfile.TemporaryDirectory() as folder:
        compiling.build(ROOT / "content", Path(folder) / "index")
        for made in (databases.Sqlite(Path(folder)), databases.Postgresql("bench")):
            slow += _on(made, Path(folder) / "index", 10 if given.small else 1)
    return 1 if slow else 0


def _on(made: databases.Database, index_dir: Path, size: int) -> int:
    """Measure one database; how many pages were over the limit."""
    made.reset()
    app = create_app(
        Settings(secret_key=SECRET, database_url=made.url, index_dir=index_dir, trusted_hosts=("localhost",))
    )
    with app.app_context():
        fill(size)
        token = sign_in.begin(db.session, db.session.get_one(User, people.PEOPLE["carol"].id), "", now())
        db.session.commit()
        print(f"\n{db.engine.dialect.name}\n\n| screen | p50 ms | p95 ms | as a part, p95 ms |\n|---|---|---|---|")
    carol = Client(app, "carol", token, people.PEOPLE["carol"].id)
    gc.collect()  # what filling left behind is not the site's
    slow = 0
    for name, path in PAGES:
        whole, part = times(carol, path, {}), times(carol, path, {"HX-Request": "true"})
        worst = quantiles(whole, n=20)[-1]
        slow += worst > LIMIT
        print(f"| {name} | {median(whole):.0f} | {worst:.0f} | {quantiles(part, n=20)[-1]:.0f} |", flush=True)
    with app.app_context():
        db.engine.dispose()
    made.close()
    return slow


def times(carol: Client, path: str, headers: dict[str, str]) -> list[float]:
    took = []
    for _ in range(TIMES + 2):
        began = time.perf_counter()
        with carol.http.get(path, headers=headers) as answer:
            answer.get_data()
        assert answer.status_code == 200, (path, answer.status_code)
        took.append((time.perf_counter() - began) * 1000)
    return took[2:]  # the first ones compile templates and fill caches


if __name__ == "__main__":
    sys.exit(main())
