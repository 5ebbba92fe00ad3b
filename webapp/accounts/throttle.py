"""Slow down guessing: so many failed tries for one account, so many from one address, counted in the database.

All web processes share the count. The limits hold whether or not the account exists, so they tell nobody which
do. An office may share one address, so its limit is the higher.
"""

import hashlib
import hmac
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from webapp.accounts.models import Try

WINDOW = timedelta(minutes=15)
ACCOUNT_LIMIT = 10
ADDRESS_LIMIT = 100


class TooMany(Exception):
    """No more tries for now. `wait` says for how long."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(f"wait {wait}")
        self.wait = wait


def keyed_hash(secret_key: str, text: str) -> str:
    """What we keep in place of an e-mail or a network address: 64 hexadecimal digits, useless without the key."""
    return hmac.new(secret_key.encode(), b"sign-in:" + text.encode(), hashlib.sha256).hexdigest()


def count(session: Session, account: str, address: str, now: datetime) -> None:
    """Count a try before its password is looked at, so that many at once are all counted. Commits.

    `account` and `address` are marks. Raises TooMany, and counts nothing, where a limit is reached.
    """
    session.execute(delete(Try).where(Try.at < now - 2 * WINDOW))
    wait = max(
        _wait(session, Try.account == account, ACCOUNT_LIMIT, now),
        _wait(session, Try.address == address, ADDRESS_LIMIT, now),
    )
    if not wait:
        session.add(Try(account=account, address=address, at=now))
    session.commit()
    if wait:
        raise TooMany(wait)


def forgive(session: Session, account: str) -> None:
    """Forget the failed tries for `account` once somebody has signed in to it. Commit afterwards."""
    session.execute(delete(Try).where(Try.account == account))


def _wait(session: Session, which: object, limit: int, now: datetime) -> timedelta:
    """How long until there are fewer than `limit` tries in the window; zero where there are."""
    recent = (which, Try.at > now - WINDOW)
    if session.scalar(select(func.count()).select_from(Try).where(*recent)) < limit:  # type: ignore[arg-type,operator]
        return timedelta()
    freed = select(Try.at).where(*recent).order_by(Try.at.desc()).offset(limit - 1).limit(1)  # type: ignore[arg-type]
    at = session.scalar(freed)
    assert at is not None
    return at + WINDOW - now
