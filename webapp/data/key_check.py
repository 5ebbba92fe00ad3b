"""Whether a request comes with a good key. A view says which kinds it takes: `only(…, or_key=key_check.has_key)`."""

from collections.abc import Callable
from typing import TypeVar

from flask import Response, abort, g, request

from webapp.accounts import api_keys, service_keys
from webapp.accounts.keys import TooManyKeys
from webapp.db.engine import db
from webapp.db.engine import now as moment

Found = TypeVar("Found")


def has_key() -> bool:
    """Whether the request comes with the service key or a commissioner's own; False where with none.

    A wrong one is refused here.
    """
    key = _sent()
    if not key.startswith(service_keys.PREFIX):
        return has_personal_key()
    return bool(_used(lambda: service_keys.use(db.engine, key, moment()), "Ask an administrator for a new one."))


def has_personal_key() -> bool:
    """The same for a commissioner's own key alone, who is then `g.key_owner`."""
    key = _sent()
    if not key:
        return False
    g.key_owner = _used(lambda: api_keys.use(db.engine, key, moment()), "Make a new one.")
    return True


def _sent() -> str:
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    return key.strip() if scheme.lower() == "bearer" else request.args.get("token", "")


def _used(use: Callable[[], Found], advice: str) -> Found:
    """What `use` finds of the key; refuses the request where that is nothing."""
    # Whoever is signed in has been looked up; SQLite cannot count the use while that look is open.
    db.session.rollback()
    try:
        found = use()
    except TooManyKeys as too_many:
        wait = str(max(1, int(too_many.wait.total_seconds())))
        _refuse(429, "This key has been used too often. Try again later.", "Retry-After", wait)
    if not found:
        _refuse(401, f"This key does not work. {advice}", "WWW-Authenticate", 'Bearer realm="Signpost"')
    return found


def _refuse(status: int, message: str, header: str, value: str) -> None:
    abort(Response(f"{message}\n", status, {header: value}, content_type="text/plain; charset=utf-8"))
