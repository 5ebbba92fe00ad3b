"""Barriers as everyone sees them: raise one, see what became of it, say "me too"."""

from collections.abc import Callable, Iterable
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from webapp.barriers import queries, report, timeline
from webapp.barriers.blueprint import bp
from webapp.barriers.forms import BarrierForm, choices
from webapp.barriers.models import Barrier, BarrierSupport
from webapp.barriers.queries import BarrierFilters, Stand
from webapp.barriers.statuses import Status
from webapp.db.engine import db
from webapp.db.engine import now as moment
from webapp.english.dates import day_of
from webapp.gaps import prototypes
from webapp.gaps import report as gap_log
from webapp.gaps.prototype_models import Prototype
from webapp.gaps.queries import CITYWIDE
from webapp.mail import outbox
from webapp.people.models import User, workstreams_of
from webapp.web import access, current, htmx, page_refs, submissions
from webapp.web.attempt import attempt
from webapp.web.forms import Form

PAGE_SIZE = 20
KIND = "barrier"  # of the messages that are told here


@bp.get("/barriers")
@access.signed_in
def index() -> ResponseReturnValue:
    words, filters, user = current.content().vocabulary, BarrierFilters.from_args(request.args), current.user()
    page = queries.page_of(db.session, queries.wanted(filters, user.id), filters.page, PAGE_SIZE)
    response = htmx.page(
        "barriers/index.html",
        "barriers/_results.html",
        filters=filters,
        page=page,
        stands=queries.stands(db.session, page.barriers),
        raised=_raised(user, page.barriers),
        kinds=choices(words, "barrier-kinds"),
        workstreams=choices(words, "workstreams"),
        places=[(CITYWIDE, "Whole city"), *choices(words, "places")],
        statuses=Status,
        sorts=queries.SORTS,
        leads=current.person().has("lead"),
        **_words(),
    )
    if htmx.wants_fragment():
        response.headers["HX-Replace-Url"] = url_for(".index", **filters.as_args())
    return response


@bp.get("/barriers/new")
@access.signed_in
def new() -> ResponseReturnValue:
    return _form_page(BarrierForm(current.content().vocabulary, formdata=None, data={"place": CITYWIDE}))


@bp.post("/barriers/new")
@access.signed_in
def raise_barrier() -> ResponseReturnValue:
    form = BarrierForm(current.content().vocabulary)
    if not form.validate():
        return _form_page(form, 422)
    user, now = current.user(), moment()
    sent_before = submissions.claim(db.session, form.form_id.data, user.id, request.path, now)
    if sent_before is not None:
        return redirect(sent_before, 303)
    raised = form.raised()
    before = report.sent_again(db.session, raised, user, now)
    barrier = before or report.record(db.session, raised, user, now)
    address = url_for(".show", ref=barrier.ref)
    submissions.complete(db.session, form.form_id.data, user.id, address)
    message = "You have raised this already, so nothing was added." if before else "Passed on."
    flash(f"{message} Its number is {barrier.ref}.", "success")
    db.session.commit()
    return redirect(address, 303)


@bp.get("/barriers/<ref>")
@access.signed_in
def show(ref: str) -> ResponseReturnValue:
    barrier = queries.one(db.session, ref) or abort(404)
    user, now = current.user(), moment()
    stand = queries.stands(db.session, [barrier])[barrier.id]
    joined = report.joined(db.session, barrier, user)
    return render_template(
        "barriers/show.html",
        barrier=barrier,
        stand=stand,
        steps=timeline.of(db.session, barrier),
        tried=_tried(barrier, stand),
        spotlight_title=page_refs.title_there(f"/spotlights/{barrier.spotlight}", day_of(now)),
        today=day_of(now),
        mine=barrier.reporter_id == user.id,
        joined=joined,
        may_join=report.may_join(barrier, stand.gap),
        may_take_back=_may_take_back(barrier, stand, user),
        news=any(m.ref == barrier.ref for m in outbox.unread(db.session, user.id, kind=KIND, limit=100)),
        may_work=current.person().has("lead") and barrier.workstream in workstreams_of(db.session, user.id),
        button=Form(formdata=None),
        **_words(),
    )


@bp.post("/barriers/<ref>/support")
@access.signed_in
def support(ref: str) -> ResponseReturnValue:
    return _act(ref, lambda barrier: report.join(db.session, barrier, current.user(), moment()), JOINED)


@bp.post("/barriers/<ref>/support/undo")
@access.signed_in
def undo_support(ref: str) -> ResponseReturnValue:
    return _act(ref, lambda barrier: report.leave(db.session, barrier, current.user(), moment()), LEFT)


@bp.post("/barriers/<ref>/take-back")
@access.signed_in
def take_back(ref: str) -> ResponseReturnValue:
    barrier = report.locked(db.session, ref) or abort(404)
    return attempt(
        lambda: report.take_back(db.session, barrier, current.user(), moment()),
        done=f"{ref} is taken back. What you wrote has been removed.",
        to=url_for(".index"),
        refused_to=url_for(".show", ref=ref),
    )


@bp.post("/barriers/<ref>/read")
@access.signed_in
def read(ref: str) -> ResponseReturnValue:
    """I have read what is new here."""
    barrier = queries.one(db.session, ref) or abort(404)
    outbox.mark_read(db.session, current.user().id, now=moment(), kind=KIND, ref=barrier.ref)
    db.session.commit()
    return redirect(url_for(".show", ref=barrier.ref), 303)


JOINED = "You are counted. You will hear when there is an answer."
LEFT = "You are no longer counted."


def _act(ref: str, act: Callable[[Barrier], bool], message: str) -> ResponseReturnValue:
    barrier = report.locked(db.session, ref) or abort(404)
    return attempt(lambda: act(barrier), done=message, to=url_for(".show", ref=barrier.ref))


def _form_page(form: BarrierForm, status: int = 200) -> ResponseReturnValue:
    return render_template("barriers/new.html", form=form), status


def _tried(barrier: Barrier, stand: Stand) -> list[Prototype]:
    """What is tried for it: by itself, or for the gap that it is."""
    found = list(prototypes.of_gap(db.session, stand.gap)) if stand.gap else []
    own = db.session.get(Prototype, barrier.prototype_id) if barrier.prototype_id else None
    return found if own is None or own in found else [own, *found]


def _may_take_back(barrier: Barrier, stand: Stand, user: User) -> bool:
    made_with_it = stand.gap is not None and stand.gap.about == report.page_of(barrier)
    free = not made_with_it or (stand.gap is not None and gap_log.may_take_back(stand.gap, user, moment()))
    return free and report.may_take_back(barrier, user, moment())


def _raised(user: User, barriers: Iterable[Barrier]) -> set[int]:
    """The ids of those `barriers` that this person raised or shares."""
    shown = list(barriers)
    shared = select(BarrierSupport.barrier_id).where(
        BarrierSupport.user_id == user.id, BarrierSupport.barrier_id.in_([barrier.id for barrier in shown])
    )
    return {barrier.id for barrier in shown if barrier.reporter_id == user.id} | set(db.session.scalars(shared))


def _words() -> dict[str, Any]:
    return {"label": current.content().vocabulary.label}
