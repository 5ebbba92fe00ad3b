"""One gap on a commissioner's desk: its status, its answer, whose it is, what meets it, notes and history.

Each act is sent from the panel beside the list, and leads back there; or from the gap's own page.
"""

from collections.abc import Callable

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.commissioning import desk, panel
from webapp.commissioning.blueprint import bp
from webapp.commissioning.forms import PageLinkForm
from webapp.db.engine import db
from webapp.db.engine import now as moment
from webapp.english.dates import day_of
from webapp.gaps import met_by, queries, report, working
from webapp.gaps.models import Gap
from webapp.gaps.triage import AnswerNeeded, DateNeeded, ListingNeeded, PrototypeNeeded
from webapp.web import access, current, page_refs, submissions, undoable
from webapp.web.forms import Form, Versioned
from webapp.web.refusals import Refused, Stale

Done = tuple[str, str]  # what to say, and where a press that undoes it is sent
AT_FAULT = {AnswerNeeded: "answer", ListingNeeded: "met_by", PrototypeNeeded: "prototype", DateNeeded: "target_on"}
NO_PAGE = "There is no page of this site at that address. Copy it from the page itself"


@bp.get("/commissioning/gaps/<ref>")
@access.only("commissioner")
def show(ref: str) -> ResponseReturnValue:
    return _page(queries.one(db.session, ref) or abort(404))


@bp.post("/commissioning/gaps/<ref>/work")
@access.only("commissioner")
def work(ref: str) -> ResponseReturnValue:
    """Do all that the one form of a gap says, and offer to undo it."""
    gap, now = _locked(ref), moment()
    form = panel.work_form(gap, desk.commissioners())
    if not form.check(day_of(now)):
        return _page(gap, form, 422)

    def act() -> Done:
        wanted = form.work(_listing_named(form.met_by.data or ""))
        done = working.save(db.session, gap, wanted, current.user(), now, version=form.seen)
        here = desk.left()
        undo = url_for(".undo", number=done.number, gap=ref, list=here.query if here else None) if done.number else ""
        return " ".join(done.said) or "Nothing was different, so nothing is changed.", undo

    return _change(gap, form, act)


@bp.post("/commissioning/gaps/<ref>/links")
@access.only("commissioner")
def link(ref: str) -> ResponseReturnValue:
    gap = _locked(ref)
    form = PageLinkForm()

    def act() -> Done:
        path = page_refs.page_at(form.path.data or "", day_of(moment()))
        if not path:
            raise Refused(NO_PAGE)
        met_by.link(db.session, gap, path, current.user(), moment())
        return "Linked. Everyone sees it on the gap’s page.", ""

    return _change(gap, form, act)


@bp.post("/commissioning/gaps/<ref>/links/remove")
@access.only("commissioner")
def unlink(ref: str) -> ResponseReturnValue:
    gap = _locked(ref)
    return _change(gap, Form(), lambda: _unlink(gap, request.form.get("path", "")))


def _unlink(gap: Gap, path: str) -> Done:
    met_by.unlink(db.session, gap, path, current.user(), moment())
    return "The link is taken away.", ""


def _listing_named(typed: str) -> str:
    path = page_refs.page_at(typed, day_of(moment()))
    if typed.strip() and not path:
        raise ListingNeeded(NO_PAGE)
    return path


def _locked(ref: str) -> Gap:
    return report.locked(db.session, ref) or abort(404)


def _change(gap: Gap, form: Form, act: Callable[[], Done]) -> ResponseReturnValue:
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
        message, undo = act()
    except (Stale, Refused) as trouble:
        db.session.rollback()
        return _again(ref, form, trouble)
    submissions.complete(db.session, form.form_id.data, sender, address)
    db.session.commit()
    undoable.told(message, undo)
    return redirect(address, 303)


def _again(ref: str, form: Form, trouble: Exception) -> ResponseReturnValue:
    gap = queries.one(db.session, ref) or abort(404)
    if gap.merged_into_id:
        return _page(gap, form, 409, stale=True)  # there are no forms on this page any more
    if isinstance(trouble, Stale) and isinstance(form, Versioned):
        form.version.data = str(gap.version)  # what is sent next has seen what this page shows
        return _page(gap, form, 409, stale=True)
    named = next((name for kind, name in AT_FAULT.items() if isinstance(trouble, kind)), "status")
    at_fault = next((form[name] for name in (named, "path") if name in form), None)
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
