"""For editors: the health of the content, and what readers say is wrong with it."""

from collections.abc import Iterator

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp import about, access, addresses, corrections, current, once, waiting
from webapp.corrections import Changed, Correction, ReasonNeeded, State
from webapp.dates import day_of
from webapp.db import db, now
from webapp.editor import changes, health
from webapp.editor.forms import DecisionForm
from webapp.people import User

bp = Blueprint("editor", __name__, template_folder="templates", url_prefix="/editor")
MOST = 100  # of each kind of thing on one page
PAGE_SIZE = 20

from webapp.upkeep import wording

@bp.get("")
@access.only("editor")
def content_health() -> ResponseReturnValue:
    gen, today = current.content(), day_of(now())
    faults = [problem for problem in gen.problems if problem.level == "error"]
    return render_template(
        "editor/health.html",
        faults=faults[:MOST],
        advice=[problem for problem in gen.problems if problem.level != "error"][:MOST],
        fault_count=len(faults),
        kept=[(path, about.title_of(path, today)) for path in sorted(gen.kept)[:MOST]],
        kept_count=len(gen.kept),
        guidance=health.guidance_due(gen, today)[:MOST],
        listings=health.listings_due(gen, today)[:MOST],
        corrections_waiting=corrections.count(db.session, State.NEW),
        served=sum(gen.counts.values()),
        edit_url=current.settings().edit_url,
    )


@bp.get("/corrections")
@access.only("editor")
def queue() -> ResponseReturnValue:
    state = next((s for s in State if s == request.args.get("state")), State.NEW)
    page = corrections.page(db.session, addresses.page_number(), PAGE_SIZE, state=state)
    return render_template(
        "editor/corrections.html", page=page, shown=state, states=State, titles=_titles(*page.corrections)
    )


@bp.get("/corrections/<int:number>")
@access.only("editor")
def correction(number: int) -> ResponseReturnValue:
    sent = db.session.get(Correction, number) or abort(404)
    return _page(sent, DecisionForm(data={"seen": sent.state.value}))


@bp.post("/corrections/<int:number>")
@access.only("editor")
def decide(number: int) -> ResponseReturnValue:
    sent = corrections.locked(db.session, number) or abort(404)
    form = DecisionForm()
    if not form.validate():
        return _page(sent, form, 422)
    user, address = current.user(), url_for(".queue")
    sent_before = once.claim(db.session, form.form_id.data, user.id, request.path, now())
    if sent_before is not None:
        return redirect(sent_before, 303)
    try:
        seen, to = form.seen.data or "", State(form.state.data)
        corrections.decide(db.session, sent, to, form.reason.clean, user, now(), seen=seen)
    except ReasonNeeded:
        db.session.rollback()
        form.reason.errors = ["Say why nothing was changed: whoever told us reads it"]
        return _page(sent, form, 422)
    except Changed:
        db.session.rollback()
        form.seen.data = sent.state.value  # what is sent next has seen what this page shows
        return _page(sent, form, 409, stale=True)
    once.settle(db.session, form.form_id.data, user.id, address)
    flash("Whoever told us can see what you decided.", "success")
    db.session.commit()
    return redirect(address, 303)


def _page(sent: Correction, form: DecisionForm, status: int = 200, *, stale: bool = False) -> ResponseReturnValue:
    handler = db.session.get(User, sent.handled_by_id) if sent.handled_by_id else None
    html = render_template(
        "editor/correction.html",
        sent=sent,
        form=form,
        title=_titles(sent)[sent.about],
        handler=handler,
        stale=stale,
        proposed=wording.facts(sent.proposed, current.content().vocabulary),
        offer=changes.offer_for(sent),
    )
    return html, status


def _titles(*sent: Correction) -> dict[str, str]:
    today = day_of(now())
    return {one.about: about.title_of(one.about, today) or "Signpost as a whole" for one in sent}


@waiting.source("editor")
def waiting_corrections(user: User) -> Iterator[waiting.Item]:
    number = corrections.count(db.session, State.NEW)
    words = "page that a reader says is wrong" if number == 1 else "things readers say are wrong or missing"
    yield waiting.Item(words, url_for("editor.queue"), number)
    faults = len({problem.file for problem in current.content().problems if problem.level == "error"})
    yield waiting.Item(
        "file with a fault" if faults == 1 else "files with faults", url_for("editor.content_health"), faults
    )
