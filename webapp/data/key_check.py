"""Whether a request comes with a good key. A view says which kind it takes: `access.only("commissioner", or_key=…)`."""

from flask import Response, abort, g, request

from webapp.accounts import api_keys
from webapp.db.engine import db
from webapp.db.engine import now as moment


def has_personal_key() -> bool:
    """Whether the request comes with a commissioner's own key, who is then `g.key_owner`; False where with none.

    A wrong one is refused here.
    """
    key = _sent()
    if not key:
        return False
    # Whoever is signed in has been looked up; SQLite cannot count the use while that look is open.
    db.session.rollback()
    try:
        g.key_owner = api_keys.use(db.engine, key, moment())
    except api_keys.TooManyKeys as too_many:
        _refuse(429, "This key has been used too often. Try again later.", "Retry-After", _seconds(too_many))
    if g.key_owner is None:
        _refuse(401, "This key does not work. Make a new one.", "WWW-Authenticate", 'Bearer realm="Signpost"')
    return True


def _sent() -> str:
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    return key.strip() if scheme.lower() == "bearer" else request.args.get("token", "")


def _refuse(status: int, message: str, header: str, value: str) -> None:
    abort(Response(f"{message}\n", status, {header: value}, content_type="text/plain; charset=utf-8"))


def _seconds(too_many: api_keys.TooManyKeys) -> str:
    return str(max(1, int(too_many.wait.total_seconds())))
