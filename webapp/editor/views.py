"""For editors: the health of the content, and what readers say is wrong with it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.db.engine import db, now
from webapp.editor import deciding, health, offers
from webapp.editor.blueprint import bp
from webapp.editor.forms import CorrectionDecisionForm
from webapp.english.dates import day_of
from webapp.library.generation.origin import by_whom
from webapp.library.syncing import state as states
from webapp.library.syncing.git import without_secrets
from webapp.machines import library_sync
from webapp.people.models import User
from webapp.upkeep import corrections, decisions, suggestions, wording
from webapp.upkeep.corrections import Correction, CorrectionState
from webapp.upkeep.suggestions import SuggestionState
from webapp.web import access, current, page_refs, tasks, urls

PAGE_SIZE = 20
FEW = 8  # lines of each section on the one page
MANY = 50  # lines on a page of a section's own


@bp.get("/editor")
@access.only("editor")
def content_health() -> ResponseReturnValue:
    gen, at = current.content(), now()
    sections = health.look(gen, db.session, at, day_of(at))
    return render_template(
        "editor/health.html",
        sections=[section for section in sections if section.lines],
        fine=[section for section in sections if not section.lines],
        counts={section.slug: len(section.lines) for section in sections},
        few=FEW,
        corrections_waiting=corrections.count(db.session, CorrectionState.NEW),
        suggestions_waiting=suggestions.count(db.session, SuggestionState.NEW),
        served=sum(gen.counts.values()),
        origin=gen.origin,
        by=by_whom(gen.origin.last, gen.site, gen.vocabulary) if gen.origin else "",
        committed=datetime.fromtimestamp(gen.origin.last.at, UTC) if gen.origin else None,
        following=_following(),
    )


@bp.get("/editor/health/<section>")
@access.only("editor")
def part_of_health(section: str) -> ResponseReturnValue:
    at = now()
    shown = health.one(section, current.content(), db.session, at, day_of(at)) or abort(404)
    pages = max(1, -(-len(shown.lines) // MANY))
    number = min(urls.page_number(), pages)
    return render_template(
        "editor/section.html",
        section=shown,
        lines=shown.lines[(number - 1) * MANY : number * MANY],
        number=number,
        pages=pages,
    )


def _following() -> dict[str, Any] | None:
    """How following the remote goes; None where this site follows none."""
    settings = current.settings()
    if settings.content_remote is None:
        return None
    state = states.read(settings.index_dir)
    return {
        "state": state,
        "served_at": library_sync.since(state.served_at),
        "tried_at": library_sync.since(state.tried_at),
        "fault_since": library_sync.since(state.fault_since) if state.fault else None,
        "remote": state.remote or without_secrets(settings.content_remote.address),
        "branch": settings.content_remote.branch,
    }


@bp.get("/editor/corrections")
@access.only("editor")
def queue() -> ResponseReturnValue:
    state = next((s for s in CorrectionState if s == request.args.get("state")), CorrectionState.NEW)
    page = corrections.page(db.session, urls.page_number(), PAGE_SIZE, state=state)
    return render_template(
        "editor/corrections.html", page=page, shown=state, states=CorrectionState, titles=_titles(*page.corrections)
    )


@bp.get("/editor/corrections/<int:number>")
@access.only("editor")
def correction(number: int) -> ResponseReturnValue:
    sent = db.session.get(Correction, number) or abort(404)
    return _page(sent, CorrectionDecisionForm(data={"seen": sent.state.value}))


@bp.post("/editor/corrections/<int:number>")
@access.only("editor")
def decide(number: int) -> ResponseReturnValue:
    sent = decisions.locked(db.session, Correction, number) or abort(404)
    return deciding.answer(
        sent,
        CorrectionDecisionForm(),
        CorrectionState,
        corrections.decide,
        _page,
        address=url_for(".queue"),
        without_reason="Say why nothing was changed: whoever told us reads it",
        thanks="Whoever told us can see what you decided.",
    )


def _page(
    sent: Correction, form: CorrectionDecisionForm, status: int = 200, *, stale: bool = False
) -> ResponseReturnValue:
    handler = db.session.get(User, sent.handled_by_id) if sent.handled_by_id else None
    html = render_template(
        "editor/correction.html",
        sent=sent,
        form=form,
        title=_titles(sent)[sent.about],
        handler=handler,
        stale=stale,
        proposed=wording.facts(sent.proposed, current.content().vocabulary),
        offer=offers.offer_for(sent),
        change_href=_change_href(sent),
        **offers.closing_of(sent),
    )
    return html, status


def _change_href(sent: Correction) -> str:
    """Where the page is changed in the browser, with the correction beside it; empty where it is not."""
    page = current.content().page(sent.about, day_of(now())) if sent.about else None
    href = current.edit_address(page.file) if page else ""
    return f"{href}?correction={sent.id}" if href.startswith("/editor/") else ""


def _titles(*sent: Correction) -> dict[str, str]:
    today = day_of(now())
    return {one.about: page_refs.title_of(one.about, today) or "Signpost as a whole" for one in sent}


@tasks.source("editor")
def waiting_corrections(user: User) -> Iterator[tasks.Item]:
    number = corrections.count(db.session, CorrectionState.NEW)
    words = "page that a reader says is wrong" if number == 1 else "things readers say are wrong or missing"
    yield tasks.Item(words, url_for("editor.queue"), number)
    faults = len({problem.file for problem in current.content().problems if problem.level == "error"})
    yield tasks.Item(
        "file with a fault" if faults == 1 else "files with faults", url_for("editor.content_health"), faults
    )
