"""The password of who is signed in, asked for once more before something weighty."""

from flask import abort, request

from webapp.accounts import passwords, sign_in
from webapp.db.engine import db, now
from webapp.people.models import User
from webapp.web import current, throttle


def has(user: User) -> bool:
    """Whether a password of theirs lets them in here: not where an identity provider does."""
    return current.settings().local_sign_in and bool(user.password_hash)


def is_right(user: User, password: str) -> bool:
    """Whether this is the password of `user`, who may try as often as a stranger may. Commits."""
    key = current.settings().secret_key
    account, address = throttle.keyed_hash(key, user.email), throttle.keyed_hash(key, request.remote_addr or "")
    try:
        throttle.count(db.session, sign_in.ATTEMPTS, address, now(), account)
    except throttle.TooManyAttempts:
        abort(429)
    if not passwords.matches(user.password_hash, password):
        return False
    throttle.forgive(db.session, sign_in.ATTEMPTS, account)
    return True
