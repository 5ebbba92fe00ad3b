"""Prototypes: small tests that gaps lead to, from a plan to a decision."""

from collections.abc import Callable, Iterator
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.commissioning import prototype_history as history
from webapp.commissioning.blueprint import bp
from webapp.db.engine import db
from webapp.db.engine import now as moment
from webapp.english.dates import day_of
from webapp.gaps import prototypes, queries, report
from webapp.gaps.models import Gap
from webapp.gaps.prototype_forms import (
    LinkGapForm,
    NewPrototypeForm,
    PrototypeDecisionForm,
    PrototypeNoteForm,
    PrototypePlanForm,
    Versioned,
)
from webapp.gaps.prototype_models import Prototype, PrototypeState
from webapp.people import audit
from webapp.people.models import User
from webapp.web import access, current, submissions, tasks, urls
from webapp.web.forms import Form
from webapp.web.refusals import Refused, Stale

PAGE_SIZE = 20  # of those that are decided
MOST = 200  # notes and entries of the history on one page


@bp.get("/commissioning/prototypes")
@access.only("commissioner")
def all_prototypes() -> ResponseReturnValue:
    """By state: those whose decision is due first."""
    today, page = day_of(moment()), urls.page_number()
    going = prototypes.undecided(db.session)
    decided, total = prototypes.decided(db.session, limit=PAGE_SIZE, offset=(page - 1) * PAGE_SIZE)
    shown = (PrototypeState.DUE, PrototypeState.RUNNING, PrototypeState.PLANNED)
    return render_template(
        "commissioning/prototypes/index.html",
        groups={state: [p for p in going if p.state(today) is state] for state in shown},
        decided=decided,
        total=total,
        page=page,
        pages=max(1, -(-total // PAGE_SIZE)),
        **_words(),
    )


@bp.get("/commissioning/prototypes/new")
@access.only("commissioner")
def new_prototype() -> ResponseReturnValue:
    gap = queries.one(db.session, request.args.get("gap", ""))
    known = {"gaps": gap.ref, "place": gap.place or queries.CITYWIDE} if gap else {}
    return _new_page(NewPrototypeForm(_vocabulary(), formdata=None, data=known))


@bp.post("/commissioning/prototypes/new")
@access.only("commissioner")
def create_prototype() -> ResponseReturnValue:
    form = NewPrototypeForm(_vocabulary())
    if not form.validate():
        return _new_page(form, 422)
    user, now = current.user(), moment()
    sent_before = submissions.claim(db.session, form.form_id.data, user.id, request.path, now)
    if sent_before is not None:
        return redirect(sent_before, 303)
    try:
        prototype = prototypes.create(db.session, form.plan(), user, now)
        for ref in sorted(form.refs):
            prototypes.link(db.session, prototype, _gap(ref), user, now)
    except Refused as refused:
        db.session.rollback()
        form.gaps.errors = [str(refused)]
        return _new_page(form, 422)
    return _done(form, prototype.id, "The prototype is planned.")


@bp.get("/commissioning/prototypes/<int:number>")
@access.only("commissioner")
def show_prototype(number: int) -> ResponseReturnValue:
    return _page(number)


@bp.get("/commissioning/prototypes/<int:number>/edit")
@access.only("commissioner")
def edit_prototype(number: int) -> ResponseReturnValue:
    prototype = _one(number)
    return _edit_page(prototype, PrototypePlanForm(_vocabulary(), prototype, formdata=None))


@bp.post("/commissioning/prototypes/<int:number>/edit")
@access.only("commissioner")
def change_prototype(number: int) -> ResponseReturnValue:
    prototype = _locked(number)
    form = PrototypePlanForm(_vocabulary(), prototype)

    def act() -> None:
        prototypes.edit(db.session, prototype, form.plan(), current.user(), moment(), version=form.seen)

    return _act(number, form, act, "The plan is changed.", _edit_page)


@bp.get("/commissioning/prototypes/<int:number>/decide")
@access.only("commissioner")
def decision(number: int) -> ResponseReturnValue:
    prototype = _one(number)
    return _decision_page(prototype, PrototypeDecisionForm(prototype, formdata=None))


@bp.post("/commissioning/prototypes/<int:number>/decide")
@access.only("commissioner")
def decide(number: int) -> ResponseReturnValue:
    prototype = _locked(number)
    form = PrototypeDecisionForm(prototype)

    def act() -> None:
        prototypes.decide(db.session, prototype, form.decided(), current.user(), moment(), version=form.seen)

    message = "The decision is kept. No gap has changed its status: say below what becomes of each."
    return _act(number, form, act, message, _decision_page)


@bp.post("/commissioning/prototypes/<int:number>/notes")
@access.only("commissioner")
def note(number: int) -> ResponseReturnValue:
    prototype, form = _locked(number), PrototypeNoteForm()

    def act() -> None:
        assert form.note.clean is not None
        prototypes.note(db.session, prototype, form.note.clean, current.user(), moment())

    return _act(number, form, act, "What you learned is added.", _show_page)


@bp.post("/commissioning/prototypes/<int:number>/gaps")
@access.only("commissioner")
def link_gap(number: int) -> ResponseReturnValue:
    prototype, form = _locked(number), LinkGapForm()

    def act() -> None:
        prototypes.link(db.session, prototype, _gap((form.ref.data or "").upper()), current.user(), moment())

    return _act(number, form, act, "The gap is added. The people who asked have been told what is tried.", _show_page)


@bp.post("/commissioning/prototypes/<int:number>/gaps/<ref>/unlink")
@access.only("commissioner")
def unlink_gap(number: int, ref: str) -> ResponseReturnValue:
    prototype, gap, form = _locked(number), _gap_or_404(ref), Form()
    status = gap.status.label

    def act() -> None:
        prototypes.unlink(db.session, prototype, gap, current.user(), moment())

    message = f"{ref} is taken off this prototype. Its status is still “{status}”: change it on its own page."
    return _act(number, form, act, message, _show_page)


def _act(
    number: int,
    form: Form,
    act: Callable[[], None],
    message: str,
    show_again: Callable[[Prototype, Any, int, bool], ResponseReturnValue],
) -> ResponseReturnValue:
    """Check the form, act once, and show the prototype; or the form again with what is wrong and what was written."""
    if not form.validate():
        return show_again(_one(number), form, 422, False)
    user = current.user()
    sent_before = submissions.claim(db.session, form.form_id.data, user.id, request.path, moment())
    if sent_before is not None:
        return redirect(sent_before, 303)
    try:
        act()
    except Stale:
        db.session.rollback()
        prototype = _one(number)
        if isinstance(form, Versioned):
            form.version.data = str(prototype.version)  # what is sent next has seen what this page shows
        return show_again(prototype, form, 409, True)
    except Refused as refused:
        db.session.rollback()
        at_fault = "ref" if "ref" in form else "decision"
        form[at_fault].errors = [str(refused)]
        return show_again(_one(number), form, 422, False)
    return _done(form, number, message)


def _done(form: Form, number: int, message: str) -> ResponseReturnValue:
    address = url_for(".show_prototype", number=number)
    submissions.complete(db.session, form.form_id.data, current.user().id, address)
    db.session.commit()
    flash(message, "success")
    return redirect(address, 303)


def _page(number: int, sent: Form | None = None, status: int = 200) -> ResponseReturnValue:
    """`sent` is the form that was sent and takes the place of the empty one of its kind."""
    prototype = _one(number)
    entries = audit.about(db.session, "prototype", str(number))[-MOST:]
    html = render_template(
        "commissioning/prototypes/show.html",
        prototype=prototype,
        state=prototype.state(day_of(moment())),
        sent=sent,
        note_form=sent if isinstance(sent, PrototypeNoteForm) else PrototypeNoteForm(formdata=None),
        link_form=sent if isinstance(sent, LinkGapForm) else LinkGapForm(formdata=None),
        button=Form(formdata=None),
        notes=prototypes.notes(db.session, [number], limit=MOST),
        entries=history.lines(db.session, entries, _vocabulary()),
        **_words(),
    )
    return html, status


def _show_page(prototype: Prototype, form: Form, status: int, stale: bool) -> ResponseReturnValue:
    return _page(prototype.id, form, status)


def _new_page(form: NewPrototypeForm, status: int = 200) -> ResponseReturnValue:
    return render_template("commissioning/prototypes/new.html", form=form), status


def _edit_page(
    prototype: Prototype, form: PrototypePlanForm, status: int = 200, stale: bool = False
) -> ResponseReturnValue:
    page = "commissioning/prototypes/edit.html"
    return render_template(page, prototype=prototype, form=form, stale=stale, **_words()), status


def _decision_page(
    prototype: Prototype, form: PrototypeDecisionForm, status: int = 200, stale: bool = False
) -> ResponseReturnValue:
    page = "commissioning/prototypes/decide.html"
    return render_template(page, prototype=prototype, form=form, stale=stale, **_words()), status


def _one(number: int) -> Prototype:
    return prototypes.one(db.session, number) or abort(404)


def _locked(number: int) -> Prototype:
    return prototypes.locked(db.session, number) or abort(404)


def _gap(ref: str) -> Gap:
    gap = report.locked(db.session, ref)
    if gap is None:
        raise Refused(f"There is no gap {ref[:20]}. A number looks like GAP-0001.")
    return gap


def _gap_or_404(ref: str) -> Gap:
    return report.locked(db.session, ref) or abort(404)


def _vocabulary() -> Any:
    return current.content().vocabulary


def _words() -> dict[str, Any]:
    return {"label": _vocabulary().label}


@tasks.source("commissioner")
def due(user: User) -> Iterator[tasks.Item]:
    count = prototypes.count_due(db.session, day_of(moment()))
    words = "prototype past its last day, to decide" if count == 1 else "prototypes past their last day, to decide"
    yield tasks.Item(words, url_for("commissioning.all_prototypes"), count)
