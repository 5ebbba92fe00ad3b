"""Schemathesis on the whole site: python -m benchmarks.attacks.any_request [--examples 25]

The routes and what each view reads are written down as OpenAPI, from which it makes requests that fit and that do not:
odd numbers, texts of every alphabet, fields left out, given twice or of another type. They are sent over loopback to a
demonstration, as somebody who may use the route and as somebody signed out. First it must find what fails in
benchmarks.attacks.planted. Prints each answer of 500 or above, and each that took too long; status 1 where there is
any, 2 where nothing was proved. The open data has an OpenAPI of its own: tests/open_referral/test_any_request.py.
"""

import argparse
import re
import sys
import time
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from uuid import uuid4

import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from werkzeug.exceptions import HTTPException

from benchmarks.attacks import planted
from benchmarks.attacks.bodies import forms_of
from benchmarks.attacks.site import Target, cookies_of, demonstration, signed_in
from benchmarks.attacks.walking import walk
from tests.support import client as clients
from tests.support.chromium import EMAILS
from tests.support.client import Client
from tests.support.routes import parameters

SAID_EACH = 20  # addresses
TOO_LONG = 10.0  # seconds, on a busy machine
FORM = "application/x-www-form-urlencoded"
OURS = {"csrf_token", "form_id"}
TEXT = {"anyOf": [{"type": "string"}, {"type": "integer"}]}
Spec = dict[str, Any]
Names = dict[str, set[str]]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.attacks.any_request")
    parser.add_argument("--examples", type=int, default=25, help="of each kind, for each route")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    clients.refuse_bad = lambda *_: None  # what is looked at here is whether there is an answer
    if not proved(asked.seed):
        return 2
    with demonstration() as target:
        spec, who = described(target)
        tried = Tries(target, asked.examples, asked.seed)
        for number, (path, methods) in enumerate(spec["paths"].items(), 1):
            for method in methods:
                tried.operation(spec, path, method, who[path, method])
            if number % SAID_EACH == 0:
                print(f"{number} addresses, {tried.sent:,} requests, {len(tried.wrong)} wrong", flush=True)
    wrong = list(dict.fromkeys([*tried.wrong, *target.failed]))
    print(f"{len(spec['paths'])} addresses, {tried.sent:,} requests, answers: {dict(sorted(tried.answers.items()))}")
    print(f"{len(wrong)} wrong", *wrong, sep="\n  ")
    return 1 if wrong else 0


def proved(number: int) -> bool:
    """Whether it finds the address that fails on a strange value, and nothing wrong with the one beside it."""
    target = Target(planted.site())
    try:
        names: Names = {planted.FAILS: {"n"}, planted.SOUND[2]: {"n"}}
        spec, tried = openapi(names, {}, {}), Tries(target, 50, number)
        for path in names:
            tried.operation(spec, path, "get", [Client(target.app)])
    finally:
        target.close()
    found = any(planted.FAILS in said.split("?")[0] and "/sound" not in said for said in tried.wrong)
    sound = any("/sound" in said for said in tried.wrong)
    print(f"planted: {'found' if found else 'NOT found'}{', and more where nothing is wrong' if sound else ''}")
    return found and not sound


def described(target: Target) -> tuple[Spec, Mapping[tuple[str, str], list[Client]]]:
    """The site as OpenAPI, as far as people come to it by following links, and who asks for what."""
    asked, sent, known, who = Names(), Names(), dict[str, str](), dict[tuple[str, str], list[Client]]()
    nobody = Client(target.app, "someone signed out")
    for role in EMAILS:
        person = signed_in(target, role)
        for address in walk(person, of_each=1, most=300):
            if path := route_of(target.app, address, "GET"):
                asked.setdefault(path, set()).update(name for name, _ in parse_qsl(urlsplit(address).query))
                known.setdefault(path, urlsplit(address).path)
                who.setdefault((_braced(path), "get"), [person, nobody])
        for form in forms_of(target, role):
            sent.setdefault(form.route, set()).update(form.shown - OURS)
            known.setdefault(form.route, urlsplit(form.address).path)
            who.setdefault((_braced(form.route), "post"), [person, nobody])
    return openapi(asked, sent, known), who


def route_of(app: Flask, address: str, method: str) -> str:
    """The route of `address` as the table of routes writes it: `/gaps/<ref>`; empty where there is none."""
    try:
        rule, _ = app.url_map.bind("localhost").match(urlsplit(address).path, method, return_rule=True)
    except HTTPException:
        return ""
    return "" if "any(" in rule.rule else re.sub(r"<[^>]*?(\w+)>", r"<\1>", rule.rule)


def openapi(asked: Names, sent: Names, known: Mapping[str, str]) -> Spec:
    """What each view reads, as OpenAPI 3: `asked` in the address and `sent` in a form, by route."""
    paths: Spec = {}
    for path, names in asked.items():
        paths.setdefault(_braced(path), {})["get"] = _operation(path, known, names)
    for path, names in sent.items():
        body = {"type": "object", "properties": dict.fromkeys(sorted(names), TEXT)}
        form = {"requestBody": {"content": {FORM: {"schema": body}}}}
        paths.setdefault(_braced(path), {})["post"] = _operation(path, known, ()) | form
    return {"openapi": "3.0.3", "info": {"title": "All of it", "version": "1"}, "paths": paths}


def _braced(path: str) -> str:
    return re.sub(r"<(\w+)>", r"{\1}", path)


def _operation(path: str, known: Mapping[str, str], names: Collection[str]) -> Spec:
    real = re.fullmatch(re.sub(r"<(\w+)>", r"(?P<\1>.+)", path), known.get(path, path))
    within = [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"anyOf": [{"enum": [real[name]]}, TEXT] if real else [TEXT]},
        }
        for name in parameters(path)
    ]
    query = [{"name": name, "in": "query", "schema": TEXT} for name in sorted(names)]
    return {"parameters": [*within, *query], "responses": {"default": {"description": "An answer"}}}


class Tries:
    """Sends what Schemathesis makes. `answers` counts them by status; `wrong` says which were none."""

    def __init__(self, target: Target, examples: int, number: int) -> None:
        self._target, self._examples, self._seed = target, examples, number
        self.sent, self.answers, self.wrong = 0, Counter[int](), list[str]()

    def operation(self, spec: Spec, path: str, method: str, people: Sequence[Client]) -> None:
        """Send requests of both kinds to one route, each as everybody of `people`: to think of one takes longer."""
        operation = schemathesis.openapi.from_dict(spec)[path][method.upper()]
        signs = [(cookies_of(one), {"csrf_token": one.csrf_token()}) if one.id else ({}, {}) for one in people]
        for mode in GenerationMode.POSITIVE, GenerationMode.NEGATIVE:

            @seed(self._seed)
            @settings(
                max_examples=self._examples,
                deadline=None,
                database=None,
                suppress_health_check=list(HealthCheck),
                phases=[Phase.explicit, Phase.generate],
            )
            @given(case=operation.as_strategy(generation_mode=mode))
            def ask(case: Case) -> None:
                made = case.body
                for cookies, sign in signs:
                    if isinstance(made, dict):
                        case.body = {**made, **sign, "form_id": uuid4().hex}
                    self._send(case, cookies)

            with suppress(Unsatisfiable):  # nothing of it can be asked wrongly
                ask()

    def _send(self, case: Case, cookies: Mapping[str, str]) -> None:
        began = time.monotonic()
        response = case.call(base_url=self._target.url, cookies=cookies, allow_redirects=False, timeout=60)
        took = time.monotonic() - began
        self.sent += 1
        self.answers[response.status_code] += 1
        shown = f"{case.method} {response.request.path_url[:300]}"
        if response.status_code >= 500:
            self.wrong.append(f"{shown} answered {response.status_code}")
        if took > TOO_LONG:
            self.wrong.append(f"{shown} took {took:.0f} s")


if __name__ == "__main__":
    sys.exit(main())
