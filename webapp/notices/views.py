"""What I was told."""

import re
from collections.abc import Iterator, Sequence
from math import ceil

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from webapp.db.engine import db, now
from webapp.english.dates import day_of
from webapp.gaps.titles import in_own_words as gaps_in_own_words
from webapp.mail import outbox
from webapp.mail.outbox import Message
from webapp.notices.blueprint import bp
from webapp.people.models import User
from webapp.upkeep import corrections
from webapp.upkeep.corrections import Correction
from webapp.web import access, current, tasks
from webapp.web.forms import Form
from webapp.web.text import number

A_PAGE = re.compile(r"\b(?:a|the) page\b")
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
    """What the messages say, with each gap in the words of who asked for it, and each page by its name."""
    pages = _pages_told_of([number(message.ref) for message in messages if message.kind == corrections.KIND])

    def said(message: Message, text: str) -> str:
        if message.kind != corrections.KIND:
            return text
        return A_PAGE.sub(lambda page: pages.get(message.ref, page[0]), text, count=1)

    texts = gaps_in_own_words(db.session, [message.text for message in messages])
    return [said(message, text) for message, text in zip(messages, texts, strict=True)]


def _pages_told_of(numbers: Sequence[int | None]) -> dict[str, str]:
    """The names of the pages that these corrections are about, where they are there still."""
    about = select(Correction.id, Correction.about).where(Correction.id.in_(numbers))
    gen, today = current.content(), day_of(now())
    pages = {str(one): gen.page(path, today) for one, path in db.session.execute(about)}
    return {ref: f"“{page.title}”" for ref, page in pages.items() if page}


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
