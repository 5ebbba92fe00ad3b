"""All pictures of a site, made ready when its content is compiled."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from webapp.library.pictures import renditions
from webapp.library.pictures.renditions import RECIPE, Made, prune
from webapp.library.problems import Problem

__all__ = ["RECIPE", "Before", "Pictures", "before", "make", "prune", "said", "write"]
Pictures = dict[str, Made]  # address of the file → what was made of it


@dataclass(frozen=True)
class Before:
    """What the last build made. `seen` is time (ns) and size of files, which are not read where these are the same."""

    made: Mapping[str, Any]
    seen: Mapping[str, list[int]]


def before(meta: Mapping[str, Any] | None, *, alike: bool) -> Before:
    """What a generation whose meta.json is `meta` says of it; `alike`: it was made in the way that this build will."""
    known = meta or {}
    return Before(known.get("pictures", {}), known.get("media", {}) if alike else {})


def make(media: dict[str, Path], index_dir: Path, content: str, last: Before) -> tuple[Pictures, list[Problem]]:
    """What is made of each picture of `media` (address → file), and a problem for each that cannot be read.

    `content` is what problems name the folder. A picture that
    cannot be read keeps its last good version; where there is none it is taken out of `media`, as nobody can say what
    a file holds that cannot be read.
    """
    from webapp.library.pictures import decoder  # here: what serves pages needs none of it

    made: Pictures = {}
    problems: list[Problem] = []
    for address in sorted(filter(decoder.is_raster, media)):
        try:
            made[address] = _unchanged(address, media[address], index_dir, last) or renditions.make(
                address, media[address], index_dir
            )
        except (decoder.Unreadable, OSError) as error:
            problems.append(Problem(f"{content}{address}", 1, _words(error)))
            if good := _kept(address, index_dir, last):
                made[address] = good
            else:
                del media[address]
    return made, problems


def said(pictures: Pictures) -> dict[str, Any]:
    """The same as a generation keeps it."""
    return {address: made.as_data() for address, made in pictures.items()}


def write(folder: Path, pictures: Pictures, index_dir: Path) -> None:
    """Put all sizes of all pictures into the generation in `folder`, and each itself without what a camera wrote."""
    for address, made in pictures.items():
        kept = index_dir / renditions.FOLDER / made.digest
        renditions.place(kept / made.in_place_of(address), folder / address.lstrip("/"))
        for target, name in made.addresses.items():
            renditions.place(kept / name, folder / target.lstrip("/"))


def _unchanged(address: str, path: Path, index_dir: Path, last: Before) -> Made | None:
    status = path.stat()
    if last.seen.get(address) != [status.st_mtime_ns, status.st_size]:
        return None
    return _kept(address, index_dir, last)


def _kept(address: str, index_dir: Path, last: Before) -> Made | None:
    """What the last build made of it, where all of that is still there."""
    made = renditions.of_data(last.made[address]) if address in last.made else None
    return made if made and renditions.is_kept(made, index_dir) else None


def _words(error: Exception) -> str:
    return f"the file cannot be read: {error.strerror}" if isinstance(error, OSError) else str(error)
