"""How long a whole feed takes to bring in, and again where nothing changed: python -m benchmarks.importing [SERVICES]

The feed is made up; --like FILE repeats the services of a real one, with ids of their own, until there are enough.
"""

import argparse
import json
import os
import random
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from webapp.config.settings import ROOT

SERVICES = 10_000  # over three times the largest county's
AIM = (30, 260)  # seconds, MB
STYLED = '<p style="margin-bottom:11px"><span style="font-size:11pt">{}</span></p>'
WORDS = """
tea company walking garden singing library weekly friendly volunteers carers older people memory stroke lunch craft
neighbours everyone welcome turn up ring first bring a friend hall upstairs lift parking bus stop outside quiet room
support advice benefits housing debt forms listening group circle art painting knitting chess bowls cooking kitchen
"""


class Run(NamedTuple):
    """One import: seconds with the start of the interpreter, most memory in MB, and what it said it did."""

    seconds: float
    memory: float
    did: str


def made_up(services: int, seed: int = 1) -> Iterator[dict[str, Any]]:
    """Services as a county's feed has them: HTML, times, prices, places, phones of several kinds."""
    chance = random.Random(seed)
    words = WORDS.split()

    def say(most: int) -> str:
        return " ".join(chance.choices(words, k=chance.randint(most // 3, most))).capitalize() + "."

    for number in range(services):
        days = chance.sample(["MO", "TU", "WE", "TH", "FR", "SA"], chance.randint(1, 3))
        table = f"<table><tr><th>Day</th><th>Time</th></tr><tr><td>{days[0]}</td><td>10 to 12</td></tr></table>"
        paragraphs = "".join(STYLED.format(f"{say(40)} <b>{say(4)}</b>") for _ in range(chance.randint(2, 6)))
        items = "".join(f"<li>{say(9)}</li>" for _ in range(chance.randint(0, 5)))
        yield {
            "id": _id(number),
            "name": f"{say(5)[:-1]} {number}",
            "description": f"{paragraphs}<ul>{items}</ul>{table if number % 5 == 0 else ''}",
            "status": chance.choices(["active", "inactive", "Closed"], [18, 1, 1])[0],
            "email": f"group{number}@example.org",
            "url": f"www.group{number}.example.org",
            "fees": chance.choice(["", "Free", "Members <£5", "£3 a week"]),
            "assured_date": f"2026-{chance.randint(1, 10):02}-{chance.randint(1, 28):02}",
            "organization": {"id": _id(number // 3), "name": f"Organisation {number // 3}", "description": say(30)},
            "phones": [{"number": f"0161 496 {number % 10_000:04}"}, {"number": "0161 496 0110", "type": "fax"}],
            "attributes": [{"taxonomy_term": {"name": word}} for word in chance.sample(words, 3)],
            "schedules": [
                {"freq": "WEEKLY", "interval": chance.choice([1, 1, 2, 3]), "byday": day, "opens_at": "10:00:00"}
                for day in days
            ],
            "service_at_locations": [
                {
                    "location": {
                        "name": f"Hall {number % 400}",
                        "latitude": 53.4 + chance.random() / 10,
                        "longitude": -2.2 - chance.random() / 10,
                        "addresses": [{"address_1": f"{number % 99 + 1} Sample Street", "postal_code": "M22 9ZA"}],
                    }
                }
            ],
        }


def like(file: Path, services: int) -> Iterator[dict[str, Any]]:
    """The services of a real feed again and again, each with an id and a name of its own."""
    feed = json.loads(file.read_text("utf-8"))
    records = feed if isinstance(feed, list) else next(value for value in feed.values() if isinstance(value, list))
    for number in range(services):
        record = records[number % len(records)]
        yield {**record, "id": _id(number), "name": f"{record.get('name')} {number // len(records)}".strip()}


def measure(feed: Path, folder: Path) -> Run:
    """Bring `feed` into `folder`, in a process of its own."""
    environment = os.environ | {"SIGNPOST_CONTENT_DIR": str(folder), "SIGNPOST_STATE_DIR": str(folder.parent)}
    told = folder.parent / "told.txt"
    began = time.perf_counter()
    with told.open("wb") as out:
        command = [sys.executable, "-m", "webapp", "content", "import", "oruk", str(feed), "--name", "Made up"]
        child = os.posix_spawn(
            sys.executable,
            command,
            environment | {"PYTHONPATH": str(ROOT)},
            file_actions=[(os.POSIX_SPAWN_DUP2, out.fileno(), 1)],
        )
        _, status, usage = os.wait4(child, 0)
    if status:
        raise SystemExit(f"The import failed: see {told}.")
    return Run(time.perf_counter() - began, usage.ru_maxrss / 1024, _did(told.read_text("utf-8")))


def _did(report: str) -> str:
    return next(line.strip() for line in report.split("\n") if " unchanged." in line)


def _id(number: int) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_OID, str(number)))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.importing", description="A whole feed, twice.")
    parser.add_argument("services", type=int, nargs="?", default=SERVICES)
    parser.add_argument("--like", type=Path, help="a real feed to repeat")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        content, feed = Path(folder) / "content", Path(folder) / "feed.json"
        content.mkdir()
        services = list(like(given.like, given.services) if given.like else made_up(given.services))
        feed.write_text(json.dumps({"total_items": len(services), "contents": services}), "utf-8")
        print(
            f"{len(services):,} services, {feed.stat().st_size / 1e6:.0f} MB; the aim is {AIM[0]} s and {AIM[1]} MB\n"
        )
        print("| run | seconds | memory MB | what it did |\n|---|---|---|---|")
        for run in ("first", "again"):
            done = measure(feed, content)
            print(f"| {run} | {done.seconds:.1f} | {done.memory:.0f} | {done.did} |", flush=True)
        files = sum(1 for _ in content.rglob("*.md"))
        if files != len(services) or "0 changed" not in done.did:
            raise SystemExit(f"{files:,} files for {len(services):,} services, and the second time {done.did}")


if __name__ == "__main__":
    main()
