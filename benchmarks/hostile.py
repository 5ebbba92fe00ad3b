"""Hostile addresses, as everybody, on both databases: python -m benchmarks.hostile [--number 2500]

Prints a line for each answer of 500 or above, and a table. Status 1 where there is any.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from tests.support import compiled, hostile
from tests.support.client import Client
from tests.support.databases import KINDS, Database, Postgresql, Sqlite
from tests.support.people import PEOPLE
from tests.support.world import examples
from webapp.accounts import sign_in
from webapp.app import create_app
from webapp.config import Settings
from webapp.db import db, now
from webapp.library.generation import Reader
from webapp.people import User

KEY = "a key for measuring alone, of no use anywhere else"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.hostile", description="Sweep hostile addresses.")
    parser.add_argument("--number", type=int, default=2500, help="addresses for each person (2,500 unless said)")
    given = parser.parse_args()
    print("| database | who | addresses | answers | of 500 or above | seconds |\n|---|---|---|---|---|---|")
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        index_dir = compiled.real(Path(folder) / "content")
        for kind in KINDS:
            with _database(kind, Path(folder)) as database:
                failed += sum(_swept(kind, database, index_dir, given.number))
    return 1 if failed else 0


def _swept(kind: str, database: Database, index_dir: Path, number: int) -> Iterator[int]:
    """The number of failures for each person, each printed as it is found."""
    settings = Settings(
        secret_key=KEY, database_url=database.url, index_dir=index_dir, trusted_hosts=("localhost",), https=False
    )
    app = create_app(settings)
    app.testing = True
    at = _browsers(app)
    example = examples(Reader(index_dir).current(), at)
    people = [Client(app, "someone signed out"), *(at(name) for name in PEOPLE)]
    asked = hostile.asked_for(app, people, example)
    addresses = hostile.addresses(app, example, asked, number)
    for person in people:
        began, answers, failures = time.monotonic(), Counter[str](), []
        for failure in hostile.sweep(person, addresses):
            answers["failed" if failure else "fine"] += 1
            if failure:
                failures.append(failure)
        seconds = time.monotonic() - began
        print(
            f"| {kind} | {person.name} | {len(addresses):,} | {answers.total():,} | {len(failures)} | {seconds:.0f} |"
        )
        print("".join(f"{failure}\n" for failure in failures), end="", file=sys.stderr, flush=True)
        yield len(failures)


def _browsers(app: Flask) -> Callable[[str], Client]:
    def sign_in_as(name: str) -> Client:
        with app.app_context():
            token = sign_in.begin(db.session, db.session.get_one(User, PEOPLE[name].id), "Firefox on Linux", now())
            db.session.commit()
        return Client(app, name, token, PEOPLE[name].id)

    return sign_in_as


@contextmanager
def _database(kind: str, folder: Path) -> Iterator[Database]:
    made: Database = Sqlite(folder) if kind == "sqlite" else Postgresql("sweep")
    try:
        made.reset()
        yield made
    finally:
        made.close()


if __name__ == "__main__":
    sys.exit(main())
