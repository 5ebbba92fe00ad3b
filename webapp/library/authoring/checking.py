"""Every fault of a content folder at once, looking again only at files that changed since it was last checked."""

import hashlib
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath

import orjson

from webapp.english import dates
from webapp.library import site, vocabulary
from webapp.library.authoring import facts
from webapp.library.build import link_checks
from webapp.library.build.compile import Bearings, bearings_of, compiled_all, root_of
from webapp.library.build.manifest import Manifest, ManifestEntry, describe
from webapp.library.build.moves import Moves
from webapp.library.build.pages import Compiled, compile_text
from webapp.library.build.places import place_of
from webapp.library.build.scan import PageFile, Scan, scan
from webapp.library.checks import advice, media, words
from webapp.library.feeds import configured
from webapp.library.problems import Problem
from webapp.library.search import thesaurus
from webapp.library.vocabulary import Vocabulary

RULES = 16  # raise it when a check changes what it says: what was remembered is then forgotten
REMEMBERED = 8  # content folders whose results are kept


@dataclass
class Checked:
    """What a check found. `entries` are all pages by file, `media` the addresses of pictures and documents."""

    problems: list[Problem]
    entries: dict[str, ManifestEntry] = field(default_factory=dict)
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    looked_at: int = 0  # files that were read; the others had not changed


def check(
    content: Path,
    *,
    fallback: Path | None = None,
    processes: int = 1,
    cache: Path | None = None,
    today: date | None = None,
    with_advice: bool = False,
    with_old_facts: bool = False,
    instead: Mapping[str, bytes | None] | None = None,
) -> Checked:
    """Check all of `content`; the problems are in the order of files and lines. Nothing in it is written.

    `fallback`: see `compile.build`. `cache` is a folder in which results are remembered by each file's time and size.
    `with_advice` adds what would read better, `with_old_facts` the facts that nobody has checked for a year. `instead`
    checks the content as it would be with other files: `file` as problems name it → its bytes, or None where it would
    be gone.
    """
    today = today or dates.today()
    bearings = bearings_of(content, fallback)
    known, problems = vocabulary.load(bearings.vocabulary, root_of(bearings.vocabulary))
    presented, faults = site.load(bearings.site, root_of(bearings.site), known)
    problems += [*bearings.problems, *faults, *configured.load(content)[1]]
    if presented and with_advice:
        problems += site.lacking(presented, bearings.site.relative_to(root_of(bearings.site)).as_posix())
    problems += thesaurus.load(bearings.vocabulary / thesaurus.FILE, root_of(bearings.vocabulary))[1]
    found = scan(content)
    made_with = _made_with(known)
    memory = _memory(cache, content)
    old = _remembered(memory, made_with)
    done = Checked(problems, {}, known)
    _pages(done, found, old, content, today, processes, instead or {})
    as_it_is = {**done.entries, **{file: old.get(file) for file in instead or {}}}
    on_disk = {file: entry for file, entry in as_it_is.items() if entry}
    if memory and (done.looked_at or old.keys() != on_disk.keys()):
        _remember(memory, Manifest(made_with, on_disk))
    for page in done.entries.values():
        problems += page.problems
    linked = link_checks.link(done.entries.values(), found.media, known, today, Moves.of(content.absolute()).now_at)
    problems += [*found.problems, *linked.problems]
    problems += _beside_pages(done, found, bearings, content, with_advice)
    if with_advice:
        problems += advice.advise(content, done.entries, known, today)
    if with_old_facts:
        problems += facts.outdated(facts.of(content, done.entries), today)
    done.problems = sorted(set(problems))
    return done


def _pages(
    done: Checked,
    found: Scan,
    old: Mapping[str, ManifestEntry],
    content: Path,
    today: date,
    processes: int,
    instead: Mapping[str, bytes | None],
) -> None:
    kept = [page for page in found.pages if page.file not in instead]
    todo = [page for page in kept if _changed(old.get(page.file), page)]
    fresh = {page.file for page in todo}
    entries = {page.file: old[page.file] for page in kept if page.file not in fresh}
    for page, compiled in compiled_all(todo, content.parent, done.vocabulary, today, processes):
        entries[page.file] = _entry(compiled, page.mtime, page.size)
    for file, data in instead.items():
        place = place_of(PurePosixPath(file).relative_to(content.name))
        if data is not None and place is not None:
            entries[file] = _entry(compile_text(data, file, place, done.vocabulary, today), 0, len(data))
    done.entries = dict(sorted(entries.items()))
    done.looked_at = len(todo)


def _changed(entry: ManifestEntry | None, page: PageFile) -> bool:
    return entry is None or (entry.mtime, entry.size) != (page.mtime, page.size)


def _entry(compiled: Compiled, mtime: int, size: int) -> ManifestEntry:
    place = compiled.place
    entry = ManifestEntry(compiled.file, place.kind, place.path, mtime, size, problems=tuple(compiled.problems))
    if compiled.front is not None:
        describe(compiled, entry, date.min)
        entry.row, entry.shown = 0, True  # drafts and pages to come are checked like all others
    return entry


def _beside_pages(done: Checked, found: Scan, bearings: Bearings, content: Path, with_advice: bool) -> list[Problem]:
    linked = {href for entry in done.entries.values() for href, _, _ in entry.links}
    live = {entry.path for entry in done.entries.values()}  # a page that is broken is told once, not at every pin
    problems = list(media.faults(found.media, linked, content))
    for entry in done.entries.values():
        problems += media.sizes(entry.pictures, found.media, entry.file)
    if bearings.vocabulary.parent == content:
        problems += words.faults(bearings.vocabulary, content.parent, done.vocabulary, live, with_advice)
    return problems


def _made_with(known: Vocabulary) -> str:
    return hashlib.sha256(orjson.dumps([RULES, known.as_data()], option=orjson.OPT_SORT_KEYS)).hexdigest()


def _memory(cache: Path | None, content: Path) -> Path | None:
    """The file that remembers `content`, or None where nothing is to be remembered."""
    name = hashlib.sha256(os.fsencode(content)).hexdigest()[:16]
    return cache / f"checked-{name}" if cache else None


def _remembered(memory: Path | None, made_with: str) -> dict[str, ManifestEntry]:
    manifest = Manifest.read(memory) if memory else None
    return manifest.entries if manifest and manifest.fingerprint == made_with else {}


def _remember(memory: Path, manifest: Manifest) -> None:
    """Write what was found; where that cannot be done, the next check only takes longer."""
    try:
        memory.mkdir(mode=0o700, parents=True, exist_ok=True)
        manifest.write(memory, secrets.token_hex(4))
        others = sorted(memory.parent.glob("checked-*"), key=lambda p: p.stat().st_mtime, reverse=True)
        for folder in others[REMEMBERED:]:
            for file in folder.iterdir():
                file.unlink(missing_ok=True)
            folder.rmdir()
    except OSError:
        return
