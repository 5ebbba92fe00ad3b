"""A content folder of made-up listings, as many as wanted, from the records of the bench's corpus generator."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from webapp.config.settings import ROOT

DAYS = {"mon": "monday", "tue": "tuesday", "wed": "wednesday", "thu": "thursday", "fri": "friday", "sat": "saturday",
        "sun": "sunday"}  # fmt: skip
COSTS = {"free": "free", "donation": "donation", "under-5": "under-5", "5-10": "5-to-10", "over-10": "over-10"}


def records(bench: Path, number: int, folder: Path) -> Path:
    """The file of `number` records (JSON lines), made by the generator in `bench` where it is not in `folder` yet."""
    made = folder / str(number) / "assets.jsonl"
    if not made.exists():
        command = [sys.executable, str(bench / "gen_corpus.py"), "--n", str(number), "--out", str(folder)]
        subprocess.run([*command, "--formats", "jsonl"], check=True, stdout=subprocess.DEVNULL)
    return made


def content(records_file: Path, folder: Path) -> Path:
    """Write a content folder for the records: a Markdown file each, and vocabularies with their words."""
    target = folder / "content"
    if (target / "site.yml").exists():
        return target
    (target / "vocabulary").mkdir(parents=True, exist_ok=True)
    names: dict[str, dict[str, Any]] = {"places": {}, "activities": {}, "access": {}}
    for record in _read(records_file):
        slug = record["slug"]
        path = target / "assets" / slug[:2] / f"{slug}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_page(record, names), encoding="utf-8")
    for source in (ROOT / "content" / "vocabulary").glob("*.yml"):
        # What feeds say for our terms would name terms that these vocabularies have not.
        if source.stem not in {*names, "feed-terms"}:
            (target / "vocabulary" / source.name).write_bytes(source.read_bytes())
    for name, terms in names.items():
        data: dict[str, Any] = {"title": name.capitalize(), "terms": list(terms.values())}
        if name == "places":
            data["localities"] = [{"slug": "all", "label": "All"}]
            data["outward"] = {term["outward"][0]: list(term["centre"]) for term in terms.values()}
        (target / "vocabulary" / f"{name}.yml").write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    (target / "site.yml").write_text("name: Signpost\norganisation: A corpus for measuring\n", encoding="utf-8")
    return target


def _read(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _page(record: dict[str, Any], names: dict[str, dict[str, Any]]) -> str:
    place = _term(names["places"], record["neighbourhood"])
    place |= {"locality": "all", "centre": [record["lat"], record["lon"]], "outward": [record["postcode"].split()[0]]}
    front = {
        "title": record["name"][:120],
        "summary": record["summary"][:300],
        "organisation": record["name"][:120],
        "status": "active",
        "places": [place["slug"]],
        "locations": [
            {
                "latitude": record["lat"],
                "longitude": record["lon"],
                "access": [_term(names["access"], word)["slug"] for word in record["access"]],
            }
        ],
        "activities": [_term(names["activities"], word)["slug"] for word in record["categories"]],
        "cost": COSTS[record["cost"]],
        "sessions": [{"days": [DAYS[day] for day in record["days"]]}] if record["days"] else [],
        "url": f"https://{record['slug']}.example.org",
        "verified": {"date": record["last_verified"], "by": "A team"},
    }
    head = yaml.dump(front, Dumper=getattr(yaml, "CSafeDumper", yaml.SafeDumper), sort_keys=False, allow_unicode=True)
    body = re.sub(r"(?m)^#\s", "## ", record["description"])
    return f"---\n{head}---\n{body}\n"


def _term(terms: dict[str, Any], label: str) -> dict[str, Any]:
    slug = re.sub(r"[^a-z0-9]+", "-", label.lower()).strip("-")
    return terms.setdefault(slug, {"slug": slug, "label": label})
