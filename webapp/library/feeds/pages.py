"""The pages of a feed's list: how one is asked for, what it holds, and whether another comes after it."""

from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import orjson

from webapp.library.importing.envelope import NEXT, FeedPage
from webapp.library.importing.feed import LISTS
from webapp.library.importing.ledger import watched

PER_PAGE = 100


def address(url: str, **asked: object) -> str:
    """`url` with its parameters, and those of `asked`, which stand instead of its own of the same name."""
    parts = urlsplit(url)
    kept = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name not in asked]
    query = urlencode([*kept, *((name, str(value)) for name, value in asked.items())])
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))


def below(url: str, *names: str) -> str:
    """The address of what stands below `url`, which keeps no parameters: `…/services` → `…/services/<id>`."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, "/".join([parts.path.rstrip("/"), *names]), "", ""))


def key_of_list(value: Any) -> str:
    """Where in an object of a feed its list stands; empty where there is none, or it is a single record."""
    if not isinstance(value, dict) or ("name" in value and "id" in value):
        return ""
    return next((key for key in LISTS if isinstance(value.get(key), list)), "")


def items(value: Any) -> list[Any] | None:
    """The list of a page: the page itself, or what it wraps; None where it holds none."""
    if isinstance(value, list):
        return value
    key = key_of_list(value)
    return value[key] if key else None


def said(value: Any) -> FeedPage | None:
    """What a page says of the list; None where it says nothing, as it is only a list."""
    key = key_of_list(value)
    if not key:
        return None
    return FeedPage(len(value[key]), watched({name: item for name, item in value.items() if name != key}))


def mark(value: Any) -> str:
    """What tells one record, or a page's list, from another, whatever the order of its keys."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def next_address(value: Any, here: str) -> str:
    """Where the page itself says that the next one is; empty where it does not, or that is another site."""
    if not isinstance(value, dict):
        return ""
    holders = [value, *(value.get(name) for name in ("links", "_links", "meta", "pagination"))]
    for holder in (holder for holder in holders if isinstance(holder, dict)):
        for name in NEXT:
            link = holder.get(name)
            link = link.get("href") if isinstance(link, dict) else link
            if isinstance(link, str) and link.startswith(("https://", "http://", "/", "?")):
                return _on_the_same_site(link, here)
    return ""


def _on_the_same_site(link: str, here: str) -> str:
    at = urlsplit(here)
    there = urlsplit(link)
    if there.netloc and there.netloc.partition(":")[0].lower() != at.netloc.partition(":")[0].lower():
        return ""
    path = there.path or at.path
    return urlunsplit((at.scheme, at.netloc, path, there.query, ""))  # a proxy in front may say http for https
