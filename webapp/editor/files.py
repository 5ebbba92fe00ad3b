"""A file of the content as an editor is shown it: its newest text, what the checker says, whether it may be shown."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePosixPath

from webapp.config.settings import Settings
from webapp.library.build.pages import Compiled, compile_text
from webapp.library.build.places import Place, place_of
from webapp.library.confidential import listings as confidential
from webapp.library.editing import repository as repositories
from webapp.library.editing import typed
from webapp.library.editing.faults import EditFault
from webapp.library.editing.repository import Repository
from webapp.library.front_matter.source import Fault, parse_page
from webapp.library.generation.reader import Generation
from webapp.library.problems import Problem
from webapp.upkeep import patches

PART = re.compile(r"[A-Za-z0-9_][\w.-]*")
WAIT = 15.0  # seconds for whoever is at the clone
NOT_SHOWN = (
    "This listing has an address that must stay secret, and a browser shows none. "
    "Change its file in the repository, or ask somebody who may."
)


@dataclass(frozen=True)
class Newest:
    """A file as it is now. `blob` is empty where there is none. `stale` says why it may be an older version."""

    blob: str
    text: str
    branch: str = ""
    has_mark: bool = False
    stale: str = ""


def place(file: str) -> Place | None:
    """Where the page of `file` stands, named below the content folder; None where no page is made of such a file."""
    path = PurePosixPath(file)
    is_plain = all(PART.fullmatch(part) for part in path.parts) and path.as_posix() == file
    return place_of(path) if is_plain and len(file) <= 300 else None


def named(gen: Generation, settings: Settings, file: str) -> str:
    """`file` as problems name it."""
    return f"{patches.content_folder(gen, settings).name}/{file}"


@contextmanager
def repository(gen: Generation, settings: Settings, wait: float | None = WAIT) -> Iterator[Repository]:
    """The repository of the content: see `library.editing.repository.opened`."""
    remote = settings.content_remote
    if remote and gen.origin is None:
        raise EditFault("Nothing was fetched from the repository yet.")
    folder = gen.origin.folder if gen.origin else ""
    with repositories.opened(remote, settings.content_dir, folder, settings.index_dir, wait=wait) as opened:
        yield opened


def newest(gen: Generation, settings: Settings, file: str, branch: str = "") -> Newest:
    """The newest version of `file`, on `branch` where that is there. Raises EditFault, typed.NotForABrowser."""
    try:
        with repository(gen, settings, wait=2) as opened:
            opened.refresh(branch)
            return _newest(opened, file, branch)
    except EditFault as fault:
        with repository(gen, settings, wait=None) as opened:
            return _newest(opened, file, branch, stale=str(fault))


def _newest(opened: Repository, file: str, branch: str, stale: str = "") -> Newest:
    at = opened.tip(branch) if branch else ""
    tip = at or opened.tip()
    if not tip:
        raise EditFault(stale or "The repository has no commit yet.")
    found = opened.file(tip, file)
    kept_on = branch if at else ""
    if found is None:
        return Newest("", "", kept_on, stale=stale)
    return Newest(found.blob, typed.shown(found.data), kept_on, typed.has_mark(found.data), stale)


def is_secret(file: str, text: str) -> bool:
    """Whether `text` tells an address that must stay secret: no browser is shown it, and none may send it."""
    here = place(file)
    if here is None or here.kind != "asset":
        return False
    try:
        source = parse_page(text.encode(), file)
    except Fault:
        return confidential.may_be_secret(text)
    found = confidential.verdict(source.front, source.body)
    return found is not None and (bool(found.guess) or confidential.tells(text, source, found))


def compiled(gen: Generation, settings: Settings, file: str, text: str, today: date) -> Compiled:
    """The page that `text` makes, by itself: in a moment, and without a look at what it links to."""
    here = place(file)
    assert here is not None
    return compile_text(text.encode(), named(gen, settings, file), here, gen.vocabulary, today)


def faults(gen: Generation, settings: Settings, file: str, data: bytes, now: datetime) -> list[Problem]:
    """Every fault that the file would have, links among it."""
    name = named(gen, settings, file)
    return patches.faults({name: data}, patches.content_folder(gen, settings), settings, now)
