"""What the table of gaps shows, as a file: for a spreadsheet, or for a program that comes with a key."""

from collections.abc import Iterator

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.accounts import api_keys, keys
from webapp.commissioning.blueprint import bp
from webapp.data import answers, formats, key_check
from webapp.data.table import Asked, Row, cells
from webapp.data.tables import gaps
from webapp.db.engine import db
from webapp.db.engine import now as moment
from webapp.gaps import queries
from webapp.gaps.queries import GapFilters
from webapp.web import access, current, submissions
from webapp.web.forms import Form

NAMES = [column.name for column in gaps.FOR_PEOPLE]
HEADS = [(column.heading, column.width) for column in gaps.FOR_PEOPLE]


@bp.get("/commissioning/gaps.csv")
@access.only("commissioner", or_key=key_check.has_personal_key)
def gaps_csv() -> ResponseReturnValue:
    lines = formats.csv_lines([words for words, _ in HEADS], _rows())
    return answers.text(lines, "gaps", "csv", moment())


@bp.get("/commissioning/gaps.json")
@access.only("commissioner", or_key=key_check.has_personal_key)
def gaps_json() -> ResponseReturnValue:
    now = moment()
    return answers.text(formats.json_lines({"made": now}, "gaps", NAMES, _rows()), "gaps", "json", now)


@bp.get("/commissioning/gaps.xlsx")
@access.only("commissioner")
def gaps_xlsx() -> ResponseReturnValue:
    return answers.file(formats.workbook("Gaps", HEADS, _rows()), "gaps", "xlsx", moment())


@bp.get("/commissioning/data-key")
@access.only("commissioner")
def key() -> ResponseReturnValue:
    return _key_page()


@bp.post("/commissioning/data-key")
@access.only("commissioner")
def renew_key() -> ResponseReturnValue:
    """Show the key in this answer alone: it is not kept in a form that anyone can read."""
    form, user = Form(), current.user()
    if not form.validate():
        return _key_page(status=422)
    sent_before = submissions.claim(db.session, form.form_id.data, user.id, request.path, moment())
    if sent_before is not None:
        flash("The key was made already, and is shown only once. If you did not keep it, make a new one.", "note")
        return redirect(sent_before, 303)
    made = api_keys.renew(db.session, user, moment())
    submissions.complete(db.session, form.form_id.data, user.id, url_for(".key"))
    db.session.commit()
    return _key_page(made)


@bp.post("/commissioning/data-key/end")
@access.only("commissioner")
def end_key() -> ResponseReturnValue:
    user = current.user()
    if api_keys.end(db.session, user, moment(), by=user.id):
        flash("The key is ended. Programs that use it get nothing from now on.", "success")
    db.session.commit()
    return redirect(url_for(".key"), 303)


def _rows() -> Iterator[Row]:
    """Every gap that the filters of the table show, on all its pages. Mine are those of the key's owner.

    Refuses an address that asks for what no filter can read.
    """
    asked = Asked(db.engine, current.content(), moment())
    owner = g.get("key_owner") or current.user().id
    filters = GapFilters.from_args(request.args, list(asked.content.vocabulary.terms("places")))
    if unread := filters.unread(request.args):
        answers.refuse(f"Nothing here is called {', '.join(unread)}.")
    query = queries.wanted(filters, asked.now, mine=queries.owned_by(owner))
    return cells(gaps.FOR_PEOPLE, gaps.shown(asked, query), asked)


def _key_page(made: str = "", status: int = 200) -> ResponseReturnValue:
    html = render_template(
        "commissioning/data_key.html",
        kept=api_keys.of(db.session, current.user()),
        made=made,
        form=Form(formdata=None),
        window=int(keys.WINDOW.total_seconds() // 60),
        most=api_keys.MOST,
        base=current.settings().base_url or request.url_root.rstrip("/"),
    )
    return html, status
