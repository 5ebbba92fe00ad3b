"""What becomes of each linked gap once a prototype is decided. A person says it: nothing moves by itself."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.commissioning.blueprint import bp
from webapp.db.engine import db
from webapp.db.engine import now as moment
from webapp.english.dates import day_of
from webapp.gaps import met_by, prototypes, report, triage
from webapp.gaps.models import Gap
from webapp.gaps.prototype_forms import MoveForm
from webapp.gaps.prototype_models import Prototype
from webapp.gaps.statuses import Status
from webapp.gaps.triage import AnswerNeeded, DateNeeded, ListingNeeded
from webapp.web import access, current, page_refs, submissions
from webapp.web.refusals import Refused, Stale


@bp.get("/commissioning/prototypes/<int:number>/gaps/<ref>")
@access.only("commissioner")
def gap_outcome(number: int, ref: str) -> ResponseReturnValue:
    prototype, gap = _both(number, ref)
    return _page(prototype, gap, MoveForm(prototype, gap, formdata=None))


@bp.post("/commissioning/prototypes/<int:number>/gaps/<ref>")
@access.only("commissioner")
def move_gap(number: int, ref: str) -> ResponseReturnValue:
    held = report.locked(db.session, ref) or abort(404)
    prototype, gap = _both(number, held.ref)
    form, user = MoveForm(prototype, gap), current.user()
    if not form.validate():
        return _page(prototype, gap, form, 422)
    address = url_for("commissioning.show_prototype", number=number)
    sent_before = submissions.claim(db.session, form.form_id.data, user.id, request.path, moment())
    if sent_before is not None:
        return redirect(sent_before, 303)
    reason, answer, to = form.reason.clean, form.closing_answer.clean, Status(form.status.data)
    assert reason is not None
    typed = form.met_by.data or ""
    try:
        path = page_refs.page_at(typed, day_of(moment()))
        if typed.strip() and not path:
            raise ListingNeeded("There is no page of this site at that address. Copy it from the page itself")
        met_by.name(db.session, held, to, path, user, moment())
        day = form.target_on.day if to is Status.IN_PLAN else None
        more: dict[str, Any] = {"version": form.seen, "answer": answer, "target_on": day}
        triage.change_status(db.session, gap, to, reason, user, moment(), **more)
    except (Stale, Refused) as trouble:
        db.session.rollback()
        return _again(number, ref, form, trouble)
    submissions.complete(db.session, form.form_id.data, user.id, address)
    db.session.commit()
    flash(f"{ref} is now “{to.label}”. The people who asked can see why.", "success")
    return redirect(address, 303)


def _again(number: int, ref: str, form: MoveForm, trouble: Exception) -> ResponseReturnValue:
    prototype, gap = _both(number, ref)
    if isinstance(trouble, Stale):
        form.version.data = str(gap.version)  # what is sent next has seen what this page shows
        return _page(prototype, gap, form, 409, stale=True)
    named = {AnswerNeeded: "closing_answer", ListingNeeded: "met_by", DateNeeded: "target_on"}
    at_fault = next((name for kind, name in named.items() if isinstance(trouble, kind)), "status")
    form[at_fault].errors = [str(trouble)]
    return _page(prototype, gap, form, 422)


def _both(number: int, ref: str) -> tuple[Prototype, Gap]:
    """The decided prototype and a gap of its own; 404 for any other."""
    prototype = prototypes.one(db.session, number) or abort(404)
    gap = next((link.gap for link in prototype.links if link.gap.ref == ref), None) or abort(404)
    if prototype.decision is None:
        abort(404)
    return prototype, gap


def _page(
    prototype: Prototype, gap: Gap, form: MoveForm, status: int = 200, *, stale: bool = False
) -> ResponseReturnValue:
    html = render_template(
        "commissioning/prototypes/move.html",
        prototype=prototype,
        gap=gap,
        form=form,
        stale=stale,
        label=current.content().vocabulary.label,
    )
    return html, status
