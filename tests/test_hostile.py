"""Nobody's address or form brings an answer of 500, whatever stands in it, and whichever database is behind.

A few of each kind here, as somebody who may; `python -m benchmarks.hostile` tries thousands, as everybody.
"""

from collections.abc import Callable
from contextlib import suppress
from functools import cache
from io import BytesIO
from urllib.parse import quote

import pytest
from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing.converters import NumberConverter

from tests.support import hostile
from tests.support.client import Client
from tests.support.hostile import FROM_HERE
from tests.support.people import ROLES
from tests.support.routes import parameters, routes
from tests.support.world import examples, first_choice
from webapp.library.generation.reader import Generation
from webapp.web.access import rule_of
from webapp.web.parameters import RowNumber
from webapp.web.text import LARGEST, number

ADDRESSES, FORMS = 600, 200
BrowserOf = Callable[[str], Client]
NO_ROW = [
    "0", "-1", "007", "+1", "1.5", "٣", "１２",
    str(LARGEST + 1), "9" * 10, str(2**63 - 1), str(2**63), "9" * 400, "9" * 4400,
]  # fmt: skip


@pytest.fixture
def example(content: Generation, browser_of: BrowserOf) -> Callable[[str], str]:
    return examples(content, browser_of)


@pytest.fixture
def somebody(app: Flask, browser_of: BrowserOf) -> Callable[..., Client]:
    """Somebody whom the route of an address lets in, so that what stands there is looked at.

    Readers have one browser each; who sends has one for each form, for some end the sign-in.
    """
    reader = cache(browser_of)

    def find(address: str, method: str = "GET") -> Client:
        rule = None
        with suppress(HTTPException):
            endpoint, _ = app.url_map.bind("localhost").match(address.partition("?")[0], method)
            rule = rule_of(app, endpoint)
        name = next(name for role, name in ROLES.items() if not rule or rule.allows(frozenset({role})))
        return (reader if method == "GET" else browser_of)(name)

    return find


def test_no_address_brings_an_error_of_ours(app: Flask, example, somebody):
    asked = hostile.names_in_addresses(app, lambda address: [somebody(address)], example)
    assert "q" in asked["/directory"], "what a view looks for is seen"
    addresses = hostile.addresses(app, example, asked, ADDRESSES)
    assert len(addresses) == ADDRESSES
    failed = [f for address in addresses for f in hostile.sweep(somebody(address), [address]) if f]
    assert not failed, "\n".join(map(str, failed))


def test_no_form_brings_an_error_of_ours(app: Flask, example, somebody):
    filled = {path: example(path) for _, path in routes(app)}
    asked = hostile.names_in_forms(app, lambda address: [somebody(address, "POST")], filled)
    assert "needed" in asked["/gaps/new"], "what a form looks for is seen"
    forms = hostile.forms(asked, filled, FORMS)
    failed = [f for form in forms for f in hostile.send(somebody(form[0], "POST"), [form]) if f]
    assert not failed, "\n".join(map(str, failed))


@pytest.mark.parametrize("name", ["Referer", "Origin", "HX-Current-URL"])
def test_what_is_no_address_says_nothing_of_where_somebody_was(priya: Client, name: str):
    headers = {name: "http://[::1", "HX-Request": "true"}
    assert priya.http.get("/directory?q=food", headers=headers).status_code == 200
    for form in ({"csrf_token": priya.csrf_token()}, {}):
        sent = priya.http.post("/gaps/new", data=form, headers=headers | ({} if name == "Origin" else FROM_HERE))
        assert sent.status_code == (403 if name == "Origin" else 422 if form else 400)


def test_no_file_and_no_json_is_taken_for_words(priya: Client):
    token = {"csrf_token": priya.csrf_token()}
    for field in ("needed", "place", "form_id"):
        sent = priya.http.post("/gaps/new", data={**token, field: (BytesIO(b"A choir"), "a.html")}, headers=FROM_HERE)
        assert sent.status_code == 422
    for json in ({"needed": 7, "place": ["citywide"]}, [1], 5):
        headers = FROM_HERE | {"X-CSRFToken": token["csrf_token"]}
        assert priya.http.post("/gaps/new", json=json, headers=headers).status_code == 422


def test_a_number_that_no_row_can_have_is_no_page(app: Flask, example, somebody):
    """Every route that takes the number of a row, those of tomorrow too."""
    tried = 0
    for (method, path), rule in routes(app).items():
        for name in parameters(path):
            if not isinstance(rule._converters[name], NumberConverter):
                continue
            person = somebody(example(path), method)
            for said in map(quote, NO_ROW):
                (address,) = hostile.instead(app, path, name, [said], example, method)
                data = {"csrf_token": person.csrf_token()} if method == "POST" else None
                answer = person.http.open(address, method=method, data=data, headers=FROM_HERE)
                answer.close()
                tried += 1
                assert answer.status_code == 404, f"{method} {address[:200]} answered {answer.status_code}"
    assert tried >= 13 * len(NO_ROW)


def test_every_number_in_a_route_has_a_most(app: Flask):
    others = [
        f"{path}: {name}"
        for (_, path), rule in routes(app).items()
        for name in parameters(path)
        if isinstance(rule._converters[name], NumberConverter) and type(rule._converters[name]) is not RowNumber
    ]
    assert not others, "use <int:…>: what it takes, both databases can count to"


@pytest.mark.parametrize("said", [*NO_ROW, "", None, " 1", "1 ", "1\n", "1e3", "²", "x"])
def test_no_number_of_a_row_is_read_from_what_is_none(said: str | None):
    assert number(said) is None


@pytest.mark.parametrize(
    ("said", "meant"), [(str(n), n) for n in (1, 9, 42, 999_999_999, 2_099_999_999, 2_147_483_599, LARGEST)]
)
def test_the_number_of_a_row_is_read(said: str, meant: int):
    assert number(said) == meant


@pytest.mark.parametrize("token", ["a%00b", "%00", "\0"])
def test_a_character_that_no_database_keeps_is_not_asked_for(client: Client, token: str):
    for path in ("/updates/feed.xml", "/spotlights/calendar.ics"):
        assert client.get(f"{path}?token={quote(token, safe='%')}", status=404).status == 404


def test_a_character_that_no_database_keeps_is_left_out_of_what_was_typed(priya: Client):
    page = priya.get("/gaps/new")
    sent = page.send("/gaps/new", needed="A choir\0 in the evening\0", place=first_choice(page, "place"))
    assert sent.status == 303
    assert "A choir in the evening" in priya.get(sent.location).words
