"""What measuring a site after years of use takes: both databases filled, people signed in, whole pages asked for."""

import argparse
import gc
import logging
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from flask import Flask
from sqlalchemy import insert

from tests.support import databases, people
from tests.support.client import Client
from webapp.accounts import sign_in
from webapp.app import create_app
from webapp.config.settings import ROOT, Settings
from webapp.db.engine import db, now
from webapp.library.build import compile as compiling
from webapp.library.generation.reader import Reader
from webapp.library.vocabulary import Vocabulary
from webapp.people.models import User

AT_ONCE = 5_000
TIMES = 40
SECRET = "a key for measuring alone, of no use anywhere else"

Fill = Callable[[Vocabulary, int], None]  # the words of the content, and how many times smaller it is to be
Page = tuple[str, str, str]  # what it is called, who of PEOPLE asks for it, its address


def size_asked_for(program: str, about: str) -> int:
    """How many times smaller than usual everything is to be, from the command line."""
    parser = argparse.ArgumentParser(prog=f"python -m benchmarks.{program}", description=about)
    parser.add_argument("--small", action="store_true", help="a tenth of everything")
    return 10 if parser.parse_args().small else 1


def sites(fill: Fill, size: int) -> Iterator[Flask]:
    """The site on SQLite and then on PostgreSQL, with the real content and what `fill` writes."""
    with tempfile.TemporaryDirectory() as folder:
        index_dir = Path(folder) / "index"
        compiling.build(ROOT / "content", index_dir)
        words = Reader(index_dir).current().vocabulary
        for made in (databases.Sqlite(Path(folder)), databases.Postgresql("bench")):
            made.reset()
            app = create_app(
                Settings(secret_key=SECRET, database_url=made.url, index_dir=index_dir, trusted_hosts=("localhost",))
            )
            app.logger.disabled = logging.getLogger("signpost.requests").disabled = True
            with app.app_context():
                fill(words, size)
                db.session.commit()
                _tidied()
                print(f"\n{db.engine.dialect.name}\n")
            gc.collect()  # what filling left behind is not the site's
            yield app
            with app.app_context():
                db.engine.dispose()
            made.close()


def _tidied() -> None:
    """What PostgreSQL does by itself within a minute of so many rows; without it no index is read alone."""
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("vacuum analyze")


def write(table: Any, rows: Iterable[dict[str, Any]]) -> None:
    """Insert `rows`, some thousands at a time."""
    every = list(rows)
    for start in range(0, len(every), AT_ONCE):
        db.session.execute(insert(table), every[start : start + AT_ONCE])


def measure(app: Flask, pages: Sequence[Page], limit: float, first: Callable[[], object] | None = None) -> int:
    """Ask for `pages` and print their times; how many were over `limit` milliseconds at the 95th per cent.

    `first` is done before each time that a page is asked for, and not counted.
    """
    slow = 0
    print("| page | p50 ms | p95 ms |\n|---|---|---|")
    for title, name, path in pages:
        took = times(browser(app, name), path, first=first)
        worst = quantiles(took, n=20)[-1]
        slow += worst > limit
        print(f"| {title} | {median(took):.0f} | {worst:.0f} |", flush=True)
    return slow


def browser(app: Flask, name: str) -> Client:
    """Somebody of PEOPLE, signed in."""
    person = people.PEOPLE[name]
    with app.app_context():
        token = sign_in.begin(db.session, db.session.get_one(User, person.id), "", now())
        db.session.commit()
    return Client(app, name, token, person.id)


def times(
    person: Client, path: str, headers: dict[str, str] | None = None, first: Callable[[], object] | None = None
) -> list[float]:
    """How long each of TIMES whole answers took, in milliseconds."""
    took = []
    for _ in range(TIMES + 2):
        if first:
            first()
        began = time.perf_counter()
        with person.http.get(path, headers=headers or {}) as answer:
            answer.get_data()
        assert answer.status_code == 200, (path, answer.status_code)
        took.append((time.perf_counter() - began) * 1000)
    return took[2:]  # the first ones compile templates and fill caches


def measure_files(app: Flask, name: str, files: Sequence[tuple[str, str]]) -> None:
    """Ask for `files`, each with what it is called, as `name` of PEOPLE, and print what they took."""
    person = browser(app, name)
    print("\n| file | seconds | first byte s | MB | memory at the most MB |\n|---|---|---|---|---|")
    for title, path in files:
        began, first, size = time.perf_counter(), 0.0, 0
        with person.http.get(path, buffered=False) as response:
            assert response.status_code == 200, path
            for piece in response.iter_encoded():
                first = first or time.perf_counter() - began
                size += len(piece)
        took_all = time.perf_counter() - began
        tracemalloc.start()
        with person.http.get(path, buffered=False) as response:
            for _ in response.iter_encoded():
                pass
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        print(f"| {title} | {took_all:.1f} | {first:.2f} | {size / 1e6:.1f} | {most / 1e6:.1f} |", flush=True)
