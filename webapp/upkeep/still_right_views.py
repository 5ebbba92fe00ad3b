"""Whoever runs a listing answers our mail: still right, or needs a change. Their signed link is what lets them in."""

from functools import partial

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from webapp.db.engine import db, now
from webapp.english.dates import day_of
from webapp.library.build.pages import Page
from webapp.upkeep import confirmations, corrections, organisations, wording
from webapp.upkeep.blueprint import bp
from webapp.upkeep.corrections import CorrectionTopic
from webapp.web import access, current
from webapp.web.forms import Form, GuardedTextArea
from webapp.web.security import csrf


class ChangeForm(Form):
    text = GuardedTextArea(
        "What should change?",
        max_length=1000,
        of_organisation=True,
        required="Say what should change, in a sentence",
        hint="For example, the new day, time or phone line. Leave out anything about a person.",
        params={"rows": 4},
    )


@bp.get("/still-right/<token>")
@access.public
def ask(token: str) -> ResponseReturnValue:
    """Ask first: programs that look at mail follow its links, and must change nothing."""
    return _page("ask", token, _listing(token))


@bp.post("/still-right/<token>")
@access.public
def still_right(token: str) -> ResponseReturnValue:
    page, at = _listing(token), now()
    if page:
        confirmations.confirm(db.session, page.path, None, day_of(at), at)
        db.session.commit()
    return _page("right", token, page)


@bp.post("/still-right/<token>/change")
@access.public
def change(token: str) -> ResponseReturnValue:
    page, form, at = _listing(token), ChangeForm(), now()
    if page is None:
        return _page("ask", token, None)
    if not form.validate():
        return _page("ask", token, page, form, 422)
    if organisations.told_enough(db.session, page.path, at):
        return _page("enough", token, page, status=429)
    corrections.send(db.session, page.path, CorrectionTopic.OUT_OF_DATE, form.text.clean, None, at)
    db.session.commit()
    return _page("told", token, page)


@bp.get("/still-right/<token>/stop")
@access.public
def ask_to_stop(token: str) -> ResponseReturnValue:
    _read(token, any_age=True)
    return render_template("upkeep/organisation.html", step="stop", token=token, page=None, form=Form(formdata=None))


@bp.post("/still-right/<token>/stop")
@access.public
@csrf.exempt  # a mail program sends this by itself (RFC 8058): the signed token is what lets it
def stop(token: str) -> ResponseReturnValue:
    path, held = _read(token, any_age=True)
    organisations.stop(db.session, path, held, now())
    db.session.commit()
    return render_template("upkeep/organisation.html", step="stopped", token=token, page=None, form=None)


def _read(token: str, *, any_age: bool = False) -> tuple[str, str]:
    return organisations.read(current.settings().secret_key, token, any_age=any_age) or abort(404)


def _listing(token: str) -> Page | None:
    """The listing that the link is about; None where the link is too old. Not found where it is not ours."""
    try:
        path, held = _read(token)
    except organisations.Expired:
        return None
    page = current.content().page(path, day_of(now())) or abort(404)
    address = organisations.address_of(page.front)
    if not address or organisations.address_hash(current.settings().secret_key, address) != held:
        abort(404)
    return page


def _page(
    step: str, token: str, page: Page | None, form: ChangeForm | None = None, status: int = 200
) -> ResponseReturnValue:
    if page is None:
        step, status = "expired", 410
    form = form or ChangeForm(formdata=None)
    when = partial(wording.when, vocabulary=current.content().vocabulary)
    context = {"step": step, "token": token, "page": page, "form": form, "when": when}
    return render_template("upkeep/organisation.html", **context), status
