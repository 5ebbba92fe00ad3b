"""Each form with what a browser would send of it, from whom it is not meant for; and with what it does not show.

    python -m benchmarks.attacks.bodies [--roles commissioner …]

On the demonstration, every form that somebody of a role comes to by following links is filled in and sent

  refused   by everyone who may not, whole and in part: each is turned away and nothing is different afterwards
  another   by a colleague of the same role: nothing that is its owner's alone is different afterwards
  columns   with every column of every table, and every name that any view reads, besides what it shows: what comes of
            it is what comes of it without them

First each is tried on two forms that are wrong on purpose. Prints what is wrong; status 1 where anything is, 2 where
what is wrong on purpose was not found.
"""

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from unittest.mock import patch

from flask import Blueprint, Flask, redirect, render_template_string, request
from flask.typing import ResponseReturnValue
from lxml.html import HtmlElement
from sqlalchemy import Boolean, Column, Date, DateTime, Integer, Table
from werkzeug.exceptions import HTTPException

from benchmarks.attacks.site import ENDS_A_SIGN_IN, Target, demonstration, signed_in
from benchmarks.attacks.walking import walk
from tests.support import client as clients
from tests.support.canary import OURS, _answers, action_of, names_read
from tests.support.chromium import EMAILS
from tests.support.client import Answer, Client, filled
from tests.support.clock import Clock
from tests.support.route_table import TABLE
from webapp.accounts import holdings
from webapp.accounts.models import StartingPlace
from webapp.db import driver
from webapp.db.engine import Base, db, now
from webapp.web import access, current
from webapp.web.forms import Form

MARK = "zqassigned"
COLLEAGUE = "bilal@example.org"  # a practitioner, as Priya is
PLANTED_TABLE = "editor POST /planted/role\nsigned-in POST /planted/columns"
LINES = [line.split() for line in f"{TABLE}\n{PLANTED_TABLE}".split("\n") if line]
WHO = {(method, path): who for who, method, path in LINES}
# Rows that everybody changes by joining, answering or reading, though somebody began them.
SHARED = {"gaps", "barriers", "spotlight_sessions", "prototypes", "audit", "sign_ins", "once", "people", "messages"}
# What stands on another page of the same thing than the walk comes to: a button for the usual answer, and a form.
WIDER = {
    "/gaps/<ref>/support": {"evidence", "residents", "may_quote"},
    "/commissioning/demand/gaps": {"needed", "place", "outcome", "activity", "theme", "workstream", "audience"},
    "/directory/<slug>/closure": {"status", "since"},
}
# Written by the site itself while it looks after itself.
BY_ITSELF = {"sign_ins", "write_probe"}
Rows = dict[str, list[tuple]]


@dataclass(frozen=True)
class Sent:
    """A form as `role` would send it: its route, its address, what is in it, and the names that it shows.

    One route may have a form with much to fill in and a button for the usual answer: `shown` is what all of them show.
    """

    role: str
    route: str
    address: str
    fields: dict[str, object]
    shown: frozenset[str]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.attacks.bodies")
    parser.add_argument("--roles", nargs="*", default=list(EMAILS))
    given = parser.parse_args()
    clients.refuse_bad = lambda *_: None  # what is looked at here is who may what, not pages
    with demonstration(plant) as target, patch("webapp.db.engine.datetime", Clock(now())):
        tries = Tries(target)
        wrong, met = list[str](), set[tuple[str, frozenset[str]]]()
        for role in given.roles:
            forms = [form for form in forms_of(target, role) if (form.route, frozenset(form.fields)) not in met]
            met |= {(form.route, frozenset(form.fields)) for form in forms}
            here = [said for form in forms for said in tries.of(form)]
            print(f"{role}: {len(forms)} forms, {tries.sent} sent so far, {len(here)} wrong", flush=True)
            wrong += here
        wrong += [f"an error of ours: {said}" for said in target.failed]
    planted = {said for said in wrong if "/planted/" in said}
    if not (any("/planted/role" in said for said in planted) and any("/planted/columns" in said for said in planted)):
        print("what was planted was not found, so nothing is proved", file=sys.stderr)
        return 2
    wrong = [said for said in wrong if said not in planted]
    print(f"{len(planted)} planted faults found", *wrong, sep="\n  ")
    return 1 if wrong else 0


def plant(app: Flask) -> None:
    """Two forms that are wrong: one forgets whom it is for, one takes whatever is sent."""
    bp = Blueprint("planted", __name__)
    page = """{% extends "layout.html" %}{% block title %}Planted{% endblock %}{% block main %}<h1>Planted</h1>
      {% for act in ("role", "columns") %}<form action="/planted/{{ act }}" method="post">{{ form.hidden_tag() }}
      <label>Text <input name="said"></label><button>Send {{ act }}</button></form>{% endfor %}{% endblock %}"""

    @bp.get("/planted")
    @access.signed_in
    def index() -> str:
        return render_template_string(page, form=Form(formdata=None))

    @bp.post("/planted/role")
    @access.signed_in
    def role() -> ResponseReturnValue:
        return redirect("/planted", 303)

    @bp.post("/planted/columns")
    @access.signed_in
    def columns() -> ResponseReturnValue:
        row = db.session.get(StartingPlace, current.user().id) or StartingPlace(user_id=current.user().id)
        for name in request.form.keys() & {"place"}:
            setattr(row, name, request.form[name])
        db.session.add(row)
        db.session.commit()
        return redirect("/planted", 303)

    app.register_blueprint(bp)


def forms_of(target: Target, role: str) -> list[Sent]:
    """The forms that somebody of `role` comes to, one of each kind, filled in with something harmless."""
    pages = walk(signed_in(target, role), of_each=1, most=300, begin=("/", "/planted")).values()
    read = [answer for answer in pages if answer.status == 200 and answer.is_html]
    every = [(answer, form) for answer in read for form in answer.tree.xpath("//form[@method='post']")]
    found = [sent for answer, form in every if (sent := _as_sent(target.app, role, answer, form))]
    shown: dict[str, frozenset[str]] = {}
    for sent in found:
        shown[sent.route] = shown.get(sent.route, frozenset()) | sent.shown
    one_of_each = {(sent.route, frozenset(sent.fields)): sent for sent in found}
    return [replace(sent, shown=shown[sent.route]) for sent in one_of_each.values()]


def _as_sent(app: Flask, role: str, answer: Answer, form: HtmlElement) -> Sent | None:
    address = action_of(answer, form)
    if ENDS_A_SIGN_IN.search(address):
        return None
    try:
        rule, _ = app.url_map.bind("localhost").match(address.partition("?")[0], "POST", return_rule=True)
    except HTTPException:
        return None
    buttons = form.xpath(".//button[@name][@value]")
    pressed = {button.get("name"): button.get("value") for button in buttons[:1]}
    fields = {**filled(form), **_answers(form), **pressed}
    fields = {name: said for name, said in fields.items() if name not in OURS - {"version"}}
    shown = frozenset(form.xpath(".//@name"))
    return Sent(role, re.sub(r"<[^>]*?(\w+)>", r"<\1>", rule.rule), address, fields, shown)


class Tries:
    """Sends forms and looks at the whole database before and after. `sent` counts."""

    def __init__(self, target: Target) -> None:
        self.target, self.sent, self._turn = target, 0, 0
        people = {role: signed_in(target, role) for role in EMAILS}
        self.people: dict[str | None, Client] = {None: signed_in(target, None), **people}
        self.colleague = signed_in(target, "practitioner", COLLEAGUE)
        with target.app.app_context():
            self._live = driver.sqlite.connect(db.engine.url.database, timeout=20)
        self._kept = driver.sqlite.connect(":memory:")
        self._live.backup(self._kept)

    def of(self, form: Sent) -> Iterator[str]:
        """What is wrong with `form`. Afterwards everything is as it was."""
        before = self._rows()
        yield from self._refused(form, before)
        if WHO.get(("POST", form.route)) == "signed-in" and form.role == "practitioner":
            yield from self._another(form, before)
        yield from self._columns(form)

    def _refused(self, form: Sent, before: Rows) -> Iterator[str]:
        who = WHO.get(("POST", form.route), "public").split(",")
        refused = [role for role in self.people if who != ["public"] and not _may(who, role)]
        for role in refused:
            for part in (False, True):
                answer = self._send(self.people[role], form, part=part)
                if answer.status not in {401, 403} and "/sign-in" not in answer.location:
                    yield f"{role or 'signed out'} sent {form.address} and was answered {answer.status}"
        if refused and (different := _different(before, self._rows())):
            yield f"whoever may not send {form.address} changed {', '.join(different)}"
            self._restore()

    def _another(self, form: Sent, before: Rows) -> Iterator[str]:
        self._send(self.colleague, form)
        mine = _owned_by(before, self.people["practitioner"].id)
        if different := _different(mine, _owned_by(self._rows(), self.people["practitioner"].id)):
            yield f"a colleague who sent {form.address} changed what is another's: {', '.join(different)}"
        self._restore()

    def _columns(self, form: Sent) -> Iterator[str]:
        person = self.people[form.role]
        plain = self._send(person, form)
        as_it_is = self._rows()
        self._restore()
        shown = form.shown | OURS | WIDER.get(form.route, set())
        more = {name: said for name, said in everything().items() if name not in shown}
        with_more = self._send(person, form, more)
        if (plain.status, plain.location) != (with_more.status, with_more.location):
            yield f"{form.role}: {form.address} reads what it does not show: {plain.status} → {with_more.status}"
        elif different := _different(as_it_is, self._rows()):
            yield f"{form.role}: {form.address} takes what it does not show: {', '.join(different)}"
        self._restore()

    def _send(self, person: Client, form: Sent, more: dict[str, str] | None = None, part: bool = False) -> Answer:
        self.sent += 1
        self._turn += 1
        fields = {**(more or {}), **form.fields, "form_id": f"{self._turn:032x}"}
        # At a browser of its own each time: what is sent may change whose it is.
        return person.again().post(form.address, fields, part=part)

    def _rows(self) -> Rows:
        return {table.name: self._live.execute(_all_of(table)).fetchall() for table in Base.metadata.sorted_tables}

    def _restore(self) -> None:
        self._kept.backup(self._live)


@cache
def _all_of(table: Table) -> str:
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    return (
        f'select {names} from "{table.name}" order by 1, 2'
        if len(table.columns) > 1
        else f"select {names} from {table}"
    )


def _may(who: Sequence[str], role: str | None) -> bool:
    return who == ["public"] or (role is not None and (who == ["signed-in"] or role in who))


def _owned_by(rows: Rows, number: int) -> Rows:
    """Of `rows`, those that are the person's of that number alone."""
    found = {}
    for table in Base.metadata.sorted_tables:
        owners = [list(table.columns).index(column) for column in holdings.columns_of_people(table)]
        if owners and table.name not in SHARED:
            found[table.name] = [row for row in rows[table.name] if row[owners[0]] == number]
    return found


def _different(one: Rows, other: Rows) -> list[str]:
    """The columns, as `table.column`, in which the two are not the same but by chance: secrets are never twice."""
    found = set()
    for table, rows in ((table, rows) for table, rows in one.items() if table not in BY_ITSELF):
        columns = [column.name for column in Base.metadata.tables[table].columns]
        if len(rows) != len(other[table]):
            found.add(f"{table} ({len(rows)} and {len(other[table])} rows)")
        for mine, theirs in zip(rows, other[table], strict=False):
            cells = zip(columns, mine, theirs, strict=True)
            found |= {f"{table}.{name}" for name, a, b in cells if a != b and not _by_chance(a, b)}
    return sorted(found)


def _by_chance(one: object, other: object) -> bool:
    both = isinstance(one, str) and isinstance(other, str)
    return both and len(one) >= 16 and not any(MARK in said for said in (one, other)) and " " not in one + other


@cache
def everything() -> dict[str, str]:
    """Something for each column of every table and each name that any view reads."""
    columns = [column for table in Base.metadata.sorted_tables for column in table.columns]
    return dict.fromkeys(names_read(), MARK) | {column.name: _value(column) for column in columns}


def _value(column: Column) -> str:
    kinds = {Boolean: "1", Integer: "3", Date: "1999-09-09", DateTime: "1999-09-09T09:09:09"}
    return next((said for kind, said in kinds.items() if isinstance(column.type, kind)), MARK)


if __name__ == "__main__":
    sys.exit(main())
