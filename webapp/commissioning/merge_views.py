"""Gaps that ask for the same become one, and are taken apart again; one that holds two is split."""

from collections.abc import Sequence

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from webapp.commissioning import desk
from webapp.commissioning.blueprint import bp
from webapp.commissioning.desk import Desk
from webapp.commissioning.forms import SplitForm
from webapp.db.engine import db
from webapp.db.engine import now as moment
from webapp.gaps import merging, queries, report, splitting, triage
from webapp.gaps.merging import MOST_AT_ONCE
from webapp.gaps.models import Gap, id_of
from webapp.gaps.queries import GapFilters
from webapp.gaps.splitting import Halves
from webapp.web import access, current, submissions
from webapp.web.attempt import attempt
from webapp.web.forms import Form
from webapp.web.refusals import Refused, Stale
from webapp.web.text import number

CHANGED = "Somebody changed one of these gaps while you had them open. Look at them again, then merge."


@bp.get("/commissioning/gaps/merge")
@access.only("commissioner")
def ask() -> ResponseReturnValue:
    gaps = _chosen(request.args.getlist("gap"))
    if len(gaps) < 2:
        flash("Choose two or more gaps that ask for the same.", "error")
        return redirect(_here().address(gap=gaps[0].ref if gaps else None), 303)
    return _asking(gaps, Form(formdata=None))


@bp.post("/commissioning/gaps/merge")
@access.only("commissioner")
def merge() -> ResponseReturnValue:
    form, user = Form(), current.user()
    refs, main_ref = request.form.getlist("gap")[: MOST_AT_ONCE + 1], request.form.get("main", "")
    gaps = triage.locked_all(db.session, refs)
    main = next((gap for gap in gaps if gap.ref == main_ref), None)
    if not form.validate() or main is None:
        form.form_errors.append("Choose the main gap")
        return _asking(gaps, form, 422) if len(gaps) > 1 else redirect(_here().address(), 303)
    address = _here().address(gap=main.ref)
    sent_before = submissions.claim(db.session, form.form_id.data, user.id, request.path, moment())
    if sent_before is not None:
        return redirect(sent_before, 303)
    others = [gap for gap in gaps if gap is not main]
    try:
        merging.merge(db.session, main, others, user, moment(), seen=_seen())
    except (Stale, Refused) as trouble:
        db.session.rollback()
        form.form_errors.append(CHANGED if isinstance(trouble, Stale) else str(trouble))
        return _asking(_chosen(refs), form, 409 if isinstance(trouble, Stale) else 422)
    submissions.complete(db.session, form.form_id.data, user.id, address)
    db.session.commit()
    went = ", ".join(gap.ref for gap in others)
    flash(f"{went} and {main.ref} are one now. Everyone who asked is counted once and has been told.", "success")
    return redirect(address, 303)


@bp.post("/commissioning/gaps/<ref>/unmerge")
@access.only("commissioner")
def unmerge(ref: str) -> ResponseReturnValue:
    merged = queries.one(db.session, ref) or abort(404)
    main = db.session.get(Gap, merged.merged_into_id) if merged.merged_into_id else None
    if main is None:
        flash(f"{ref} stands on its own already.", "note")
        return redirect(_here().address(gap=ref), 303)
    held = {gap.id: gap for gap in triage.locked_all(db.session, [main.ref, ref])}
    return attempt(
        lambda: merging.unmerge(db.session, held[main.id], held[merged.id], current.user(), moment()),
        done=f"{ref} stands on its own again, with the people who asked for it.",
        to=_here().address(gap=ref),
    )


@bp.get("/commissioning/gaps/<ref>/split")
@access.only("commissioner")
def ask_split(ref: str) -> ResponseReturnValue:
    gap = queries.one(db.session, ref) or abort(404)
    if gap.merged_into_id:
        abort(404)
    return _splitting(gap, SplitForm(gap, formdata=None))


@bp.post("/commissioning/gaps/<ref>/split")
@access.only("commissioner")
def split(ref: str) -> ResponseReturnValue:
    gap = report.locked(db.session, ref) or abort(404)
    form, user = SplitForm(gap), current.user()
    if not form.validate():
        return _splitting(gap, form, 422)
    sent_before = submissions.claim(db.session, form.form_id.data, user.id, request.path, moment())
    if sent_before is not None:
        return redirect(sent_before, 303)
    stays, goes = form.stays.clean, form.goes.clean
    assert stays is not None
    assert goes is not None
    halves = Halves(stays, goes, form.reporter.data == "yes", form.supporters.data == "yes")
    try:
        new = splitting.split(db.session, gap, halves, user, moment(), version=form.seen)
    except Stale:
        db.session.rollback()
        gap = queries.one(db.session, ref) or abort(404)
        form.version.data = str(gap.version)
        form.stays.errors = [f"Somebody changed this gap while you had it open. It says now: “{gap.needed}”"]
        return _splitting(gap, form, 409)
    except Refused as refused:
        db.session.rollback()
        form.goes.errors = [str(refused)]
        return _splitting(queries.one(db.session, ref) or abort(404), form, 422)
    address = _here().address(gap=new.ref)
    submissions.complete(db.session, form.form_id.data, user.id, address)
    db.session.commit()
    flash(f"{ref} is split. The new gap is {new.ref}.", "success")
    return redirect(address, 303)


def _here() -> Desk:
    return desk.left() or Desk(GapFilters())


def _chosen(refs: Sequence[str]) -> list[Gap]:
    """The gaps of these references that stand on their own; what most people asked for first."""
    numbers = {number for ref in refs[: MOST_AT_ONCE + 1] if (number := id_of(ref))}
    wanted = select(Gap).where(Gap.id.in_(numbers), Gap.merged_into_id.is_(None))
    return list(db.session.scalars(wanted.order_by(Gap.people.desc(), Gap.id)))


def _seen() -> dict[str, int]:
    pairs = (pair.partition(":") for pair in request.form.getlist("seen")[: MOST_AT_ONCE + 1])
    return {ref: seen for ref, _, version in pairs if (seen := number(version)) is not None}


def _asking(gaps: Sequence[Gap], form: Form, status: int = 200) -> ResponseReturnValue:
    label = current.content().vocabulary.label
    html = render_template("commissioning/merge.html", gaps=gaps, form=form, desk=_here(), label=label)
    return html, status


def _splitting(gap: Gap, form: SplitForm, status: int = 200) -> ResponseReturnValue:
    here = desk.left()
    back = here.address(gap=gap.ref) if here else url_for("commissioning.show", ref=gap.ref)
    html = render_template("commissioning/split.html", gap=gap, form=form, desk=here, back=back)
    return html, status
