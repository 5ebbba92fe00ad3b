"""My packs: what I gathered for a visit, in an order, each with why it might suit."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.db.engine import db
from webapp.db.engine import now as moment
from webapp.english import dates
from webapp.packs import contents, keeping, links, pdf, tongues
from webapp.packs.blueprint import bp
from webapp.packs.case_record import case_record
from webapp.packs.forms import LinkForm, NameForm, RenameForm
from webapp.packs.models import Pack
from webapp.packs.sheet import sheet
from webapp.upkeep import overlay
from webapp.web import access, current, submissions
from webapp.web.attempt import attempt
from webapp.web.refusals import Refused, Stale
from webapp.web.text import number


@bp.get("/pack")
@access.signed_in
def index() -> ResponseReturnValue:
    return _index(NameForm())


@bp.post("/pack")
@access.signed_in
def begin() -> ResponseReturnValue:
    form, user = NameForm(), current.user()
    if not form.validate():
        return _index(form, 422)
    assert form.name.clean
    outcome = submissions.claim(db.session, form.form_id.data, user.id, request.path, moment())
    if outcome is not None:
        return redirect(outcome, 303)
    try:
        pack = keeping.begin(db.session, user.id, form.name.clean, moment())
    except Refused as refused:
        db.session.rollback()
        form.name.errors = [str(refused)]
        return _index(form, 422)
    address = url_for(".show", pack_id=pack.id)
    submissions.complete(db.session, form.form_id.data, user.id, address)
    db.session.commit()
    flash("What you add goes to this pack now.", "success")
    return redirect(address, 303)


@bp.get("/pack/<int:pack_id>")
@access.signed_in
def show(pack_id: int) -> ResponseReturnValue:
    pack, now = mine(pack_id, removed=True), moment()
    if pack.removed_at:
        return redirect(url_for(".index", removed=pack_id), 303)
    latest = keeping.latest(db.session, current.person().id)
    rows = keeping.items(db.session, [pack.id])
    gen = current.content()
    shown = contents.entries(rows, gen, overlay.at(current.as_of()), now)
    return render_template(
        "packs/show.html",
        pack=pack,
        entries=shown,
        order=keeping.order_mark(rows),
        latest=latest,
        record=case_record(shown, dates.day_of(now)),
        kept_until=pack.used_at + keeping.KEPT,
        left_out=sheet(pack.name, shown, gen, now).left_out,
        private=contents.private(shown),
        links=links.of_pack(db.session, pack, now),
        link_form=LinkForm(formdata=None),
        layouts=pdf.LAYOUTS,
        languages=tongues.NAMES,
        in_english=tongues.IN_ENGLISH,
    )


@bp.post("/pack/<int:pack_id>/use")
@access.signed_in
def use(pack_id: int) -> ResponseReturnValue:
    keeping.use(mine(pack_id), moment())
    db.session.commit()
    flash("What you add goes to this pack now.", "success")
    return redirect(url_for(".show", pack_id=pack_id), 303)


@bp.get("/pack/<int:pack_id>/name")
@access.signed_in
def name(pack_id: int) -> ResponseReturnValue:
    pack = mine(pack_id)
    return render_template("packs/name.html", pack=pack, form=RenameForm(pack.name))


@bp.post("/pack/<int:pack_id>/name")
@access.signed_in
def rename(pack_id: int) -> ResponseReturnValue:
    pack = mine(pack_id, removed=True)
    form = RenameForm(pack.name)
    if not form.validate():
        there = pack.name if form.beside.data else ""
        return render_template("packs/name.html", pack=pack, form=form, there=there), 422
    assert form.name.clean
    try:
        keeping.rename(db.session, pack, form.name.clean, seen=form.was_seen)
    except Stale:
        db.session.rollback()
        form.show_both(pack.name)
        return render_template("packs/name.html", pack=pack, form=form, there=pack.name), 409
    keeping.use(pack, moment())
    db.session.commit()
    flash("Renamed.", "success")
    return redirect(url_for(".show", pack_id=pack_id), 303)


@bp.post("/pack/<int:pack_id>/remove")
@access.signed_in
def remove(pack_id: int) -> ResponseReturnValue:
    keeping.remove(db.session, mine(pack_id, removed=True), moment())
    db.session.commit()
    return redirect(url_for(".index", removed=pack_id), 303)


@bp.post("/pack/<int:pack_id>/restore")
@access.signed_in
def restore(pack_id: int) -> ResponseReturnValue:
    pack = mine(pack_id, removed=True)
    return attempt(
        lambda: keeping.restore(db.session, pack, moment()),
        done="It is back. Links to it stay stopped: make a new one to share it.",
        to=url_for(".show", pack_id=pack_id),
        refused_to=url_for(".index", removed=pack_id),
    )


def mine(pack_id: int, *, removed: bool = False) -> Pack:
    """A pack of the person who asks; 404 for anybody else's."""
    return keeping.one(db.session, current.person().id, pack_id, removed=removed) or abort(404)


def _index(form: NameForm, status: int = 200) -> ResponseReturnValue:
    user_id = current.person().id
    packs = keeping.packs(db.session, user_id)
    inside: dict[int, list[str]] = {pack.id: [] for pack in packs}
    for item in keeping.items(db.session, list(inside)):
        inside[item.pack_id].append(item.title)
    asked = number(request.args.get("removed", ""))
    gone = keeping.one(db.session, user_id, asked, removed=True) if asked is not None else None
    return render_template(
        "packs/index.html",
        packs=packs,
        inside=inside,
        form=form,
        gone=gone if gone is not None and gone.removed_at else None,
    ), status
