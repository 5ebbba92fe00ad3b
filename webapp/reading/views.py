"""Reading: the toolkit, technology enabled care, spotlights, updates, and the site's own statements."""

import re
from datetime import date
from urllib.parse import urlencode

from flask import Blueprint, abort, redirect, render_template
from flask.typing import ResponseReturnValue

from webapp import dates
from webapp.db import engine
from webapp.gaps import updates
from webapp.library.build.pages import Page
from webapp.library.generation.reader import Generation
from webapp.library.problems import Problem
from webapp.reading import media, shelves
from webapp.upkeep import closures, overlay
from webapp.web import access, current

bp = Blueprint("reading", __name__, template_folder="templates")

SECTIONS = "any(toolkit, tec, spotlights, updates)"
ORDINARY = {"toolkit", "handout"}  # kinds that need no template of their own


@bp.get(f"/<{SECTIONS}:section>/")
@access.signed_in
def index(section: str) -> ResponseReturnValue:
    gen = current.content()
    today = dates.day_of(engine.now())
    page = gen.page(f"/{section}/", today)
    cards = gen.section(shelves.KIND_OF[section])
    if section == "updates":
        cards = updates.newest(engine.db.session, cards)
    return render_template(
        f"reading/{section}.html" if section in {"spotlights", "updates"} else "reading/shelves.html",
        section=section,
        page=page,
        name=page.title if page else shelves.NAMES[section],
        cards=cards,
        shelves=shelves.shelves(gen, section) if section in {"toolkit", "tec"} else (),
        calendar=shelves.calendar(cards, today) if section == "spotlights" else None,
        label=gen.vocabulary.label,
        today=today,
        kept_problems=_kept(gen, page),
        edit_href=_edit_href(page),
    )


@bp.get(f"/<{SECTIONS}:section>/<slug>")
@access.signed_in
def page(section: str, slug: str) -> ResponseReturnValue:
    return _show(section, f"/{section}/{slug}")


@bp.get("/spotlights/<slug>/<name>")
@access.signed_in
def handout(slug: str, name: str) -> ResponseReturnValue:
    return _show("spotlights", f"/spotlights/{slug}/{name}")


@bp.get("/accessibility")
@access.public
def accessibility() -> ResponseReturnValue:
    return _statement("/accessibility")


@bp.get("/privacy")
@access.public
def privacy() -> ResponseReturnValue:
    return _statement("/privacy")


@bp.get("/media/<path:name>")
@access.signed_in
def picture(name: str) -> ResponseReturnValue:
    return media.send(current.content(), f"/media/{name}")


def _show(section: str, path: str) -> ResponseReturnValue:
    """The page at `path`, or the way to where it is now."""
    gen = current.content()
    today = dates.day_of(engine.now())
    page = gen.page(path, today)
    if page is None:
        return _moved(gen, path)
    section_page = gen.card(f"/{section}/")
    cards = gen.section(shelves.KIND_OF[section])
    sessions = shelves.calendar(cards, today) if section == "spotlights" else None
    closed = overlay.at(current.as_of()).closures
    template = "page" if page.kind in ORDINARY else page.kind
    return render_template(
        f"reading/{template}.html",
        section=section,
        section_name=section_page["title"] if section_page else shelves.NAMES[section],
        page=page,
        front=page.front,
        parent=gen.card(path.rsplit("/", 1)[0]) if page.kind == "handout" else None,
        cards=cards,
        shelves=shelves.shelves(gen, section, page) if section in {"toolkit", "tec"} else (),
        calendar=sessions,
        around=sessions.around(path) if sessions else (None, None),
        related=gen.related_pages(page),
        met_by=[met for at in getattr(page.front, "met_by", ()) if (met := gen.page(at, today))],
        assets=gen.related_assets(page, today, frozenset(closed)),
        closed=_closed(gen, page, closed, today),
        offers=_offers(page),
        label=gen.vocabulary.label,
        today=today,
        kept_problems=_kept(gen, page),
        edit_href=_edit_href(page),
    )


def _statement(path: str) -> ResponseReturnValue:
    gen = current.content()
    today = dates.day_of(engine.now())
    page = gen.page(path, today)
    if page is None:
        return _moved(gen, path)
    return render_template("reading/statement.html", page=page, front=page.front, today=today)


def _moved(gen: Generation, path: str) -> ResponseReturnValue:
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


def _closed(gen: Generation, page: Page, marks: closures.Closures, today: date) -> dict[str, tuple[str, str]]:
    """Listings that the page leads to and an editor marked as closed: title and words by path."""
    found = {}
    for path in marks:
        if path in getattr(page.front, "related", ()) or re.search(rf'href="{re.escape(path)}["#?]', page.html):
            listing = gen.page(path, today)
            mark = closures.of(marks, path, listing.front.status) if listing else None
            if listing and mark:
                found[path] = (listing.title, closures.words(mark))
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
