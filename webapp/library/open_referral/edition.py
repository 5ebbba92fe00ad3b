"""What is published of one generation, made once and read by every process: `<index>/open-referral/<generation>/`.

It is made when it is first asked for, so that who publishes nothing pays nothing. A listing that did not change, and
whose terms are called what they were, is taken over from the edition before.
"""

import fcntl
import hashlib
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import orjson

from webapp.library.build.manifest import FILE as MANIFEST
from webapp.library.generation.kept import PerGeneration
from webapp.library.generation.reader import Generation
from webapp.library.open_referral import organizations
from webapp.library.open_referral.published import is_published
from webapp.library.open_referral.record import AT, STREAMS, Made, made_of
from webapp.library.open_referral.rows import Rows, Writer
from webapp.library.open_referral.services import Words
from webapp.library.open_referral.taxonomies import Taxonomies, term_id

FORMAT = 3  # raise it when a record is written in another way
FOLDER = "open-referral"
ABOUT = "about.json"
OTHERS = ("organizations", "taxonomies", "terms")
UNREADABLE = (OSError, ValueError, KeyError)

Key = tuple[str, int]  # what a listing says, and when: see `_in_order`
Labels = dict[str, dict[str, str]]  # what each term is called, by vocabulary and slug


class Edition:
    """The published records of a generation, as bytes. Read only, and safe to share between threads.

    `services` are in the order of their ids. See `record.STREAMS` and `record.AT` for what is kept of each.
    """

    def __init__(self, folder: Path) -> None:
        about = orjson.loads((folder / ABOUT).read_bytes())
        self.id: str = about["id"]
        self.basis: str = about["basis"]
        self.labels: Labels = about["labels"]
        self.keys: list[tuple[str, int]] = [(said, at) for said, at in about["keys"]]  # see `_in_order`
        self._rows = {name: Rows(folder, name) for name in (*STREAMS, *AT, *OTHERS)}

    def __len__(self) -> int:
        return len(self.keys)

    def __getitem__(self, stream: str) -> Rows:
        return self._rows[stream]

    def facts(self) -> list[dict[str, Any]]:
        """What each service is chosen by."""
        return [orjson.loads(row) for row in self["facts"]]


def of(gen: Generation) -> Edition:
    """The edition of `gen`. Raises OSError where it can be neither read nor made."""
    return _editions.of(gen)


def prepare(generation: Path) -> None:
    """Make the edition of the generation in this folder, so that nobody waits for it. Raises OSError."""
    _open(Generation(generation))


def _open(gen: Generation) -> Edition:
    home = gen.folder.parent / FOLDER
    folder = home / f"{gen.id}-{FORMAT}"
    with suppress(*UNREADABLE):
        return Edition(folder)
    with _lock(home):
        with suppress(*UNREADABLE):
            return Edition(folder)  # another process has made it meanwhile
        _make(gen, home, folder)
        _tidy(home)
    return Edition(folder)


_editions = PerGeneration[Edition](_open)


def _make(gen: Generation, home: Path, folder: Path) -> None:
    """Write the edition listing by listing, so that memory does not grow with their number."""
    aside = home / f".new-{secrets.token_hex(4)}"
    aside.mkdir(mode=0o700)
    manifest = orjson.loads((gen.folder / MANIFEST).read_bytes())
    words = Words(gen.vocabulary, Taxonomies(gen.vocabulary), gen.site)
    labels = {name: {t.slug: t.label for t in file.terms} for name, file in gen.vocabulary.files.items()}
    before = Before(home, _basis(gen, manifest["fingerprint"]), labels)
    runners = organizations.Organizations()
    files = {name: Writer(aside, name) for name in (*STREAMS, *AT, *OTHERS)}
    keys = []
    for row, key, stored in _in_order(gen, manifest["entries"]):
        made = before.take(key, stored) or _made(gen, row, key[1], words)
        if made is None:
            continue
        keys.append(key)
        for name, value in made.items():
            files[name].add(*(value if isinstance(value, list) else (value,)))
        facts = orjson.loads(made["facts"])  # type: ignore[arg-type]
        runners.add(facts["organization"])
        words.taxonomies.know(facts["free"])
    files["organizations"].add(*runners.records())
    files["taxonomies"].add(*map(orjson.dumps, words.taxonomies.records.values()))
    files["terms"].add(*map(orjson.dumps, words.taxonomies.terms.values()))
    for file in files.values():
        file.close()
    about = {"id": folder.name, "basis": before.basis, "labels": labels, "keys": keys}
    (aside / ABOUT).write_bytes(orjson.dumps(about))
    shutil.rmtree(folder, ignore_errors=True)  # one that could not be read
    aside.rename(folder)


def _made(gen: Generation, row: int, changed: int, words: Words) -> Made | None:
    page = gen.stored(row)
    return made_of(page, changed, words) if is_published(page, gen.site.open_referral) else None


def _in_order(gen: Generation, entries: list[dict[str, Any]]) -> Iterator[tuple[int, Key, bytes]]:
    """The row of every listing in the order of their ids, its key, and all that it says, as it is stored. The key is a
    hash of that, and when its file last changed, in seconds since 1970.

    That is its last commit, or the file's own date where git was not asked. A row alone tells no listing: where all is
    compiled anew, rows begin again, and files of one commit changed at one moment.
    """
    rows, commits = gen.listings(), gen.changes
    listed = [entry for entry in entries if entry.get("row", -1) in rows]
    for entry in sorted(listed, key=lambda entry: entry["id"]):
        commit = commits.get(entry["file"])
        stored = gen.stored_bytes(entry["row"])
        said = hashlib.blake2b(stored, digest_size=16).hexdigest()
        yield entry["row"], (said, commit.at if commit else entry.get("mtime", 0) // 10**9), stored


class Before:
    """The edition made last, where it was made by the same rules: what did not change is taken over from it."""

    def __init__(self, home: Path, basis: str, labels: Labels) -> None:
        self.basis = basis
        self._renamed: list[bytes] = []  # slugs, as a listing names them
        self._edition: Edition | None = None
        self._places: dict[Key, tuple[int, int, int]] = {}
        for folder in sorted(home.glob("gen-*"), reverse=True):
            with suppress(*UNREADABLE):
                edition = Edition(folder)
                if edition.basis == basis:
                    self._edition = edition
                    renamed = list(_renamed(edition.labels, labels))
                    self._renamed = [orjson.dumps(slug) for _, slug in renamed]
                    self._places = dict(_places(edition, {term_id(*term) for term in renamed}))
                    return

    def take(self, key: Key, stored: bytes) -> Made | None:
        """What was made of the listing with this key, which is `stored`.

        None where it is new, has changed, or may name a term that is called otherwise now.
        """
        if self._edition is None or key not in self._places or any(slug in stored for slug in self._renamed):
            return None
        number, first, last = self._places[key]
        edition = self._edition
        made: Made = {name: edition[name][number] for name in STREAMS}
        return made | {name: [edition[name][at] for at in range(first, last)] for name in AT}


def _renamed(before: Labels, after: Labels) -> Iterator[tuple[str, str]]:
    for name, terms in after.items():
        yield from ((name, slug) for slug, label in terms.items() if before.get(name, {}).get(slug) != label)


def _places(edition: Edition, renamed: set[str]) -> Iterator[tuple[Key, tuple[int, int, int]]]:
    """Where the records of each listing stand, but for those that have a renamed term, whether or not it names that."""
    first = 0
    for number, (key, fact) in enumerate(zip(edition.keys, edition.facts(), strict=True)):
        last = first + len(fact["at"])
        if renamed.isdisjoint(fact["terms"]):
            yield key, (number, first, last)
        first = last


def _basis(gen: Generation, fingerprint: str) -> str:
    """A hash of all that a record depends on besides its listing and what its terms are called."""
    words = gen.vocabulary.checked_with()
    said = [FORMAT, fingerprint, words, gen.site.organisation, gen.site.open_referral.model_dump(mode="json")]
    return hashlib.sha256(orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).hexdigest()


@contextmanager
def _lock(home: Path) -> Iterator[None]:
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (home / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # another process makes the same: some seconds for ten thousand listings
        yield


def _tidy(home: Path) -> None:
    """Remove what was made of generations that are gone, and what a killed process left."""
    for folder in (*home.glob("gen-*"), *home.glob(".new-*")):
        if not (home.parent / folder.name.rpartition("-")[0]).is_dir():
            shutil.rmtree(folder, ignore_errors=True)
