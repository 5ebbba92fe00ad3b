"""The top of every page: the site's name, the ways through it, and who is here."""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, request, session
from markupsafe import Markup
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from webapp.people.models import Person
from webapp.web import security
from webapp.web.access import AccessRule, rule_of

KEPT = 500  # headers, about 3 kB each: those that were shown last

# (words, address, other addresses it stands for). Shown to those whom the route lets in, once it exists.
Entry = tuple[str, ...]
WAYS: tuple[Entry, ...] = (
    ("Find", "/directory", "/search"),
    ("My community", "/community", "/communities", "/learning-logs"),
    ("Toolkit", "/toolkit/"),
    ("TEC", "/tec/"),
    ("Spotlights", "/spotlights/"),
    ("Gap log", "/gaps"),
)
ROLE_WAYS: tuple[Entry, ...] = (
    ("Insights", "/insights"),
    ("Commissioning", "/commissioning", "/data"),
    ("Barriers", "/barriers/queue"),
    ("Content health", "/editor"),
    ("Admin", "/admin/users", "/admin"),
)
OWN_WAYS: tuple[Entry, ...] = (("My pack", "/pack"), ("My searches", "/searches"), ("Notices", "/notices"))
ACCOUNT: Entry = ("Account", "/account")
_PAGES = {href for _, href, *_ in (*WAYS, *ROLE_WAYS, *OWN_WAYS, ACCOUNT)}
_DEEPER = tuple(f"{href}/" for _, href, *_ in ROLE_WAYS if href.count("/") > 1)  # not known by the first part of a path


@dataclass(frozen=True)
class Way:
    """One entry of the navigation, and who may go there. `under`: it is the current one at or below these paths."""

    text: str
    href: str
    under: tuple[str, ...]
    rule: AccessRule | None = None

    def current(self, path: str) -> str:
        """What `aria-current` says of this entry on the page at `path`: page, true or nothing."""
        if path == self.href:
            return "page"
        return "true" if any(path == root or path.startswith(root + "/") for root in self.under) else ""


def header(me: Person | None, site: Any, search_in_page: bool) -> Markup:
    """The header of this page, written once for each person and each entry of the navigation that they are at."""
    key, kept = _key(me, site, request.path, session.get(security.TOKEN), search_in_page), _kept(current_app)
    known = kept.get(key)
    if known is None:
        known = kept[key] = _render_header(me, site, search_in_page)
        if len(kept) > KEPT:
            kept.popitem(last=False)
    return known


def known_header(app: Flask, me: Person, site: Any, path: str, token: str, search_in_page: bool) -> Markup | None:
    """The header of the page at `path`, where it was written before; `token` is what the session of `me` holds."""
    return _kept(app).get(_key(me, site, path, token, search_in_page))


def _key(me: Person | None, site: Any, path: str, token: str | None, search_in_page: bool) -> Hashable:
    who = (me.id, me.name, me.roles, _unread(me), _packed(me), token) if me else None
    # An entry is current by the first part of the path or by the two it has, or because this is its very page.
    deeper = next((href for href in _DEEPER if path.startswith(href)), "")
    place = path if path in _PAGES else deeper or path.split("/", 2)[1]
    return site.name, site.organisation, who, place, bool(search_in_page)


def _kept(app: Flask) -> OrderedDict[Hashable, Markup]:
    kept: OrderedDict[Hashable, Markup] = app.extensions.setdefault("signpost.headers", OrderedDict())
    return kept


def _render_header(me: Person | None, site: Any, search_in_page: bool) -> Markup:
    template = current_app.jinja_env.get_template("parts/header.html")
    html = template.render(
        me=me,
        site=site,
        search_in_page=search_in_page,
        ways=open_to(me, WAYS),
        role_ways=open_to(me, ROLE_WAYS),
        account_href=ACCOUNT[1] if open_to(me, (ACCOUNT,)) else "",
        own_ways=open_to(me, OWN_WAYS),
        unread=_unread(me),
        packed=_packed(me),
        path=request.path,
        token=security.token() if me else "",
    )
    return Markup(html)  # nosec B704 # noqa: S704 - made safe by its template


def _unread(me: Person | None) -> int:
    """How many notices wait for whoever is here: none for who has only just signed in."""
    return getattr(me, "unread", 0)


def _packed(me: Person | None) -> int:
    """How many things are in the pack that whoever is here used last."""
    return getattr(me, "counts", {}).get("packed", 0)


def open_to(me: Person | None, entries: tuple[Entry, ...]) -> list[Way]:
    """Those of `entries` whose routes exist and let `me` in."""
    roles = me.roles if me else None
    known: dict[Entry, Way] = current_app.extensions.setdefault("signpost.ways", {})
    for entry in entries:
        if entry not in known:
            text, href, *also = entry
            known[entry] = Way(text, href, (href.rstrip("/"), *also), _rule_for(href))
    ways = [known[entry] for entry in entries]
    return [way for way in ways if way.rule is not None and way.rule.allows(roles)]


def _rule_for(href: str) -> AccessRule | None:
    """The access rule of the route that answers `href`; None where none does."""
    routes = current_app.url_map.bind("localhost")
    try:
        endpoint, _ = routes.match(href)
    except RequestRedirect as moved:
        return _rule_for(moved.new_url.removeprefix("http://localhost"))
    except HTTPException:
        return None
    return rule_of(current_app, endpoint)
