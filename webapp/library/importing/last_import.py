"""Each listing as the last import wrote it, so that what a feed changed since is told from what was edited here.

`<content>/.imported/<feed>.jsonl`: a line for each listing, `{"id": …, "page": …}`, in the order of their ids. Why it
stands in the content: docs/decisions/three-way-refresh.md.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

import orjson

from webapp.library.authoring.scaffold import slugify

FOLDER = ".imported"  # its name begins with a dot, so no page is made of it


def file_of(content: Path, source: str) -> Path:
    """The file of the feed called `source`."""
    return content / FOLDER / f"{slugify(source)}.jsonl"


def read(file: Path) -> dict[str, str]:
    """The id of each listing → the text of its file as it was written; without those whose line cannot be read."""
    pages: dict[str, str] = {}
    try:
        with file.open("rb") as lines:
            for line in lines:
                try:
                    row = orjson.loads(line)
                    pages[row["id"]] = str(row["page"])
                except (ValueError, TypeError, KeyError):  # two branches of git met in it
                    continue
    except OSError:
        return {}
    return pages


def lines(pages: Mapping[str, str]) -> Iterator[bytes]:
    """The lines of the file that holds `pages`: of a county together they are as large as its feed."""
    for identity in sorted(pages):
        yield orjson.dumps({"id": identity, "page": pages[identity]}) + b"\n"
