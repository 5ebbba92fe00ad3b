"""Each listing as the last import wrote it, so that what a feed changed since is told from what was edited here.

`<content>/.imported/<feed>.jsonl`: a line for each listing, `{"id": …, "page": …}`, in the order of their ids. Why it
stands in the content: docs/decisions/three-way-refresh.md.
"""

import zlib
from collections.abc import Iterator, MutableMapping
from pathlib import Path

import orjson

from webapp.library.authoring.scaffold import slugify

FOLDER = ".imported"  # its name begins with a dot, so no page is made of it


def file_of(content: Path, source: str) -> Path:
    """The file of the feed called `source`."""
    return content / FOLDER / f"{slugify(source)}.jsonl"


class WrittenPages(MutableMapping[str, str]):
    """The id of each listing → the text of its file as it was written; packed, as a county's fill tens of megabytes.

    `is_changed` says whether anything was put in or taken out since it was read.
    """

    def __init__(self) -> None:
        self._packed: dict[str, bytes] = {}
        self.is_changed = False

    def __getitem__(self, identity: str) -> str:
        return zlib.decompress(self._packed[identity]).decode()

    def __setitem__(self, identity: str, page: str) -> None:
        packed = zlib.compress(page.encode(), level=1)
        self.is_changed |= self._packed.get(identity) != packed
        self._packed[identity] = packed

    def __delitem__(self, identity: str) -> None:
        del self._packed[identity]
        self.is_changed = True

    def __iter__(self) -> Iterator[str]:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)


def read(file: Path) -> WrittenPages:
    """What the last import wrote, without what stands in a line that cannot be read."""
    pages = WrittenPages()
    try:
        with file.open("rb") as lines:
            for line in lines:
                try:
                    row = orjson.loads(line)
                    pages[row["id"]] = str(row["page"])
                except (ValueError, TypeError, KeyError):  # two branches of git met in it
                    continue
    except OSError:
        return WrittenPages()
    pages.is_changed = False
    return pages


def lines(pages: WrittenPages) -> Iterator[bytes]:
    """The lines of the file that holds `pages`: of a county together they are as large as its feed."""
    for identity in sorted(pages):
        yield orjson.dumps({"id": identity, "page": pages[identity]}) + b"\n"
