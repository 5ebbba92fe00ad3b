"""Reading: the toolkit, technology enabled care, updates, and the site's own statements."""

from flask import render_template
from flask.typing import ResponseReturnValue

from webapp.db import engine
from webapp.english import dates
from webapp.gaps import updates as gap_updates
from webapp.reading import changes, eco_map, media, shelves, showing
from webapp.reading.blueprint import bp
from webapp.web import access, current


@bp.get("/<any(toolkit, tec):section>/")
@access.signed_in
def index(section: str) -> ResponseReturnValue:
    gen = current.content()
    stands = shelves.shelves(gen, section)
    return showing.index(section, "reading/shelves.html", gen.section(shelves.KIND_OF[section]), shelves=stands)


@bp.get("/updates/")
@access.signed_in
def updates() -> ResponseReturnValue:
    cards = gap_updates.newest(engine.db.session, current.content().section("update"))
    return showing.index("updates", "reading/updates.html", cards)


@bp.get("/changes/")
@access.signed_in
def law_and_practice() -> ResponseReturnValue:
    cards = current.content().section("change")
    shown = changes.timeline(cards, dates.day_of(engine.now()))
    return showing.index("changes", "reading/changes.html", cards, timeline=shown)


@bp.get("/<any(toolkit, tec, updates, changes):section>/<slug>")
@access.signed_in
def page(section: str, slug: str) -> ResponseReturnValue:
    return showing.show(section, f"/{section}/{slug}")


@bp.get("/<any(toolkit, tec):section>/<slug>/easy-read")
@access.signed_in
def easy_read(section: str, slug: str) -> ResponseReturnValue:
    return showing.show(section, f"/{section}/{slug}/easy-read", "reading/easy_read.html")


@bp.get("/who-to-ring")
@access.signed_in
def who_to_ring() -> ResponseReturnValue:
    words = current.content().vocabulary
    every = list(words.contacts.values())
    groups = words.files["contacts"].groups if every else ()
    return render_template("reading/who_to_ring.html", contacts=every, groups=groups)


@bp.get("/eco-map")
@access.signed_in
def draw_eco_map() -> ResponseReturnValue:
    return render_template(
        "reading/eco_map.html",
        circles=eco_map.circles(),
        wide=eco_map.WIDTH,
        high=eco_map.HEIGHT,
        middle=eco_map.MIDDLE,
        round=eco_map.ROUND,
        ties=eco_map.TIES,
        ways=eco_map.WAYS,
    )


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


def _statement(path: str) -> ResponseReturnValue:
    gen = current.content()
    today = dates.day_of(engine.now())
    page = gen.page(path, today)
    if page is None:
        return showing.moved(gen, path)
    return render_template("reading/statement.html", page=page, front=page.front, today=today)
