"""A listing that does not exist yet as the file it would be, and what the checker says of it."""

from collections.abc import Mapping
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from webapp.library.authoring.scaffold import slugify
from webapp.library.build.pages import compile_text
from webapp.library.build.places import place_of
from webapp.library.front_matter.edit import file_text
from webapp.library.listings.table import ORDER
from webapp.library.problems import Problem
from webapp.library.vocabulary import Vocabulary

LONGEST_SLUG = 60


def file_name(front: Mapping[str, Any]) -> str:
    """Where a listing with this front matter belongs: `assets/gorton-levenshulme/gorton-singers.md`.

    Raises ValueError where no address can be made of its title.
    """
    slug = slugify(str(front.get("title", "")))[:LONGEST_SLUG].strip("-")
    if not slug:
        raise ValueError("no letter or digit")
    folder = next(iter(front.get("places") or ()), "citywide")
    return f"assets/{folder}/{slug}.md"


def address(front: Mapping[str, Any]) -> str:
    """The address that a listing with this front matter has once its file is there. Raises as `file_name` does."""
    place = place_of(PurePosixPath(file_name(front)))
    assert place is not None
    return place.path


def text(front: Mapping[str, Any], body: str) -> str:
    """The whole file, its keys in the order in which editors write them."""
    return file_text({key: front[key] for key in ORDER if key in front}, f"{body}\n" if body else "")


def faults(front: Mapping[str, Any], body: str, vocabulary: Vocabulary, today: date) -> list[Problem]:
    """What `signpost content check` would say is wrong with the file by itself. `front` has a title to name it by."""
    file = file_name(front)
    place = place_of(PurePosixPath(file))
    assert place is not None
    compiled = compile_text(text(front, body).encode(), f"content/{file}", place, vocabulary, today)
    return [problem for problem in compiled.problems if problem.level == "error"]
