"""Queries that name a place, a day, a price or the like, over the site's own listings: see judged.yml."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from benchmarks import relevance, site
from webapp.library.build import pages, places
from webapp.library.document import Document

FILE = Path(__file__).with_name("judged.yml")
READ = date(2026, 11, 29)  # when the listings were judged
GRADES = (1, 2, 3)


def documents() -> Iterator[Document]:
    """The listings that were read, as the index is given them; their ids are the names of their files."""
    content, words = site.SITE / "content", site.vocabulary_of_site()
    judged = frozenset(_read()["listings"].split())
    files = sorted(file for file in (content / "assets").rglob("*.md") if file.stem in judged)
    for row, file in enumerate(files):
        place = places.place_at(file.relative_to(content).parts)
        if place and (compiled := pages.compile_file(file, content.parent, place, words, READ)).front:
            compiled.id = place.slug
            yield pages.document(compiled, row, words)


def measure(search: relevance.Search) -> tuple[float, float]:
    """nDCG@10 of the queries that were looked at while the search was changed, and of those kept back."""
    each = []
    for query in _read()["queries"]:
        grades = {slug: grade for grade in GRADES for slug in query.get(grade, ())}
        each.append(relevance.score(search(query["words"])[: relevance.DEPTH], grades).ndcg)
    return sum(each[::2]) / len(each[::2]), sum(each[1::2]) / len(each[1::2])


def _read() -> dict[str, Any]:
    return yaml.safe_load(FILE.read_text("utf-8"))
