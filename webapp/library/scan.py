"""Finding the files of a content folder, without following anything out of it."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from webapp.library.pages import SECTIONS, Place, place_of
from webapp.library.problems import Problem

MEDIA_TYPES = {
    ".png",
    ".jpg",
    ".jpeg",
    ".webp",
    ".gif",
    ".pdf",
    ".docx",
    ".pptx",
    ".xlsx",
    ".odt",
    ".odp",
    ".vtt",
    ".mp4",
}
MAX_MEDIA = 50 * 1024 * 1024
OWN_FILES = {"README.md", "LICENSE", "LICENSE.md"}


@dataclass(frozen=True, slots=True)
class Found:
    """A page's file as it stands on disk. `file` is named as problems name it; `mtime` in nanoseconds."""

    file: str
    path: Path
    place: Place
    mtime: int
    size: int


@dataclass
class Scan:
    """Everything in a content folder. `media` is address → file."""

    pages: list[Found] = field(default_factory=list)
    media: dict[str, Path] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def scan(content: Path) -> Scan:
    """List the pages and media of `content`, in the order of their paths."""
    found = Scan()
    root = content.parent
    for path, status in _walk(content):
        inside = PurePosixPath(path.relative_to(content).as_posix())
        file = f"{content.name}/{inside}"
        if (
            inside.parts[0] == "vocabulary"
            or inside.name in OWN_FILES
            or (len(inside.parts) == 1 and inside.suffix == ".yml")
        ):
            continue
        if inside.parts[0] == "media":
            _media(found, path, file, inside, status)
            continue
        place = place_of(inside)
        if place is None:
            found.problems.append(Problem(file, 1, _misplaced(inside)))
        else:
            found.pages.append(Found(file, path, place, status.st_mtime_ns, status.st_size))
    found.pages.sort(key=lambda page: page.file)
    assert content.parent == root
    return found


def _walk(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(".") or entry.name.endswith("~"):
                continue
            status = entry.stat(follow_symlinks=False)
            if stat.S_ISDIR(status.st_mode):
                yield from _walk(Path(entry.path))
            else:
                yield Path(entry.path), status


def _media(found: Scan, path: Path, file: str, inside: PurePosixPath, status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        found.problems.append(Problem(file, 1, "this is not an ordinary file: put the file itself here"))
    elif inside.suffix.lower() not in MEDIA_TYPES:
        kinds = ", ".join(sorted(t.lstrip(".") for t in MEDIA_TYPES))
        found.problems.append(Problem(file, 1, f"files of this kind are not served: use one of {kinds}"))
    elif status.st_size > MAX_MEDIA:
        found.problems.append(Problem(file, 1, f"the file is over {MAX_MEDIA >> 20} MB: make it smaller"))
    else:
        found.media[f"/{inside}"] = path


def _misplaced(inside: PurePosixPath) -> str:
    if inside.suffix != ".md":
        return "this is not a Markdown file: pictures and documents go under media/"
    folders = ", ".join(["assets", *SECTIONS, "pages"])
    return f"no part of the site is made from this place: put the file in one of {folders}"
