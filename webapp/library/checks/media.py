"""What may be wrong with pictures and documents: too large, not what they are called, used by nobody."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from webapp.library.checks import drawings
from webapp.library.problems import Problem

# A phone on a poor connection (1.6 Mbit/s, as Lighthouse's "slow 4G") waits 2.5 seconds for this.
LARGEST_PICTURE = 500 * 1024
PICTURES = {".png", ".jpg", ".jpeg", ".webp", ".gif", ".svg"}
# A film that plays on a page: 60 seconds of drawn scenes take a tenth of this, and a phone pays for each byte.
LARGEST_FILM = 2 * 1024 * 1024
FILMS = {".webm", ".mp4"}
# The first bytes of each kind of file.
BEGINNINGS = {
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".gif": (b"GIF87a", b"GIF89a"),
    ".webp": (b"RIFF",),
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
        kind = Path(address).suffix.lower()
        found = None
        if address in media and kind == ".svg":
            found = drawings.size(media[address])
        elif address in media and kind == ".png":
            found = _png_size(media[address])
        if found and found != (width, height):
            message = f"{address} is {found[0]} by {found[1]}, and not {width} by {height}: write its own size"
            yield Problem(file, 1, message)


def _png_size(path: Path) -> tuple[int, int] | None:
    """Width and height in pixels: the first chunk of every PNG file (W3C, Portable Network Graphics, 11.2.2)."""
    with path.open("rb") as opened:
        begins = opened.read(24)
    return (int.from_bytes(begins[16:20]), int.from_bytes(begins[20:24])) if begins[12:16] == b"IHDR" else None
