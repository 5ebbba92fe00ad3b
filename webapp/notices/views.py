"""What I was told."""

from collections.abc import Iterator, Sequence
from math import ceil

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from webapp.db.engine import db, now
from webapp.gaps.models import Gap, id_of
from webapp.mail import outbox
from webapp.mail.outbox import Message
from webapp.notices.blueprint import bp
from webapp.people.models import User
from webapp.web import access, current, tasks
from webapp.web.forms import Form
from webapp.web.text import number

PAGE_SIZE = 20
MOST_PAGES = 500


@bp.get("/notices")
@access.signed_in
def index() -> ResponseReturnValue:
    user = current.user()
    page = min(max(request.args.get("page", 1, type=int), 1), MOST_PAGES)
    messages, count = outbox.inbox(db.session, user.id, limit=PAGE_SIZE, offset=(page - 1) * PAGE_SIZE)
    return render_template(
        "notices/index.html",
        messages=messages,
        words={message.id: text for message, text in zip(messages, _in_own_words(messages), strict=True)},
        page=page,
        pages=ceil(count / PAGE_SIZE),
        unread=outbox.count_unread(db.session, user.id),
        button=Form(formdata=None),
    )


def _in_own_words(messages: Sequence[Message]) -> list[str]:
    """What the messages say, with each gap in the words of who asked for it in place of its number.

    The words are read now: of a gap that was changed since, what it said before is nowhere left.
    """
    refs = {message.ref for message in messages if message.kind == "gap"}
    gaps = db.session.scalars(select(Gap).where(Gap.id.in_([id_of(ref) for ref in refs])))
    titles = {gap.ref: f"“{gap.title}”" for gap in gaps}
    return [message.text.replace(message.ref, titles.get(message.ref, message.ref)) for message in messages]


@bp.post("/notices/read")
@access.signed_in
def mark_read() -> ResponseReturnValue:
    """Mark one as read, or all of them."""
    one = number(request.form.get("message"))
    outbox.mark_read(db.session, current.user().id, now=now(), message=one)
    db.session.commit()
    flash("Marked as read." if one is not None else "All are marked as read.", "success")
    return redirect(url_for(".index"), 303)


@tasks.source()
def unread(user: User) -> Iterator[tasks.Item]:
    """Notices that no feature counts itself: gaps and corrections have lines of their own."""
    count = outbox.count_unread(db.session, user.id, but=("gap", "correction", "suggestion"))
    yield tasks.Item("notice to read" if count == 1 else "notices to read", url_for("notices.index"), count)
