"""The gaps that are ticked: what is to change, a look at what that does to each, the change, and undoing it."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from webapp.commissioning import desk
from webapp.commissioning.blueprint import bp
from webapp.commissioning.desk import Desk
from webapp.commissioning.many_form import ASKED, ManyForm
from webapp.db.engine import db
from webapp.db.engine import now as moment
from webapp.english.dates import day_of, short_date
from webapp.gaps import bulk, handing_over, queries, triage, undoing
from webapp.gaps.models import Gap, id_of
from webapp.gaps.queries import GapFilters
from webapp.gaps.statuses import OPEN, Status
from webapp.gaps.undoing import ChangeOutcome
from webapp.web import access, current, submissions
from webapp.web.refusals import Refused
from webapp.web.text import number

WORDED = ("theme", "workstream")


@bp.get("/commissioning/gaps/many")
@access.only("commissioner")
def choose() -> ResponseReturnValue:
    gaps = _all_mine() if request.args.get("mine") == "1" else _ticked(request.args.getlist("gap"))
    if not gaps:
        flash("Tick the gaps that you want to change, then choose what to change.", "error")
        return redirect(_here().address(), 303)
    if request.args.get("mine") == "1" and len(gaps) == bulk.MOST:
        flash(
            f"These are the first {bulk.MOST} of yours. When they are handed over, do the same with the rest.", "note"
        )
    return _choosing(gaps, _form(formdata=None))


@bp.post("/commissioning/gaps/many")
@access.only("commissioner")
def check() -> ResponseReturnValue:
    """Show what would become of each gap. Nothing is changed yet."""
    gaps, form = _ticked(request.form.getlist("gap")), _form()
    if not gaps:
        return redirect(_here().address(), 303)
    if not form.check(gaps, day_of(moment())):
        return _choosing(gaps, form, 422)
    return _sure(gaps, form)


@bp.post("/commissioning/gaps/many/done")
@access.only("commissioner")
def change() -> ResponseReturnValue:
    seen = _seen()
    gaps, form, user = triage.locked_all(db.session, list(seen)[: bulk.MOST]), _form(), current.user()
    if not gaps:
        return redirect(_here().address(), 303)
    if not form.check(gaps, day_of(moment())):
        return _choosing(gaps, form, 422)
    sent_before = submissions.claim(db.session, form.form_id.data, user.id, request.path, moment())
    if sent_before is not None:
        return redirect(sent_before, 303)
    outcome = bulk.apply(db.session, gaps, form.change(), user, moment(), seen=seen)
    _tell_owner([gap for gap in gaps if gap.ref in outcome.changed], form)
    address = _here().address(undo=outcome.number or None)
    submissions.complete(db.session, form.form_id.data, user.id, address)
    db.session.commit()
    _flash_outcome(outcome, "Changed", "Not changed")
    return redirect(address, 303)


@bp.post("/commissioning/changes/<int:number>/undo")
@access.only("commissioner")
def undo(number: int) -> ResponseReturnValue:
    try:
        outcome = undoing.undo(db.session, number, current.user(), moment())
    except Refused as refused:
        db.session.rollback()
        flash(str(refused), "error")
        return redirect(_where(), 303)
    db.session.commit()
    _flash_outcome(outcome, "Put back as before", "Not put back")
    return redirect(_where(), 303)


def _where() -> str:
    """The list, with the one gap that was changed open beside it; its own page where it was changed there."""
    ref, here = request.args.get("gap", ""), desk.left()
    if not id_of(ref):
        return _here().address()
    return here.address(gap=ref) if here else url_for(".show", ref=ref)


def _tell_owner(gaps: Sequence[Gap], form: ManyForm) -> None:
    """Tell whoever looks after the changed gaps now, once; nobody where that is the person who did it."""
    owner = form.change().owner
    if gaps and owner and owner != current.user().id:
        handing_over.tell(db.session, gaps, current.user(), moment(), form.handover.clean)


def _here() -> Desk:
    return desk.left() or Desk(GapFilters())


def _form(**kwargs: Any) -> ManyForm:
    return ManyForm(current.content().vocabulary, desk.commissioners(), **kwargs)


def _all_mine() -> list[Gap]:
    """Every open gap that the reader looks after, so far as one change takes: for whoever hands over."""
    mine = (Gap.status.in_(OPEN), Gap.merged_into_id.is_(None), queries.owned_by(current.user().id))
    return list(db.session.scalars(select(Gap).where(*mine).order_by(Gap.id).limit(bulk.MOST)))


def _ticked(refs: Sequence[str]) -> list[Gap]:
    """The gaps of these references that stand on their own, by number."""
    numbers = [number for ref in refs[: bulk.MOST] if (number := id_of(ref))]
    wanted = select(Gap).where(Gap.id.in_(numbers), Gap.merged_into_id.is_(None)).order_by(Gap.id)
    return list(db.session.scalars(wanted))


def _seen() -> dict[str, int]:
    """The gaps that the page listed, each with the version that it showed."""
    found = {}
    for pair in request.form.getlist("seen")[: bulk.MOST]:
        ref, _, version = pair.partition(":")
        if id_of(ref) and (seen := number(version)) is not None:
            found[ref] = seen
    return found


def _flash_outcome(outcome: ChangeOutcome, done: str, left: str) -> None:
    if outcome.changed:
        flash(f"{done}: {_list(outcome.changed)}.", "success")
    if outcome.left:
        flash(f"{left}: {'; '.join(f'{ref}, as {why}' for ref, why in outcome.left)}.", "note")


def _list(refs: Sequence[str]) -> str:
    return ", ".join(refs) if len(refs) <= 5 else f"{len(refs)} gaps"


def _choosing(gaps: Sequence[Gap], form: ManyForm, status: int = 200) -> ResponseReturnValue:
    html = render_template("commissioning/many.html", gaps=gaps, form=form, asked=ASKED, desk=_here(), label=_label())
    return html, status


def _sure(gaps: Sequence[Gap], form: ManyForm) -> ResponseReturnValue:
    change, words = form.change(), current.content().vocabulary
    names = dict(desk.commissioners())

    def say(name: str, value: Any) -> str:
        if name == "status":
            return Status(value).label
        if name == "planned by":
            return short_date(value) if value else "no day"
        if name == "owner":
            return names.get(value, "someone who has left") if value else "nobody"
        return words.label(f"{name}s", value) if value and name in WORDED else str(value or "not decided")

    lines = [
        (gap, [(name, say(name, was), say(name, to)) for name, was, to in bulk.differences(gap, change)])
        for gap in gaps
    ]
    return render_template(
        "commissioning/many_sure.html",
        lines=lines,
        count=sum(bool(changes) for _, changes in lines),
        notified=0
        if change.quiet
        else sum(gap.people for gap, changes in lines if any(name in ("status", "answer") for name, *_ in changes)),
        form=form,
        desk=_here(),
        back=url_for(".choose", gap=[gap.ref for gap in gaps], list=_here().query),
    )


def _label() -> Any:
    return current.content().vocabulary.label
