"""Listings as files: what is there already, what an import will change, and changing it without ever half-writing."""

import hashlib
import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from webapp.library.authoring.scaffold import slugify
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
        origin = yaml.load(line[0], Loader=Loader)["imported"]  # nosec B506 # noqa: S506 - a CSafeLoader with fewer types
        plain = decisions.without(text[: line.start()] + text[line.end() :])
        untouched = _hash(plain.encode()) == origin["file"]
        return Existing(path, origin["source"], origin["record"], edited=not untouched)
    try:  # somebody has written the line in another way
        origin = read_page(path, path.parent).front.get("imported")
    except Fault:
        origin = None
    origin = origin if isinstance(origin, dict) else {}
    return Existing(path, str(origin.get("source", "?")), str(origin.get("record", "?")), edited=True)


def carry_out(
    write: Mapping[Path, str | Iterable[bytes]],
    content: Path,
    progress: Progress | None = None,
    *,
    remove: Iterable[Path] = (),
) -> None:
    """Write the text, or the lines, of every file aside, and move each to its place in one step; delete `remove`.

    A failure while writing leaves the content as it was. Raises OSError.
    """
    if not write and not remove:
        return
    for leftover in content.glob(f"{STAGING}*"):  # of an import that was killed; one that runs now is younger
        if leftover.stat().st_mtime < time.time() - STALE:
            shutil.rmtree(leftover, ignore_errors=True)
    staging = Path(tempfile.mkdtemp(prefix=STAGING, dir=content))
    try:
        staged: list[tuple[Path, Path]] = []
        for number, (path, text) in enumerate(write.items(), 1):
            aside = staging / f"{number}.md"
            with aside.open("wb") as file:
                file.writelines([text.encode()] if isinstance(text, str) else text)
            aside.chmod(0o666 & ~_umask())
            staged.append((aside, path))
            if progress:
                progress(number, len(write))
        for folder in {path.parent for path in write}:
            folder.mkdir(parents=True, exist_ok=True)
        for aside, path in staged:
            aside.replace(path)
        for path in remove:
            path.unlink(missing_ok=True)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def slug_of(listing: ImportedListing, taken: set[str]) -> str:
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


def resealed(text: str) -> str:
    """The text of a file that we changed ourselves, so that it does not look as if an editor had."""
    line = IMPORTED.search(text)
    if line is None:
        return text
    plain = decisions.without(text[: line.start()] + text[line.end() :])
    sealed = line[0][: line.start(2) - line.start()] + _hash(plain.encode()) + line[0][line.end(2) - line.start() :]
    return text[: line.start()] + sealed + text[line.end() :]


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]
