"""What is kept of each feed beside the generations, in files that only the program may read.

<index_dir>/feeds/<name>/answers.db   what it answered, to go on from     feed.json    the feed as an import reads it
                         state.json   when it was read, and what came     health.json  how good it is
                         changes.json what is proposed, field by field    report.txt   the report of the import
                         wanted       somebody asks to read it now        lock         held by whoever reads it
"""

import os
from pathlib import Path

STATE, CHANGES, HEALTH, REPORT, WANTED, LOCK = (
    "state.json", "changes.json", "health.json", "report.txt", "wanted", "lock",
)  # fmt: skip


def folder_of(index_dir: Path, slug: str) -> Path:
    """The folder of the feed called `slug`. It need not be there yet."""
    return index_dir / "feeds" / slug


def put(file: Path, data: bytes) -> None:
    """Write `file` so that a reader finds the old one or the new one, never half of it. Raises OSError."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = file.with_name(f".{file.name}.part")
    with os.fdopen(os.open(aside, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as opened:
        opened.write(data)
    aside.replace(file)
