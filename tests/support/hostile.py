"""Addresses and forms that no page leads to: numbers beyond what a database counts to, broken bytes, odd words.

They are made from the routes themselves, and from what each asks of its address or form, so a new one is tried untold.
"""

import random
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote_to_bytes

from flask import Flask, got_request_exception
from werkzeug.routing.converters import NumberConverter
from werkzeug.test import TestResponse

from tests.support.client import Client
from tests.support.routes import parameters, routes

# The greatest and least of 32 and 64 bits, what lies beyond, and what only looks like a number.
NUMBERS = (
    "0", "-1", "-2147483649", "-9223372036854775809", "2147483647", "2147483648", "4294967296",
    "9223372036854775807", "9223372036854775808", "18446744073709551616", "9" * 400, "9" * 4400,
    "0" * 400 + "1", "007", "+1", "1.5", "-0", "1e400", "0x10", "1_000", "1 ", " 1", "NaN", "Infinity",
    "٣", "１２", "²", "৪", "①", "Ⅷ", "GAP-0000", "GAP-999999999", "GAP-99999999999999999999", "GAP-٠٠٠٣",
)  # fmt: skip
# Written as they stand in an address.
WORDS = (
    "", "%00", "a%00b", "1%00", "%FF%FE", "%C3%28", "%ED%A0%80", "%F4%90%80%80", "%F0%9F%98%80", "e%CC%81",
    "%E2%80%AE", "%EF%BB%BF", "%C2%85", "%0D%0ASet-Cookie:%20a=b", "%09", "..", "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "%252e%252e%252f", "%5C", "%5C%5Chost%5Cshare", "'", "%22", "'%20OR%20'1'='1", "1;DROP%20TABLE%20people", "%25",
    "%", "%zz", "_", "*", "%5B", "(((((", "%3Cscript%3Ealert(1)%3C/script%3E", "%7B%7B7*7%7D%7D", "$%7B7*7%7D",
    "null", "None", "true", "a,b,c", "~", "-", ".", "...", "%2F", "%2F%2F", "https:%2F%2Fevil.example",
    "javascript:alert(1)", "2026-02-30", "0000-00-00", "9999-12-31", "99999-01-01", "2026-13", "a" * 3000,
    "%C3%A9" * 1000, "a%20" * 900,
)  # fmt: skip
VALUES = (*(quote(number) for number in NUMBERS), *WORDS)
# Addresses as a whole, wherever they may lead.
WHOLE = (
    "//", "//evil.example/", "/%2e/", "/..;/", "/.git/config", "/.env", "/wp-login.php", "/index.php?s=/a/b",
    "/?%00=%00", "/?=", "/?&&&&", "/?a", f"/?{'a=1&' * 1500}", f"/?{'a' * 7000}", "/%", "/%00", "/%FF", "/%ED%A0%80",
    f"/{'a/' * 2000}", "/directory/%00", "/static/%00", "/static/../app.py", "/static/%2e%2e%2fapp.py", "/media/%00",
    "/media/..%2f..%2fapp.py", f"/media/{'a' * 300}.png", f"/directory/{'a' * 5000}", "/;", "/*", "/\\", "/?q[]=a",
    "/?q[a][b]=c", "/directory?near=%00&within=NaN", "/directory?near=M11&within=1e400", "/directory?page=1&page=2",
)  # fmt: skip

Asked = dict[str, list[str]]  # path of a route → the names that its view looks for
Fields = dict[str, str | bytes]
FROM_HERE = {"Sec-Fetch-Site": "same-origin"}


@dataclass(frozen=True)
class Failure:
    """An answer of 500 or above: who asked for what, and what went wrong."""

    who: str
    address: str
    status: int
    error: str

    def __str__(self) -> str:
        shown = self.address if len(self.address) < 200 else f"{self.address[:200]}… ({len(self.address):,} characters)"
        return f"{self.who}: {shown} answered {self.status}: {self.error}"


def names_in_addresses(
    app: Flask, readers_of: Callable[[str], Iterable[Client]], example: Callable[[str], str]
) -> Asked:
    """Open every page as each of its readers, whole and in part, and note what its view looks for in the query."""

    def ask(address: str) -> None:
        for person in readers_of(address):
            for headers in ({}, {"HX-Request": "true"}):
                person.http.get(address, headers=headers).close()
            # Some pages look at their query only where there is one.
            person.http.get(f"{address}{'&' if '?' in address else '?'}page=1").close()

    return _names(app, "GET", lambda path: ask(example(path)))


def names_in_forms(app: Flask, senders_of: Callable[[str], Iterable[Client]], filled: Mapping[str, str]) -> Asked:
    """Send every form, empty, as each of its senders, to its address in `filled`; note what its view looks for."""

    def ask(address: str) -> None:
        for person in senders_of(address):
            person.http.post(address, data={"csrf_token": person.csrf_token()}, headers=FROM_HERE).close()

    return _names(app, "POST", lambda path: ask(filled[path]))


def addresses(app: Flask, example: Callable[[str], str], asked: Asked, number: int) -> list[str]:
    """`number` addresses, the same each time: those of WHOLE; every number where a route takes one; then, in turn,
    another value for each parameter of each route and each name that it asks for."""
    dice = random.Random(number)
    families = list(_families(app, example, asked))
    for family in families:
        dice.shuffle(family)
    in_turn = (family[turn] for turn in range(len(VALUES)) for family in families)
    return list(dict.fromkeys([*WHOLE, *_rows(app, example), *in_turn]))[:number]


def forms(asked: Asked, filled: Mapping[str, str], number: int) -> list[tuple[str, Fields]]:
    """`number` forms, the same each time: where they are sent, and a hostile value for each field or for one alone."""
    dice = random.Random(number)
    values: list[str | bytes] = [*NUMBERS, *map(unquote_to_bytes, WORDS)]
    made: list[tuple[str, Fields]] = []
    while len(made) < number:
        for path, names in asked.items():
            wanted = names if dice.random() < 0.5 else names[:1] and [dice.choice(names)]
            made.append((filled[path], {name: dice.choice(values) for name in wanted}))
    return made[:number]


def sweep(person: Client, asked: Iterable[str]) -> Iterator[Failure | None]:
    """Open each of the addresses `asked`; what failed, or None where it did not."""
    return _tried(person, ((address, lambda at=address: person.http.get(at)) for address in asked))


def send(person: Client, sent: Iterable[tuple[str, Fields]]) -> Iterator[Failure | None]:
    """Send each of the forms `sent`, with a good token; what failed, or None where it did not."""

    def post(address: str, fields: Fields) -> Callable[[], TestResponse]:
        whole = {"csrf_token": person.csrf_token(), **fields}
        return lambda: person.http.post(address, data=whole, headers=FROM_HERE)

    return _tried(person, ((f"{address} {fields}", post(address, fields)) for address, fields in sent))


def _tried(person: Client, requests: Iterable[tuple[str, Callable[[], TestResponse]]]) -> Iterator[Failure | None]:
    errors: list[str] = []

    def note(sender: Flask, exception: BaseException) -> None:
        errors.append(f"{type(exception).__name__}: {exception}"[:300])

    # As it is in production, where an exception becomes an answer.
    usual, person.app.testing = person.app.testing, False
    try:
        with got_request_exception.connected_to(note, person.app):
            for shown, request in requests:
                errors.clear()
                response = request()
                response.close()
                failed = response.status_code >= 500
                yield Failure(person.name, shown, response.status_code, "; ".join(errors)) if failed else None
    finally:
        person.app.testing = usual


def _names(app: Flask, method: str, ask: Callable[[str], None]) -> Asked:
    """For each route that answers `method`, the names of its query or form that are looked for while `ask` asks."""
    looked_for: set[str] = set()
    usual = app.request_class

    class Noting(usual.parameter_storage_class):  # type: ignore[misc,name-defined]
        def get(self, key: str, *args: Any, **kwargs: Any) -> Any:
            looked_for.add(key)
            return super().get(key, *args, **kwargs)

        def getlist(self, key: str, *args: Any, **kwargs: Any) -> list[Any]:
            looked_for.add(key)
            return super().getlist(key, *args, **kwargs)

        def __contains__(self, key: object) -> bool:
            looked_for.add(str(key))
            return super().__contains__(key)

    app.request_class = type("Noting", (usual,), {"parameter_storage_class": Noting})
    found: Asked = {}
    try:
        for path in sorted(path for how, path in routes(app) if how == method):
            looked_for.clear()
            ask(path)
            found[path] = sorted(looked_for - {"csrf_token"})
    finally:
        app.request_class = usual
    return found


def _rows(app: Flask, example: Callable[[str], str]) -> Iterator[str]:
    """Each of NUMBERS where a route takes the number of a row, and where it may be part of a reference."""
    for (method, path), rule in routes(app).items():
        for name in parameters(path) if method == "GET" else ():
            if isinstance(rule._converters[name], NumberConverter) or name == "ref":
                yield from instead(app, path, name, [quote(value) for value in NUMBERS], example)


def _families(app: Flask, example: Callable[[str], str], asked: Asked) -> Iterator[list[str]]:
    for path, names in asked.items():
        for name in parameters(path):
            yield list(instead(app, path, name, VALUES, example))
        for name in names:
            yield [f"{example(path)}?{quote(name)}={value}" for value in VALUES]


def instead(
    app: Flask, path: str, name: str, values: Iterable[str], example: Callable[[str], str], method: str = "GET"
) -> Iterator[str]:
    """The example of `path` with each of `values`, quoted, in place of its parameter `name`."""
    _, held = app.url_map.bind("localhost").match(example(path), method)
    for value in values:
        put = {**held, name: value}
        yield re.sub(r"<(\w+)>", lambda found, put=put: str(put[found[1]]), path)  # type: ignore[misc]
