"""Flask's signed cookies, verified once each: the same cookie comes with every page that somebody reads."""

import time
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from flask import Flask, Request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from itsdangerous import BadSignature

COOKIE = "signpost"
COOKIE_OF_HTTPS = f"__Host-{COOKIE}"  # a browser takes it from this very host over https alone
KEPT = 2_000  # cookies, a few hundred bytes each: those that came last
PLAIN = (str, bool, int)  # what a remembered session may hold: nothing that one request could change for the next


class Sessions(SecureCookieSessionInterface):
    """Remembers what a good cookie said and when it was signed; its age is looked at every time."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, tuple[float, dict[str, Any]]] = OrderedDict()

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """What the cookie of `request` says; an empty session where it is missing, changed or too old."""
        cookie = request.cookies.get(self.get_cookie_name(app), "")
        found = self._known.get(cookie) or (self._verified(app, cookie) if cookie else None)
        return self.session_class(_held(app, found))

    def remembered(self, app: Flask, cookie: str) -> Mapping[str, Any] | None:
        """What `cookie` says, where it came before and was good; None where it did not, or is too old by now."""
        return _held(app, self._known.get(cookie))

    def _verified(self, app: Flask, cookie: str) -> tuple[float, dict[str, Any]] | None:
        signer = self.get_signing_serializer(app)
        if signer is None:
            return None
        try:
            held, signed_at = signer.loads(cookie, return_timestamp=True)
        except BadSignature:
            return None
        found = signed_at.timestamp(), held
        if all(isinstance(value, PLAIN) for value in held.values()):
            self._known[cookie] = found
            if len(self._known) > KEPT:
                self._known.popitem(last=False)
        return found


def _held(app: Flask, found: tuple[float, dict[str, Any]] | None) -> dict[str, Any] | None:
    """What a cookie holds, while it is young enough. `found`: when it was signed, and that."""
    if found is None or time.time() - found[0] > app.permanent_session_lifetime.total_seconds():
        return None
    return found[1]
