"""A made-up directory of any size as Documents, from the generator whose folder is given on the command line."""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from webapp.library.document import Document
from webapp.library.search.query import Query

FACETS = {"neighbourhood": "place", "category": "activity", "cost": "cost"}
TODAY = date(2025, 11, 1)  # the newest date in the made-up records


def generate(bench: Path, size: int, folder: Path) -> Path:
    """Make `size` records with the generator in `bench`; returns the file of one JSON record a line."""
    _run(bench, "--n", str(size), "--out", str(folder), "--formats", "jsonl")
    return folder / str(size) / "assets.jsonl"


def queries(bench: Path, folder: Path) -> list[dict[str, Any]]:
    """The generator's 200 queries: `q` and `filters`."""
    file = folder / "queries.json"
    _run(bench, "--queries", str(file))
    return json.loads(file.read_text("utf-8"))


def documents(file: Path, first_row: int = 0) -> Iterator[Document]:
    """The records as the compiler would hand them to the index, with all their facets and a card of usual size."""
    with file.open(encoding="utf-8") as lines:
        for row, line in enumerate(lines, first_row):
            record = json.loads(line)
            yield Document(
                row=row,
                id=str(record["id"]),
                kind="asset",
                path=f"/directory/{record['slug']}",
                title=record["name"],
                summary=record["summary"],
                body=record["description"],
                words=f"{' '.join(record['categories'])} {record['neighbourhood']}",
                facets={
                    "place": (record["neighbourhood"],),
                    "activity": tuple(record["categories"]),
                    "cost": (record["cost"],),
                    "access": tuple(record["access"]),
                    "day": tuple(record["days"]),
                },
                points=((record["lat"], record["lon"]),),
                verified=date.fromisoformat(record["last_verified"]),
                card={key: value for key, value in record.items() if key != "description"},
            )


def as_query(asked: dict[str, Any]) -> Query:
    """One of the generator's queries as the engine is asked it."""
    filters = {FACETS[name]: (value,) for name, value in asked["filters"].items()}
    return Query(asked["q"], filters=filters, today=TODAY)


def _run(bench: Path, *arguments: str) -> None:
    subprocess.run([sys.executable, bench / "gen_corpus.py", *arguments], check=True, cwd=bench)
