"""Our own pictures of what a sheet says: lines in a square of 32, in the colour around them. Each is a file."""

import re
from functools import cache
from pathlib import Path

from markupsafe import Markup

FOLDER = Path(__file__).with_name("drawings")
PAPER_COLOUR = "#0b5d5e"  # the site's teal, as in assets/scss/_palette.scss
OUTER = re.compile(r"^<svg[^>]*>(.*)</svg>\s*$", re.DOTALL)


@cache
def for_paper() -> dict[str, str]:
    """Each as a whole file, by name."""
    return {name: text.replace("currentColor", PAPER_COLOUR) for name, text in _files().items()}


@cache
def for_pages() -> tuple[tuple[str, Markup], ...]:
    """The name of each and its shapes, for a <symbol> of a page."""
    # The shapes are files of the program: nobody's words are in them.
    return tuple((name, Markup(OUTER.sub(r"\1", text))) for name, text in _files().items())  # nosec B704 # noqa: S704


def _files() -> dict[str, str]:
    return {path.stem: path.read_text() for path in sorted(FOLDER.glob("*.svg"))}
