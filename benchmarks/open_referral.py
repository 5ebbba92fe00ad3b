"""How fast open data is answered, and with how much memory: python -m benchmarks.open_referral [SERVICES]

A made-up feed is brought in, built and published; then the interface is asked as harvesters and websites ask it, in
this process, without a network. Ends with 1 where an aim is missed.
"""

import argparse
import json
import logging
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from benchmarks.importing import made_up, measure
from webapp.app import create_app
from webapp.config.settings import Settings
from webapp.db.engine import Base, db
from webapp.library.build import compile as compiling
from webapp.library.open_referral import edition
from webapp.open_referral.rate import Rate

SERVICES = 10_000
ASKED = 200  # times each question is asked
API = "/open-referral/v3"
SITE = """name: Signpost
organisation: A measured council
open_referral: {publish: all, republish: [Made up], town: Town}
"""
# What is asked, and how many milliseconds nineteen in twenty answers may take.
QUESTIONS = {
    "/services?per_page=50": 25,
    "/services?per_page=50&page=100&full=true": 40,
    "/services?per_page=50&search=walking+garden": 40,
    "/services?per_page=50&day=TU&start_time=09:00&minimum_age=60": 25,
    "/service_at_locations?postcode=M22&proximity=2000": 40,
    "/service_at_locations?postcode=M22&proximity=5000&full=true": 60,
    "/services?minimal=true": 60,
}
RECORDS_A_SECOND = 5_000
FLAT = 20  # MB that lines of everything may add to a process


class Times(NamedTuple):
    """Milliseconds: what half, and nineteen in twenty, stay under."""

    half: float
    most: float


def timed(ask: Callable[[], object], times: int) -> Times:
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        ask()
        taken.append((time.perf_counter() - began) * 1000)
    taken.sort()
    return Times(taken[len(taken) // 2], taken[int(len(taken) * 0.95)])


def memory() -> float:
    """The most that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def prepared(services: int, folder: Path) -> Path:
    """An index of so many listings that a feed has brought in."""
    content, feed, index = folder / "content", folder / "feed.json", folder / "index"
    content.mkdir()
    feed.write_text(json.dumps({"total_items": services, "contents": list(made_up(services))}), "utf-8")
    measure(feed, content)
    (content / "site.yml").write_text(SITE)
    written = _written(content, index)
    first = next((content / "assets").rglob("*.md"))
    first.write_text(first.read_text().replace("\nsummary: ", "\nsummary: Changed. ", 1))
    print(f"Written in {written:.1f} s; again, where one listing changed, in {_written(content, index):.1f} s.")
    return index


def _written(content: Path, index: Path) -> float:
    """Build, and say how many seconds it then takes to write what is published, which a build does too."""
    made = compiling.build(content, index, processes=2, fallback=Settings.content_dir)
    began = time.perf_counter()
    edition.prepare(made.generation)
    return time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.open_referral", description="Open data, measured.")
    parser.add_argument("services", type=int, nargs="?", default=SERVICES)
    services = parser.parse_args().services
    logging.getLogger("signpost.requests").disabled = True
    with tempfile.TemporaryDirectory() as name:
        missed = _measured(prepared(services, Path(name)), Path(name))
    sys.exit(1 if missed else 0)


def _measured(index: Path, folder: Path) -> list[str]:
    app = create_app(
        Settings(
            secret_key="of no use, and long enough to be taken",
            database_url=f"sqlite:///{folder}/empty.db",
            index_dir=index,
            trusted_hosts=("localhost",),
            https=False,
            open_referral=True,
            state_dir=folder,
        )
    )
    app.extensions["signpost.open_referral.rate"] = Rate(folder, most=10**9)
    with app.app_context():
        Base.metadata.create_all(db.engine)
    client = app.test_client()
    client.get("/healthz")
    before = memory()
    began = time.perf_counter()
    total = client.get(f"{API}/services?per_page=1").get_json()["total_items"]
    first, opened = time.perf_counter() - began, memory()
    print(f"{total:,} services are published; the first answer took {first:.1f} s and {opened - before:.0f} MB\n")
    print("| asked | half ms | 95% ms | aim ms |\n|---|---|---|---|")
    missed = []

    def ask(question: str) -> int:
        return client.get(f"{API}{question}", headers={"Accept-Encoding": "gzip"}).status_code

    for question, aim in QUESTIONS.items():
        assert ask(question) == 200, question
        times = timed(partial(ask, question), ASKED)
        print(f"| {question} | {times.half:.1f} | {times.most:.1f} | {aim} |", flush=True)
        missed += [question] if times.most > aim else []
    return missed + _lines(client, total)


def _lines(client, total: int) -> list[str]:
    """All records as lines: how many a second, and what they add to memory."""
    before, began, size = memory(), time.perf_counter(), 0
    response = client.get(f"{API}/services?format=ndjson&full=true", buffered=False)
    for block in response.iter_encoded():
        size += len(block)
    seconds, added = time.perf_counter() - began, memory() - before
    speed = total / seconds
    print(f"\nAll as lines: {speed:,.0f} records a second ({size / 1e6:.0f} MB), {added:.0f} MB more memory.")
    print(f"The aims are {RECORDS_A_SECOND:,} a second and {FLAT} MB.")
    return ["lines"] if speed < RECORDS_A_SECOND or added > FLAT else []


if __name__ == "__main__":
    main()
