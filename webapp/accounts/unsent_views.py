"""What I typed into forms that did not arrive, because I had been signed out."""

from collections.abc import Iterator

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from webapp.accounts import drafts
from webapp.accounts.blueprint import bp
from webapp.db.engine import db, now
from webapp.people.models import User
from webapp.web import access, current, tasks, unsent
from webapp.web.forms import Form


@bp.get("/account/unsent")
@access.signed_in
def unsent_forms() -> ResponseReturnValue:
    kept = drafts.of(db.session, current.user().id, now())
    return render_template(
        "accounts/unsent.html",
        forms=[(draft, _words(draft), drafts.address(draft)) for draft in kept],
        button=Form(formdata=None),
    )


@bp.get("/account/unsent/<int:draft_id>")
@access.signed_in
def unsent_form(draft_id: int) -> ResponseReturnValue:
    """For a form whose page is gone, or does not have it any more."""
    draft = drafts.one(db.session, current.user().id, draft_id, now())
    if draft is None:
        return redirect(url_for(".unsent_forms"), 303)
    return render_template(
        "accounts/unsent_form.html",
        draft=draft,
        fields=unsent.described(draft.fields),
        mark=unsent.MARK,
        button=Form(formdata=None),
    )


@bp.post("/account/unsent/<int:draft_id>/discard")
@access.signed_in
def discard_unsent(draft_id: int) -> ResponseReturnValue:
    drafts.drop(db.session, current.user().id, draft_id)
    db.session.commit()
    flash("Thrown away. Nothing was sent.", "success")
    left = drafts.count(db.session, current.user().id, now())
    return redirect(url_for(".unsent_forms") if left else "/", 303)


def _words(draft: drafts.Draft) -> list[tuple[str, str]]:
    """What was typed, to be known again by: no choices and no codes, which say nothing to a reader."""
    return [(field.label, field.value) for field in unsent.described(draft.fields) if field.label]


@tasks.source()
def not_sent(user: User) -> Iterator[tasks.Item]:
    number = drafts.count(db.session, user.id, now())
    words = "form that was not sent" if number == 1 else "forms that were not sent"
    yield tasks.Item(words, url_for("accounts.unsent_forms"), number)
