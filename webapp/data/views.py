"""Tables to take out, for a spreadsheet or a reporting tool, and the dictionary that says what they hold."""

import re
from datetime import UTC, datetime, timedelta

from flask import Blueprint, abort, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.accounts import service_keys
from webapp.data import answers, formats, key_check, package
from webapp.data.catalogue import TABLES
from webapp.data.table import Asked, Table
from webapp.db.engine import db
from webapp.db.engine import now as moment
from webapp.web import access, current

bp = Blueprint("data", __name__, template_folder="templates")
PARAMETERS = {"token", "modified_after"}
ZONE = re.compile(r" \d\d:?\d\d$")
LATE = timedelta(minutes=5)  # so long a change may be under way that has its moment already: see db.engine.BUSY_SECONDS


@bp.get("/data")
@access.only("commissioner")
def index() -> ResponseReturnValue:
    live = service_keys.live(db.session, moment())
    ends = live[0].ends_at if live else None
    return render_template("data/index.html", tables=TABLES.values(), base=_base(), service_key_ends=ends)


@bp.get("/data/datapackage.json")
@access.only("commissioner", or_key=key_check.has_key)
def datapackage() -> ResponseReturnValue:
    title = f"{current.content().site.name}: data"
    return jsonify(
        package.descriptor(TABLES.values(), title, lambda table: _base() + url_for(".as_csv", name=table.name))
    )


@bp.get("/data/<name>.csv")
@access.only("commissioner", or_key=key_check.has_key)
def as_csv(name: str) -> ResponseReturnValue:
    table = _table(name)
    asked = _asked(table)
    lines = formats.csv_lines([column.name for column in table.columns], table.cells(asked))
    return answers.text(lines, name, "csv", asked.now)


@bp.get("/data/<name>.json")
@access.only("commissioner", or_key=key_check.has_key)
def as_json(name: str) -> ResponseReturnValue:
    table = _table(name)
    asked = _asked(table)
    names = [column.name for column in table.columns]
    about = {"made": asked.now, "next_modified_after": asked.now - LATE if table.tells_changes else None}
    lines = formats.json_lines(about, name, names, table.cells(asked))
    return answers.text(lines, name, "json", asked.now)


@bp.get("/data/<name>.xlsx")
@access.only("commissioner", or_key=key_check.has_key)
def as_xlsx(name: str) -> ResponseReturnValue:
    table = _table(name)
    asked = _asked(table)
    heads = [(column.name, column.width) for column in table.columns]
    return answers.file(formats.workbook(table.title, heads, table.cells(asked)), name, "xlsx", asked.now)


def _table(name: str) -> Table:
    return TABLES.get(name) or abort(404)


def _asked(table: Table) -> Asked:
    """What the address asks for. What it says that no table understands is refused, so that silence is no answer."""
    if unknown := set(request.args) - PARAMETERS:
        answers.refuse(f"“{min(unknown)[:40]}” is nothing that these files understand.")
    return Asked(db.engine, current.content(), moment(), _since(table, request.args.get("modified_after")))


def _since(table: Table, asked: str | None) -> datetime | None:
    if asked is None:
        return None
    if not table.tells_changes:
        answers.refuse("This table is given whole each time: leave modified_after out.")
    try:
        # A + that nobody escaped arrives as a space.
        said = datetime.fromisoformat(asked.strip().replace(" ", "+") if ZONE.search(asked) else asked)
        since = said.astimezone(UTC) if said.tzinfo else None
    except (ValueError, OverflowError):  # the first and the last day of all have no UTC in some zones
        since = None
    if since is None:
        answers.refuse("modified_after: write a day and time with its zone, such as 2026-03-02T09:00:00Z.")
    return since


def _base() -> str:
    return current.settings().base_url or request.url_root.rstrip("/")
