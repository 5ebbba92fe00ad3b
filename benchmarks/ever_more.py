"""How many practitioners are carried: ever more come in, played by Locust, until pages are slow.

    python -m benchmarks.ever_more [--on sqlite] [--locust PROGRAM]    six minutes at most on each database

It counts as slow once the 95th per cent of the last ten seconds has taken longer than TOO_SLOW for SLOW_FOR seconds in
a row. Those who come in are among them, so that what is said is rather too few. Ends with 1 where fewer than AT_LEAST
are carried, or a page was not answered rightly.
"""

import argparse
import csv
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from benchmarks.load import ACCOUNTS, LOCUST, Watch, begin, fill, site_on
from tests.support import databases
from tests.support.gunicorn import Gunicorn
from webapp.config.settings import ROOT
from webapp.library.build import compile as compiling

TOO_SLOW = 1_000  # milliseconds at the 95th per cent
SLOW_FOR = 10  # seconds
A_SECOND, SECONDS = 4, 330  # people, and for how long they come
AT_LEAST = 200


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ever_more", description="How many people are carried.")
    parser.add_argument("--on", choices=databases.KINDS, action="append", help="one database alone")
    parser.add_argument("--locust", type=Path, default=LOCUST, help="where the program is")
    given = parser.parse_args()
    if not given.locust.exists():
        print(f"Locust is not at {given.locust}: `make load` installs it there.", file=sys.stderr)
        return 2
    enough = True
    print("| database | people | p95 ms | requests a second | of the machine |\n|---|---|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        compiling.build(ROOT / "content", folder / "index")
        for kind in given.on or databases.KINDS:
            with site_on(folder, folder / "index", fill(kind, folder, folder / "index")) as site:
                enough = _carried(kind, given.locust, site, folder / kind) and enough
    return int(not enough)


def _carried(kind: str, locust: Path, site: Gunicorn, written: Path) -> bool:
    """Let them come; whether enough were carried, and every page was answered rightly."""
    most = min(A_SECOND * SECONDS, sum(ACCOUNTS.values()) * 9 // 10)
    watch = Watch(site)
    running = begin(locust, site, most, A_SECOND, SECONDS, more=("--csv", str(written), "--csv-full-history"))
    with watch.beside(running):
        while running.poll() is None and not _is_slow(_history(written)):
            with suppress(subprocess.TimeoutExpired):  # what it says is read: it could not end before a full pipe
                running.communicate(timeout=1)
        if running.poll() is None:
            running.terminate()
            running.communicate()
    every = _history(written)
    carried = [second for second in every if int(second["95%"] or 0) <= TOO_SLOW]
    if not carried:
        print(f"| {kind} | none | – | – | – |")
        return False
    last = carried[-1]
    people, failed = int(last["User Count"]), int(every[-1]["Total Failure Count"])
    shares = ", ".join(f"{who} {share:.0%}" for who, share in watch.shares().items())
    more = "" if _is_slow(every) else " and more"
    print(f"| {kind} | {people}{more} | {last['95%']} | {float(last['Requests/s']):.0f} | {shares} |", flush=True)
    if failed:
        print(f"{failed} pages were not answered rightly.")
    return people >= AT_LEAST and not failed


def _history(written: Path) -> list[dict[str, str]]:
    """What Locust noted of each second, of all pages together; percentiles are of the ten seconds before."""
    file = written.with_name(f"{written.name}_stats_history.csv")
    if not file.exists():
        return []
    with file.open(newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["Name"] == "Aggregated" and row["Total Failure Count"]]
    return [row for row in rows if row["95%"].isdigit()]


def _is_slow(every: list[dict[str, str]]) -> bool:
    return len(every) > SLOW_FOR and all(int(second["95%"]) > TOO_SLOW for second in every[-SLOW_FOR:])


if __name__ == "__main__":
    sys.exit(main())
