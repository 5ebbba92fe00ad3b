"""Fills databases with a large gap log and measures what commissioners open: python -m benchmarks.gaps

20,000 gaps with 200,000 events and 60,000 people who joined, on SQLite and on PostgreSQL. Prints the middle and the
95th per cent of the times of whole pages, in milliseconds, and of the files the seconds and the memory they took.
"""

import argparse
import random
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from flask import Flask
from sqlalchemy import insert, text

from tests.support import databases, people
from tests.support.client import Client
from webapp.accounts import sign_in
from webapp.app import create_app
from webapp.config import ROOT, Settings
from webapp.db.engine import db, now
from webapp.gaps import search_terms
from webapp.gaps.models import Gap, GapCounter, GapEvent, GapSupport
from webapp.gaps.statuses import CLOSED, Status
from webapp.library.build import compile as compiling
from webapp.people import User

GAPS, EVENTS, JOINED, PEOPLE = 20_000, 200_000, 60_000, 500
AT_ONCE = 5_000
TIMES = 20
SECRET = "a key for measuring alone, of no use anywhere else"
PAGES = (
    ("triage", "/commissioning/gaps"),
    ("triage, filtered", "/commissioning/gaps?status=open&place=gorton-levenshulme&sort=people"),
    ("triage, words", "/commissioning/gaps?q=evening+choir"),
    ("triage, last page", "/commissioning/gaps?page=600"),
    ("one gap", "/commissioning/gaps/GAP-10000"),
    ("dashboard", "/commissioning"),
    ("dashboard, a year of one locality", "/commissioning?from=2026-01-01&to=2026-12-31&locality=central"),
    ("report, three months", "/commissioning/report"),
)
FILES = (
    ("CSV", "/commissioning/gaps.csv"),
    ("JSON", "/commissioning/gaps.json"),
    ("Excel", "/commissioning/gaps.xlsx"),
    ("Word report", "/commissioning/report.docx"),
)
NEEDS = (
    "a choir in the evening",
    "a shed at the weekend",
    "help with a garden",
    "somewhere warm to eat",
    "a quiet group",
)
FOR = ("for carers", "in Urdu", "near a bus", "without steps", "that costs nothing", "for men", "after work")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.gaps", description="A large gap log, measured.")
    parser.add_argument("--small", action="store_true", help="a tenth of everything")
    parser.add_argument("--only", default="", help="only pages and files whose name begins with this")
    given = parser.parse_args()
    size = 10 if given.small else 1
    with tempfile.TemporaryDirectory() as folder:
        index_dir = Path(folder) / "index"
        compiling.build(ROOT / "content", index_dir)
        for made in (databases.Sqlite(Path(folder)), databases.Postgresql("bench")):
            made.reset()
            app = create_app(
                Settings(secret_key=SECRET, database_url=made.url, index_dir=index_dir, trusted_hosts=("localhost",))
            )
            app.logger.disabled = True
            with app.app_context():
                began = time.perf_counter()
                fill(size)
                print(f"\n{db.engine.dialect.name}: filled in {time.perf_counter() - began:.0f} s")
                token = sign_in.begin(db.session, db.session.get_one(User, people.PEOPLE["carol"].id), "", now())
                db.session.commit()
            measure(app, token, given.only)
            with app.app_context():
                db.engine.dispose()
            made.close()


def fill(size: int) -> None:
    """The same every time, but for the days: they are told back from now."""
    chance, today = random.Random(42), now()
    count = GAPS // size
    with db.engine.connect().execution_options(writes=True) as connection, connection.begin():
        write = lambda table, rows: _in_parts(connection, table, rows)  # noqa: E731 - one line for four tables
        write(User, _people(today))
        gaps = list(_gaps(count, chance, today))
        write(Gap, gaps)
        connection.execute(insert(GapCounter), [{"id": 1, "last": count}])
        write(GapEvent, _events(gaps, EVENTS // size, chance))
        write(GapSupport, _supports(gaps, JOINED // size, chance))
        write(search_terms.GapTerm, _terms(gaps))
        connection.execute(text("analyze"))


def _terms(gaps: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for row in gaps:
        for term in search_terms.of(Gap(needed=row["needed"], words="")):
            yield {"term": term, "gap_id": row["id"]}


def _people(today: datetime) -> Iterator[dict[str, Any]]:
    for number in range(1_000, 1_000 + PEOPLE):
        yield {
            "id": number, "email": f"p{number}@example.org", "name": f"Person {number}", "team": "",
            "password_hash": "", "disabled": False, "generation": 0, "created_at": today,
        }  # fmt: skip


def _gaps(count: int, chance: random.Random, today: datetime) -> Iterator[dict[str, Any]]:
    places = ["", "gorton-levenshulme", "ardwick-longsight", "cheetham-crumpsall", "hulme-moss-side-rusholme"]
    places += ["ancoats-clayton-bradford", "fallowfield-withington", "chorlton-whalley-range-fallowfield"]
    themes = ["", "carers", "falls", "dementia", "homecare", "autism", "technology", "community-assets"]
    for number in range(1, count + 1):
        at = today - timedelta(days=900 * (1 - number / count), minutes=chance.randrange(600))
        status = chance.choice([*Status, Status.NEW, Status.MET])
        answered = status in CLOSED or chance.random() < 0.3
        yield {
            "id": number,
            "needed": f"{chance.choice(NEEDS).capitalize()} {chance.choice(FOR)} {chance.choice(FOR)}. " * 3,
            "place": chance.choice(places),
            "audience": "", "outcome": "", "activity": "", "words": "", "about": "",
            "evidence": "I rang three places and all were full. " * 5,
            "reporter_id": 1_000 + chance.randrange(PEOPLE),
            "reporter_team": chance.choice(places[1:]),
            "created_at": at,
            "people": 1 + chance.randrange(6),
            "status": status,
            "status_reason": "Somebody is asking around. " * 2,
            "closed_at": min(today, at + timedelta(days=chance.randrange(200))) if status in CLOSED else None,
            "answer": "This is what was found and what happens now. " * 6 if answered else "",
            "answered_at": min(today, at + timedelta(days=chance.randrange(90))) if answered else None,
            "answer_changed_at": None, "answered_by_id": None, "answered_team": "",
            "theme": chance.choice(themes), "workstream": "",
            "owner_id": people.PEOPLE["carol"].id if chance.random() < 0.2 else None,
            "version": 1,
        }  # fmt: skip


def _events(gaps: list[dict[str, Any]], count: int, chance: random.Random) -> Iterator[dict[str, Any]]:
    for number in range(1, count + 1):
        gap = gaps[number % len(gaps)]
        at = gap["created_at"] + timedelta(days=chance.randrange(100))
        yield {
            "gap_id": gap["id"],
            "kind": "status",
            "at": at,
            "team": "",
            "status": Status.UNDER_REVIEW,
            "text": "Seen.",
        }


def _supports(gaps: list[dict[str, Any]], count: int, chance: random.Random) -> Iterator[dict[str, Any]]:
    each = count // len(gaps)
    for gap in gaps:
        for person in chance.sample(range(1_000, 1_000 + PEOPLE), each):
            yield {"gap_id": gap["id"], "user_id": person, "team": "", "evidence": "", "created_at": gap["created_at"]}


def _in_parts(connection: Any, table: Any, rows: Any) -> None:
    part: list[dict[str, Any]] = []
    for row in rows:
        part.append(row)
        if len(part) == AT_ONCE:
            connection.execute(insert(table), part)
            part = []
    if part:
        connection.execute(insert(table), part)


def measure(app: Flask, token: str, only: str) -> None:
    carol = Client(app, "carol", token, people.PEOPLE["carol"].id)
    print("| page | p50 ms | p95 ms |\n|---|---|---|")
    for name, path in (page for page in PAGES if page[0].startswith(only)):
        took = []
        for _ in range(TIMES + 1):
            began = time.perf_counter()
            with carol.http.get(path) as response:
                response.get_data()
            assert response.status_code == 200, (path, response.status_code)
            took.append((time.perf_counter() - began) * 1000)
        took = took[1:]  # the first compiles templates and fills caches
        print(f"| {name} | {median(took):.0f} | {quantiles(took, n=20)[-1]:.0f} |", flush=True)
    print("\n| file | seconds | first byte s | MB | memory at the most MB |\n|---|---|---|---|---|")
    for name, path in (file for file in FILES if file[0].startswith(only)):
        began, first, size = time.perf_counter(), 0.0, 0
        with carol.http.get(path, buffered=False) as response:
            for piece in response.iter_encoded():
                first = first or time.perf_counter() - began
                size += len(piece)
        took_all = time.perf_counter() - began
        tracemalloc.start()
        with carol.http.get(path, buffered=False) as response:
            for _ in response.iter_encoded():
                pass
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        print(f"| {name} | {took_all:.1f} | {first:.2f} | {size / 1e6:.1f} | {most / 1e6:.0f} |", flush=True)


if __name__ == "__main__":
    sys.exit(main())
