"""Hostile addresses and forms, as everybody, on both databases: python -m benchmarks.hostile [--addresses 2500]

Prints a table, and a line for each answer of 500 or above. Status 1 where there is any.
"""

import argparse
import logging
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from tests.support import compiled, hostile
from tests.support.client import Client
from tests.support.databases import KINDS, Database, Postgresql, Sqlite
from tests.support.hostile import Failure
from tests.support.people import PEOPLE
from tests.support.routes import routes
from tests.support.world import examples
from webapp.accounts import sign_in
from webapp.app import create_app
from webapp.config.settings import Settings
from webapp.db.engine import db, now
from webapp.library.generation.reader import Reader
from webapp.people.models import User

KEY = "a key for measuring alone, of no use anywhere else"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.hostile", description="Sweep hostile addresses.")
    parser.add_argument("--addresses", type=int, default=2500, help="for each person (2,500 unless said)")
    parser.add_argument("--forms", type=int, default=1000, help="for each person (1,000 unless said)")
    given = parser.parse_args()
    logging.getLogger("signpost.requests").disabled = True  # a line for each of tens of thousands
    print("| database | who | what | answers | of 500 or above | seconds |\n|---|---|---|---|---|---|", flush=True)
    failures: list[Failure] = []
    with tempfile.TemporaryDirectory() as folder:
        index_dir = compiled.real(Path(folder) / "content")
        for kind in KINDS:
            with _database(kind, Path(folder)) as database:
                for who, what, tries in _tries(database, index_dir, given.addresses, given.forms):
                    began, answers = time.monotonic(), list(tries)
                    failed = [answer for answer in answers if answer]
                    seconds = time.monotonic() - began
                    print(f"| {kind} | {who} | {what} | {len(answers):,} | {len(failed)} | {seconds:.0f} |", flush=True)
                    failures += failed
    print("".join(f"{failure}\n" for failure in failures), end="", file=sys.stderr)
    return 1 if failures else 0


Tries = Iterator[Failure | None]


def _tries(database: Database, index_dir: Path, addresses: int, forms: int) -> Iterator[tuple[str, str, Tries]]:
    """Who tries what, and what comes of each."""
    settings = Settings(
        secret_key=KEY, database_url=database.url, index_dir=index_dir, trusted_hosts=("localhost",), https=False
    )
    app = create_app(settings)
    app.testing = True
    browser_of = _browsers(app)
    example = examples(Reader(index_dir).current(), browser_of)
    people = [Client(app, "someone signed out"), *(browser_of(name) for name in PEOPLE)]
    asked = hostile.names_in_addresses(app, lambda address: people, example)
    pages = hostile.addresses(app, example, asked, addresses)
    for person in people:
        yield person.name, "addresses", hostile.sweep(person, pages)
    filled = {path: example(path) for _, path in routes(app)}
    asked = hostile.names_in_forms(app, lambda address: map(browser_of, PEOPLE), filled)  # one form signs out
    sent = hostile.forms(asked, filled, forms)
    for name in PEOPLE:
        yield name, "forms", (failure for form in sent for failure in hostile.send(browser_of(name), [form]))


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
