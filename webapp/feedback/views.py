"""Telling editors that a page is wrong or lacks something, and hearing what became of it."""

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.db.engine import db, now
from webapp.english.dates import day_of
from webapp.feedback.forms import FeedbackForm, ListingForm
from webapp.library.build.pages import Page
from webapp.mail import outbox
from webapp.people.models import User
from webapp.upkeep import corrections, suggestions, wording
from webapp.upkeep.corrections import CorrectionTopic
from webapp.web import access, current, page_refs, submissions, tasks, urls

bp = Blueprint("feedback", __name__, template_folder="templates")
PAGE_SIZE = 20
MOST_FOUND = 50
KINDS = (corrections.KIND, suggestions.KIND)


@bp.get("/feedback/new")
@access.signed_in
def new() -> ResponseReturnValue:
    path = page_refs.site_path(request.args.get("about"))
    topic = request.args.get("topic")
    return _form_page(_form(path, data={"about": path, "topic": topic if topic in set(CorrectionTopic) else None}))


@bp.post("/feedback/new")
@access.signed_in
def send() -> ResponseReturnValue:
    path = page_refs.site_path(request.form.get("about"))
    form = _form(path)
    if not form.validate():
        return _form_page(form, 422)
    user, proposal = current.user(), form.proposal
    sent_before = submissions.claim(db.session, form.form_id.data, user.id, request.path, now())
    if sent_before is not None:
        return redirect(sent_before, 303)
    address = url_for(".thanks", about=path or None)
    proposed = proposal.as_data() if proposal else None
    corrections.send(db.session, path, CorrectionTopic(form.topic.data), form.text.clean, user, now(), proposed)
    submissions.complete(db.session, form.form_id.data, user.id, address)
    db.session.commit()
    return redirect(address, 303)


@bp.get("/feedback/thanks")
@access.signed_in
def thanks() -> ResponseReturnValue:
    path = page_refs.site_path(request.args.get("about"))
    return render_template("feedback/thanks.html", path=path, title=_title(path))


@bp.get("/feedback")
@access.signed_in
def mine() -> ResponseReturnValue:
    """The corrections that this person sent to editors, and what became of them."""
    user = current.user()
    page = corrections.page(db.session, urls.page_number(), PAGE_SIZE, sender=user.id)
    return render_template(
        "feedback/mine.html",
        page=page,
        titles={sent.about: _title(sent.about) for sent in page.corrections},
        proposed={sent.id: wording.facts(sent.proposed, current.content().vocabulary) for sent in page.corrections},
        found=suggestions.found_by(db.session, user.id, MOST_FOUND),
        news=sum(outbox.count_unread(db.session, user.id, kind=kind) for kind in KINDS),
    )


@bp.post("/feedback/read")
@access.signed_in
def read() -> ResponseReturnValue:
    for kind in KINDS:
        outbox.mark_read(db.session, current.user().id, now=now(), kind=kind)
    db.session.commit()
    return redirect(url_for(".mine"), 303)


def _form(path: str, **more: Any) -> FeedbackForm:
    """The form about the page at `path`: with fields for its facts where that is a listing."""
    page = _listing(path)
    if page is None:
        return FeedbackForm(**more)
    form = ListingForm(**more)
    form.offer(page.front, current.content().vocabulary)
    return form


def _listing(path: str) -> Page | None:
    page = current.content().page(path, day_of(now())) if path else None
    return page if page and page.kind == "asset" else None


def _form_page(form: FeedbackForm, status: int = 200) -> ResponseReturnValue:
    path = page_refs.site_path(form.about.data)
    return render_template("feedback/new.html", form=form, path=path, title=_title(path)), status


def _title(path: str) -> str:
    return page_refs.title_of(path, day_of(now())) or "Signpost as a whole"


@tasks.source()
def decided(user: User) -> Iterator[tasks.Item]:
    number = sum(outbox.count_unread(db.session, user.id, kind=kind) for kind in KINDS)
    words = "reply to what you told us" if number == 1 else "replies to what you told us"
    yield tasks.Item(words, url_for("feedback.mine"), number)
