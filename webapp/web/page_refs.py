"""The page that a report or a correction is about: a path of this site, and what that page is called."""

import re
from datetime import date
from urllib.parse import unquote, urlsplit

from flask import current_app
from werkzeug.exceptions import HTTPException

from webapp.library.characters import writable
from webapp.people.models import User
from webapp.pii import guard
from webapp.web import access, current

LONGEST = 500
# One slash, then no second one, no backslash and nothing unprintable: it can only lead to this site.
PATH = re.compile(r"/(?![/\\])[^\s\\\x00-\x1f\x7f]*")
RECORD = re.compile(r"/\w+/([A-Z]{3}-\d{4,9})")  # the page of something with a number, such as /barriers/BAR-0001


def site_path(text: str | None) -> str:
    """`text` as a path of this site without its query, or an empty string where it is anything else.

    It is stored, so one with somebody's number in it is anything else too.
    """
    path = (text or "").split("?")[0].split("#")[0]
    is_path = len(path) <= LONGEST and PATH.fullmatch(path) and path == writable(path)
    return path if is_path and not guard.numbers_somebody(unquote(path)) else ""


def title_there(path: str, today: date) -> str:
    """What the page of the content at `path` is called; empty where readers have none there."""
    page = current.content().page(path, today)
    return page.title if page else ""


def title_of(path: str, today: date) -> str:
    """What the page at `path` is called; the number or the path itself where readers have no page of content there."""
    page = current.content().page(path, today) if path else None
    record = RECORD.fullmatch(path)
    return page.title if page else record[1] if record else path


def page_at(text: str, today: date) -> str:
    """The path of the page of the content that an address somebody pasted leads to, wherever it moved; else empty."""
    path = site_path(urlsplit(text.strip()).path) if _has_parts(text) else ""
    path = current.content().redirect(path) or path
    return path if path and title_there(path, today) else ""


def _has_parts(text: str) -> bool:
    try:
        return bool(urlsplit(text.strip()).path)
    except ValueError:  # `http://[`
        return False


def may_open(path: str, user: User) -> bool:
    """Whether the page at `path` is one that `user` may open: a link to any other only disappoints."""
    try:
        endpoint, _ = current_app.url_map.bind("").match(path)
    except HTTPException:
        return False
    rule = access.rule_of(current_app, endpoint)
    return rule is not None and rule.allows(frozenset(user.roles))
