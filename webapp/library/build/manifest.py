"""What a build knows of every file, kept beside the generation, so that the next build does only what changed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from pathlib import Path
from typing import Any

import orjson

from webapp.library.build.pages import Compiled
from webapp.library.build.rendering import Link
from webapp.library.front_matter.model import Asset, Front
from webapp.library.front_matter.pieces import Picture
from webapp.library.listings import public_contacts
from webapp.library.problems import Problem

WRITTEN_WITH = re.compile(rb'\{"format":(\d{1,9}),')
FORMAT = 24  # raise it when what is stored or indexed changes: the next build then makes everything anew
FILE = "manifest.json"


@dataclass(slots=True)
class ManifestEntry:
    """One file. `row` is where its page is stored, -1 where none is served.

    `kept`: the file has a fault now and the page served is its last good version. `good`: there is a page to serve.
    """

    file: str
    kind: str
    path: str
    mtime: int = 0  # nanoseconds
    size: int = 0
    id: str = ""
    title: str = ""
    row: int = -1
    shown: bool = False  # false for a draft, or a page before its first or after its last day
    kept: bool = False
    draft: bool = False
    blocked: bool = False  # another page has its address or id
    aliases: tuple[str, ...] = ()
    alias_line: int = 1
    future: str = ""  # the day somebody is said to have looked at it, where that day had not come
    future_line: int = 1
    future_column: int = 0
    links: tuple[Link, ...] = ()
    pictures: tuple[tuple[str, int, int], ...] = ()  # in the front matter: address, width and height as it says
    device_card: bool = False  # there is a card to print for the person, at the page's address and `/card`
    anchors: tuple[str, ...] = ()
    publish_from: str = ""
    expires: str = ""
    next_review: str = ""
    owner: str = ""
    contacts: tuple[str, ...] = ()  # of a listing, as `listings.public_contacts` folds them
    since: str = ""  # the first day a listing was shown; empty where that was before anybody kept count
    card: dict[str, Any] = field(default_factory=dict)  # of guidance; the index keeps those of assets
    problems: tuple[Problem, ...] = ()

    @property
    def good(self) -> bool:
        return self.row >= 0 and self.shown and not self.blocked

    def shown_on(self, today: date) -> bool:
        """Whether a page that compiled is for readers on `today`."""
        day = today.isoformat()
        return (
            not self.draft
            and (not self.publish_from or self.publish_from <= day)
            and (not self.expires or day <= self.expires)
        )


@dataclass
class Manifest:
    """All entries by file, and what they were compiled with."""

    fingerprint: str = ""
    entries: dict[str, ManifestEntry] = field(default_factory=dict)

    def write(self, folder: Path, aside: str = "") -> None:
        """Write it into `folder`; with `aside` under another name first, so that a reader finds it whole."""
        data = {"format": FORMAT, "fingerprint": self.fingerprint, "entries": [_flat(e) for e in self.entries.values()]}
        path = folder / f"{FILE}{aside}"
        path.write_bytes(orjson.dumps(data))
        if aside:
            path.replace(folder / FILE)

    @classmethod
    def read(cls, folder: Path) -> "Manifest | None":
        """The manifest in `folder`; None where there is none that this program can use."""
        try:
            data = orjson.loads((folder / FILE).read_bytes())
            if data["format"] != FORMAT:
                return None
            entries = [_entry(row) for row in data["entries"]]
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return cls(data["fingerprint"], {entry.file: entry for entry in entries})


def is_of_earlier_program(folder: Path) -> bool:
    """Whether the generation in `folder` was made by a program with a lower FORMAT, so that this one may not read it.

    False where that cannot be told, and of a later program's: while a new version is brought in, an old process must
    not make over again what the new one has made for itself.
    """
    try:
        with (folder / FILE).open("rb") as file:
            found = WRITTEN_WITH.match(file.read(40))
    except OSError:
        return False
    return found is not None and int(found[1]) < FORMAT


def describe(compiled: Compiled, entry: ManifestEntry, today: date) -> None:
    """Put what cross-checks need to know of a page that compiled into its entry."""
    front, rendered = compiled.front, compiled.rendered
    assert front is not None
    assert rendered is not None
    entry.id, entry.title, entry.kept = compiled.id, front.title, False
    entry.aliases, entry.alias_line = front.aliases, compiled.alias_line
    entry.future = front.checked.isoformat() if compiled.future and front.checked else ""
    entry.future_line, entry.future_column = compiled.future or (1, 0)
    entry.links = rendered.links
    entry.pictures = tuple((p.path, p.width, p.height) for p in pictures_of(front))
    entry.device_card = getattr(front, "card", None) is not None
    entry.anchors = tuple(sorted(rendered.anchors))
    entry.publish_from = front.publish_from.isoformat() if front.publish_from else ""
    entry.expires = front.expires.isoformat() if front.expires else ""
    entry.draft = front.draft
    entry.next_review = front.next_review.isoformat() if front.next_review else ""
    entry.owner = _owner(front) if isinstance(front, Asset) else front.owner
    entry.shown = front.visible(today)
    entry.contacts = tuple(sorted(set(public_contacts.of(front)))) if isinstance(front, Asset) else ()


def pictures_of(front: Front) -> list[Picture]:
    """The pictures that front matter names, with their sizes."""
    card = getattr(front, "card", None)
    parts = [part.picture for part in getattr(front, "parts", ()) if part.picture]
    film = getattr(front, "film", None)
    return [
        *getattr(front, "images", ()),
        *((card.picture,) if card else ()),
        *((film.poster,) if film else ()),
        *parts,
    ]


def _owner(asset: Asset) -> str:
    if asset.verified:
        return asset.verified.by
    return asset.imported.source if asset.imported else ""


def boundaries(entries: Iterable[ManifestEntry], today: date) -> str:
    """The first coming day, as an ISO date, on which some page appears or goes; empty where none does."""
    day = today.isoformat()
    coming = [e.publish_from for e in entries if e.publish_from > day]
    for entry in entries:
        if entry.expires >= day:
            coming.append(date.fromordinal(date.fromisoformat(entry.expires).toordinal() + 1).isoformat())
    return min(coming, default="")


NAMES = tuple(ManifestEntry.__slots__)
_values = attrgetter(*NAMES)


def _flat(entry: ManifestEntry) -> dict[str, Any]:
    """Only what differs from an empty entry: at 100,000 files the manifest is a third of the size."""
    flat = {name: value for name, value in zip(NAMES, _values(entry), strict=True) if value or name == "row"}
    if entry.problems:
        flat["problems"] = [problem.as_dict() for problem in entry.problems]
    return flat


def _entry(row: dict[str, Any]) -> ManifestEntry:
    row["problems"] = tuple(Problem(**p) for p in row.get("problems", ()))
    row["contacts"] = tuple(row.get("contacts", ()))
    row["links"] = tuple(tuple(link) for link in row.get("links", ()))
    row["pictures"] = tuple(tuple(picture) for picture in row.get("pictures", ()))
    for name in ("aliases", "anchors"):
        row[name] = tuple(row.get(name, ()))
    return ManifestEntry(**row)
