"""The bytes of each record, in the fullness that was asked for: parts that stand ready, put together."""

from collections.abc import Callable
from datetime import date
from typing import Any

import orjson

from webapp.library.open_referral.catalogue import Catalogue
from webapp.open_referral.parameters import USUAL_PAGE

Fetch = Callable[[int], bytes]


def services(held: Catalogue, values: dict[str, Any]) -> tuple[Fetch, Callable[[int], int]]:
    """Services by number, and how many a page usually has of so many."""
    if values.get("minimal"):
        return held.edition["minimal"].__getitem__, lambda total: max(1, total)
    if values.get("extended"):
        return held.edition["whole"].__getitem__, lambda _: USUAL_PAGE
    return held.edition["pure" if values.get("full") else "brief"].__getitem__, lambda _: USUAL_PAGE


def service(held: Catalogue, number: int, values: dict[str, Any]) -> bytes:
    return held.edition["whole" if values.get("extended") else "pure"][number]


def places(held: Catalogue, values: dict[str, Any]) -> Fetch:
    """Services at their places, by number."""
    if not values.get("full"):
        return held.edition["at_brief"].__getitem__
    return lambda number: place(held, number)


def place(held: Catalogue, number: int) -> bytes:
    inside = held.edition["inside"][int(held.at_service[number])]
    return held.edition["at_whole"][number][:-1] + b',"service":' + inside + b"}"


def organizations(held: Catalogue, values: dict[str, Any], today: date) -> Fetch:
    """Organisations by number: bare, or with their services in brief or whole. Of services, those shown on `today`."""
    bare = held.edition["organizations"]
    if not (values.get("full") or values.get("full_service")):
        return bare.__getitem__
    stream = held.edition["whole" if values.get("full_service") else "brief"]
    shown = held.visible(today)

    def fetch(number: int) -> bytes:
        lines = held.lines("organization", held.organizations[number]["id"])
        inside = b",".join(stream[int(line)] for line in lines[shown[lines]])
        return bare[number][:-1] + b',"services":[' + inside + b"]}"

    return fetch


def taxonomies(held: Catalogue) -> list[dict[str, Any]]:
    return [orjson.loads(row) for row in held.edition["taxonomies"]]


def terms(held: Catalogue) -> list[dict[str, Any]]:
    return [orjson.loads(row) for row in held.edition["terms"]]
