"""One gap on a commissioner's desk: its status, its answer, whose it is, what meets it, notes and history.

Each act is sent from the panel beside the list, and leads back there; or from the gap's own page.
"""

from collections.abc import Callable

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.commissioning import desk, panel
from webapp.commissioning.blueprint import bp
from webapp.commissioning.forms import GapAnswerForm, GapAssignmentForm, GapNoteForm, GapStatusForm, PageLinkForm
from webapp.dates import day_of
from webapp.db.engine import db
from webapp.db.engine import now as moment
from webapp.gaps import met_by, queries, report, triage
from webapp.gaps.models import Gap
from webapp.gaps.statuses import Status
from webapp.gaps.triage import AnswerNeeded, ListingNeeded
from webapp.web import access, current, page_refs, submissions
from webapp.web.forms import Form, Versioned
from webapp.web.refusals import Refused, Stale

NO_PAGE = "There is no page of this site at that address. Copy it from the page itself"


@bp.get("/commissioning/gaps/<ref>")
@access.only("commissioner")
def show(ref: str) -> ResponseReturnValue:
    return _page(queries.one(db.session, ref) or abort(404))


@bp.post("/commissioning/gaps/<ref>/status")
@access.only("commissioner")
def change_status(ref: str) -> ResponseReturnValue:
    gap = _locked(ref)
    form = GapStatusForm(gap)

    def act() -> str:
        assert form.reason.clean is not None
        to, answer, user = Status(form.status.data), form.closing_answer.clean, current.user()
        met_by.name(db.session, gap, to, _listing_named(form.met_by.data or ""), user, moment())
        triage.change_status(db.session, gap, to, form.reason.clean, user, moment(), version=form.seen, answer=answer)
        return f"{gap.ref} is now “{to.label}”. The people who asked can see why."

    return _change(gap, form, act)


@bp.post("/commissioning/gaps/<ref>/answer")
@access.only("commissioner")
def answer(ref: str) -> ResponseReturnValue:
    gap = _locked(ref)
    form = GapAnswerForm(gap)

    def act() -> str:
        assert form.answer.clean is not None
        triage.answer(db.session, gap, form.answer.clean, current.user(), moment(), version=form.seen)
        return "The answer is published. Everyone who asked has been told."

    return _change(gap, form, act)


@bp.post("/commissioning/gaps/<ref>/assignment")
@access.only("commissioner")
def assign(ref: str) -> ResponseReturnValue:
    gap = _locked(ref)
    form = GapAssignmentForm(gap, current.content().vocabulary, desk.commissioners())

    def act() -> str:
        triage.assign(db.session, gap, current.user(), moment(), version=form.seen, **form.values)
        return "Saved."

    return _change(gap, form, act)


@bp.post("/commissioning/gaps/<ref>/notes")
@access.only("commissioner")
def note(ref: str) -> ResponseReturnValue:
    gap = _locked(ref)
    form = GapNoteForm()

    def act() -> str:
        assert form.note.clean is not None
        triage.note(db.session, gap, form.note.clean, current.user(), moment())
        return "The note is added. Only commissioners can read it."

    return _change(gap, form, act)


@bp.post("/commissioning/gaps/<ref>/links")
@access.only("commissioner")
def link(ref: str) -> ResponseReturnValue:
    gap = _locked(ref)
    form = PageLinkForm()

    def act() -> str:
        path = page_refs.page_at(form.path.data or "", day_of(moment()))
        if not path:
            raise Refused(NO_PAGE)
        met_by.link(db.session, gap, path, current.user(), moment())
        return "Linked. Everyone sees it on the gap’s page."

    return _change(gap, form, act)


@bp.post("/commissioning/gaps/<ref>/links/remove")
@access.only("commissioner")
def unlink(ref: str) -> ResponseReturnValue:
    gap = _locked(ref)
    return _change(gap, Form(), lambda: _unlink(gap, request.form.get("path", "")))


def _unlink(gap: Gap, path: str) -> str:
    met_by.unlink(db.session, gap, path, current.user(), moment())
    return "The link is taken away."


def _listing_named(typed: str) -> str:
    path = page_refs.page_at(typed, day_of(moment()))
    if typed.strip() and not path:
        raise ListingNeeded(NO_PAGE)
    return path


def _locked(ref: str) -> Gap:
    return report.locked(db.session, ref) or abort(404)


def _change(gap: Gap, form: Form, act: Callable[[], str]) -> ResponseReturnValue:
    """Check the form, act once, and go back to the gap; or show it again with what is wrong and what was written."""
    ref = gap.ref
    if not form.validate():
        return _page(gap, form, 422)
    sender = current.user().id
    here = desk.left()
    address = here.address(gap=ref) if here else url_for(".show", ref=ref)
    sent_before = submissions.claim(db.session, form.form_id.data, sender, request.path, moment())
    if sent_before is not None:
        return redirect(sent_before, 303)
    try:
        message = act()
    except (Stale, Refused) as trouble:
        db.session.rollback()
        return _again(ref, form, trouble)
    submissions.complete(db.session, form.form_id.data, sender, address)
    db.session.commit()
    flash(message, "success")
    return redirect(address, 303)


def _again(ref: str, form: Form, trouble: Exception) -> ResponseReturnValue:
    gap = queries.one(db.session, ref) or abort(404)
    if gap.merged_into_id:
        return _page(gap, form, 409, stale=True)  # there are no forms on this page any more
    if isinstance(trouble, Stale) and isinstance(form, Versioned):
        form.version.data = str(gap.version)  # what is sent next has seen what this page shows
        return _page(gap, form, 409, stale=True)
    if isinstance(trouble, AnswerNeeded | ListingNeeded):
        names = ["closing_answer" if isinstance(trouble, AnswerNeeded) else "met_by"]
    else:
        names = ["status", "answer", "theme", "path", "note"]
    at_fault = next((form[name] for name in names if name in form), None)
    if at_fault is None:
        form.form_errors.append(str(trouble))
    else:
        at_fault.errors = [str(trouble)]
    return _page(gap, form, 422)


def _page(gap: Gap, sent: Form | None = None, status: int = 200, *, stale: bool = False) -> ResponseReturnValue:
    """The gap where it was worked on. `sent` is the form that was sent, and takes the place of the empty one."""
    here = desk.left()
    if here is not None and sent is not None:
        return desk.show(desk.Desk(here.filters, gap.ref), sent=sent, stale=stale, status=status)
    html = render_template(
        "commissioning/gap.html",
        gap=gap,
        sent=sent,
        desk=None,
        label=current.content().vocabulary.label,
        empty_form=Form(formdata=None),
        **panel.of(gap, sent, stale=stale, people=desk.commissioners()),
    )
    return html, status
