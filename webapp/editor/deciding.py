"""What happens when an editor sends a decision, whatever it is about."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, Protocol

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from webapp.db.engine import db, now
from webapp.editor.forms import DecisionForm
from webapp.upkeep.decisions import Changed, ReasonNeeded, Sent
from webapp.web import current, submissions


class Show(Protocol):
    """Shows the page of what was sent, with the form as it is."""

    def __call__(self, sent: Any, form: Any, status: int = 200, *, stale: bool = False) -> ResponseReturnValue: ...


def answer(
    sent: Sent,
    form: DecisionForm,
    states: type[StrEnum],
    decide: Callable[..., None],
    show: Show,
    *,
    address: str,
    without_reason: str,
    thanks: str,
) -> ResponseReturnValue:
    """Take the decision in `form` by `decide`, once, and lead to `address`; or show again what is wrong with it.

    `sent` is locked. `without_reason` is said where a reason is needed, `thanks` once it is decided.
    """
    if not form.validate():
        return show(sent, form, 422)
    user = current.user()
    sent_before = submissions.claim(db.session, form.form_id.data, user.id, request.path, now())
    if sent_before is not None:
        return redirect(sent_before, 303)
    try:
        decide(db.session, sent, states(form.state.data), form.reason.clean, user, now(), seen=form.seen.data or "")
    except ReasonNeeded:
        db.session.rollback()
        form.reason.errors = [without_reason]
        return show(sent, form, 422)
    except Changed:
        db.session.rollback()
        form.seen.data = sent.state.value  # what is sent next has seen what this page shows
        return show(sent, form, 409, stale=True)
    submissions.complete(db.session, form.form_id.data, user.id, address)
    flash(thanks, "success")
    db.session.commit()
    return redirect(address, 303)
