"""Measures the tables of /data at a large gap log: python -m benchmarks.data_out

20,000 gaps with 200,000 events and 60,000 people who joined, on SQLite and on PostgreSQL. With --small a tenth of
everything: memory that is flat is the same for both.
"""

import logging
import sys

from benchmarks import filled, gaps

FILES = [
    (f"{table}.{ending}", f"/data/{table}.{ending}")
    for table in ("gaps", "gap_events")
    for ending in ("xlsx", "csv", "json")
]


def main() -> None:
    size = filled.size_asked_for("data_out", "The tables of a large gap log, measured.")
    logging.disable(logging.INFO)  # no line for each request
    for app in filled.sites(gaps.fill, size):
        filled.measure_files(app, "carol", FILES)


if __name__ == "__main__":
    sys.exit(main())
