"""Feed addresses that work without signing in: a token for each person, which they can renew.

A token is a random handle and a code over the person's secret made with the site's key. Who reads the database, or a
backup of it, cannot make one; who sees a token learns nothing of whose it is.
"""

import hashlib
import hmac
import secrets
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.accounts.feed_key_models import FeedKey
from webapp.people.models import User

LONGEST = 200


def token_of(session: Session, user_id: int, secret_key: str) -> str | None:
    """The token of this person's feeds, or None where they have not asked for any."""
    key = session.get(FeedKey, user_id)
    return _token(key.token_handle, key.token_secret, secret_key) if key else None


def renew(session: Session, user_id: int, now: datetime) -> None:
    """Give a first token, or a new one: the old addresses stop working at once. Commit afterwards."""
    key = session.get(FeedKey, user_id) or FeedKey(user_id=user_id)
    key.token_handle, key.token_secret, key.created_at = secrets.token_hex(8), secrets.token_hex(32), now
    session.add(key)


def remove(session: Session, user_id: int) -> None:
    """End this person's feeds. Commit afterwards."""
    key = session.get(FeedKey, user_id)
    if key is not None:
        session.delete(key)


def owner(session: Session, token: str, secret_key: str) -> User | None:
    """Whose `token` it is, where they may still sign in. Compared in constant time, also where there is no such."""
    handle = token.partition("-")[0] if len(token) <= LONGEST else ""
    mine = select(FeedKey).join(User, User.id == FeedKey.user_id)
    key = session.scalar(mine.where(FeedKey.token_handle == handle, User.disabled.is_(False)))
    expected = _token(handle, key.token_secret if key else "", secret_key)
    is_good = hmac.compare_digest(expected.encode(), token.encode("utf-8", "replace")) and key is not None
    return session.get(User, key.user_id) if key and is_good else None


def _token(handle: str, secret: str, secret_key: str) -> str:
    code = hmac.new(secret_key.encode(), f"feed:{handle}:{secret}".encode(), hashlib.sha256).hexdigest()
    return f"{handle}-{code[:40]}"
