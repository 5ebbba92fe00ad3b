"""A page of content as readers see it, with everything that stands round it. Every section is shown by this."""

import re
from datetime import date
from typing import Any
from urllib.parse import urlencode

from flask import abort, redirect, render_template
from flask.typing import ResponseReturnValue

from webapp.db import engine
from webapp.english import dates
from webapp.library.build.pages import Page
from webapp.library.generation.reader import Generation
from webapp.library.problems import Problem
from webapp.reading import shelves
from webapp.upkeep import closures, overlay
from webapp.web import current

BESIDE_ANOTHER = {"handout", "easy-read"}  # kinds whose address begins with that of the page they belong to
ORDINARY = {"toolkit", "handout"}  # kinds that need no template of their own


def index(section: str, template: str, cards: list[shelves.Card], **more: Any) -> ResponseReturnValue:
    """The index of `section` (`toolkit`): the editors' words, and below them its `cards`."""
    gen, today = current.content(), dates.day_of(engine.now())
    page = gen.page(f"/{section}/", today)
    return render_template(
        template,
        section=section,
        page=page,
        name=page.title if page else shelves.NAMES[section],
        first=_first(page, cards, section),
        cards=cards,
        label=gen.vocabulary.label,
        today=today,
        kept_problems=_kept(gen, page),
        edit_href=_edit_href(page),
        **more,
    )


def _first(page: Page | None, cards: list[shelves.Card], section: str) -> shelves.Card | None:
    """Where to begin: the first page of the section that its index names as related; else the first on its shelves."""
    if section not in {"toolkit", "tec"}:
        return None
    here = {card["path"]: card for card in cards}
    named = (here[path] for path in getattr(page.front, "related", ()) if path in here) if page else iter(())
    return next(named, cards[0] if cards else None)


def show(section: str, path: str, template: str = "", **more: Any) -> ResponseReturnValue:
    """The page at `path`, or the way to where it is now. `template` is that of its kind unless named."""
    gen = current.content()
    today = dates.day_of(engine.now())
    page = gen.page(path, today)
    if page is None:
        return moved(gen, path)
    section_page = gen.card(f"/{section}/")
    closed = overlay.at(current.as_of()).closures
    kind = "page" if page.kind in ORDINARY else page.kind
    return render_template(
        template or f"reading/{kind}.html",
        section=section,
        section_name=section_page["title"] if section_page else shelves.NAMES[section],
        page=page,
        front=page.front,
        parent=gen.card(path.rsplit("/", 1)[0]) if page.kind in BESIDE_ANOTHER else None,
        easy_read=gen.page(f"{path}/easy-read", today),
        cards=gen.section(shelves.KIND_OF[section]),
        shelves=shelves.shelves(gen, section, page) if section in {"toolkit", "tec"} else (),
        related=gen.related_pages(page),
        met_by=[met for at in getattr(page.front, "met_by", ()) if (met := gen.page(at, today))],
        assets=gen.related_assets(page, today, frozenset(closed)),
        closed=_closed(gen, page, closed, today),
        offers=_offers(page),
        contacts=[gen.vocabulary.contacts[slug] for slug in page.front.ask if slug in gen.vocabulary.contacts],
        label=gen.vocabulary.label,
        today=today,
        kept_problems=_kept(gen, page),
        edit_href=_edit_href(page),
        **more,
    )


def moved(gen: Generation, path: str) -> ResponseReturnValue:
    """The way to where the page that was at `path` is now; "page not found" where it went nowhere."""
    moved_to = gen.redirect(path)
    if moved_to is None:
        abort(404)
    return redirect(moved_to, 301)


def _offers(page: Page) -> str:
    """The query of a search of the directory for what the page offers at its end."""
    offered = getattr(page.front, "assets", None)
    if offered is None:
        return ""
    return urlencode(
        {"activity": offered.activities, "audience": offered.audiences, "outcome": offered.outcomes}, doseq=True
    )


def _closed(gen: Generation, page: Page, closed: closures.Closures, today: date) -> dict[str, tuple[str, str]]:
    """Listings that the page leads to and an editor marked as closed: title and words by path."""
    found = {}
    for path in closed:
        if path in getattr(page.front, "related", ()) or re.search(rf'href="{re.escape(path)}["#?]', page.html):
            listing = gen.page(path, today)
            closure = closures.of(closed, path, listing.front.status) if listing else None
            if listing and closure:
                found[path] = (listing.title, closures.words(closure))
    return found


def _kept(gen: Generation, page: Page | None) -> list[Problem] | None:
    """For those who edit: what is wrong with the newest version, where an older one is being shown."""
    if page is None or page.path not in gen.kept or not _edits():
        return None
    if current.settings().preview:
        return None  # the notice of a preview tells them
    return [problem for problem in gen.problems if problem.file == page.file]


def _edit_href(page: Page | None) -> str:
    """Where this page's file is edited, for those who edit; empty where the site does not say."""
    return current.edit_address(page.file) if page and _edits() else ""


def _edits() -> bool:
    return current.user().has("editor", "admin")
