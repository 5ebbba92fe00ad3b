"""Listings as files: what is there already, what an import will change, and changing it without ever half-writing."""

import hashlib
import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from webapp.library.authoring.scaffold import slugify
from webapp.library.front_matter.edit import CannotEdit
from webapp.library.front_matter.source import Fault, Loader, read_page
from webapp.library.importing import decisions
from webapp.library.importing.oruk import ImportedListing

IMPORTED = re.compile(r"(?m)^imported: \{source: .*, record: '?([0-9a-f]+)'?, file: '?([0-9a-f]+)'?\}\n")
IDENTITY = re.compile(r"(?m)^id: ['\"]?([0-9A-Fa-f-]{36})['\"]?[ \t]*$")
SLUG_LENGTH = 80  # a name as long as a sentence makes no good address
STALE = 3600  # seconds
STAGING = ".import-"  # a folder whose name begins with a dot is no content

Progress = Callable[[int, int], None]


class _Inline(dict):
    """A mapping written on one line."""


class _InlineList(list):
    """A list written on one line."""


class _Dumper(yaml.CSafeDumper):
    """Writes what `source.Loader` reads back: a time stays 10:30, unquoted, as an editor would write it."""

    yaml_implicit_resolvers = Loader.yaml_implicit_resolvers

    def ignore_aliases(self, data: Any) -> bool:
        return True


_Dumper.add_representer(_Inline, lambda d, v: d.represent_mapping("tag:yaml.org,2002:map", v.items(), flow_style=True))
_Dumper.add_representer(_InlineList, lambda d, v: d.represent_sequence("tag:yaml.org,2002:seq", v, flow_style=True))


@dataclass(frozen=True)
class Existing:
    """A listing that is in the content folder. `record` is empty where it was not imported."""

    path: Path
    source: str = ""
    record: str = ""
    edited: bool = False


@dataclass
class ImportPlan:
    """What an import will do. Paths are those of the files; `write` holds each file's whole text.

    `changed` are the files among them that are there already, `missing` those whose service did not come.
    """

    write: dict[Path, str] = field(default_factory=dict)
    new: int = 0
    changed: list[Path] = field(default_factory=list)
    unchanged: int = 0
    both_changed: list[tuple[Path, str]] = field(default_factory=list)  # edited here, and its record changed: kept
    missing: list[Path] = field(default_factory=list)
    remove: list[Path] = field(default_factory=list)
    clashes: list[tuple[str, str]] = field(default_factory=list)  # title, and why it was left out
    open: list[Path] = field(default_factory=list)  # looks like a refuge, and cannot be changed but by hand
    known: int = 0  # listings that came from this feed before


def page(listing: ImportedListing, source: str) -> str:
    """The whole text of the file of `listing`, with the `imported` line that a later import reads."""
    front = yaml.dump(
        {key: _styled(value) for key, value in listing.front.items()},
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=100_000,
    )
    # As editors write them: the items of a list stand in from its key. Only such lists span lines.
    front = "".join(f"  {line}" if line[0] in "- " else line for line in front.splitlines(keepends=True))
    body = f"{listing.text}\n" if listing.text else ""
    plain = f"---\n{front}---\n{body}"
    origin = {"source": source, "record": listing.record, "file": _hash(decisions.without(plain).encode())}
    line = yaml.dump({"imported": _Inline(origin)}, Dumper=_Dumper, allow_unicode=True, width=100_000)
    return f"---\n{front}{line}---\n{body}"


def existing(assets: Path) -> dict[str, Existing]:
    """Every listing below `assets` that has an id, by its id."""
    found: dict[str, Existing] = {}
    for path in sorted(assets.rglob("*.md")):
        if any(part.startswith(".") for part in path.relative_to(assets).parts):
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            continue
        identity = IDENTITY.search(text)
        if identity:
            found[identity[1].lower()] = _as_imported(path, text)
    return found


def title_of(here: Existing | None) -> str:
    """The title of an existing listing; empty where there is none."""
    if here is None:
        return ""
    try:
        return str(read_page(here.path, here.path.parent).front.get("title", ""))
    except (Fault, OSError):
        return ""


def _as_imported(path: Path, text: str) -> Existing:
    line = IMPORTED.search(text)
    if line is None and "\nimported:" not in text:
        return Existing(path)
    if line is not None:
        origin = yaml.load(line[0], Loader=Loader)["imported"]  # noqa: S506 - a CSafeLoader with fewer types
        plain = decisions.without(text[: line.start()] + text[line.end() :])
        untouched = _hash(plain.encode()) == origin["file"]
        return Existing(path, origin["source"], origin["record"], edited=not untouched)
    try:  # somebody has written the line in another way
        origin = read_page(path, path.parent).front.get("imported")
    except Fault:
        origin = None
    origin = origin if isinstance(origin, dict) else {}
    return Existing(path, str(origin.get("source", "?")), str(origin.get("record", "?")), edited=True)


def plan(
    listings: list[ImportedListing],
    known: dict[str, Existing],
    assets: Path,
    folder: Path,
    source: str,
    *,
    came: set[str],
) -> ImportPlan:
    """What bringing `listings` in from the feed `source` means for what is below `assets`; writes nothing.

    `known` is what is there, as `existing` has it; `came` are the ids of services that came and cannot be used, and are
    not missing. New listings go into `folder`. A file that nobody has edited is written again where the feed, the
    vocabulary or the day (a price that has ended) makes it another.
    """
    made = ImportPlan(known=sum(1 for here in known.values() if here.source == source))
    taken = {path.stem for path in assets.rglob("*.md")} if assets.is_dir() else set()
    for listing in listings:
        here = known.get(listing.id)
        if here is None:
            slug = _slug(listing, taken)
            taken.add(slug)
            made.write[folder / f"{slug}.md"] = page(listing, source)
            made.new += 1
        elif here.source != source:
            whose = f"brought in from {here.source}" if here.source else "not imported"
            made.clashes.append((listing.title, f"its id is that of {here.path.name}, which is {whose}"))
        elif here.edited and listing.is_secret and (text := _made_secret(here.path, made)):
            made.write[here.path] = text
            made.changed.append(here.path)
        elif here.edited and here.record != listing.record:
            made.both_changed.append((here.path, listing.record))
        elif here.edited or (text := page(listing, source)) == here.path.read_text(encoding="utf-8"):
            made.unchanged += 1
        else:
            made.write[here.path] = text
            made.changed.append(here.path)
    ids = {listing.id for listing in listings} | came
    made.missing = [here.path for identity, here in known.items() if here.source == source and identity not in ids]
    return made


def _made_secret(path: Path, made: ImportPlan) -> str:
    """The text of an edited file with the addresses hidden that nobody has decided about; empty where none is."""
    try:
        return (decisions.made_secret(path.read_bytes()) or b"").decode()
    except (CannotEdit, Fault, OSError):
        made.open.append(path)
        return ""


def carry_out(plan: ImportPlan, content: Path, progress: Progress | None = None) -> None:
    """Write every file of `plan` aside, then move each to its place in one step.

    A failure while writing leaves the content as it was. Raises OSError.
    """
    if not plan.write and not plan.remove:
        return
    for leftover in content.glob(f"{STAGING}*"):  # of an import that was killed; one that runs now is younger
        if leftover.stat().st_mtime < time.time() - STALE:
            shutil.rmtree(leftover, ignore_errors=True)
    staging = Path(tempfile.mkdtemp(prefix=STAGING, dir=content))
    try:
        staged: list[tuple[Path, Path]] = []
        for number, (path, text) in enumerate(plan.write.items(), 1):
            aside = staging / f"{number}.md"
            aside.write_bytes(text.encode())
            aside.chmod(0o666 & ~_umask())
            staged.append((aside, path))
            if progress:
                progress(number, len(plan.write))
        for folder in {path.parent for path in plan.write}:
            folder.mkdir(parents=True, exist_ok=True)
        for aside, path in staged:
            aside.replace(path)
        for path in plan.remove:
            path.unlink(missing_ok=True)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def _slug(listing: ImportedListing, taken: set[str]) -> str:
    """An address of its own: by its name, then its organisation too, then with a number."""
    name = _short(slugify(listing.title)) or f"listing-{listing.id[:8]}"
    if name not in taken and name != "index":
        return name
    named = _short(f"{name}-{slugify(listing.front['organisation'])}".rstrip("-"))
    number, slug = 2, named
    while slug in taken:
        slug = f"{name}-{number}"
        number += 1
    return slug


def _short(slug: str) -> str:
    return slug if len(slug) <= SLUG_LENGTH else slug[:SLUG_LENGTH].rpartition("-")[0] or slug[:SLUG_LENGTH]


def _styled(value: Any) -> Any:
    """Lists of words, and small mappings, on one line; lists of mappings an item at a time."""
    if isinstance(value, dict):
        return _Inline({key: _styled(inner) for key, inner in value.items()})
    if isinstance(value, list):
        if any(isinstance(item, dict) for item in value):
            return [{key: _styled(inner) for key, inner in item.items()} for item in value]
        return _InlineList(value)
    return value


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]
