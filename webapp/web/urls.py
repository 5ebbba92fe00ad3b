"""This page's address with a change: the next page of a list, a filter taken away, another order.

Templates have these as `with_query(page=2)` and `without("place", "didsbury")`.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote_plus, urlencode, urlsplit

from flask import g, request

from webapp.pii import guard
from webapp.web.text import number

MOST_PAGES = 1_000_000  # no list is that long
Pairs = list[tuple[str, str]]


def with_query(**changes: Any) -> str:
    """This page's address with each parameter of `changes` replaced; None takes it away, a list repeats it.

    Any change but one of `page` leads to the first page: page 7 of another list may not exist.
    """
    gone = set(changes) | {"page"}
    kept = [(name, value) for name, value in _now() if name not in gone]
    return _address(kept + [pair for name, value in changes.items() for pair in _pairs(name, value)])


def with_page() -> Callable[[int], str]:
    """A function that gives this page's address for each page of its list: `with_query(page=…)`, read once for all."""
    first = _address([(name, value) for name, value in _now() if name != "page"])
    then = f"{first}{'&' if '?' in first else '?'}page="
    return lambda page: f"{then}{page}" if page > 1 else first


def without(name: str, value: str | None = None) -> str:
    """This page's address without `name`, or with one `value` of it taken away."""
    kept = [(n, v) for n, v in _now() if n != "page" and not (n == name and value in (None, v))]
    return _address(kept)


def stand_for(pairs: Pairs) -> None:
    """Take this page's address to hold these parameters: those that a bare address stands for, for its reader."""
    g.stands_for = pairs


def page_number() -> int:
    """The page of a list that this address asks for; 1 where it asks for none, or for something odd."""
    asked = number(request.args.get("page")) or 1
    return asked if asked < MOST_PAGES else 1


def page_numbers(page: int, pages: int) -> list[int | None]:
    """The first, the last and those beside `page`, with None where some are left out: 1 … 6 7 8 … 40."""
    shown = sorted({n for n in (1, page - 1, page, page + 1, pages) if 1 <= n <= pages})
    numbers: list[int | None] = []
    for before, shown_page in zip([0, *shown], shown, strict=False):
        if shown_page - before == 2:
            numbers.append(shown_page - 1)
        elif shown_page - before > 2:
            numbers.append(None)
        numbers.append(shown_page)
    return numbers


def parts(address: str | None) -> SplitResult:
    """The parts of an address that a browser says it is at or comes from; no parts where it is none."""
    try:
        return urlsplit(address or "")
    except ValueError:  # http://[
        return urlsplit("")


def harmless(address: str) -> str:
    """`address` without the values of its query that could say who somebody is: for headers, cookies and the database.

    The postcode that somebody searches near is a place, and stays. Where the path itself says too much, `/` is left.
    """
    path, question_mark, query = address.partition("?")
    if guard.numbers_somebody(unquote_plus(path)):
        return "/"
    if not question_mark:
        return address
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if not _tells(name, value)]
    if len(kept) == len(pairs):
        return address
    return f"{path}?{urlencode(kept)}" if kept else path


def _tells(name: str, value: str) -> bool:
    kinds = {match.kind for match in guard.find(unquote_plus(value))}
    return bool(kinds - {"postcode"} if name == "near" else kinds)


def _now() -> Pairs:
    return [*g.get("stands_for", ()), *request.args.items(multi=True)]


def _pairs(name: str, value: Any) -> Pairs:
    values = value if isinstance(value, list | tuple | set | frozenset) else [value]
    return [(name, str(v)) for v in values if v is not None and v != ""]


def _address(pairs: Pairs) -> str:
    kept = [(name, value) for name, value in pairs if value]
    if ("near", "") in pairs and all(name == "page" for name, _ in kept):
        kept.insert(0, ("near", ""))  # everywhere, where an address that says nothing may begin from somebody's place
    return f"{request.path}?{urlencode(kept)}" if kept else request.path
