"""The files of one generation: what is written into its folder, and read again.

meta.json       site, vocabulary, thesaurus, counts     paths.json     address → row, old address → new
                                                        and the newest listings with their first day
sections.json   cards of guidance                       problems.json  faults, for editors
manifest.json   what the next build starts from         checksums.json written last, by disk
changes.json    when each file last changed, from git
store/          pages       index/  Whoosh and columns  media/         pictures and documents
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from shutil import copy2
from typing import Any

import orjson

from webapp.library.build import index
from webapp.library.build.manifest import Manifest, ManifestEntry, boundaries
from webapp.library.build.pages import INDEXED, Compiled, document, labels_of, restore
from webapp.library.build.renaming import Names, Renaming
from webapp.library.document import Document
from webapp.library.generation import origin as origins
from webapp.library.generation import store
from webapp.library.generation.origin import LastCommit, Origin
from webapp.library.pictures import site as pictures
from webapp.library.pictures.renditions import Made
from webapp.library.problems import Problem
from webapp.library.site import Site
from webapp.library.vocabulary import Vocabulary

META = "meta.json"
PATHS = "paths.json"
CONTACTS = "contacts.json"
SECTIONS = "sections.json"
PROBLEMS = "problems.json"
CHANGES = "changes.json"
MOST_NEW = 200  # listings whose first day is kept at hand: the newest
SMALL_PREVIEW = 20  # whoever writes waits for each save, and nobody minds how quickly they search


@dataclass
class Contents:
    """Everything a generation is written from.

    `fresh` are the pages compiled now, whose rows begin at `first_row`; all others are in `base`, whose files are
    shared. `media` is address → file.
    """

    today: date
    vocabulary: Vocabulary
    site: Site
    thesaurus: bytes
    fingerprint: str
    base: Path | None
    first_row: int
    renaming: Renaming | None  # where `base` was made with other names of terms
    problems: list[Problem]
    entries: dict[str, ManifestEntry] = field(default_factory=dict, kw_only=True)
    fresh: list[Compiled] = field(default_factory=list, kw_only=True)
    media: dict[str, Path] = field(default_factory=dict, kw_only=True)
    pictures: dict[str, Made] = field(default_factory=dict, kw_only=True)  # of those of `media`: see pictures.site
    redirects: dict[str, str] = field(default_factory=dict, kw_only=True)
    drafts: bool = field(default=False, kw_only=True)  # drafts and pages to come are shown: for those who write
    origin: Origin | None = field(default=None, kw_only=True)


def write(folder: Path, contents: Contents) -> None:
    """Write all files of a generation into the empty `folder`. Raises OSError where the disk refuses."""
    base = contents.base
    live = [entry for entry in contents.entries.values() if entry.good]
    for name in ("store", "index", "media"):
        (folder / name).mkdir(mode=0o700)
    store.write(folder / "store", (c.stored for c in contents.fresh), base / "store" if base else None)
    index.write(
        folder / "index",
        _documents(contents, live),
        Names(contents.vocabulary, contents.thesaurus).all(),
        previous=base / "index" if base else None,
        removed_rows=_gone(base, live),
        was=partial(_document_before, contents, store.Store(base / "store")) if base else None,
        renamed=_renamed(contents, live),
        small=SMALL_PREVIEW if contents.drafts else index.SMALL,
    )
    for address, path in contents.media.items():
        if address not in contents.pictures:
            target = folder / address.lstrip("/")
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            copy2(path, target)
    pictures.write(folder, contents.pictures, folder.parent)
    new = sorted(((e.since, e.path) for e in live if e.since), reverse=True)[:MOST_NEW]
    _dump(folder / PATHS, {"rows": {e.path: e.row for e in live}, "redirects": contents.redirects, "new": new})
    _dump(folder / CONTACTS, sorted({contact for entry in live for contact in entry.contacts}))
    _dump(folder / SECTIONS, [entry.card | {"kept": entry.kept} for entry in live if entry.kind != "asset"])
    _dump(folder / PROBLEMS, [p.as_dict() for p in contents.problems])
    if contents.origin:
        (folder / CHANGES).write_bytes(origins.dump(contents.origin.changes))
    Manifest(contents.fingerprint, contents.entries).write(folder)
    _dump(folder / META, _meta(contents, live))


def same(folder: Path, contents: Contents) -> bool:
    """Whether the generation in `folder` already says what `contents`, in which no page changed, would say."""
    meta = read_meta(folder)
    return (
        meta is not None
        and contents.renaming is None
        and meta["site"] == contents.site.model_dump(mode="json")
        and meta["media"] == _media_state(contents.media)
        and meta["pictures"] == pictures.said(contents.pictures)
        and meta.get("origin") == _origin(contents)
        and read_problems(folder) == contents.problems
    )


def read_meta(folder: Path) -> dict[str, Any] | None:
    """What meta.json says; None where it cannot be read."""
    try:
        return orjson.loads((folder / META).read_bytes())
    except (OSError, ValueError):
        return None


def read_problems(folder: Path) -> list[Problem]:
    return [Problem(**problem) for problem in orjson.loads((folder / PROBLEMS).read_bytes())]


def read_origin(folder: Path) -> Origin | None:
    """The commit that made the generation in `folder`; None where it was made without git, or cannot be read."""
    return Origin.of_meta((read_meta(folder) or {}).get("origin"))


def read_changes(folder: Path) -> dict[str, LastCommit]:
    """When each file last changed, by its name; empty where that is not known."""
    try:
        return origins.load((folder / CHANGES).read_bytes())
    except (OSError, ValueError):
        return {}


def _origin(contents: Contents) -> dict[str, Any] | None:
    return contents.origin.as_meta() if contents.origin else None


def _documents(contents: Contents, live: list[ManifestEntry]) -> Iterator[Any]:
    rows = {entry.row for entry in live}
    for row, compiled in enumerate(contents.fresh, contents.first_row):
        if row in rows and compiled.place.kind in INDEXED:
            yield document(compiled, row, contents.vocabulary)


def _renamed(contents: Contents, live: list[ManifestEntry]) -> Iterator[tuple[str, Document]]:
    """Pages of the shared store that say something else now: what their labels said, and their documents."""
    if contents.renaming is None or contents.base is None:
        return
    shared = {entry.row for entry in live if entry.row < contents.first_row}
    kept = store.Store(contents.base / "store")
    for row in sorted(shared & index.rows_with(contents.base / "index", contents.renaming.groups)):
        compiled = restore(kept.get(row))
        yield labels_of(compiled, contents.renaming.before.vocabulary), document(compiled, row, contents.vocabulary)


def _document_before(contents: Contents, kept: store.Store, row: int) -> Document:
    """What the shared index has of a row."""
    before = contents.renaming.before.vocabulary if contents.renaming else contents.vocabulary
    return document(restore(kept.get(row)), row, before)


def _gone(base: Path | None, live: list[ManifestEntry]) -> list[int]:
    """Rows that the shared index has and this generation does not."""
    if base is None:
        return []
    was = orjson.loads((base / PATHS).read_bytes())["rows"].values()
    return list(set(was) - {entry.row for entry in live})


def _meta(contents: Contents, live: list[ManifestEntry]) -> dict[str, Any]:
    counts: dict[str, int] = {}
    for entry in live:
        counts[entry.kind] = counts.get(entry.kind, 0) + 1
    return {
        "built_at": datetime.now(UTC).isoformat(),
        "valid_until": boundaries(contents.entries.values(), contents.today),
        "counts": counts,
        "kept": [entry.path for entry in live if entry.kept],
        "drafts": contents.drafts,
        "media": _media_state(contents.media),
        "pictures": pictures.said(contents.pictures),
        "site": contents.site.model_dump(mode="json"),
        "vocabulary": contents.vocabulary.as_data(),
        "thesaurus": contents.thesaurus.decode("utf-8", "replace"),
        "origin": _origin(contents),
    }


def _media_state(files: dict[str, Path]) -> dict[str, list[int]]:
    return {address: [path.stat().st_mtime_ns, path.stat().st_size] for address, path in sorted(files.items())}


def _dump(path: Path, data: Any) -> None:
    path.write_bytes(orjson.dumps(data))
