"""The bytes of each record, in the fullness that was asked for: parts that stand ready, put together.

`closed` has the status of each service that an editor marked as closed and whose file does not say it yet, by its
number: nobody shall be sent there in vain by anybody who reuses our data.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import orjson

from webapp.library.open_referral.catalogue import Catalogue
from webapp.open_referral.parameters import USUAL_PAGE

Fetch = Callable[[int], bytes]


Closed = Mapping[int, str]
STATUS = re.compile(rb'"status":"[^"]*"')  # a service's own comes first in its record


def services(held: Catalogue, values: dict[str, Any], closed: Closed) -> tuple[Fetch, Callable[[int], int]]:
    """Services by number, and how many a page usually has of so many."""
    if values.get("minimal"):
        return _stream(held, "minimal", closed), lambda total: max(1, total)
    if values.get("extended"):
        return _stream(held, "whole", closed), lambda _: USUAL_PAGE
    return _stream(held, "pure" if values.get("full") else "brief", closed), lambda _: USUAL_PAGE


def service(held: Catalogue, number: int, values: dict[str, Any], closed: Closed) -> bytes:
    return _stream(held, "whole" if values.get("extended") else "pure", closed)(number)


def places(held: Catalogue, values: dict[str, Any], closed: Closed) -> Fetch:
    """Services at their places, by number."""
    if not values.get("full"):
        return held.edition["at_brief"].__getitem__
    return lambda number: place(held, number, closed)


def place(held: Catalogue, number: int, closed: Closed) -> bytes:
    inside = _stream(held, "inside", closed)(int(held.at_service[number]))
    return held.edition["at_whole"][number][:-1] + b',"service":' + inside + b"}"


def organizations(held: Catalogue, values: dict[str, Any], today: date, closed: Closed) -> Fetch:
    """Organisations by number: bare, or with their services in brief or whole. Of services, those shown on `today`."""
    bare = held.edition["organizations"]
    if not (values.get("full") or values.get("full_service")):
        return bare.__getitem__
    stream = _stream(held, "whole" if values.get("full_service") else "brief", closed)
    shown = held.visible(today)

    def fetch(number: int) -> bytes:
        lines = held.lines("organization", held.organizations[number]["id"])
        inside = b",".join(stream(int(line)) for line in lines[shown[lines]])
        return bare[number][:-1] + b',"services":[' + inside + b"]}"

    return fetch


def _stream(held: Catalogue, name: str, closed: Closed) -> Fetch:
    """The records of services in one fullness."""
    stream = held.edition[name]

    def fetch(number: int) -> bytes:
        status = closed.get(int(number))
        return STATUS.sub(b'"status":' + orjson.dumps(status), stream[number], count=1) if status else stream[number]

    return fetch if closed else stream.__getitem__


def taxonomies(held: Catalogue) -> list[dict[str, Any]]:
    return [orjson.loads(row) for row in held.edition["taxonomies"]]


def terms(held: Catalogue) -> list[dict[str, Any]]:
    return [orjson.loads(row) for row in held.edition["terms"]]
