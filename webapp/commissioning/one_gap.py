"""One gap on a commissioner's desk: its status, its answer, whose it is, notes and history."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from webapp import about, access, audit, current, once
from webapp.commissioning import history
from webapp.commissioning.forms import AnswerForm, AssignmentForm, GapForm, NoteForm, StatusForm
from webapp.dates import day_of
from webapp.db import db
from webapp.db import now as moment
from webapp.forms import Form
from webapp.gap_log import finding, reporting, triage
from webapp.gap_log.models import Gap, GapNote
from webapp.gap_log.reporting import Refused
from webapp.gap_log.statuses import Status
from webapp.gap_log.triage import AnswerNeeded, Stale
from webapp.people import User, UserRole

bp = Blueprint("triage", __name__, template_folder="templates", url_prefix="/commissioning/gaps")
MOST = 100  # notes, and entries of the history, on one page


@bp.get("/<ref>")
@access.only("commissioner")
def show(ref: str) -> ResponseReturnValue:
    return _page(finding.one(db.session, ref) or abort(404))


@bp.post("/<ref>/status")
@access.only("commissioner")
def change_status(ref: str) -> ResponseReturnValue:
    gap = _locked(ref)
    form = StatusForm(gap)

    def act() -> None:
        assert form.reason.clean is not None
        to, answer = Status(form.status.data), form.closing_answer.clean
        triage.change_status(
            db.session, gap, to, form.reason.clean, current.user(), moment(), version=form.seen, answer=answer
        )

    return _change(gap, form, act, "The status is changed. The people who asked can see why.")


@bp.post("/<ref>/answer")
@access.only("commissioner")
def answer(ref: str) -> ResponseReturnValue:
    gap = _locked(ref)
    form = AnswerForm(gap)

    def act() -> None:
        assert form.answer.clean is not None
        triage.answer(db.session, gap, form.answer.clean, current.user(), moment(), version=form.seen)

    return _change(gap, form, act, "The answer is published. Everyone who asked has been told.")


@bp.post("/<ref>/assignment")
@access.only("commissioner")
def assign(ref: str) -> ResponseReturnValue:
    gap = _locked(ref)
    form = AssignmentForm(gap, current.content().vocabulary, _commissioners())

    def act() -> None:
        triage.assign(
            db.session,
            gap,
            current.user(),
            moment(),
            version=form.seen,
            theme=form.theme.data or "",
            workstream=form.workstream.data or "",
            owner=int(form.owner.data) if form.owner.data else None,
        )

    return _change(gap, form, act, "Saved.")


@bp.post("/<ref>/notes")
@access.only("commissioner")
def note(ref: str) -> ResponseReturnValue:
    gap = _locked(ref)
    form = NoteForm()

    def act() -> None:
        assert form.note.clean is not None
        triage.note(db.session, gap, form.note.clean, current.user(), moment())

    return _change(gap, form, act, "The note is added. Only commissioners can read it.")


def _locked(ref: str) -> Gap:
    return reporting.locked(db.session, ref) or abort(404)


def _change(gap: Gap, form: Form, act: Callable[[], None], said: str) -> ResponseReturnValue:
    """Check the form, act once, and go back to the gap; or show it again with what is wrong and what was written."""
    if not form.validate():
        return _page(gap, form, 422)
    ref, address = gap.ref, url_for(".show", ref=gap.ref)
    sender = current.user().id
    sent_before = once.claim(db.session, form.form_id.data, sender, request.path, moment())
    if sent_before is not None:
        return redirect(sent_before, 303)
    try:
        act()
    except (Stale, Refused) as trouble:
        db.session.rollback()
        return _again(ref, form, trouble)
    once.settle(db.session, form.form_id.data, sender, address)
    db.session.commit()
    flash(said, "success")
    return redirect(address, 303)


def _again(ref: str, form: Form, trouble: Exception) -> ResponseReturnValue:
    gap = finding.one(db.session, ref) or abort(404)
    if isinstance(trouble, Stale) and isinstance(form, GapForm):
        form.version.data = str(gap.version)  # what is sent next has seen what this page shows
        return _page(gap, form, 409, stale=True)
    at_fault = "closing_answer" if isinstance(trouble, AnswerNeeded) else "status" if "status" in form else "answer"
    form[at_fault].errors = [str(trouble)]
    return _page(gap, form, 422)


def _page(gap: Gap, sent: Form | None = None, status: int = 200, *, stale: bool = False) -> ResponseReturnValue:
    """`sent` is the form that was sent and takes the place of the empty one of its kind."""
    words = current.content().vocabulary
    forms = {
        "status_form": sent if isinstance(sent, StatusForm) else StatusForm(gap, formdata=None),
        "answer_form": sent if isinstance(sent, AnswerForm) else AnswerForm(gap, formdata=None),
        "assignment_form": sent
        if isinstance(sent, AssignmentForm)
        else AssignmentForm(gap, words, _commissioners(), formdata=None),
        "note_form": sent if isinstance(sent, NoteForm) else NoteForm(formdata=None),
    }
    html = render_template(
        "commissioning/gap.html",
        gap=gap,
        sent=sent,
        stale=stale,
        **forms,
        owner=db.session.get(User, gap.owner_id) if gap.owner_id else None,
        team_counts=[f"{words.label('teams', t) if t else 'No team'} ({n})" for t, n in history.teams(db.session, gap)],
        notes=_notes(gap),
        entries=history.lines(db.session, audit.about(db.session, "gap", gap.ref)[-MOST:], words),
        about_title=about.title_of(gap.about, day_of(moment())),
        label=words.label,
    )
    return html, status


def _notes(gap: Gap) -> Any:
    newest = select(GapNote).where(GapNote.gap_id == gap.id).order_by(GapNote.id.desc()).limit(MOST)
    return db.session.scalars(newest.options(selectinload(GapNote.author))).all()


def _commissioners() -> list[tuple[int, str]]:
    """Ids and names of those who can look after a gap."""
    can = select(UserRole.user_id).where(UserRole.role == "commissioner")
    query = select(User.id, User.name).where(User.id.in_(can), User.disabled.is_(False)).order_by(User.name)
    return [(number, name) for number, name in db.session.execute(query.limit(200))]
