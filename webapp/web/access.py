"""Who may use a route. Every view states it; an app with a view that does not will not start.

@bp.get("/directory")
@access.signed_in
def index(): ...
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Flask, abort, current_app, g, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from webapp.people.models import ASSIGNED, ROLES

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class AccessRule:
    """`public` lets anyone in; otherwise one must be signed in and, where `roles` are named, have one of them."""

    public: bool = False
    roles: frozenset[str] = frozenset()
    # A page that polls must not keep a forgotten screen signed in.
    background: bool = False
    # A program may come with a key in place of a person: says whether this request has a good one.
    key: Callable[[], bool] | None = None

    def allows(self, roles: frozenset[str] | None) -> bool:
        """Whether someone with `roles` may enter; None is somebody who is not signed in."""
        if self.public:
            return True
        return roles is not None and (not self.roles or bool(self.roles & roles))


def public(view: View) -> View:
    """Anyone may use this view, signed in or not."""
    return _state(view, AccessRule(public=True))


def signed_in(view: View) -> View:
    """Everyone who is signed in may use this view."""
    return _state(view, AccessRule())


def background(view: View) -> View:
    """Everyone who is signed in may use this view, and a page asks for it by itself: it is no sign of use."""
    return _state(view, AccessRule(background=True))


def asked_by_pages(view: View) -> View:
    """Anyone may use this view, signed in or not, and a page asks for it by itself: it is no sign of use."""
    return _state(view, AccessRule(public=True, background=True))


def only(*roles: str, or_key: Callable[[], bool] | None = None, by_itself: bool = False) -> Callable[[View], View]:
    """Only people with one of `roles` may use this view, and programs for whose request `or_key` is true.

    `by_itself`: a page asks for it by itself, so that it is no sign of use.

    A role is one of ROLES, or of ASSIGNED: `lead` (of a workstream) and `convener` (of several teams).
    """
    unknown = set(roles) - {*ROLES, *ASSIGNED}
    if unknown or not roles:
        raise ValueError(f"not roles: {sorted(unknown)}")
    return lambda view: _state(view, AccessRule(roles=frozenset(roles), background=by_itself, key=or_key))


def _state(view: View, rule: AccessRule) -> View:
    view.access_rule = rule  # type: ignore[attr-defined]
    return view


def rule_of(app: Flask, endpoint: str) -> AccessRule | None:
    """The rule that the view behind `endpoint` states, or None where it states none."""
    return getattr(app.view_functions[endpoint], "access_rule", None)


def init_app(app: Flask) -> None:
    """Guard every request. Call `check` once all routes are there."""
    app.before_request(_guard)


def check(app: Flask) -> None:
    """Raise RuntimeError where a route does not state who may use it."""
    silent = [r.rule for r in app.url_map.iter_rules() if rule_of(app, r.endpoint) is None]
    if silent:
        raise RuntimeError(f"say who may use {', '.join(silent)}: mark the view with access.signed_in or another")


def kept_out() -> bool:
    """Whether whoever asks is to sign in first: then nobody has looked whether there is what they ask for."""
    return bool(g.get("kept_out"))


def _guard() -> ResponseReturnValue | None:
    if request.endpoint is None:
        return None  # no such page: the 404 answers
    rule = rule_of(current_app, request.endpoint)
    if rule is not None and rule.public:
        return None
    if rule is not None and rule.key is not None and rule.key():
        return None
    if not current_user.is_authenticated:
        g.kept_out = True
        return current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
    if rule is None or not rule.allows(current_user.roles):
        abort(403)
    return None
