"""One picture made into the sizes and kinds that browsers choose from, once, and kept beside the index.

<index_dir>/pictures/<hash>/made.json     what was made: see `Made`
                            400.avif …    the files; a generation has them as /media/made/<name>-<hash>-400.avif
"""

import hashlib
import os
import re
import secrets
import shutil
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import orjson

if TYPE_CHECKING:
    from PIL.Image import Image

MADE = "/media/made/"  # where a generation has them; no file of the content may stand there
FOLDER = "pictures"
WIDTHS = (400, 800, 1280)  # a phone, a phone with fine dots, the reading column with fine dots
# Chosen by eye on drawn and photographed scenes: below these flat colours show steps.
SAVED: dict[str, dict[str, Any]] = {
    "avif": {"quality": 50, "speed": 8},
    "webp": {"quality": 76, "method": 3},
    "jpg": {"quality": 80, "optimize": True, "progressive": True},
    "png": {"optimize": True},
}
NAMES = {"avif": "AVIF", "webp": "WEBP", "jpg": "JPEG", "png": "PNG"}
UNSAFE = re.compile(r"[^A-Za-z0-9-]+")  # what could end an address in the list of them that a page has
RECIPE = 1  # raise it when the same picture would be made differently


@dataclass(frozen=True, slots=True)
class Made:
    """What became of one picture. `width` and `height` in dots of the largest size made.

    `kinds` are the endings made, the smallest file first and the one that every browser shows last; `stem` begins the
    address of each: `/media/made/gate-3f2a…-` and then `800.avif`.
    """

    digest: str
    stem: str
    width: int
    height: int
    widths: tuple[int, ...]
    kinds: tuple[str, ...]

    def as_data(self) -> dict[str, Any]:
        """The same as JSON has it: see `of_data`."""
        return {**asdict(self), "widths": [*self.widths], "kinds": [*self.kinds]}

    def address(self, width: int, kind: str) -> str:
        return f"{self.stem}{width}.{kind}"

    @property
    def addresses(self) -> dict[str, str]:
        """Address of every file → its name in the cache."""
        return {self.address(w, kind): f"{w}.{kind}" for w in self.widths for kind in self.kinds}

    def in_place_of(self, address: str) -> str:
        """The name in the cache of what is served at the address of the file itself: as wide as any, of its kind."""
        kind = "webp" if address.lower().endswith(".webp") else self.kinds[-1]
        return f"{self.widths[-1]}.{kind}"


def of_data(data: dict[str, Any]) -> Made:
    """`Made` again from JSON."""
    return Made(**{**data, "widths": tuple(data["widths"]), "kinds": tuple(data["kinds"])})


def make(address: str, path: Path, index_dir: Path) -> Made:
    """All sizes of the picture at `path`, made anew only where the file has changed.

    Raises reading.Unreadable where it holds no picture, OSError where the disk refuses.
    """
    data = path.read_bytes()
    digest = hashlib.sha256(orjson.dumps([RECIPE, PurePosixPath(address).suffix.lower()]) + data).hexdigest()[:16]
    kept = index_dir / FOLDER / digest
    made = _kept(kept) or _make_all(address, data, digest, kept)
    name = UNSAFE.sub("-", PurePosixPath(address).stem)[:60]
    return replace(made, stem=f"{MADE}{name}-{digest}-")


def prune(index_dir: Path, used: Iterable[Made]) -> None:
    """Remove what no picture of the newest generation is made from; older generations have files of their own."""
    wanted = {made.digest for made in used}
    folder = index_dir / FOLDER
    for old in folder.iterdir() if folder.is_dir() else ():
        if old.name not in wanted:
            shutil.rmtree(old, ignore_errors=True)


def place(source: Path, target: Path) -> None:
    """Put the file `source` at `target` too, without a second copy where the disk can do that."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if target.exists():  # two addresses of one picture
        return
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def is_kept(made: Made, index_dir: Path) -> bool:
    """Whether all files of it are there."""
    return _kept(index_dir / FOLDER / made.digest) is not None


def _kept(folder: Path) -> Made | None:
    try:
        made = of_data(orjson.loads((folder / "made.json").read_bytes()))
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return made if all((folder / name).is_file() for name in made.addresses.values()) else None


def _make_all(address: str, data: bytes, digest: str, kept: Path) -> Made:
    # Here: a process that serves pages knows what was made, and opens no picture.
    from PIL.Image import Resampling

    from webapp.library.pictures.decoder import picture

    whole = picture(data, address)
    oldest = "png" if PurePosixPath(address).suffix.lower() == ".png" or whole.mode == "RGBA" else "jpg"
    widest = min(whole.width, WIDTHS[-1])
    widths = (*(width for width in WIDTHS if width < widest), widest)
    aside = kept.parent / f".new-{secrets.token_hex(4)}"
    aside.mkdir(mode=0o700, parents=True)
    try:
        for width in widths:
            sized = whole.resize((width, _height(whole, width)), Resampling.LANCZOS)
            for kind in ("avif", "webp", oldest):
                sized.save(aside / f"{width}.{kind}", NAMES[kind], **SAVED[kind])
        made = Made(digest, "", widest, _height(whole, widest), widths, ("avif", "webp", oldest))
        (aside / "made.json").write_bytes(orjson.dumps(made.as_data()))
        shutil.rmtree(kept, ignore_errors=True)  # one that was not whole
        aside.replace(kept)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return made


def _height(whole: "Image", width: int) -> int:
    return max(1, round(whole.height * width / whole.width))
