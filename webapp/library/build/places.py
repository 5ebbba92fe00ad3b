"""Where a file of content stands on the site: its path alone says it."""

from dataclasses import dataclass
from pathlib import PurePosixPath

SECTIONS = {
    "toolkit": "toolkit",
    "tec": "tec",
    "spotlights": "spotlight",
    "updates": "update",
    "changes": "change",
    "news": "message",
}
EASY_READ = ("toolkit", "tec")  # sections whose pages may have an easy-read version beside them


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file of content stands on the site, known from its path alone."""

    kind: str
    path: str
    slug: str
    prefix: str  # what an alias is put after: /directory/


def place_of(file: PurePosixPath) -> Place | None:
    """The place of `file`, relative to the content folder; None for a file that is no page.

    `assets/north/shed.md` is the asset /directory/shed; `tec/falls.md` is /tec/falls; `tec/index.md` is /tec/.
    """
    return place_at(file.parts)


def place_at(parts: tuple[str, ...]) -> Place | None:
    """The same from the parts of the path."""
    top, name = parts[0], parts[-1]
    slug = name.removesuffix(".md")
    if len(parts) < 2 or not slug or slug == name:
        return None
    if top == "assets":
        return Place("asset", f"/directory/{slug}", slug, "/directory/")
    if top == "pages" and len(parts) == 2:
        return Place("statement", f"/{slug}", slug, "/")
    if top == "spotlights" and len(parts) == 3:
        return Place("handout", f"/spotlights/{parts[1]}/{slug}", slug, f"/spotlights/{parts[1]}/")
    if top in EASY_READ and len(parts) == 3 and slug == "easy-read":
        return Place("easy-read", f"/{top}/{parts[1]}/{slug}", slug, f"/{top}/{parts[1]}/")
    if top in SECTIONS and len(parts) == 2:
        if slug == "index":
            return Place("section", f"/{top}/", top, "/")
        return Place(SECTIONS[top], f"/{top}/{slug}", slug, f"/{top}/")
    return None
