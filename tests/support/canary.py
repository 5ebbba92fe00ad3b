"""A number that says who somebody is, typed into every field that takes text; and the search for where it stayed.

`Typist` opens every page of the routes' table as everybody, fills in each field of each form, one at a time, and
sends it. What the fields are comes from the pages and from the program's own forms, never from a list here.
"""

import re
import uuid
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlencode, urljoin, urlsplit

import pytest
from flask import Flask
from lxml.html import HtmlElement
from sqlalchemy import inspect, text
from werkzeug.exceptions import HTTPException
from wtforms import HiddenField, StringField
from wtforms.fields.core import UnboundField

from tests.support import client as clients
from tests.support.client import Answer, Client, filled
from tests.support.forms import value_of
from tests.support.imports import PACKAGE
from webapp.db.engine import db
from webapp.web import forms

CANARY = "6284751931"  # an NHS number by its check digit, and nobody's
SPELLINGS = ("628 475 1931", CANARY, "628-475-1931", f"NHS{CANARY}", "Ask about 628.475.1931 please")
BETWEEN = re.compile(r"(?:[\s\-._+/()]|%20|%2B|\\u00a0|\u00a0)+", re.IGNORECASE)
KINDS = ("text", "search", "email", "tel", "url", "date", "month", "time")
LEAVING = re.compile(r"/sign-out|/account/sign-ins/")  # whoever presses these is signed out
OURS = {"csrf_token", "form_id", "version"}  # what a page puts into its forms for itself
HARMLESS = {"email": "somebody@council.example", "name": "Somebody", "url": "https://example.org", "starts": "10:30"}
HARMLESS |= {"phone": "0161 496 0123", "starts_on": "2026-01-01", "ends_on": "2026-02-01", "since": "2026-01-01"}
HARMLESS |= {"new_password": "quiet harbour lantern", "password": "kettle lantern meadow", "ends": "11:30"}
# Where a number alone would be refused for what it is not.
WITHIN = {"about": "/x/{}", "path": "/x/{}", "url": "https://example.org/{}", "email": "{}@example.org"}
ADDRESSED = ("q", "near", "about", "from", "to", "next", "list", "was", "words", "token", "place", "gap", "state")


def holds(said: str) -> bool:
    """Whether `said` has the number in it, however it is spelled or split."""
    return any(part in BETWEEN.sub("", said) for part in (CANARY, CANARY[:9], CANARY[1:]))


class Typist:
    """Types as everybody. `posted` are the routes that a form was sent to; `tried` the fields of our own forms."""

    def __init__(self, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
        self.app = app
        self.posted: set[str] = set()
        self.tried: set[tuple[type, str]] = set()
        self.told: list[str] = []  # every header that held the number, and every cookie
        self.broken: list[str] = []
        self.missed: set[str] = set()
        self._sent: set[tuple[str, str, tuple[str, ...]]] = set()
        self._turn = 0
        self._blindly = False  # sending every field that any view reads
        self._asks = False  # whether a form was made in which text is typed
        self._listen(monkeypatch)

    def _listen(self, monkeypatch: pytest.MonkeyPatch) -> None:
        opened, began = clients.Client._open, forms.Form.__init__

        def open_and_look(client: Client, method: str, path: str, *rest: Any, **more: Any) -> Answer:
            answer = opened(client, method, path, *rest, **more)
            self._look(answer, f"{client.name}: {method} {urlsplit(path).path}")
            return answer

        def begin_and_note(form: forms.Form, *rest: Any, **more: Any) -> None:
            began(form, *rest, **more)
            texts = [f for f in form if isinstance(f, StringField) and f.name not in OURS]
            hidden = {f.name for f in texts if isinstance(f, HiddenField)}
            self._asks |= {f.name for f in texts} > hidden
            filled_in = {f.name for f in texts if holds(str(f.data))}
            self.tried |= {(type(form), name) for name in (filled_in & hidden if self._blindly else filled_in)}

        monkeypatch.setitem(self.app.config, "PROPAGATE_EXCEPTIONS", False)
        monkeypatch.setattr(clients, "refuse_bad", lambda *_: None)  # forms are sent here that no page offers
        monkeypatch.setattr(clients.Client, "_open", open_and_look)
        monkeypatch.setattr(forms.Form, "__init__", begin_and_note)

    def _look(self, answer: Answer, where: str) -> None:
        reader: Any = self.app.session_interface
        for name, value in answer.headers.items():
            if holds(unquote(value)):
                self.told.append(f"{where}: the header {name} says {value[:200]}")
            if name == "Set-Cookie" and value.startswith("session="):
                kept = reader.get_signing_serializer(self.app).loads(value.split(";")[0].removeprefix("session="))
                if holds(str(kept)):
                    self.told.append(f"{where}: the session's cookie holds {kept}")
        if answer.status >= 500:
            self.broken.append(f"{where} answered {answer.status}")

    def read(self, person: Client, address: str) -> None:
        """Open a page, as it is and with the number in its address, and fill in every form of it."""
        self._use_forms(person, address, typing=True)
        with_number = {name: (f"/x/{CANARY}" if name == "about" else self._spelling()) for name in ADDRESSED}
        self._use_forms(person, f"{address.split('?')[0]}?{urlencode(with_number)}", typing=False)

    def use(self, person: Client, answer: Answer) -> None:
        """Fill in every form of a page that one comes to by sending another."""
        self._fill_all(person, answer, answer.path, typing=True)

    def send_blindly(self, person: Client, route: str, address: str) -> bool:
        """Send every field that any view reads. False where that is a form to type in, and `read` has not found it."""
        self._blindly, self._asks = True, False
        for spelling in SPELLINGS:
            person.post(address, {**dict.fromkeys(names_read(), spelling), "form_id": uuid.uuid4().hex})
        self._blindly = False
        return route in self.posted or not self._asks

    def _use_forms(self, person: Client, address: str, *, typing: bool) -> None:
        answer = person.get(address, status=range(100, 600))
        if answer.status in {301, 303} and "/sign-in" not in answer.location:
            address = answer.location
            answer = person.get(address, status=range(100, 600))
        self._fill_all(person, answer, address, typing=typing)

    def _fill_all(self, person: Client, answer: Answer, address: str, *, typing: bool) -> None:
        if answer.status != 200 or not answer.is_html:
            return
        for form in answer.tree.iter("form"):
            get, names = str(form.get("method", "get")).lower() == "get", names_of(form)
            for action in (action_of(answer, form), *form.xpath(".//@hx-post")):
                where = action.partition("?")[0] if get else self._route(action)
                kind = (where, "typing" if typing or get else address.partition("?")[0], tuple(names))
                if kind in self._sent or LEAVING.search(action):
                    continue
                self._sent.add(kind)
                if get:
                    self._search(person, action, form, names)
                else:
                    self._fill(person, action, form, names if typing else [])

    def _search(self, person: Client, action: str, form: HtmlElement, names: list[str]) -> None:
        """Look for the number, as a page and as a part, and send what the page that comes back offers."""
        for name in names:
            for part in (False, True):
                address = f"{action.split('?')[0]}?{urlencode({**filled(form), name: self._spelling()}, doseq=True)}"
                answer = person.get(address, status=range(100, 600), part=part)
                if answer.status == 200 and answer.is_html:
                    for offered in answer.tree.xpath("//form[@method='post']"):
                        if not LEAVING.search(leads := action_of(answer, offered)):
                            self._send(person, leads, offered, {})

    def _fill(self, person: Client, action: str, form: HtmlElement, names: list[str]) -> None:
        """Send a form with the number in one field after another; as it stands where there is none to fill."""
        route = self._route(action)
        self.posted.add(route)
        for name in names:
            for spelling in dict.fromkeys((CANARY, self._spelling())):
                typed = WITHIN.get(name, "{}").format(spelling.replace(" ", "") if name in WITHIN else spelling)
                self._send(person, action, form, {name: typed, f"{name}-not-about-a-person": typed})
        if not names and form.xpath(".//input[@type='hidden'][not(@name='csrf_token')]"):
            self._send(person, action, form, {})

    def _send(self, person: Client, action: str, form: HtmlElement, typed: dict[str, str]) -> None:
        as_it_is = {name: value for name, value in filled(form).items() if name not in OURS - {"version"}}
        fields = {**as_it_is, **_answers(form), **typed, "form_id": uuid.uuid4().hex}
        person.post(action, fields)

    def _spelling(self) -> str:
        self._turn += 1
        return SPELLINGS[self._turn % len(SPELLINGS)]

    def _route(self, action: str) -> str:
        try:
            adapter = self.app.url_map.bind("localhost")
            rule, _ = adapter.match(urlsplit(action).path, "POST", return_rule=True)
        except HTTPException:
            return action
        return re.sub(r"<[^>]*?(\w+)>", r"<\1>", rule.rule)


def names_of(form: HtmlElement) -> list[str]:
    """The fields that text can be put into: those to be typed in, and the hidden ones that somebody could fill."""
    names = (tag.get("name") for tag in takes_text(form, "password", "hidden"))
    return list(dict.fromkeys(name for name in names if name and name not in OURS))


def takes_text(form: HtmlElement, *kinds: str) -> list[HtmlElement]:
    """What is typed into, and the inputs of other `kinds`."""
    typed = {None, *KINDS, *kinds}
    return [tag for tag in form.iter("input", "textarea") if tag.tag == "textarea" or tag.get("type") in typed]


@cache
def names_read() -> frozenset[str]:
    """The name of every field that a view reads by itself, and of those of every form."""
    read = re.compile(r"request\.form\.(?:get|getlist)\(\s*\"([\w-]+)\"|request\.form\[\"([\w-]+)\"\]")
    found = {name for path in PACKAGE.rglob("*.py") for pair in read.findall(path.read_text()) for name in pair if name}
    return frozenset(found | {name for _, name in fields_of_forms()} - OURS)


def action_of(answer: Answer, form: HtmlElement) -> str:
    """Where the first button of the form leads, which may stand outside it."""
    named = "//button[@form=$form]/@formaction"
    outside = answer.tree.xpath(named, form=form.get("id")) if form.get("id") else []
    return urljoin(answer.path, outside[0] if outside else form.get("action") or answer.path)


def _answers(form: HtmlElement) -> dict[str, str]:
    """Something harmless in every field that is empty, and the first real answer where one must be chosen."""
    said: dict[str, str] = {}
    for tag in takes_text(form, "password"):
        name, now = tag.get("name"), tag.get("value") or tag.text_content().strip()
        if name and name not in OURS and not now:
            said[name] = HARMLESS.get(name, "Something harmless")
    for tag in form.xpath(".//select[@name]"):
        offered = tag.xpath(".//option[@value!='']")
        if offered and not any("selected" in option.attrib for option in offered):
            said[tag.get("name")] = value_of(offered[0])
    for tag in form.xpath(".//input[@type='radio'][@name]"):
        said.setdefault(tag.get("name"), tag.get("value", "on"))
    return said


def fields_of_forms() -> Iterator[tuple[type, str]]:
    """Every field of every form of the program that text can be put into."""
    todo: list[type] = [forms.Form]
    while todo:
        form = todo.pop()
        todo += form.__subclasses__()
        for name in dir(form):
            field = getattr(form, name)
            takes_text = isinstance(field, UnboundField) and issubclass(field.field_class, StringField)
            if takes_text and name not in OURS and form.__module__.startswith("webapp."):
                yield form, name


def rows_that_hold(app: Flask) -> list[str]:
    """Each column of each table in which the number stands."""
    found = []
    with app.app_context():
        for table in inspect(db.engine).get_table_names():
            for row in db.session.execute(text(f'select * from "{table}"')).mappings():
                found += [
                    f"{table}.{name}: {value!r}"[:300] for name, value in row.items() if holds(unquote(str(value)))
                ]
        db.session.rollback()
    return sorted(set(found))


def files_that_hold(folder: Path) -> list[str]:
    """Each file below `folder` whose bytes hold the number."""
    return [
        str(path) for path in sorted(folder.rglob("*")) if path.is_file() and holds(path.read_bytes().decode("latin-1"))
    ]
