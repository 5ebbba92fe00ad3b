"""What may be wrong with pictures and documents: too large, not what they are called, used by nobody."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from webapp.library.checks import drawings
from webapp.library.pictures import decoder
from webapp.library.problems import Problem

# A phone on a poor connection (1.6 Mbit/s, as Lighthouse's "slow 4G") waits 2.5 seconds for this.
LARGEST_PICTURE = 500 * 1024
PICTURES = {".gif", ".svg"}  # readers get these as they are; all others in sizes that fit: see library.pictures
LARGEST_PHOTOGRAPH = 5 * 1024 * 1024  # everyone who works on the content carries it along
# A film that plays on a page: 60 seconds of drawn scenes take a tenth of this, and a phone pays for each byte.
LARGEST_FILM = 2 * 1024 * 1024
FILMS = {".webm", ".mp4"}
# The first bytes of each kind of file.
BEGINNINGS = {
    ".gif": (b"GIF87a", b"GIF89a"),
    ".webm": (b"\x1aE\xdf\xa3",),
    ".pdf": (b"%PDF-",),
    ".docx": (b"PK",),
    ".pptx": (b"PK",),
    ".xlsx": (b"PK",),
    ".odt": (b"PK",),
    ".odp": (b"PK",),
    ".vtt": (b"WEBVTT", b"\xef\xbb\xbfWEBVTT"),
}


def faults(media: Mapping[str, Path], links: Collection[str], content: Path) -> Iterator[Problem]:
    """Every such fault. `media` is address → file; `links` are all that any page links to."""
    used = {unquote(urlsplit(href).path) for href in links if href.startswith("/media/")}
    for address, path in sorted(media.items()):
        file = f"{content.name}{address}"
        try:
            size = path.stat().st_size
            with path.open("rb") as opened:
                begins = opened.read(16)
        except OSError as error:
            yield Problem(file, 1, f"the file cannot be read: {error.strerror}")
            continue
        kind = path.suffix.lower()
        if kind in PICTURES and size > LARGEST_PICTURE:
            message = f"the picture is {size // 1024:,} kB: make it {LARGEST_PICTURE // 1024} kB or smaller"
            yield Problem(file, 1, f"{message}, as many readers are on phones")
        if decoder.is_raster(address):
            if size > LARGEST_PHOTOGRAPH:
                message = f"the picture is {size / 2**20:.1f} MB: make it {LARGEST_PHOTOGRAPH >> 20} MB or smaller"
                yield Problem(file, 1, f"{message} (`signpost content clean {path.name}` does)")
            for message in decoder.faults(path):
                yield Problem(file, 1, message)
        if kind in FILMS and size > LARGEST_FILM:
            message = f"the film is {size / 2**20:.1f} MB: make it {LARGEST_FILM >> 20} MB or smaller"
            yield Problem(file, 1, f"{message}, as many readers are on phones")
        if kind in BEGINNINGS and not begins.startswith(BEGINNINGS[kind]):
            yield Problem(file, 1, f"this is no `{kind}` file, whatever its name says: save it again as one")
        if kind == ".svg":
            yield from drawings.faults(path, file)
        if address not in used:
            message = "no page shows or links to this file: link to it, or delete it"
            yield Problem(file, 1, message, level="advice")


def sizes(pictures: Iterable[tuple[str, int, int]], media: Mapping[str, Path], file: str) -> Iterator[Problem]:
    """Pictures (address, width, height) of the page `file` that are not as wide and high as it says."""
    for address, width, height in pictures:
        found = _size(media[address]) if address in media else None
        if found and found != (width, height):
            message = f"{address} is {found[0]} by {found[1]}, and not {width} by {height}: write its own size"
            yield Problem(file, 1, message)


def _size(path: Path) -> tuple[int, int] | None:
    """Width and height; None where the file says neither, which is told elsewhere."""
    if path.suffix.lower() == ".svg":
        return drawings.size(path)
    try:
        return decoder.size(path) if decoder.is_raster(path) else None
    except (decoder.Unreadable, OSError):
        return None
