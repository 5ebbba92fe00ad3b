"""All pictures of a site, made ready when its content is compiled."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from webapp.library.pictures import making, reading
from webapp.library.pictures.making import Made
from webapp.library.problems import Problem

Pictures = dict[str, Made]  # address of the file → what was made of it


def make(
    media: dict[str, Path], index_dir: Path, content: str, last: Mapping[str, Any]
) -> tuple[Pictures, list[Problem]]:
    """What is made of each picture of `media` (address → file), and a problem for each that cannot be read.

    `content` is what problems name the folder. `last` is what the build before says it made: see `said`. A picture that
    cannot be read keeps its last good version; where there is none it is taken out of `media`, as nobody can say what
    a file holds that cannot be read.
    """
    made: Pictures = {}
    problems: list[Problem] = []
    for address in sorted(filter(reading.is_raster, media)):
        try:
            made[address] = making.make(address, media[address], index_dir)
        except (reading.Unreadable, OSError) as error:
            problems.append(Problem(f"{content}{address}", 1, _words(error)))
            before = making.of_data(last[address]) if address in last else None
            if before and making.is_kept(before, index_dir):
                made[address] = before
            else:
                del media[address]
    return made, problems


def said(pictures: Pictures) -> dict[str, Any]:
    """The same as a generation keeps it."""
    return {address: made.as_data() for address, made in pictures.items()}


def write(folder: Path, pictures: Pictures, index_dir: Path) -> None:
    """Put all sizes of all pictures into the generation in `folder`, and each itself without what a camera wrote."""
    for address, made in pictures.items():
        kept = index_dir / making.FOLDER / made.digest
        making.place(kept / made.in_place_of(address), folder / address.lstrip("/"))
        for target, name in made.addresses.items():
            making.place(kept / name, folder / target.lstrip("/"))


def _words(error: Exception) -> str:
    return f"the file cannot be read: {error.strerror}" if isinstance(error, OSError) else str(error)
