"""A page as readers would see it, before they do: made by its own view, from content in which it alone is new."""

from datetime import date
from typing import Any, cast

from flask import abort, current_app, flash, g
from flask.typing import ResponseReturnValue
from itsdangerous import BadData, URLSafeTimedSerializer

from webapp.library.build import pages
from webapp.library.build.pages import Compiled, Page
from webapp.library.generation.reader import Generation
from webapp.library.pictures.markup import furnish
from webapp.web import access, current
from webapp.web.text import number

DAYS = 7  # for which a link opens


class WithPage:
    """`gen`, but for one page. What is kept for `gen` serves it too: it is found by equality."""

    def __init__(self, gen: Generation, page: Page) -> None:
        self._gen, self._page = gen, page

    def __getattr__(self, name: str) -> Any:
        return getattr(self._gen, name)

    def __eq__(self, other: object) -> bool:
        return other is self or other is self._gen

    def __hash__(self) -> int:
        return hash(self._gen)

    def page(self, path: str, today: date) -> Page | None:
        return self._page if path == self._page.path else self._gen.page(path, today)

    def redirect(self, path: str) -> str | None:
        return None if path == self._page.path else self._gen.redirect(path)


def show(made: Compiled, words: str) -> ResponseReturnValue:
    """The page of `made`, with `words` above it. It must have compiled."""
    gen = current.content()
    page = pages.load(made.stored)
    if gen.pictures and "<img" in page.html:
        page = pages.replace(page, html=furnish(page.html, gen.pictures))
    g.content = cast(Generation, WithPage(gen, page))
    endpoint, arguments = current_app.url_map.bind("").match(page.path)
    rule = access.rule_of(current_app, endpoint)
    if rule is None or not rule.allows(frozenset(current.person().roles)):
        abort(403)
    flash(words, "note")
    return cast(ResponseReturnValue, current_app.view_functions[endpoint](**arguments))


def token(edit_id: int) -> str:
    """What the link for a colleague holds. It ends after DAYS, and opens nothing for who is not signed in."""
    return str(_signer().dumps(str(edit_id)))


def edit_of(link: str) -> int | None:
    """The edit that the link shows; None where it is none of ours, or has ended."""
    try:
        return number(str(_signer().loads(link, max_age=DAYS * 86400)))
    except BadData:
        return None


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current.settings().secret_key, salt="preview-link")
