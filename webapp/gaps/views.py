"""The gap log as everyone sees it: report a gap, see what became of it, say "me too"."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from webapp.db.engine import db
from webapp.db.engine import now as moment
from webapp.english.dates import day_of
from webapp.gaps import followers, met_by, prototypes, queries, report, timeline
from webapp.gaps.blueprint import bp
from webapp.gaps.forms import GapForm, SupportForm, choices
from webapp.gaps.models import Gap, GapSupport
from webapp.gaps.queries import CITYWIDE, GapFilters
from webapp.gaps.similar import similar as similar_gaps
from webapp.gaps.statuses import Status
from webapp.gaps.titles import in_own_words
from webapp.mail import outbox
from webapp.people.models import User
from webapp.web import access, current, htmx, page_refs, submissions, tasks
from webapp.web.attempt import attempt
from webapp.web.forms import Form
from webapp.web.text import tidy_lines

PAGE_SIZE = 20
KIND = "gap"  # of the messages that are told here


@bp.get("/gaps")
@access.signed_in
def index() -> ResponseReturnValue:
    places = choices(current.content().vocabulary, "places")
    filters = GapFilters.from_args(request.args, [slug for slug, _ in places])
    user = current.user()
    query = queries.wanted(filters, moment(), mine=queries.asked_by(user.id))
    if filters.follows:
        query = query.where(followers.followed_by(user.id))
    page = queries.page_of(db.session, query, filters.page, PAGE_SIZE)
    response = htmx.page(
        "gaps/index.html",
        "gaps/_results.html",
        filters=filters,
        page=page,
        asked=_asked(user, page.gaps),
        places=[(CITYWIDE, "Whole city"), *places],
        statuses=Status,
        sorts=queries.SORTS,
        unread=filters.unread(request.args),
        **_words(),
    )
    if htmx.wants_fragment():
        response.headers["HX-Replace-Url"] = url_for(".index", **filters.as_args())
    return response


@bp.get("/gaps/new")
@access.signed_in
def new() -> ResponseReturnValue:
    gen = current.content()
    page = gen.page(page_refs.site_path(request.args.get("about")), day_of(moment()))
    form = GapForm.prefilled(gen.vocabulary, request.args, page)
    return _form_page(form)


@bp.post("/gaps/new")
@access.signed_in
def report_gap() -> ResponseReturnValue:
    form = GapForm(current.content().vocabulary)
    if not form.validate():
        return _form_page(form, 422)
    user, now = current.user(), moment()
    sent_before = submissions.claim(db.session, form.form_id.data, user.id, request.path, now)
    if sent_before is not None:
        return redirect(sent_before, 303)
    reported = form.report()
    before = report.sent_again(db.session, reported, user, now)
    if before is None and (alike := _not_looked_at(form)):
        db.session.rollback()
        return _form_page(form, asks=alike)
    gap = before or report.record(db.session, reported, user, now)
    address = url_for(".show", ref=gap.ref)
    submissions.complete(db.session, form.form_id.data, user.id, address)
    message = "You have reported this already, so nothing was added." if before else "Reported."
    flash(f"{message} Its number is {gap.ref}.", "success")
    db.session.commit()
    return redirect(address, 303)


@bp.post("/gaps/similar")
@access.signed_in
def similar() -> ResponseReturnValue:
    """Open gaps like the one being typed. Nothing is kept."""
    form = GapForm(current.content().vocabulary)
    return render_template("gaps/_similar.html", **_similar(form), **_words())


@bp.get("/gaps/answers")
@access.signed_in
def answers() -> ResponseReturnValue:
    """Unread notifications to this person about the gaps they asked for."""
    messages = outbox.unread(db.session, current.user().id, kind=KIND, limit=50)
    words = in_own_words(db.session, [message.text for message in messages])
    return render_template("gaps/answers.html", messages=messages, words=words)


@bp.post("/gaps/answers")
@access.signed_in
def read_answers() -> ResponseReturnValue:
    ref = request.form.get("ref", "")
    outbox.mark_read(db.session, current.user().id, now=moment(), kind=KIND, ref=ref or None)
    db.session.commit()
    return redirect(url_for(".show", ref=ref) if queries.one(db.session, ref) else url_for(".answers"), 303)


@bp.get("/gaps/<ref>")
@access.signed_in
def show(ref: str) -> ResponseReturnValue:
    gap = queries.one(db.session, ref) or abort(404)
    if gap.merged_into_id:
        return redirect(url_for(".show", ref=queries.merge_target(db.session, gap).ref, was=gap.ref), 303)
    return _gap_page(gap, SupportForm())


@bp.post("/gaps/<ref>/support")
@access.signed_in
def support(ref: str) -> ResponseReturnValue:
    gap = _current_gap(ref)
    user, form = current.user(), SupportForm()
    questions = _questions(gap, user)
    if any(form[name].data for name in {"evidence", "residents"} - questions):
        flash(NOT_ADDED, "error")
        return redirect(url_for(".show", ref=gap.ref), 303)
    if not form.validate() and questions:
        return _gap_page(gap, form, 422)
    join = partial(report.join, db.session, gap, user, moment(), form.told)
    return attempt(join, done=JOINED, to=url_for(".show", ref=gap.ref))


@bp.post("/gaps/<ref>/support/undo")
@access.signed_in
def undo_support(ref: str) -> ResponseReturnValue:
    gap = _current_gap(ref)
    leave = partial(report.leave, db.session, gap, current.user(), moment())
    return attempt(leave, done=LEFT, to=url_for(".show", ref=gap.ref))


@bp.post("/gaps/<ref>/take-back")
@access.signed_in
def take_back(ref: str) -> ResponseReturnValue:
    gap = report.locked(db.session, ref) or abort(404)
    return attempt(
        lambda: report.take_back(db.session, gap, current.user(), moment()),
        done=f"{ref} is taken back. What you wrote has been removed.",
        to=url_for(".index"),
        refused_to=url_for(".show", ref=ref),
    )


JOINED = "You are counted. You will hear when there is an answer."
LEFT = "You are no longer counted."
NOT_ADDED = "What you wrote was not added. You are counted already, or the gap is met."


def _questions(gap: Gap, user: User) -> set[str]:
    """What the page of `gap` asks this person: the names of fields."""
    joined = report.joined(db.session, gap, user)
    if gap.reporter_id == user.id or not (joined or report.may_join(gap)):
        return set()
    return {name for name in ("evidence", "residents") if not (joined and getattr(joined, name))}


def _current_gap(ref: str) -> Gap:
    """The gap called `ref`, held; where it was merged since the page was opened, the one it is part of."""
    gap = report.locked(db.session, ref) or abort(404)
    main = queries.merge_target(db.session, gap)
    return gap if main is gap else report.locked(db.session, main.ref) or abort(404)


def _not_looked_at(form: GapForm) -> list[Gap]:
    """Similar gaps that were not on the page when it was sent: without a script none are shown while somebody types.

    A page says in `alike` which it showed. Who sends no such field is a program, and is not asked anything.
    """
    shown = request.form.get("alike")
    return [] if shown is None else [gap for gap in _similar(form)["similar"] if gap.ref not in shown.split()]


def _form_page(form: GapForm, status: int = 200, *, asks: Iterable[Gap] = ()) -> ResponseReturnValue:
    """The form; where `asks` has gaps, a question first: whether one of them is what was meant."""
    html = render_template(
        "gaps/new.html",
        form=form,
        asks=list(asks),
        about_title=page_refs.title_of(page_refs.site_path(form.about.data), day_of(moment())),
        **_similar(form),
        **_words(),
    )
    return html, status


def _similar(form: GapForm) -> dict[str, Any]:
    text = f"{tidy_lines(form.needed.data)} {form.words.data or ''}"
    gaps = similar_gaps(
        db.session, text, form.where, activity=form.activity.data or "", thesaurus=current.content().thesaurus
    )
    return {"similar": gaps, "asked": _asked(current.user(), gaps), "me_too": Form()}


def _gap_page(gap: Gap, form: SupportForm, status: int = 200) -> ResponseReturnValue:
    user, now = current.user(), moment()
    html = render_template(
        "gaps/show.html",
        gap=gap,
        form=form,
        steps=timeline.of(db.session, gap),
        met_by=met_by.pages(db.session, gap, lambda path: page_refs.title_there(path, day_of(now))),
        merged=[other.ref for other in queries.merged_here(db.session, gap)],
        was=request.args.get("was", ""),
        tried=prototypes.of_gap(db.session, gap),
        today=day_of(now),
        mine=gap.reporter_id == user.id,
        joined=report.joined(db.session, gap, user),
        follows=followers.is_followed(db.session, gap, user),
        may_join=report.may_join(gap),
        may_take_back=report.may_take_back(gap, user, now),
        news=any(m.ref == gap.ref for m in outbox.unread(db.session, user.id, kind=KIND, limit=100)),
        about_title=page_refs.title_of(gap.about, day_of(now)),
        may_open_about=page_refs.may_open(gap.about, user),
        updates=_updates(gap.ref),
        may_triage=user.has("commissioner"),
        **_words(),
    )
    return html, status


def _updates(ref: str) -> list[dict[str, Any]]:
    """The updates that tell of this gap, newest first."""
    return [card for card in current.content().section("update") if ref in card["answers"]]


def _asked(user: User, gaps: Iterable[Gap]) -> set[int]:
    """The ids of those `gaps` that this person reported or joined."""
    ids = [gap.id for gap in gaps]
    joined = select(GapSupport.gap_id).where(GapSupport.user_id == user.id, GapSupport.gap_id.in_(ids))
    return {gap.id for gap in gaps if gap.reporter_id == user.id} | set(db.session.scalars(joined))


def _words() -> dict[str, Any]:
    return {"label": current.content().vocabulary.label}


@tasks.source()
def answers_waiting(user: User) -> Iterator[tasks.Item]:
    count = outbox.count_unread(db.session, user.id, kind=KIND)
    words = "answer to what you asked" if count == 1 else "answers to what you asked"
    yield tasks.Item(words, url_for("gaps.answers"), count)
