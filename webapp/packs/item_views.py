"""One thing in a pack: added from anywhere, moved, noted, taken out, brought back."""

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.accounts import onward
from webapp.db.engine import db
from webapp.db.engine import now as moment
from webapp.db.locks import one_at_a_time
from webapp.packs import contents, keeping
from webapp.packs.blueprint import bp
from webapp.packs.forms import NoteForm
from webapp.packs.models import Pack, PackItem
from webapp.pii import guard
from webapp.web import access, current, htmx, undoable
from webapp.web.attempt import attempt
from webapp.web.refusals import Refused, Stale

STEPS = {"up": -1, "down": 1}
NOT_MOVED = "Nothing was moved: the order has changed since you opened this page. This is how it is now."


@bp.post("/pack/items")
@access.signed_in
def add() -> ResponseReturnValue:
    now, user_id = moment(), current.user().id
    page = contents.page_at(request.form.get("path", ""), current.content(), now) or abort(404)
    try:
        one_at_a_time(db.session, f"packs of {user_id}")  # two first presses at once begin one pack
        pack = keeping.latest(db.session, user_id)
        pack = pack or keeping.begin(db.session, user_id, guard.clean(keeping.FIRST_NAME), now)
        there = contents.held(keeping.items(db.session, [pack.id]), page, current.content(), now)
        item, is_new = (there, False) if there else keeping.add(db.session, pack, page.path, page.title, now)
    except Refused as refused:
        db.session.rollback()
        flash(str(refused), "error")
        return htmx.lead_to(_where_they_were(page.path))
    db.session.commit()
    if htmx.wants_fragment():
        return _button(page.path, page.title, pack, item)
    words = f"“{page.title}” is in “{pack.name}” now." if is_new else f"“{page.title}” is in “{pack.name}” already."
    undoable.told(words, url_for(".undo", number=item.id) if is_new else "")
    return redirect(_where_they_were(page.path), 303)


@bp.post("/pack/items/<int:number>/undo")
@access.signed_in
def undo(number: int) -> ResponseReturnValue:
    """Take out again what was just added."""
    pack, item = _any_of_mine(number)
    item.removed_at = item.removed_at or moment()
    db.session.commit()
    if htmx.wants_fragment():
        return _button(item.path, item.title, pack)
    flash(f"“{item.title}” is out of “{pack.name}” again.", "success")
    return redirect(_where_they_were(item.path), 303)


@bp.post("/pack/<int:pack_id>/items/<int:number>/move")
@access.signed_in
def move(pack_id: int, number: int) -> ResponseReturnValue:
    pack, item = _mine(pack_id, number)
    step = STEPS.get(request.form.get("to", "")) or abort(400)
    try:
        keeping.move(db.session, pack, item, step, seen=request.form.get("seen", ""))
    except Stale:
        db.session.rollback()
        flash(NOT_MOVED, "error")
        return redirect(url_for(".show", pack_id=pack_id), 303)
    keeping.use(pack, moment())
    db.session.commit()
    return redirect(url_for(".show", pack_id=pack_id, _anchor=f"item-{number}"), 303)


@bp.post("/pack/<int:pack_id>/items/<int:number>/remove")
@access.signed_in
def take_out(pack_id: int, number: int) -> ResponseReturnValue:
    _, item = _mine(pack_id, number)
    item.removed_at = item.removed_at or moment()
    db.session.commit()
    undoable.told(f"“{item.title}” is taken out.", url_for(".put_back", pack_id=pack_id, number=number))
    return redirect(url_for(".show", pack_id=pack_id), 303)


@bp.post("/pack/<int:pack_id>/items/<int:number>/restore")
@access.signed_in
def put_back(pack_id: int, number: int) -> ResponseReturnValue:
    pack, item = _mine(pack_id, number)
    return attempt(
        lambda: keeping.put_back(db.session, pack, item),
        done="It is back where it was.",
        to=url_for(".show", pack_id=pack_id),
    )


@bp.get("/pack/<int:pack_id>/items/<int:number>/note")
@access.signed_in
def note(pack_id: int, number: int) -> ResponseReturnValue:
    pack, item = _mine(pack_id, number)
    return render_template("packs/note.html", pack=pack, item=item, form=NoteForm(item.note))


@bp.post("/pack/<int:pack_id>/items/<int:number>/note")
@access.signed_in
def keep_note(pack_id: int, number: int) -> ResponseReturnValue:
    pack, item = _mine(pack_id, number)
    form = NoteForm(item.note)
    if "both" in request.form:
        form.note.data, form.beside.data = keeping.both(item.note, form.note.data, seen=form.was_seen), ""
    if not form.validate():
        there = item.note if form.beside.data else ""
        return render_template("packs/note.html", pack=pack, item=item, form=form, there=there), 422
    try:
        keeping.note(db.session, item, form.note.clean, seen=form.was_seen)
    except Stale:
        db.session.rollback()
        form.show_both(item.note)
        return render_template("packs/note.html", pack=pack, item=item, form=form, there=item.note), 409
    keeping.use(pack, moment())
    db.session.commit()
    return redirect(url_for(".show", pack_id=pack_id, _anchor=f"item-{number}"), 303)


def _mine(pack_id: int, number: int) -> tuple[Pack, PackItem]:
    """A pack of the person who asks and something in it; 404 for anybody else's.

    It may have been removed meanwhile, in another window: what was typed is kept with it, for when it is brought back.
    """
    pack = keeping.one(db.session, current.user().id, pack_id, removed=True) or abort(404)
    return pack, keeping.item(db.session, pack, number) or abort(404)


def _any_of_mine(number: int) -> tuple[Pack, PackItem]:
    return keeping.item_of(db.session, current.user().id, number) or abort(404)


def _button(path: str, title: str, pack: Pack, item: PackItem | None = None) -> ResponseReturnValue:
    """The button in its new state, and the new number for the header."""
    latest = keeping.latest(db.session, current.user().id)
    html = render_template(
        "packs/_button.html",
        path=path,
        title=title,
        large=request.form.get("large") == "1",
        held=pack.name if item else "",
        undo=item.id if item else None,
        packed=len(keeping.items(db.session, [latest.id])) if latest else 0,
    )
    return make_response(html, 200, {"Vary": "HX-Request"})


def _where_they_were(otherwise: str) -> str:
    """The page that the button stood on; the page that it is about, where the browser does not say."""
    if htmx.wants_fragment():
        there = onward.path_of(request.headers.get("HX-Current-URL"), request.host)
    else:
        there = onward.path_of(request.referrer, request.host)
    return there if there != onward.HOME or request.referrer else otherwise
