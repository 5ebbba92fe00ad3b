"""Makes small indexes for the tests of searching."""

import itertools
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from webapp.library.build import index
from webapp.library.document import Document
from webapp.library.search.engine import Engine

TODAY = date(2026, 11, 1)
_folders = itertools.count()


def page(row: int, title: str, summary: str = "", **more: Any) -> Document:
    """An asset with its title as card, verified today unless said otherwise."""
    given = {"kind": "asset", "path": f"/directory/{row}", "verified": TODAY, "card": {"title": title}} | more
    return Document(row=row, id=str(row), title=title, summary=summary, **given)


def opened(folder: Path, *documents: Document, previous: Path | None = None, removed: Any = (), **more: Any) -> Engine:
    """An engine over a new index of `documents`. Its folder is `folder/<number>`."""
    return Engine.open(written(folder, *documents, previous=previous, removed=removed), **more)


def written(folder: Path, *documents: Document, previous: Path | None = None, removed: Any = ()) -> Path:
    here = folder / str(next(_folders))
    here.mkdir()
    index.write(here, documents, previous=previous, removed_rows=removed)
    return here


def titles(results: Any) -> list[str]:
    return [hit.card["title"] for hit in results.hits]


def facet(results: Any, group: str) -> Mapping[str, int]:
    return {slug: n for slug, n in results.facets[group].items() if n}
