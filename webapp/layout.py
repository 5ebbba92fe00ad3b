"""What the frame round every page needs: the site's name, the ways through it, and who is here."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol
from urllib.parse import quote

from flask import Flask, current_app, request
from flask_login import current_user
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from webapp import addresses, current, dates
from webapp.access import Rule, rule_of
from webapp.library.generation import Generation, NoContent
from webapp.library.origin import by_whom
from webapp.people import User


@dataclass(frozen=True)
class Way:
    """One entry of the navigation: the current one on every path at or below one of `under`."""

    text: str
    href: str
    under: tuple[str, ...]
    rule: Rule | None = None

    @property
    def is_current(self) -> bool:
        return any(request.path == path or request.path.startswith(path + "/") for path in self.under)


class HasFile(Protocol):
    """A page, or anything else that is about a file of the content, named as problems name it."""

    @property
    def file(self) -> str: ...


@dataclass(frozen=True)
class LastChange:
    """When a file last changed, and by whom: a team, an author's name, or empty."""

    at: datetime
    by: str


@dataclass(frozen=True)
class NamelessSite:
    """What the frame says while no content can be read."""

    name: str = "Signpost"
    organisation: str = ""
    notice: str = ""
    contact: None = None


# (words, address, other addresses it stands for). Shown to those whom the route lets in, once it exists.
WAYS = (
    ("Find", "/directory", "/search"),
    ("Toolkit", "/toolkit/"),
    ("TEC", "/tec/"),
    ("Spotlights", "/spotlights/"),
    ("Gap log", "/gaps"),
)
ROLE_WAYS = (
    ("Insights", "/insights"),
    ("Commissioning", "/commissioning"),
    ("Content health", "/editor"),
    ("Admin", "/admin/users", "/admin"),
)
SMALL_PRINT = (
    ("You asked, we did", "/updates/"),
    ("Accessibility", "/accessibility"),
    ("Privacy", "/privacy"),
)
NO_FEEDBACK = ("/feedback", "/sign-in", "/account")


def init_app(app: Flask) -> None:
    """Give the templates of `app` what the frame shows, addresses, and dates as a reader says them."""
    app.context_processor(_frame)
    app.jinja_env.globals.update(
        with_query=addresses.with_query,
        without=addresses.without,
        page_numbers=addresses.page_numbers,
        last_changed=_last_changed,
    )
    for say in ("long_date", "short_date", "month", "moment", "clock", "ago", "iso", "as_date"):
        app.jinja_env.filters[say] = getattr(dates, say)


def _frame() -> dict[str, Any]:
    me = current_user._get_current_object() if current_user.is_authenticated else None
    return {
        "me": me,
        "ways": _open_to(me, WAYS),
        "role_ways": _open_to(me, ROLE_WAYS),
        "small_print": _open_to(me, SMALL_PRINT),
        "account_href": "/account" if _open_to(me, (("Account", "/account"),)) else "",
        "feedback_href": _feedback(me),
        "search_in_page": False,
        **_content(me),
    }


def _content(me: User | None) -> dict[str, Any]:
    """The site's own words; for editors, also which content this is."""
    try:
        gen = current.content()
    except NoContent:
        return {"site": NamelessSite(), "content_version": ""}
    return {"site": gen.site, "content_version": _version(gen) if me and me.has("editor", "admin") else ""}


def _version(gen: Generation) -> str:
    return f"commit {gen.origin.commit[:12]}" if gen.origin else gen.id


def _last_changed(page: HasFile) -> LastChange | None:
    """For those who edit: when the file of `page` last changed, and by whom. None where that is not known."""
    if not current_user.is_authenticated or not current_user.has("editor", "admin"):
        return None
    gen = current.content()
    change = gen.changes.get(page.file)
    if change is None:
        return None
    return LastChange(datetime.fromtimestamp(change.at, UTC), by_whom(change, gen.site, gen.vocabulary))


def _feedback(me: User | None) -> str:
    about = request.path
    if about.startswith(NO_FEEDBACK) or not _open_to(me, (("Feedback", "/feedback/new"),)):
        return ""
    return f"/feedback/new?about={quote(about)}"


def _open_to(me: User | None, ways: tuple[tuple[str, ...], ...]) -> list[Way]:
    roles = me.roles if me else None
    known: dict[tuple[str, ...], Way] = current_app.extensions.setdefault("signpost.ways", {})
    for entry in ways:
        if entry not in known:
            text, href, *also = entry
            known[entry] = Way(text, href, (href.rstrip("/"), *also), _rule_for(href))
    return [way for entry in ways if (way := known[entry]).rule is not None and way.rule.allows(roles)]


def _rule_for(href: str) -> Rule | None:
    """The access rule of the route that answers `href`; None where none does."""
    routes = current_app.url_map.bind("localhost")
    try:
        endpoint, _ = routes.match(href)
    except RequestRedirect as moved:
        return _rule_for(moved.new_url.removeprefix("http://localhost"))
    except HTTPException:
        return None
    return rule_of(current_app, endpoint)
