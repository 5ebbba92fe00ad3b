"""Giving a page another name or place: its old address still leads to it, and links to it are mended."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from webapp.library.build.pages import identity
from webapp.library.build.places import EASY_READ, Place, place_of
from webapp.library.build.scan import scan
from webapp.library.front_matter.edit import CannotEdit, edited
from webapp.library.front_matter.fields import SLUG
from webapp.library.front_matter.source import Fault, parse_page
from webapp.library.listings.table import ORDER


class CannotRename(Exception):
    """The page cannot be given that name. The message says why."""


@dataclass
class Renaming:
    """What is to be done. `write` is file → its whole text; `remove` the old files; `addresses` old → new."""

    write: dict[Path, str] = field(default_factory=dict)
    remove: list[Path] = field(default_factory=list)
    addresses: dict[str, str] = field(default_factory=dict)
    mended: dict[Path, int] = field(default_factory=dict)  # links that are changed, by file


def plan(content: Path, old: Path, new: Path) -> Renaming:
    """What renaming the page in the file `old` to the file `new` means. Raises CannotRename; writes nothing."""
    made = Renaming()
    moves = [(old, new), *_handouts(content, old, new)]
    for was, will_be in moves:
        before, after = _place(content, was), _place(content, will_be)
        if will_be.exists():
            raise CannotRename(f"{will_be.name} is there already: choose another name")
        if not re.match(SLUG, after.slug):
            raise CannotRename(f"`{after.slug}` cannot be an address: use lower-case letters, digits and hyphens")
        if before.path != after.path:
            made.addresses[before.path] = after.path
        made.remove.append(was)
    names = dict(moves)
    for path in _files(content):
        mended, count = _mended(_read(path), made.addresses)
        target = names.get(path, path)
        if path in names:
            made.write[target] = _with_alias(mended, path.name, _place(content, path), _place(content, target))
        elif count:
            made.write[path] = mended
        if count:
            made.mended[target] = count
    return made


def _place(content: Path, path: Path) -> Place:
    place = place_of(PurePosixPath(path.relative_to(content).as_posix())) if path.is_relative_to(content) else None
    if place is None:
        raise CannotRename(f"no page is made from {path.name} in {path.parent.name}/: name a place that has pages")
    return place


def _handouts(content: Path, old: Path, new: Path) -> Iterator[tuple[Path, Path]]:
    """The handouts of a session go with it, and the easy-read version of a page."""
    folder = old.with_suffix("")
    if old.parent.parent == content and old.parent.name in {"spotlights", *EASY_READ} and folder.is_dir():
        for path in sorted(folder.glob("*.md")):
            yield path, new.with_suffix("") / path.name


def _with_alias(text: str, name: str, before: Place, after: Place) -> str:
    """The text of the page with its old address among its aliases, and for a listing the identity it always had."""
    try:
        source = parse_page(text.encode(), name)
        front = dict(source.front)
        if before.path != after.path:
            alias = before.slug if before.prefix == after.prefix else before.path
            known = front.get("aliases")
            kept = [a for a in known if a not in (after.slug, after.path)] if isinstance(known, list) else []
            front["aliases"] = [*kept, *([alias] if alias not in kept else [])]
            if before.kind == "asset" and after.kind == "asset":
                front.setdefault("id", identity(before.path))
        return edited(text.encode(), front, ORDER).decode() if front != source.front else text
    except Fault as fault:
        raise CannotRename(f"it has a fault: mend that first. {fault}") from None
    except CannotEdit as why:
        raise CannotRename(f"its aliases must be written by hand: {why}") from None


def _files(content: Path) -> list[Path]:
    """Every file that may name an address of the site."""
    others = [content / "site.yml", *sorted((content / "vocabulary").glob("*.yml"))]
    return [page.path for page in scan(content).pages] + [path for path in others if path.is_file()]


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode() if path.is_file() and not path.is_symlink() else ""
    except (OSError, UnicodeDecodeError):
        return ""


def _mended(text: str, addresses: dict[str, str]) -> tuple[str, int]:
    count = 0
    for old, new in addresses.items():
        pattern = re.compile(rf"(?<![\w/.-]){re.escape(old)}(?![\w/-]|\.\w)")
        text, found = pattern.subn(new.replace("\\", ""), text)
        count += found
    return text, count
