"""What the table of gaps shows, as a file: for a spreadsheet, or for a program that comes with a key."""

import tempfile
from collections.abc import Iterator
from typing import IO

from flask import Response, abort, flash, g, redirect, render_template, request, stream_with_context, url_for
from flask.typing import ResponseReturnValue

from webapp import dates
from webapp.accounts import api_keys
from webapp.commissioning import export
from webapp.commissioning.blueprint import bp
from webapp.db.engine import db
from webapp.db.engine import now as moment
from webapp.gaps import queries
from webapp.gaps.queries import GapFilters
from webapp.web import access, current, submissions
from webapp.web.forms import Form

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PIECE = 64 * 1024  # bytes


def has_key() -> bool:
    """Whether the request comes with a good key; False where it comes with none. A wrong one is refused here."""
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    key = key.strip() if scheme.lower() == "bearer" else request.args.get("token", "")
    if not key:
        return False
    # Whoever is signed in has been looked up; SQLite cannot count the use while that look is open.
    db.session.rollback()
    try:
        g.key_owner = api_keys.use(db.engine, key, moment())
    except api_keys.TooManyKeys as too_many:
        _refuse(429, "This key has been used too often. Try again later.", "Retry-After", _seconds(too_many))
    if g.key_owner is None:
        _refuse(401, "This key does not work. Make a new one.", "WWW-Authenticate", 'Bearer realm="Signpost"')
    return True


@bp.get("/commissioning/gaps.csv")
@access.only("commissioner", or_key=has_key)
def gaps_csv() -> ResponseReturnValue:
    lines = stream_with_context(export.csv_lines(_rows()))
    return Response(lines, content_type="text/csv; charset=utf-8", headers=_named("csv"))


@bp.get("/commissioning/gaps.json")
@access.only("commissioner", or_key=has_key)
def gaps_json() -> ResponseReturnValue:
    lines = stream_with_context(export.json_lines(_rows(), moment()))
    return Response(lines, content_type="application/json", headers=_named("json"))


@bp.get("/commissioning/gaps.xlsx")
@access.only("commissioner")
def gaps_xlsx() -> ResponseReturnValue:
    # A workbook is a ZIP file and is written as a whole: to disk, so that no number of gaps fills the memory.
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by _pieces, once it is sent
    from webapp.web import xlsx  # here: its library is large, and no page needs it

    xlsx.write(file, "Gaps", [xlsx.ColumnHead(heading, width) for _, heading, width in export.TABLE], _rows())
    size = file.tell()
    return Response(_pieces(file), content_type=EXCEL, headers={**_named("xlsx"), "Content-Length": str(size)})


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


def _rows() -> Iterator[export.Row]:
    """Every gap that the filters of the table show, on all its pages. Mine are those of the key's owner."""
    words = current.content().vocabulary
    owner = g.get("key_owner") or current.user().id
    filters = GapFilters.from_args(request.args, list(words.terms("places")))
    query = queries.wanted(filters, moment(), mine=queries.owned_by(owner))
    return export.rows(db.engine, query, words)


def _named(ending: str) -> dict[str, str]:
    name = f"gaps-{dates.day_of(moment()).isoformat()}.{ending}"
    return {"Content-Disposition": f'attachment; filename="{name}"'}


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


def _refuse(status: int, message: str, header: str, value: str) -> None:
    abort(Response(f"{message}\n", status, {header: value}, content_type="text/plain; charset=utf-8"))


def _seconds(too_many: api_keys.TooManyKeys) -> str:
    return str(max(1, int(too_many.wait.total_seconds())))


def _key_page(made: str = "", status: int = 200) -> ResponseReturnValue:
    html = render_template(
        "commissioning/data_key.html",
        kept=api_keys.of(db.session, current.user()),
        made=made,
        form=Form(formdata=None),
        window=int(api_keys.WINDOW.total_seconds() // 60),
        most=api_keys.MOST,
        base=current.settings().base_url or request.url_root.rstrip("/"),
    )
    return html, status
