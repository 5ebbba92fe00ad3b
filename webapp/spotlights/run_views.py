"""The meeting view: one step at a time on a screen that a room can read, with the clock and what the room said."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from webapp.db.engine import db
from webapp.db.engine import now as moment
from webapp.english import dates
from webapp.library.build.pages import Page
from webapp.spotlights import hosts, queries, sessions, slides
from webapp.spotlights.asked_for import hosted, locked, spotlight, wanted
from webapp.spotlights.blueprint import bp
from webapp.spotlights.forms import NotesForm
from webapp.spotlights.models import SpotlightSession
from webapp.web import access, current, htmx, qr
from webapp.web.day_fields import read_clock
from webapp.web.refusals import Refused, Stale
from webapp.web.text import number

MORE = 2  # steps that every meeting has besides those of its page: the welcome and the end


@dataclass(frozen=True, slots=True)
class MeetingNotes:
    """What the room said, as the page shows it: the form, and what became of it."""

    held: SpotlightSession
    form: NotesForm
    saved_at: datetime | None = None
    stale: bool = False
    refused: str = ""


@bp.get("/spotlights/<slug>/run")
@access.only(*hosts.HOSTS)
def run(slug: str) -> ResponseReturnValue:
    """`?session=` is the session that is held; `?step=` the step, from 1; `?began=14:05` when it really began."""
    page, now = spotlight(slug), moment()
    if request.args.get("session"):
        held: SpotlightSession | None = hosted(wanted(slug, request.args.get("session")))
    else:
        held = queries.under_way(db.session, slug, hosts.of(db.session, current.person()), now)
    notes = MeetingNotes(held, NotesForm(held, formdata=None)) if held and sessions.begun(held, now) else None
    return _page(page, held, notes)


@bp.post("/spotlights/<slug>/sessions/<int:number>/notes")
@access.only(*hosts.HOSTS)
def keep_notes(slug: str, number: int) -> ResponseReturnValue:
    page, held, now = spotlight(slug), hosted(locked(slug, number)), moment()
    form = NotesForm(held)
    if not form.validate():
        return _page(page, held, MeetingNotes(held, form), 422)
    try:
        sessions.keep_notes(db.session, held, form.notes.clean, current.user().id, now, version=form.seen)
    except Stale:
        db.session.rollback()
        form.version.data = str(held.version)  # theirs is shown beside: what is sent next was written knowing it
        return _page(page, held, MeetingNotes(held, form, stale=True), 409)
    except Refused as refused:
        db.session.rollback()
        return _page(page, held, MeetingNotes(held, form, refused=str(refused)), 409)
    db.session.commit()
    if htmx.wants_fragment():
        return _page(page, held, MeetingNotes(held, NotesForm(held, formdata=None), saved_at=now))
    flash("Your notes are saved.", "success")
    return redirect(url_for(".run", slug=slug, session=held.id, _anchor="room", **_where(page)), 303)


def _where(page: Page) -> dict[str, Any]:
    """Where in the meeting the form was sent from, as an address says it.

    Read, and not handed on as it came: addresses are kept in browsers and logs, and may hold nothing that was typed.
    """
    step, began = number(request.form.get("step")), read_clock(request.form.get("began", ""))
    last = len(slides.steps(page.html)) + MORE
    return {"step": min(step, last) if step else None, "began": f"{began:%H:%M}" if began else None}


def _page(
    page: Page, held: SpotlightSession | None, notes: MeetingNotes | None, status: int = 200
) -> ResponseReturnValue:
    found, now = slides.steps(page.html), moment()
    count = len(found) + MORE
    step = min(max(number(request.values.get("step")) or 1, 1), count)
    began = read_clock(request.values.get("began", ""))
    if began:
        starts: datetime | None = datetime.combine(dates.day_of(now), began, dates.HERE)
    else:
        starts = held.starts_at if held else None
    known: dict[str, Any] = {
        "slug": page.slug,
        "session": held.id if held else None,
        "began": f"{began:%H:%M}" if began else None,
    }
    base = current.settings().base_url or request.url_root.rstrip("/")
    feedback = f"{base}{url_for('spotlights.feedback', slug=page.slug, session=held.id)}" if held else ""
    return htmx.page(
        "spotlights/run.html",
        "spotlights/_notes.html",
        status,
        page=page,
        held=held,
        notes=notes,
        steps=found,
        step=step,
        count=count,
        starts=starts,
        at=lambda after: starts + timedelta(minutes=after) if starts and after is not None else None,
        here=lambda step: url_for("spotlights.run", **known, step=step),
        known=known,
        begin_now=url_for("spotlights.run", **{**known, "began": f"{dates.local(now):%H:%M}"}, step=step),
        feedback=feedback,
        code=qr.code(feedback) if feedback else "",
        label=current.content().vocabulary.label,
    )
