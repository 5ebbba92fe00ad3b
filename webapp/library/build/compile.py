"""From a folder of Markdown to a generation: only what changed is made again, and a bad file never stops the rest."""

import gc
import hashlib
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from multiprocessing import get_context
from pathlib import Path

import orjson

from webapp.english import dates
from webapp.library import site, vocabulary
from webapp.library.build import index, link_checks
from webapp.library.build.cards import card
from webapp.library.build.manifest import FORMAT, Manifest, ManifestEntry, describe
from webapp.library.build.pages import Compiled, compile_file, restore
from webapp.library.build.renaming import UNTOLD, Names, renaming_since
from webapp.library.build.scan import PageFile, scan
from webapp.library.confidential import listings as confidential
from webapp.library.feeds import configured
from webapp.library.front_matter.model import Asset
from webapp.library.front_matter.source import Fault, read_data
from webapp.library.generation import disk, store
from webapp.library.generation.files import Contents, read_meta, same, write
from webapp.library.generation.origin import Origin
from webapp.library.pictures import site as pictures
from webapp.library.problems import Problem, in_order
from webapp.library.search import thesaurus
from webapp.library.site import Site
from webapp.library.vocabulary import Vocabulary

COLLECTED = 200_000, 20, 20  # objects made before the youngest are looked through, and how often the older are
POOL_FROM = 300  # fewer files than this are compiled sooner than a second process starts

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Bearings:
    """Where a site's vocabularies and name are read from, and problems to report about that."""

    vocabulary: Path
    site: Path
    problems: tuple[Problem, ...] = ()


class ContentError(Exception):
    """There is no site to build: the vocabularies or site.yml are wrong and there is no last good version of them."""

    def __init__(self, problems: list[Problem]):
        super().__init__("; ".join(str(p) for p in problems[:3]))
        self.problems = problems


@dataclass
class CompileOutcome:
    """What a build did. `generation` is the folder now served; `changed` and `removed` count files."""

    generation: Path
    problems: list[Problem]
    served: int
    changed: int = 0
    removed: int = 0
    seconds: float = 0.0
    switched: bool = True


@dataclass
class _Work(Contents):
    """One build in progress: what will be written, and what it is made from.

    `last` is the generation that the last build made, to take last good versions from; `base`, of Contents, is the
    same where its files can be shared and None where everything is made anew.
    """

    content: Path
    last: Path | None
    old: Manifest
    made_before: pictures.Before

    @cached_property
    def known(self) -> dict[str, str]:
        """Since when each listing that was shown before has been, by its id and by its address."""
        shown = [entry for entry in self.old.entries.values() if entry.kind == "asset" and entry.row >= 0]
        return {entry.id: entry.since for entry in shown} | {entry.path: entry.since for entry in shown}


def build(
    content: Path,
    index_dir: Path,
    *,
    today: date | None = None,
    processes: int = 1,
    progress: Progress | None = None,
    everything: bool = False,
    fallback: Path | None = None,
    drafts: bool = False,
    origin: Callable[[], Origin] | None = None,
    moved: link_checks.Moved | None = None,
) -> CompileOutcome:
    """Compile `content` into a generation under `index_dir` and switch to it.

    A page with a fault keeps its last good version. Nothing is switched where nothing changed. `everything` forgets
    what earlier builds made. `fallback` is another content folder, whose vocabulary and site.yml are used where
    `content` has none of its own. `origin` puts the files in place once nobody else builds, and says what they are
    of. `moved` tells where pages went: see `linking.link`. Raises ContentError where there is nothing to serve,
    disk.Busy where another build does not end, OSError where the disk refuses; what was served stays served.
    """
    began = time.monotonic()
    with disk.build_lock(index_dir), _seldom_collected():
        came_from = origin() if origin else None
        last = _last_sound(index_dir)
        work = _prepare(content, last, today or dates.today(), everything, fallback, drafts)
        if came_from:
            work.origin = came_from
            work.problems += came_from.problems
        changed, removed = _collect(work, processes, progress)
        _link(work, moved, index_dir)
        served = sum(entry.good for entry in work.entries.values())
        if work.base is not None and not changed and not removed and same(work.base, work):
            disk.switch(index_dir, work.base.name)  # it may be one we had to step back to
            return CompileOutcome(work.base, work.problems, served, seconds=time.monotonic() - began, switched=False)
        folder = disk.begin(index_dir)
        write(folder, work)
        named = disk.finish(index_dir, folder, work.base)
        pictures.prune(index_dir, work.pictures.values())
    return CompileOutcome(named, work.problems, served, changed, removed, time.monotonic() - began)


def words_for(content: Path, fallback: Path | None) -> Vocabulary:
    """The vocabulary that `content` is checked against. Raises ContentError where it has a fault."""
    bearings = bearings_of(content, fallback)
    words, problems = vocabulary.load(bearings.vocabulary, root_of(bearings.vocabulary))
    if problems:
        raise ContentError(problems)
    return words


def bearings_of(content: Path, fallback: Path | None) -> Bearings:
    """The vocabulary and site.yml of `content`, or those of `fallback` where it has none."""
    words, named = content / "vocabulary", content / "site.yml"
    if fallback is None or fallback == content:
        return Bearings(words, named)
    borrowed = []
    if not words.is_dir():
        words = fallback / "vocabulary"
        borrowed.append("vocabulary/")
    if not named.exists():
        named = fallback / "site.yml"
        borrowed.append("site.yml")
    if not borrowed:
        return Bearings(words, named)
    message = f"there is no {' and no '.join(borrowed)} in this folder, so that of {fallback.name}/ that comes with "
    problem = Problem(content.name, 1, f"{message}Signpost is used: add your own when you can", level="advice")
    return Bearings(words, named, (problem,))


def root_of(path: Path) -> Path:
    """What the files of a content folder are named from, given its vocabulary folder or its site.yml."""
    return path.parent.parent


def _last_sound(index_dir: Path) -> Path | None:
    """The generation served, or the newest other one where that is damaged."""
    candidates = [disk.pointed(index_dir), *disk.newest_first(index_dir)]
    return next((folder for folder in candidates if folder and not disk.damaged(folder)), None)


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """With Python's search for garbage rarer: entries are made by the hundred thousand, and all live to the end."""
    usual = gc.get_threshold()
    gc.set_threshold(*COLLECTED)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _prepare(
    content: Path, last: Path | None, today: date, everything: bool, fallback: Path | None, drafts: bool
) -> _Work:
    meta = read_meta(last) if last else None
    bearings = bearings_of(content, fallback)
    words, problems = vocabulary.load(bearings.vocabulary, root_of(bearings.vocabulary))
    problems += bearings.problems
    if meta:  # a vocabulary with a fault keeps its last good version
        known = Vocabulary.from_data(meta["vocabulary"])
        broken = {Path(p.file).stem for p in problems}
        words = Vocabulary({**{n: f for n, f in known.files.items() if n in broken}, **words.files})
    presented, faults = site.load(bearings.site, root_of(bearings.site), words)
    if presented is None and meta:
        presented = Site.model_validate(meta["site"])
    problems += [*faults, *configured.load(content)[1]]
    if presented is None or any(name not in words.files for name in vocabulary.REQUIRED):
        raise ContentError(problems)
    made_with = [FORMAT, pictures.RECIPE, words.checked_with(), presented.imported, drafts]
    fingerprint = hashlib.sha256(orjson.dumps(made_with, option=orjson.OPT_SORT_KEYS)).hexdigest()
    old = (Manifest.read(last) if last else None) or Manifest()
    shared = last is not None and not everything and old.fingerprint == fingerprint
    named = bearings.vocabulary
    other_names, faults = thesaurus.last_good(named, root_of(named), meta, sound=shared)
    problems += faults
    shared = shared and last is not None and store.file_count(last / "store") < store.MAX_FILES
    shared = shared and last is not None and not index.is_mostly_gone(last / "index")
    renamed = renaming_since(meta, Names(words, other_names)) if shared and meta else None
    shared = shared and renamed is not UNTOLD
    return _Work(
        today=today,
        vocabulary=words,
        site=presented,
        thesaurus=other_names,
        fingerprint=fingerprint,
        base=last if shared else None,
        first_row=store.row_count(last / "store") if shared and last else 0,
        renaming=renamed if shared else None,
        problems=problems,
        content=content,
        last=last,
        old=old,
        made_before=pictures.before(meta, alike=shared),
        drafts=drafts,
    )


def _collect(work: _Work, processes: int, progress: Progress | None) -> tuple[int, int]:
    """Fill `work.entries`: unchanged files from the last build, the others compiled. Returns (changed, removed)."""
    found = scan(work.content)
    work.problems += found.problems
    work.media = found.media
    old = work.old.entries if work.base else {}
    todo = [page for page in found.pages if not _unchanged(old.get(page.file), page, work)]
    removed = len(old.keys() - {page.file for page in found.pages})
    if todo or removed:  # a page that lost its address to another may have it now
        again = {file for file, entry in old.items() if entry.blocked}
        todo = [page for page in found.pages if page in todo or page.file in again] if again else todo
    anew = {page.file for page in todo}
    for page in found.pages:
        fresh = ManifestEntry(page.file, page.place.kind, page.place.path, page.mtime, page.size)
        work.entries[page.file] = fresh if page.file in anew else old[page.file]
    made = compiled_all(todo, work.content.parent, work.vocabulary, work.today, processes)
    for done, (page, compiled) in enumerate(made, 1):
        _enter(work, work.entries[page.file], compiled)
        if progress:
            progress(done, len(todo))
    work.problems += [problem for entry in work.entries.values() for problem in entry.problems]
    return len(todo), removed


def _unchanged(entry: ManifestEntry | None, page: PageFile, work: _Work) -> bool:
    if entry is None or (entry.mtime, entry.size) != (page.mtime, page.size):
        return False
    if work.renaming and any(problem.level == "error" for problem in entry.problems):
        return False  # what it may have meant is told by names
    # A page whose first or last day has passed since is looked at again; a kept one waits for its file to be mended.
    return entry.kept or not entry.id or work.drafts or entry.shown == entry.shown_on(work.today)


def _enter(work: _Work, entry: ManifestEntry, compiled: Compiled) -> None:
    entry.problems = tuple(compiled.problems)
    if compiled.front is None:
        _keep_last_good(work, entry)
        return
    describe(compiled, entry, work.today)
    entry.since = _since(work, entry)
    entry.shown |= work.drafts
    front = compiled.front
    if work.site.imported == "hidden" and isinstance(front, Asset) and front.imported and front.has_gaps:
        entry.draft, entry.shown = True, False
    if entry.shown:
        _add(work, entry, compiled)


def _since(work: _Work, entry: ManifestEntry) -> str:
    """The first day on which readers saw a listing; empty for those that the first build of all found."""
    if entry.kind != "asset" or not entry.shown or not work.old.entries:
        return ""
    was = (work.known.get(name) for name in (entry.id, *(f"/directory/{alias}" for alias in entry.aliases)))
    return next((since for since in was if since is not None), work.today.isoformat())


def _add(work: _Work, entry: ManifestEntry, compiled: Compiled) -> None:
    assert compiled.front is not None
    entry.row = work.first_row + len(work.fresh)
    entry.card = {} if entry.kind == "asset" else card(compiled.place, compiled.id, compiled.front)
    work.fresh.append(compiled)


def _keep_last_good(work: _Work, entry: ManifestEntry) -> None:
    """Serve the last good version of a file that has a fault now, where there is one."""
    last = work.old.entries.get(entry.file)
    if last is None or not last.good or work.last is None or last.path != entry.path:
        return
    is_secret = entry.kind == "asset" and _may_be_secret(work.content.parent / entry.file)
    if work.base is not None and not is_secret:  # its row is in the files we share
        for name in ManifestEntry.__slots__:
            if name not in {"mtime", "size", "problems"}:
                setattr(entry, name, getattr(last, name))
    else:
        compiled = restore(store.Store(work.last / "store").get(last.row), is_secret=is_secret)
        describe(compiled, entry, work.today)
        entry.since = last.since
        for name in ("links", "future", "future_line", "future_column", "alias_line"):
            setattr(entry, name, getattr(last, name))  # their lines are those of the last good version
        entry.shown = True
        _add(work, entry, compiled)
    entry.kept = True


def _may_be_secret(file: Path) -> bool:
    try:
        return confidential.may_be_secret(read_data(file, file.name).decode("utf-8", "replace"))
    except (Fault, OSError):
        return False


def compiled_all(
    pages: list[PageFile], root: Path, words: Vocabulary, today: date, processes: int
) -> Iterator[tuple[PageFile, Compiled]]:
    """Each of `pages` with what became of it, in their order; in several processes where that is sooner."""
    one = partial(_compile_one, root=root, words=words, today=today)
    if processes < 2 or len(pages) < POOL_FROM:
        for page in pages:
            yield page, one(page)
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("fork")) as pool:
        yield from zip(pages, pool.map(one, pages, chunksize=64), strict=True)


def _compile_one(page: PageFile, root: Path, words: Vocabulary, today: date) -> Compiled:
    return compile_file(page.path, root, page.place, words, today)


def _link(work: _Work, moved: link_checks.Moved | None, index_dir: Path) -> None:
    for entry in work.entries.values():
        entry.blocked = False  # it is found again: a page of the last build has lost its address still, or has it now
    linked = link_checks.link(work.entries.values(), work.media, work.vocabulary, work.today, moved)
    for file, entry in work.entries.items():
        entry.blocked = file in linked.blocked
    work.redirects = linked.redirects
    work.pictures, faults = pictures.make(work.media, index_dir, work.content.name, work.made_before)
    work.problems = in_order({*work.problems, *linked.problems, *faults})
