"""Finding the files of a content folder, without following anything out of it."""

import os
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from webapp.library.build.places import SECTIONS, Place, place_at, place_of
from webapp.library.problems import Problem

MEDIA_TYPES = {
    ".png",
    ".jpg",
    ".jpeg",
    ".webp",
    ".gif",
    ".svg",
    ".pdf",
    ".docx",
    ".pptx",
    ".xlsx",
    ".odt",
    ".odp",
    ".vtt",
    ".mp4",
    ".webm",
}
MAX_MEDIA = 50 * 1024 * 1024
LEFTOVERS = {".orig", ".rej", ".bak", ".tmp", ".swp", ".swo", ".old"}
# Names that no file can have on Windows: learn.microsoft.com, "Naming Files, Paths, and Namespaces".
RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
APART = {"media", "vocabulary"}  # folders whose files are no pages
MADE_BY_THE_SITE = ("media", "made")  # see library.pictures
OWN_FILES = {"README.md", "LICENSE", "LICENSE.md"}


@dataclass(frozen=True, slots=True)
class PageFile:
    """A page's file as it stands on disk. `file` is named as problems name it; `mtime` in nanoseconds."""

    file: str
    where: str  # a path object is made when it is read: most files of a large folder have not changed
    place: Place
    mtime: int
    size: int

    @property
    def path(self) -> Path:
        return Path(self.where)


@dataclass
class Scan:
    """Everything in a content folder. `media` is address → file."""

    pages: list[PageFile] = field(default_factory=list)
    media: dict[str, Path] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def scan(content: Path) -> Scan:
    """List the pages and media of `content`, in the order of their paths."""
    found = Scan()
    root = content.parent
    before = len(str(content)) + 1
    for path, status in _walk(str(content), found, root):
        inside = path[before:]
        parts = tuple(inside.split("/"))
        file = f"{content.name}/{inside}"
        if parts[-1] in OWN_FILES or inside in {"site.yml", "feeds.yml"}:
            continue
        ordinary = stat.S_ISREG(status.st_mode) and parts[0] not in APART and not parts[-1].startswith(".")
        if ordinary and (place := place_at(parts)):
            found.pages.append(PageFile(file, path, place, status.st_mtime_ns, status.st_size))
        else:
            _other(found, Path(path), file, PurePosixPath(*parts), status)
    found.pages.sort(key=lambda page: page.file)
    found.problems += _twins([page.file for page in found.pages] + [f"{content.name}{name}" for name in found.media])
    return found


def _other(found: Scan, path: Path, file: str, inside: PurePosixPath, status: os.stat_result) -> None:
    """A file that is no page: a picture, a vocabulary, a page that is no ordinary file, or something out of place."""
    odd = _odd(inside, status)
    if odd:
        found.problems.append(Problem(file, 1, odd))
    elif inside.parts[0] == "media":
        _media(found, path, file, inside, status)
    elif inside.parts[0] != "vocabulary":
        place = place_of(inside)
        if place is None:
            found.problems.append(Problem(file, 1, _misplaced(inside)))
        else:
            found.pages.append(PageFile(file, str(path), place, status.st_mtime_ns, status.st_size))


def state(folder: Path) -> frozenset[tuple[str, int, int]]:
    """Path, time (ns) and size of every file below `folder` that an editor sees: what differs when one is saved.

    Files that go while we look are left out. It asks nothing else, so that it can be looked at many times a second.
    """
    seen: set[tuple[str, int, int]] = set()
    folders = [str(folder)]
    while folders:
        try:
            with os.scandir(folders.pop()) as listed:
                for entry in listed:
                    if _is_hidden(entry.name):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(entry.path)
                        continue
                    status = entry.stat(follow_symlinks=False)
                    seen.add((entry.path, status.st_mtime_ns, status.st_size))
        except OSError:
            continue
    return frozenset(seen)


def _is_hidden(name: str) -> bool:
    """What editors of text and git keep for themselves."""
    return name.endswith("~") or (name.startswith(".") and not name.endswith(".md"))


def _walk(folder: str, found: Scan, root: Path) -> Iterator[tuple[str, os.stat_result]]:
    try:
        with os.scandir(folder) as listed:
            entries = list(listed)
    except OSError as error:
        where = printable(Path(folder).relative_to(root).as_posix())
        found.problems.append(Problem(where, 1, f"this folder cannot be read: {error.strerror}"))
        return
    for entry in entries:
        if _is_hidden(entry.name):
            continue
        try:
            status = entry.stat(follow_symlinks=False)
        except OSError:
            continue  # it went while we looked
        if not entry.name.isprintable() or not _is_unicode(entry.name):
            where = printable(Path(entry.path).relative_to(root).as_posix())
            found.problems.append(Problem(where, 1, "the name holds characters that cannot be shown: rename it"))
        elif stat.S_ISDIR(status.st_mode):
            yield from _walk(entry.path, found, root)
        else:
            yield entry.path, status


def _is_unicode(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def printable(name: str) -> str:
    """`name` with `?` for whatever a terminal could not show on one line."""
    return "".join(letter if letter.isprintable() else "?" for letter in name.encode("utf-8", "replace").decode())


def _odd(inside: PurePosixPath, status: os.stat_result) -> str:
    """What is wrong with a file that no part of the site is made from; empty where it has its place."""
    suffix = inside.suffix.lower()
    if inside.name.startswith("."):
        return "the name begins with a dot, so no page is made from it: rename or delete it"
    if suffix in LEFTOVERS:
        return "this was left by a merge or a program: delete it"
    if stat.S_ISLNK(status.st_mode):
        return "this is a symbolic link: put the file itself here"
    if suffix in {".md", ".markdown", ".mdown", ".mkd"} and inside.suffix != ".md":
        return f"the name must end in `.md`, not `{inside.suffix}`: rename it to `{inside.stem}.md`"
    if inside.parts[0] == "vocabulary":
        if suffix == ".yml" and len(inside.parts) == 2:
            return ""
        if suffix in {".yaml", ".yml"}:
            return f"vocabularies are files `vocabulary/<name>.yml`: rename it to `vocabulary/{inside.stem}.yml`"
        return "only vocabularies (`<name>.yml`) belong here: move or delete it"
    if suffix in {".yml", ".yaml"} and inside.parts[0] != "media":
        return "nothing reads this file: the site has `site.yml`, and `vocabulary/<name>.yml`"
    return ""


def _twins(files: list[str]) -> Iterator[Problem]:
    """Names that cannot be on Windows, and two that are one on Windows or a Mac: a checkout there would lack one."""
    seen: dict[str, str] = {}
    for file in sorted(files):
        if file.rpartition("/")[2].partition(".")[0].lower() in RESERVED:
            yield Problem(file, 1, "Windows allows no file of this name, so nobody there can check it out: rename it")
        first = seen.setdefault(unicodedata.normalize("NFC", file).casefold(), file)
        if first == file:
            continue
        if unicodedata.normalize("NFC", first) == unicodedata.normalize("NFC", file):
            message = "looks the same as that of another file, its accents are written in another way: rename one"
        else:
            message = f"differs from {first} by capital letters only: rename one"
        yield Problem(file, 1, f"the name {message}")


def _media(found: Scan, path: Path, file: str, inside: PurePosixPath, status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        found.problems.append(Problem(file, 1, "this is not an ordinary file: put the file itself here"))
    elif unicodedata.normalize("NFC", inside.name) != inside.name:
        found.problems.append(Problem(file, 1, "an accent in the name is a character of its own: rename it without"))
    elif inside.suffix.lower() not in MEDIA_TYPES:
        kinds = ", ".join(sorted(t.lstrip(".") for t in MEDIA_TYPES))
        found.problems.append(Problem(file, 1, f"files of this kind are not served: use one of {kinds}"))
    elif inside.parts[:2] == MADE_BY_THE_SITE:
        found.problems.append(Problem(file, 1, "the site puts the sizes of pictures there: use another folder"))
    elif status.st_size > MAX_MEDIA:
        found.problems.append(Problem(file, 1, f"the file is over {MAX_MEDIA >> 20} MB: make it smaller"))
    else:
        found.media[f"/{inside}"] = path


def _misplaced(inside: PurePosixPath) -> str:
    if inside.suffix != ".md":
        return "this is not a Markdown file: pictures and documents go under media/"
    folders = ", ".join(["assets", *SECTIONS, "pages"])
    return f"no part of the site is made from this place: put the file in one of {folders}"
