"""The queue of a workstream lead: what waits, and one barrier with all that can be done about it."""

from collections.abc import Callable, Iterator
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.barriers import history, owners, queries, queue, report, triage
from webapp.barriers.blueprint import bp
from webapp.barriers.forms import (
    BarrierAnswerForm,
    BarrierAssignmentForm,
    BarrierStatusForm,
    IntoGapForm,
    SpotlightForm,
    TrialForm,
)
from webapp.barriers.models import Barrier
from webapp.barriers.statuses import Status
from webapp.db.engine import db
from webapp.db.engine import now as moment
from webapp.gaps import prototypes
from webapp.gaps.prototype_forms import PrototypePlanForm
from webapp.gaps.prototype_models import Prototype
from webapp.gaps.queries import CITYWIDE
from webapp.gaps.triage import AnswerNeeded
from webapp.library.authoring.scaffold import slugify
from webapp.people import audit
from webapp.people.models import User, workstreams_of
from webapp.web import access, current, submissions, tasks, urls
from webapp.web.forms import Form, Versioned
from webapp.web.refusals import Refused, Stale

PAGE_SIZE = 30
MOST = 50  # entries of the history


@bp.get("/barriers/queue")
@access.only("lead")
def waiting_list() -> ResponseReturnValue:
    mine, show = _workstreams(), queue.shelf_of(request.args.get("show"))
    chosen = request.args.get("workstream", "")
    streams = [chosen] if chosen in mine else sorted(mine)
    page = queries.page_of(db.session, queue.wanted(streams, show), urls.page_number(), PAGE_SIZE)
    return render_template(
        "barriers/queue.html",
        page=page,
        stands=queries.stands(db.session, page.barriers),
        owners=owners.names(db.session, page.barriers),
        show=show,
        shelves=queue.SHELVES,
        counts=queue.counts(db.session, streams),
        mine=sorted(mine),
        chosen=chosen if chosen in mine else "",
        **_words(),
    )


@bp.get("/barriers/queue/<ref>")
@access.only("lead")
def work(ref: str) -> ResponseReturnValue:
    return _page(_one(ref))


@bp.post("/barriers/queue/<ref>/status")
@access.only("lead")
def change_status(ref: str) -> ResponseReturnValue:
    barrier = _locked(ref)
    form = BarrierStatusForm(barrier)

    def act() -> str:
        assert form.reason.clean is not None
        to, answer = Status(form.status.data), form.closing_answer.clean
        triage.change_status(
            db.session, barrier, to, form.reason.clean, current.user(), moment(), version=form.seen, answer=answer
        )
        return f"{ref} is now “{to.label}”. Everyone can see why."

    return _change(barrier, form, act)


@bp.post("/barriers/queue/<ref>/answer")
@access.only("lead")
def answer(ref: str) -> ResponseReturnValue:
    barrier = _locked(ref)
    form = BarrierAnswerForm(barrier)

    def act() -> str:
        assert form.answer.clean is not None
        triage.answer(db.session, barrier, form.answer.clean, current.user(), moment(), version=form.seen)
        return "The answer is published. Everyone who raised or shared it has been told."

    return _change(barrier, form, act)


@bp.post("/barriers/queue/<ref>/assignment")
@access.only("lead")
def assign(ref: str) -> ResponseReturnValue:
    barrier = _locked(ref)
    words = current.content().vocabulary
    form = BarrierAssignmentForm(barrier, words, owners.leads(db.session))

    def act() -> str:
        came_from = barrier.workstream
        triage.assign(db.session, barrier, current.user(), moment(), version=form.seen, **form.values)
        passed_on = barrier.workstream != came_from
        return f"Passed on to {words.label('workstreams', barrier.workstream)}." if passed_on else "Saved."

    return _change(barrier, form, act)


@bp.post("/barriers/queue/<ref>/gap")
@access.only("lead")
def make_gap(ref: str) -> ResponseReturnValue:
    barrier = _locked(ref)
    form = IntoGapForm(barrier)

    def act() -> str:
        gap = triage.make_gap(db.session, barrier, current.user(), moment(), version=form.seen)
        return f"{ref} is in the gap log now, as {gap.ref}. Everyone who raised or shared it has been told."

    return _change(barrier, form, act)


@bp.post("/barriers/queue/<ref>/spotlight")
@access.only("lead")
def propose_spotlight(ref: str) -> ResponseReturnValue:
    barrier = _locked(ref)
    form = SpotlightForm(barrier)

    def act() -> str:
        assert form.title.clean is not None
        slug = slugify(str(form.title.clean))
        if not slug:
            raise Refused("Give it a title with words in it: the session’s address is made of them.")
        triage.propose_spotlight(
            db.session, barrier, form.title.clean, slug, current.user(), moment(), version=form.seen
        )
        return "Proposed. Conveners find it among what they can plan."

    return _change(barrier, form, act)


@bp.post("/barriers/queue/<ref>/prototype")
@access.only("lead")
def try_out(ref: str) -> ResponseReturnValue:
    barrier = _locked(ref)
    form = TrialForm(barrier, list(prototypes.undecided(db.session)))

    def act() -> str:
        prototype = prototypes.locked(db.session, int(form.prototype.data))
        assert prototype is not None
        triage.try_out(db.session, barrier, prototype, current.user(), moment(), version=form.seen)
        return "Linked. Everyone who raised or shared it can see what is being tried."

    return _change(barrier, form, act)


@bp.get("/barriers/queue/<ref>/plan")
@access.only("lead")
def plan(ref: str) -> ResponseReturnValue:
    """Plan something small to try for it: a new prototype."""
    barrier = _one(ref)
    known = {"place": barrier.place or CITYWIDE, "version": str(barrier.version)}
    return _plan_page(barrier, PrototypePlanForm(current.content().vocabulary, formdata=None, data=known))


@bp.post("/barriers/queue/<ref>/plan")
@access.only("lead")
def plan_prototype(ref: str) -> ResponseReturnValue:
    barrier = _locked(ref)
    form = PrototypePlanForm(current.content().vocabulary)

    def act() -> str:
        user, now = current.user(), moment()
        prototype = prototypes.create(db.session, form.plan(), user, now)
        triage.try_out(db.session, barrier, prototype, user, now, version=form.seen)
        return "Planned. Everyone who raised or shared it can see what is being tried."

    return _change(barrier, form, act, again=_plan_page)


def _workstreams() -> frozenset[str]:
    return workstreams_of(db.session, current.person().id)


def _one(ref: str) -> Barrier:
    """The barrier called `ref`, where it is for this lead to work on."""
    barrier = queries.one(db.session, ref) or abort(404)
    if barrier.workstream not in _workstreams():
        abort(403)
    return barrier


def _locked(ref: str) -> Barrier:
    barrier = report.locked(db.session, ref) or abort(404)
    if barrier.workstream not in _workstreams():
        abort(403)
    return barrier


def _change(
    barrier: Barrier,
    form: Versioned | PrototypePlanForm,
    act: Callable[[], str],
    again: Callable[..., ResponseReturnValue] | None = None,
) -> ResponseReturnValue:
    """Check the form, act once, and go back; or show it again with what is wrong and what was written.

    What was passed on is another lead's now: the way back is then the queue.
    """
    ref, show = barrier.ref, again or _page
    if not form.validate():
        return show(barrier, form, 422)
    sender = current.user().id
    sent_before = submissions.claim(db.session, form.form_id.data, sender, request.path, moment())
    if sent_before is not None:
        return redirect(sent_before, 303)
    try:
        message = act()
    except (Stale, Refused) as trouble:
        db.session.rollback()
        return _again(_one(ref), form, trouble, show)
    address = url_for(".work", ref=ref) if barrier.workstream in _workstreams() else url_for(".waiting_list")
    submissions.complete(db.session, form.form_id.data, sender, address)
    db.session.commit()
    flash(message, "success")
    return redirect(address, 303)


def _again(
    barrier: Barrier, form: Versioned | PrototypePlanForm, trouble: Exception, show: Callable[..., ResponseReturnValue]
) -> ResponseReturnValue:
    if isinstance(trouble, Stale):
        form.version.data = str(barrier.version)  # what is sent next has seen what this page shows
        return show(barrier, form, 409, stale=True)
    names = ["closing_answer"] if isinstance(trouble, AnswerNeeded) else ["status", "answer", "title", "prototype"]
    at_fault = next((form[name] for name in names if name in form), None)
    not_shown = isinstance(form, PrototypePlanForm) or barrier.gap_id is not None
    if at_fault is None or not_shown:
        form.form_errors.append(str(trouble))
    else:
        at_fault.errors = [str(trouble)]
    return show(barrier, form, 422)


def _page(barrier: Barrier, sent: Form | None = None, status: int = 200, *, stale: bool = False) -> ResponseReturnValue:
    words = current.content().vocabulary
    stand = queries.stands(db.session, [barrier])[barrier.id]
    html = render_template(
        "barriers/work.html",
        barrier=barrier,
        stand=stand,
        sent=sent,
        stale=stale,
        owner=owners.names(db.session, [barrier]).get(barrier.id, "Nobody yet"),
        team_counts=[
            f"{words.label('teams', team) if team else 'No team'} ({count})"
            for team, count in history.teams(db.session, barrier)
        ],
        tried=_tried(barrier),
        entries=history.WORDING.lines(db.session, audit.about(db.session, "barrier", barrier.ref)[-MOST:], words),
        **_forms(barrier, sent),
        **_words(),
    )
    return html, status


def _forms(barrier: Barrier, sent: Form | None) -> dict[str, Form]:
    """Every form of the page; `sent` is one that was refused, and takes the place of its empty kind."""
    words, going = current.content().vocabulary, list(prototypes.undecided(db.session))
    fresh = {
        "status_form": (BarrierStatusForm, lambda: BarrierStatusForm(barrier, formdata=None)),
        "answer_form": (BarrierAnswerForm, lambda: BarrierAnswerForm(barrier, formdata=None)),
        "assignment_form": (
            BarrierAssignmentForm,
            lambda: BarrierAssignmentForm(barrier, words, owners.leads(db.session), formdata=None),
        ),
        "gap_form": (IntoGapForm, lambda: IntoGapForm(barrier, formdata=None)),
        "spotlight_form": (SpotlightForm, lambda: SpotlightForm(barrier, formdata=None)),
        "trial_form": (TrialForm, lambda: TrialForm(barrier, going, formdata=None)),
    }
    return {
        name: sent if sent is not None and isinstance(sent, kind) else make() for name, (kind, make) in fresh.items()
    }


def _tried(barrier: Barrier) -> Prototype | None:
    return db.session.get(Prototype, barrier.prototype_id) if barrier.prototype_id else None


def _plan_page(
    barrier: Barrier, form: PrototypePlanForm, status: int = 200, *, stale: bool = False
) -> ResponseReturnValue:
    return render_template("barriers/plan.html", barrier=barrier, form=form, stale=stale), status


def _words() -> dict[str, Any]:
    return {"label": current.content().vocabulary.label}


@tasks.source()
def barriers_waiting(user: User) -> Iterator[tasks.Item]:
    mine = workstreams_of(db.session, user.id)
    count = sum(queries.waiting_by_workstream(db.session, mine).values()) if mine else 0
    words = "barrier nobody has looked at" if count == 1 else "barriers nobody has looked at"
    yield tasks.Item(words, url_for("barriers.waiting_list"), count)
