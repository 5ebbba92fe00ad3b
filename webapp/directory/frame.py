"""The page round what a search found. But for the words in its boxes it is the same for all, so it is written once."""

from typing import Any

from flask import render_template, session
from flask.wrappers import Response
from markupsafe import escape

from webapp.directory.criteria import Criteria
from webapp.library.generation.kept import PerGeneration
from webapp.library.generation.reader import Generation
from webapp.web import current, htmx, layout
from webapp.web.stencil import Stencil

WHOLE, PART, FOUND = "directory/index.html", "directory/_answer.html", "directory/_found.html"


def page(criteria: Criteria, gen: Generation, listing: Any, **context: Any) -> Response:
    """The whole page of a search, or for HTMX the part. A map has a frame of its own, and so has what is said once."""
    is_other = criteria.on_map or "_flashes" in session or current.is_watched()
    if is_other or htmx.wants_fragment():
        return htmx.page(WHOLE, PART, listing=listing, **context)
    header, footer = layout.header_and_footer(search_in_page=True)
    html = _frames.of(gen).filled(
        words=escape(criteria.words),
        near=escape(criteria.near_typed),
        found=render_template(FOUND, listing=listing, **context),
        header=header,
        footer=footer,
    )
    return htmx.answered(html)


def _write(words: str, near: str, found: str, header: str, footer: str) -> str:
    shown = {"criteria": Criteria(words=words, near_typed=near)}
    return render_template(WHOLE, listing=shown, found=found, header=lambda _: header, footer=lambda: footer)


_frames = PerGeneration[Stencil](lambda _generation: Stencil(_write, "words", "near", "found", "header", "footer"))
